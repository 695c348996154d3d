/* SPDX-License-Identifier: EUPL-1.2
 * report/report.h - a report of an agency from its opening to the ministry (P8, J.V).
 *
 * A report is a period, a run that counts its figures (report/run.h), two texts of the
 * head, and the steps of report_life.h. While it is a draft, texts change and figures are
 * counted anew; submitted, both are frozen, and the digest of the figures stands in the
 * report. Role, agency, state and every field are checked here. Everyone who changes
 * something says which revision he has seen: of two people at once, one is told what the
 * other did. The caller journals what `taken` says, and rolls back to a savepoint on
 * anything but RC_OK. */
#pragma once
#include "procedure/duty.h"
#include "procedure/request.h"
#include "report/report_life.h"
#include "report/run.h"

#define REPORT_STEPS_MAX 199
#define REPORT_OPEN_MAX 50 /* drafts on request of one agency at once */

/* What a step may set; frozen while nobody takes one. */
struct report_frozen {
	int64_t run_id;
	struct str digest;    /* of the figures, since it was submitted; "" before */
	struct day due;       /* n == 0: none */
	struct day delivered; /* when it reached the provider; n == 0: not yet */
	int64_t late_days;    /* working days between the two; 0: in time */
	int64_t evaluation_id;
};
struct report {
	int64_t report_id, instansi_id, rev;
	const struct report_kind_row *kind;
	const struct report_state_row *state;
	struct str subject; /* "2026-1"; what it is about, when on request */
	struct day first, last;
	struct report_frozen frozen;
	struct str obstacles, proposals; /* of report_get() alone */
	struct str opened_by, moved_by;
	int64_t opened_us, moved_us;
	bool by_provider; /* asked for by him */
};

/* "Semester 1 Tahun 2026 (1 Januari 2026 s.d. 30 Juni 2026)", or the subject and the days. */
struct str report_title(const struct report *report, struct arena *arena);
/* RC_INVALID: not as "2026-1". */
MUST_USE enum rc report_semester_from_str(struct str s, struct semester *ret);

/* ---- opening ---- */

struct report_new {
	enum report_kind kind;
	int64_t instansi_id;
	struct str semester;             /* REPORT_SEMESTER: "2026-1" */
	const struct ask_source *source; /* REPORT_REQUEST: report_opening */
	struct request_actor by;
};
struct report_taken {
	int64_t report_id, instansi_id;
	const struct report_step_row *row; /* NULL: it was opened */
	enum turn tells;
	struct str about; /* "report 12 submit semester 2026-1 sha256:...", for ACT_REPORT */
};
/* Opens a draft and asks for its figures.
 * RC_INVALID   *flaws says what is wrong; a semester that no report is owed of
 * RC_CONFLICT  there is one of that semester: ret->report_id tells which
 * RC_REFUSED   not his to open
 * RC_LIMIT     REPORT_OPEN_MAX, or too many runs wait
 * RC_ABSENT    no such agency, or not his */
MUST_USE enum rc report_open(const struct desk *desk, const struct report_new *ask, struct report_taken *ret,
                             struct ask_flaws *flaws, struct err *err);

/* ---- changing ---- */

struct report_change {
	int64_t report_id, rev; /* rev: as he saw it */
	struct str step;        /* report_advance() */
	struct request_actor by;
	const struct ask_source *source;
};
/* The texts (report_texts) of a draft. Result codes as report_advance(). */
MUST_USE enum rc report_write(const struct desk *desk, const struct report_change *ask, struct report_taken *ret,
                              struct ask_flaws *flaws, struct err *err);
/* RC_INVALID   *flaws says all that is wrong
 * RC_REFUSED   not his to take
 * RC_CONFLICT  somebody changed it meanwhile, or that step is not open from its state; the
 *              words say who did what, and when
 * RC_LIMIT     REPORT_STEPS_MAX
 * RC_ABSENT    no such report or step, or another agency's */
MUST_USE enum rc report_advance(const struct desk *desk, const struct report_change *ask, struct report_taken *ret,
                                struct ask_flaws *flaws, struct err *err);
/* May he take that step now, as far as role, side and state go? */
bool report_may(const struct report *report, const struct report_step_row *row, const struct request_actor *by);
bool report_may_write(const struct report *report, const struct request_actor *by);

/* Its evaluation is recorded: a step that only the provider's evaluation takes. Again when
 * another one replaces it, until the report was forwarded.
 * RC_CONFLICT: it was not received yet, or has gone on. RC_ABSENT: no such report. */
struct report_evaluation {
	int64_t report_id, evaluation_id;
	struct str by;
};
MUST_USE enum rc report_evaluated(const struct desk *desk, const struct report_evaluation *evaluation, struct report_taken *ret,
                                  struct err *err);

/* ---- reading ---- */

/* RC_ABSENT. Of any agency: the caller asks whose it is. Texts in tx_arena. */
MUST_USE enum rc report_get(struct tx *tx, int64_t report_id, struct report *ret, struct err *err);
/* The one of that semester. RC_ABSENT: none yet. */
MUST_USE enum rc report_of_semester(struct tx *tx, int64_t instansi_id, struct str semester, int64_t *ret, struct err *err);

struct report_moment {
	int64_t number, at_us;
	const struct report_step_row *row; /* NULL: the opening */
	struct str by;
	const struct ask_value *values;
	size_t values_n;
};
/* In order; [0] is the opening. */
MUST_USE enum rc report_moments(struct tx *tx, int64_t report_id, struct report_moment **ret, size_t *ret_n, struct err *err);
/* What the last step of that key said. {NULL,0}: nothing. */
struct str report_said(const struct report_moment *moments, size_t n, enum report_step step, const char *name);

struct report_filter {
	int64_t instansi_id;     /* 0: of every agency */
	enum turn side;          /* whose turn comes first; TURN_NOBODY: nobody's */
	enum report_state state; /* REPORT_STATES: any */
	int64_t skip, most;
};
#define REPORT_PAGE_MAX 100
/* What waits for that side first, who waits longest first; then the others, newest first. */
struct report_list {
	struct report *at;
	size_t n;
	int64_t all, waiting;
};
MUST_USE enum rc report_page(struct tx *tx, const struct report_filter *filter, struct report_list *ret, struct err *err);
/* How many wait for a side now; instansi_id 0: of every agency. */
MUST_USE enum rc report_waiting(struct tx *tx, int64_t instansi_id, enum turn side, int64_t *ret, struct err *err);
