/* SPDX-License-Identifier: EUPL-1.2
 * feedback/debt.h - every answer owes a feedback (P2.2b, J.III).
 *
 * A debt is one person in one kejadian; inquiries of the same NIK for the same kejadian
 * share it, whoever made them. At any moment, for every kejadian:
 *
 *     NIK whose data was accessed = open + closed + waived
 *
 * The store refuses a transaction after which that would not be so. */
#pragma once
#include "feedback/feedback.h"

enum debt_state { DEBT_OPEN, DEBT_CLOSED, DEBT_WAIVED };
struct debt_state_row {
	enum debt_state state;
	const char *key, *label; /* "open", "Belum dilaporkan" */
};
const struct debt_state_row *debt_state_at(size_t i); /* NULL past the end */
MUST_USE enum rc debt_state_from_key(struct str key, enum debt_state *ret);

/* An inquiry that was answered with somebody's data, or with the state he is in. */
struct debt_ask {
	int64_t instansi_id, kejadian_id;
	struct nik nik;
	int64_t asked_us, journal_entry; /* number of the inquiry's entry */
	struct str asked_by;             /* user id */
	bool fresh;                      /* filled in: nobody had asked for him or told of him before */
};
/* Whoever is owed already is left as he is. In the transaction of the inquiries. */
MUST_USE enum rc debt_open(const struct feedback *feedback, struct tx *tx, struct debt_ask *asks, size_t n, struct err *err);

struct debt_total {
	int64_t n;         /* open, of all kejadian */
	int64_t oldest_us; /* when the first of them was opened; 0: none is open */
};
/* What each of n instansi owes. */
MUST_USE enum rc debt_totals(struct tx *tx, const int64_t *instansi_ids, size_t n, struct debt_total *ret, struct err *err);

/* The figures of a kejadian; all zero when nothing ever happened in it. */
struct debt_figures {
	int64_t kejadian_id;
	int64_t answered, open, closed, waived; /* NIK whose data was accessed, and what became of their debts */
	int64_t unasked;                        /* NIK of whom something was told without access */
	int64_t oldest_us;                      /* of the open ones; 0: none */
};
MUST_USE enum rc debt_figures(struct tx *tx, int64_t kejadian_id, struct debt_figures *ret, struct err *err);
MUST_USE enum rc debt_figures_each(struct tx *tx, const int64_t *kejadian_ids, size_t n, struct debt_figures *ret, struct err *err);

/* Counts everything anew: of how many kejadian, and of how many of them the figures are
 * wrong. For `padan check`; reads every person. */
struct debt_recount {
	int64_t kejadian, wrong;
};
MUST_USE enum rc debt_recount(struct tx *tx, struct debt_recount *ret, struct err *err);
