/* SPDX-License-Identifier: EUPL-1.2
 * procedure/reminder.h - once a day, each agency's duties are looked at: what is late or
 * near is kept for the provider's overview, and whoever has to act is reminded, once a
 * stage. Sending is not done here (jobs/reminders.c). */
#pragma once
#include "procedure/duty.h"

/* How far a duty is: renewal at 6, 4, 3 and 2 months before the end (P4), others 30, 14,
 * 7 and 1 days before their day; "late" from the day after. NULL: nothing to say yet. */
const char *reminder_stage(const struct duty_item *item, struct day today);

struct reminder {
	struct duty_item item;
	const char *stage;
};
/* Look at one agency: keep what is due, and tell what nobody was reminded of yet. The
 * list stands in tx_arena. */
MUST_USE enum rc reminder_look(struct tx *tx, const struct duty_ask *ask, int64_t now_us, struct reminder **ret, size_t *ret_n,
                               struct err *err);
/* Up to `most` (at most 10) active or suspended agencies not looked at today. */
MUST_USE enum rc reminder_next(struct tx *tx, int64_t now_us, int64_t most, int64_t *ret, size_t *ret_n, struct err *err);

/* The overview, as of the last look: of all agencies, one state, by day. */
struct reminder_due {
	int64_t instansi_id;
	struct str code, name, subject;
	enum duty duty;
	enum duty_state state;
	struct day due; /* n == 0: no day */
};
#define REMINDER_PAGE_MAX 200
MUST_USE enum rc reminder_page(struct tx *tx, enum duty_state state, int64_t skip, int64_t most, struct reminder_due **ret,
                               size_t *ret_n, struct err *err);
MUST_USE enum rc reminder_count(struct tx *tx, enum duty_state state, int64_t *ret, struct err *err);
