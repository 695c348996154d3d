/* SPDX-License-Identifier: EUPL-1.2
 * web/evaluation_seen.h - one evaluation (report/evaluation.h) as a visitor may see it: the
 * provider's people all, the head those of his agency once they are signed. */
#pragma once
#include "gate/visit.h"
#include "http/html.h"
#include "report/evaluation.h"
#include "report/run.h"

struct evaluation_seen {
	struct evaluation e;
	struct instansi_row instansi;
	struct run run;
	bool counted;                         /* the run is done */
	struct day on;                        /* papers and duties as they stood that day; n == 0: not counted */
	struct finding findings[POINT_COUNT]; /* of a draft that is counted */
	struct decision decisions[POINT_COUNT];
};
/* RC_ABSENT: there is none, as far as this visitor may know. */
MUST_USE enum rc evaluation_seen_find(struct visit *v, int64_t evaluation_id, struct evaluation_seen *ret, struct err *err);
/* A number as a form or a query names it. RC_ABSENT: it is none. */
MUST_USE enum rc evaluation_seen_number(struct str text, int64_t *ret, struct err *err);
/* "/evaluasi/isi?e=12" with a notice (words.h), "" none. */
struct url evaluation_seen_url(struct visit *v, int64_t evaluation_id, struct str notice);
/* "Semester 2026-1 (1 Januari 2026 sampai 30 Juni 2026)". */
struct str evaluation_seen_period(struct arena *arena, const struct evaluation *e);
/* "14 sesuai, 2 perlu perhatian, 1 tidak sesuai": what there is none of is left out. */
struct str evaluation_seen_summary(struct arena *arena, const struct decision decisions[POINT_COUNT]);
/* Signed, of that agency, seen by the admin: what a form that follows it begins with. RC_ABSENT otherwise. */
MUST_USE enum rc evaluation_seen_followed(struct visit *v, struct str number, int64_t instansi_id, struct evaluation *ret,
                                          struct err *err);
