/* SPDX-License-Identifier: EUPL-1.2
 * report/evaluation.h - an evaluation of an agency by the provider (P3.1a, P8, J.V): of a
 * semester, or of any period at any time.
 *
 * It rests on a run (report/run.h). While it is a draft its checklist is proposed anew each
 * time it is looked at, from figures and papers; what the provider decides otherwise stands
 * beside the proposal with a remark. Signed, all of it is frozen. Then it is told to the agency, and
 * reported to the minister through the Director General: a path of its own beside the
 * report's (J.V). Every change names the `rev` it was made from; who comes second is told
 * RC_CONFLICT and nothing happens. */
#pragma once
#include "report/checklist.h"

struct tx;

enum evaluation_state { EVALUATION_DRAFT, EVALUATION_FINAL, EVALUATION_TOLD, EVALUATION_REPORTED, EVALUATION_STATES };
struct evaluation_state_row {
	enum evaluation_state state;
	const char *key, *label;
	const char *next; /* what is to be done next, Indonesian; "" nothing */
};
/* NULL past the end. */
const struct evaluation_state_row *evaluation_state_at(size_t i);
/* EVALUATION_STATES: no such key. */
enum evaluation_state evaluation_state_of(struct str key);

/* What can happen to one. SAVE, RECOUNT and DROP leave no step behind. */
enum evaluation_step_kind {
	EVALUATION_MAKE,
	EVALUATION_SAVE,
	EVALUATION_RECOUNT,
	EVALUATION_DROP,
	EVALUATION_SIGN,
	EVALUATION_TELL,
	EVALUATION_REPORT,
	EVALUATION_FOLLOW,
	EVALUATION_STEPS
};
struct evaluation_step_row {
	enum evaluation_step_kind step;
	const char *key, *label, *done; /* "sampaikan", "Catat penyampaian", "Disampaikan kepada instansi" */
	unsigned from;                  /* states it may be taken from, 1 << state */
	enum evaluation_state to;
};
/* NULL past the end. */
const struct evaluation_step_row *evaluation_step_at(size_t i);
/* EVALUATION_STEPS: no such key. */
enum evaluation_step_kind evaluation_step_of(struct str key);
bool evaluation_may(enum evaluation_step_kind step, enum evaluation_state from);

enum recommendation { RECOMMEND_CONTINUE, RECOMMEND_WARN, RECOMMEND_REDUCE, RECOMMEND_SUSPEND, RECOMMEND_REVOKE, RECOMMEND_COUNT };
struct recommendation_row {
	enum recommendation recommendation;
	const char *key, *label, *meaning, *clause;
	const char *start; /* "Bekukan hak akses": the button that starts the step; NULL: the letter is all */
	const char *life;  /* key of agreement/life.h that it comes to; NULL: none */
};
/* NULL past the end. */
const struct recommendation_row *recommendation_at(size_t i);
/* RECOMMEND_COUNT: no such key. */
enum recommendation recommendation_of(struct str key);

#define EVALUATION_FINDINGS_MAX 8000
#define EVALUATION_REMARK_MAX 500
#define EVALUATION_NUMBER_MAX 120
#define EVALUATION_DRAFTS_MAX 20 /* of one agency at once */
#define EVALUATION_STEPS_MAX 200

struct evaluation_ask {
	int64_t instansi_id;
	struct str semester; /* "2026-1", which is over; "": the days below, none of them to come */
	struct day first, last;
	struct str by;
};
/* A semester as it is written. RC_INVALID. */
MUST_USE enum rc semester_from_str(struct str text, struct semester *ret);
/* Begins one and asks for its run. RC_INVALID: the period. RC_CONFLICT: of that semester
 * there is one. RC_LIMIT: too many drafts, or runs that wait. */
MUST_USE enum rc evaluation_make(struct tx *tx, const struct evaluation_ask *ask, int64_t now_us, int64_t *ret, struct err *err);

struct evaluation {
	int64_t evaluation_id, instansi_id, run_id, rev;
	struct str semester; /* "" any period */
	struct day first, last;
	enum evaluation_state state;
	enum recommendation recommendation; /* RECOMMEND_COUNT: not chosen */
	struct str findings;
	struct day deadline; /* by when the agency is to mend it; n == 0: none */
	struct str number;   /* "" of a draft */
	struct day signed_on;
	struct str made_by, saved_by;
	int64_t made_us, moved_us;
};
/* Texts in tx_arena. RC_ABSENT. */
MUST_USE enum rc evaluation_get(struct tx *tx, int64_t evaluation_id, struct evaluation *ret, struct err *err);

/* A point as it was decided. */
struct decision {
	enum rating proposed, decided; /* decided RATING_COUNT: as proposed */
	struct str words, remark;
};
/* Of a draft: `proposed` and `words` from `findings`, which may be NULL (not counted yet);
 * frozen ones later. */
MUST_USE enum rc evaluation_decisions(struct tx *tx, const struct evaluation *evaluation, const struct finding *findings,
                                      struct decision ret[POINT_COUNT], struct err *err);
/* What stands in the end. */
enum rating decision_rating(const struct decision *decision);

struct evaluation_text {
	int64_t evaluation_id, rev;
	enum recommendation recommendation; /* RECOMMEND_COUNT: not yet */
	struct str findings;
	struct day deadline;
	const struct decision *decisions; /* POINT_COUNT: decided and remark count */
	struct str by;
};
/* Which field a refusal is about. */
struct evaluation_flaw {
	const char *field; /* "temuan", "tenggat", "rekomendasi", "nomor", "tanggal", "keterangan", key of a point; "" all */
};
/* RC_INVALID: a text too long, no text or with a NIK in it; a decision without a remark. */
MUST_USE enum rc evaluation_save(struct tx *tx, const struct evaluation_text *text, int64_t now_us, struct evaluation_flaw *flaw,
                                 struct err *err);
/* Another run, as long as it is a draft: the first was refused, or the period goes on. */
MUST_USE enum rc evaluation_recount(struct tx *tx, const struct evaluation *evaluation, struct str by, int64_t now_us,
                                    struct err *err);
/* Thrown away. */
MUST_USE enum rc evaluation_drop(struct tx *tx, int64_t evaluation_id, int64_t rev, struct err *err);

struct evaluation_signing {
	int64_t evaluation_id, rev;
	struct str number; /* of the evaluation, as it is signed */
	struct day signed_on;
	struct str signer, by;
	const struct finding *findings; /* POINT_COUNT, as proposed now */
	struct str seen;                /* checklist_mark() of what the signer saw */
	bool two_persons;               /* who saved it last may not sign it */
};
/* Frozen. Of a semester it also files the paper that closes the provider's duty (P8).
 * RC_INVALID: no findings, no recommendation, a warning without its day, number or day.
 * RC_CONFLICT: also when the proposals are not those that were seen. RC_REFUSED: two persons. */
MUST_USE enum rc evaluation_sign(struct tx *tx, const struct evaluation_signing *ask, int64_t now_us, struct evaluation_flaw *flaw,
                                 struct err *err);

struct evaluation_move {
	int64_t evaluation_id, rev;
	enum evaluation_step_kind step; /* EVALUATION_TELL, EVALUATION_REPORT */
	struct day on;                  /* not before the evaluation's own, not to come */
	struct str letter_number;       /* of the letter it went with; needed to report */
	struct str note, by;            /* by which way */
};
MUST_USE enum rc evaluation_move(struct tx *tx, const struct evaluation_move *move, int64_t now_us, struct evaluation_flaw *flaw,
                                 struct err *err);
/* A step of the agreement was taken because of it. RC_REFUSED: a draft, or of another agency. */
MUST_USE enum rc evaluation_followed(struct tx *tx, int64_t evaluation_id, int64_t instansi_id, struct str what, struct str by,
                                     int64_t now_us, struct err *err);

struct evaluation_step {
	enum evaluation_step_kind step;
	struct str by, letter_number, note;
	int64_t at_us;
	struct day on; /* n == 0: the day of at_us */
};
/* In order. */
MUST_USE enum rc evaluation_steps(struct tx *tx, int64_t evaluation_id, struct evaluation_step **ret, size_t *ret_n,
                                  struct err *err);

struct evaluation_filter {
	int64_t instansi_id;         /* 0: of all */
	enum evaluation_state state; /* EVALUATION_STATES: any */
	bool drafts;
	int64_t skip, most; /* most <= 200 */
};
struct evaluation_list {
	struct evaluation *at; /* without findings and who */
	struct str *codes, *names;
	size_t n;
	int64_t all;
};
MUST_USE enum rc evaluation_page(struct tx *tx, const struct evaluation_filter *filter, struct evaluation_list *ret,
                                 struct err *err);
