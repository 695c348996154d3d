/* SPDX-License-Identifier: EUPL-1.2
 * agreement/outage.h - planned outages: when the provider's service will not answer,
 * told beforehand to those it concerns. An announcement only: nothing is refused for it. */
#pragma once
#include "base/base.h"

struct tx;

enum outage_part { OUTAGE_ALL, OUTAGE_PORTAL, OUTAGE_SERVICES, OUTAGE_PART_COUNT };
struct outage_part_row {
	enum outage_part part;
	const char *key, *label; /* "layanan", "Layanan web" */
};
/* NULL past the end. */
const struct outage_part_row *outage_part_at(size_t i);
MUST_USE enum rc outage_part_from_key(struct str key, enum outage_part *ret);

#define OUTAGE_NOTE_MAX 200 /* bytes */
#define OUTAGES_OPEN_MAX 50 /* to come or running, at once */
#define OUTAGE_LENGTH_MAX_US (14 * US_PER_DAY)
#define OUTAGE_AHEAD_MAX_US (366 * US_PER_DAY)
#define OUTAGE_NOTICE_US (3 * US_PER_DAY) /* so long before it begins every page of the portal says so */

struct outage {
	int64_t outage_id;
	int64_t begin_us, end_us; /* end: no longer */
	enum outage_part part;
	struct str note;       /* one line, public */
	int64_t changed_us;    /* when it was planned, changed or called off */
	struct str changed_by; /* user id */
	bool cancelled;
	int64_t rev;
};
struct outage_list {
	struct outage *at; /* in tx_arena */
	size_t n;
};
/* begin_us, end_us, part and note of *outage count. One that already runs may be announced.
 * RC_INVALID: times or note are not well formed, or already over. RC_LIMIT: OUTAGES_OPEN_MAX. */
MUST_USE enum rc outage_plan(struct tx *tx, const struct outage *outage, struct str by, int64_t now_us, int64_t *ret,
                             struct err *err);
/* The same for one that is planned. outage_id and rev name it; what runs keeps its beginning,
 * and *outage says so.
 * RC_ABSENT: none, over, or called off. RC_CONFLICT: changed since `rev`. */
MUST_USE enum rc outage_change(struct tx *tx, struct outage *outage, struct str by, int64_t now_us, struct err *err);
/* Call it off; what runs is over from now on. As outage_change(); *ret is what became of it. */
MUST_USE enum rc outage_cancel(struct tx *tx, int64_t outage_id, struct str by, int64_t now_us, struct outage *ret,
                               struct err *err);
/* Running, or beginning before `before_us`; first to begin first. INT64_MAX: all. */
MUST_USE enum rc outage_coming(struct tx *tx, int64_t now_us, int64_t before_us, struct outage_list *ret, struct err *err);
/* The last fifty that are over or were called off. */
MUST_USE enum rc outage_past(struct tx *tx, int64_t now_us, struct outage_list *ret, struct err *err);
/* "2026-11-26T22:00", or with a blank for the T: WIB, as a form of a browser sends it. */
MUST_USE enum rc outage_time_from_str(struct str text, int64_t *ret);
struct clock_text outage_time_text(int64_t us); /* 2026-11-26T22:00 */
/* For the journal: "WHAT 7: 2026-11-26T22:00 2026-11-27T01:00 layanan"; the note stays out. */
struct str outage_about(struct tx *tx, const char *what, const struct outage *outage);
/* Pure: does it run? */
bool outage_runs(const struct outage *outage, int64_t now_us);
