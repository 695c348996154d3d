/* SPDX-License-Identifier: EUPL-1.2
 * procedure/duty.h - what the agreement obliges either side to, by when, and whether it
 * was done: the page Kewajiban and the reminders are drawn from it.
 *
 * Nothing is stored: a duty follows from the terms, the papers on file and the calendar,
 * so it is true at once when one of them changes. A last day that is not a working day
 * moves back to the one before it (DOMAIN 6), and the item says so. */
#pragma once
#include "agreement/agreement.h"

enum duty {
	DUTY_MINISTRY,  /* P4, J.VI.G: approval letter of the version in force */
	DUTY_SPTJM,     /* J.VI.D, J.VI.H */
	DUTY_NDA,       /* J.VI.E: of every user id */
	DUTY_BAST,      /* P2.1c, J.II.B: minutes of handing over every user id */
	DUTY_POC,       /* J.II.D: of every application */
	DUTY_ISO27001,  /* P2.2i: six months after signing */
	DUTY_NETWORK,   /* J.I.B: letter naming provider and bandwidth */
	DUTY_STAFF,     /* P2.2d */
	DUTY_PUBLICITY, /* P2.2f */
	DUTY_SECURITY,  /* P2.2g-h, P3.1c */
	DUTY_REPORT,    /* P8, J.V: every semester, ten working days */
	DUTY_EVALUATION, /* P8, J.V: the provider's, of every report */
	DUTY_RENEWAL,   /* P4, J.VI.F: two months before the end */
	DUTY_CREDENTIAL, /* P2.1c: of a program whose last secret ends soon, or has ended */
	DUTY_LEAK, /* P2.2g: of every incident whose clock runs */
	DUTY_COUNT
};
enum duty_side { DUTY_OF_INSTANSI, DUTY_OF_PROVIDER };
struct duty_row {
	enum duty duty;
	const char *key;    /* for ever: evidence papers carry it as their subject */
	const char *label, *clause;
	enum duty_side side;
	const char *what;   /* one sentence: what is to be done */
};
/* NULL past the end. */
const struct duty_row *duty_at(size_t i);
/* DUTY_COUNT: no such key. */
enum duty duty_of(struct str key);

enum duty_state {
	DUTY_LATE, /* its day has passed, or look-ups are stopped without it */
	DUTY_NEAR, /* due within DUTY_NEAR_DAYS */
	DUTY_OPEN, /* not done, no haste or no day */
	DUTY_DONE
};
#define DUTY_NEAR_DAYS 30
struct duty_state_row {
	enum duty_state state;
	const char *key, *label;
};
const struct duty_state_row *duty_state_at(size_t i);

struct duty_item {
	enum duty duty;
	enum duty_state state;
	struct str subject;   /* "2026-1", an application, "3 User ID"; "" */
	struct day due;       /* n == 0: no day */
	struct day due_plain; /* before it moved; the same when it did not */
	struct day term_end;  /* DUTY_RENEWAL: the last day of the agreement */
	bool due_certain;     /* false: the calendar of that year is not known */
	struct str evidence;  /* number of the paper; "" none */
	int64_t paper_id;     /* 0 none */
	struct str remark;    /* what else to say, Indonesian; "" */
};
#define DUTY_ITEMS_MAX 64
/* All duties of an instansi, late ones first, then by day. Texts in tx_arena. Of an
 * instansi without any version: none. */
struct duty_ask {
	struct agreement *agreement;
	int64_t instansi_id;
};
MUST_USE enum rc duty_list(struct tx *tx, const struct duty_ask *ask, int64_t now_us, struct duty_item **ret, size_t *ret_n,
                           struct err *err);

/* A semester as reports name it: "2026-1" ends on 30 June. */
struct semester {
	int year, half; /* 1 or 2 */
};
struct semester semester_of(struct day day);
struct day semester_end(struct semester semester);
struct semester semester_next(struct semester semester);
/* P8 [C]: ten working days after its end. */
#define REPORT_WORKDAYS 10
