/* SPDX-License-Identifier: EUPL-1.2
 * report/run.h - figures being counted: a run is asked for, counts in the background, and
 * keeps its result for ever (P8, J.V).
 *
 * A run reads the journal from its first entry to one checkpoint per log, builds the tree again
 * on the way and holds it against the checkpoint: what it gives was either counted from
 * entries that are all there and unaltered, or it is refused. It goes on in bites, each of
 * them a short reading transaction; every few seconds it writes down how far it came, so that
 * it resumes after a restart and no inquiry ever waits for it. report/counter.h does the work,
 * jobs/reporter.h is the thread (decision 0034). */
#pragma once
#include "report/figures.h"

struct store;
struct tx;

enum run_state { RUN_WAITING, RUN_COUNTING, RUN_DONE, RUN_REFUSED };

/* Ask for a run, in the caller's transaction. It rests on checkpoints that are signed when
 * it begins, of every log as long as it is then; a period that is over is covered as a whole.
 * RC_INVALID  the period: none, backwards, longer than FIGURES_DAYS_MAX, or not begun yet
 * RC_LIMIT    RUNS_WAITING_MAX of this instansi, asked for by `by`, are waiting: what a head asks
 *             for keeps nobody from evaluating his agency */
#define RUNS_WAITING_MAX 8
MUST_USE enum rc run_ask(struct tx *tx, const struct figures_ask *ask, struct str by, int64_t now_us, int64_t *ret_run_id,
                         struct err *err);

struct run {
	int64_t run_id;
	struct figures_ask ask;
	enum run_state state;
	int64_t done, all; /* entries looked at, of all; all is 0 before it began */
	int64_t asked_us, finished_us;
	struct str asked_by;
	struct str trouble; /* RUN_REFUSED: an Indonesian sentence; "" otherwise */
	struct str digest;  /* RUN_DONE: SHA-256 of the text of its figures, 64 hex digits */
};
/* Texts in tx_arena. RC_ABSENT. */
MUST_USE enum rc run_find(struct tx *tx, int64_t run_id, struct run *ret, struct err *err);
/* The newest RUNS_LIST_MAX, newest first; of one instansi, or of all (0). In tx_arena. */
#define RUNS_LIST_MAX 200
MUST_USE enum rc run_list(struct tx *tx, int64_t instansi_id, struct run **ret, size_t *ret_n, struct err *err);
/* The figures of a run that is done, in `arena`. RC_ABSENT: there is none, or it is not done.
 * RC_BROKEN: they do not fit their digest. */
MUST_USE enum rc run_figures(struct tx *tx, int64_t run_id, struct arena *arena, struct figures *ret, struct err *err);
/* The same as their canonical text, in tx_arena. */
MUST_USE enum rc run_text(struct tx *tx, int64_t run_id, struct str *ret, struct err *err);

struct run_stat {
	int64_t waiting; /* or being counted */
	int64_t failing; /* of these: the last try did not go well */
	int64_t refused; /* of all times */
};
MUST_USE enum rc run_stat(struct tx *tx, struct run_stat *ret, struct err *err);

/* Hex digits of the SHA-256 of a text. */
struct run_digest {
	char z[65];
};
struct run_digest run_digest(struct str text);
