/* SPDX-License-Identifier: EUPL-1.2
 * web/report_seen.h - a report that the visitor may see: the one place where that is
 * decided for its page, its papers and its steps. */
#pragma once
#include "gate/visit.h"
#include "http/html.h"
#include "report/report.h"

struct report_seen {
	struct report report;
	struct report_moment *moments;
	size_t moments_n;
	struct run run;
	struct standing standing; /* of the agency */
};
/* RC_ABSENT: no number. */
MUST_USE enum rc report_seen_number(struct str typed, int64_t *ret, struct err *err);
/* RC_ABSENT: none of that number, or another agency's: the words are the same. */
MUST_USE enum rc report_seen_find(struct visit *v, int64_t report_id, struct report_seen *ret, struct err *err);
/* How many reports wait for the visitor now; 0 for whoever decides nothing. */
MUST_USE enum rc report_seen_waiting(struct visit *v, int64_t *ret, struct err *err);
/* Are its texts for the visitor? Until it is handed in they are the agency's alone. */
bool report_seen_texts(const struct visit *v, const struct report *report);
/* Whose turn is the visitor's. */
enum turn report_seen_side(const struct visit *v);
/* `path`?r=NUMBER */
struct url report_seen_url(const struct visit *v, const char *path, int64_t report_id);
/* "terlambat 3 hari kerja"; "" when it was in time, or is no matter of time. */
struct str report_seen_late(const struct report *report, struct arena *arena);
