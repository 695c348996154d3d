/* SPDX-License-Identifier: EUPL-1.2
 * feedback/reconcile.c - see reconcile.h. */
#include "feedback/reconcile.h"

#include "feedback/reconcile.sql.h"
#include "store/store.h"

#define WHOLE 1000

static const struct reconcile_state_row states[] = {
        {RECONCILE_COVERED, "Dicakup", "Datanya diakses, dan data balikan atau alasan bukan korban sudah dicatat."},
        {RECONCILE_MISSING, "Belum ada data balikan", "Datanya diakses, tetapi belum ada yang dicatat."},
        {RECONCILE_UNASKED, "Tanpa akses", "Data balikannya masuk, tetapi datanya tidak pernah diakses untuk kejadian itu."},
};
_Static_assert(LEN(states) == RECONCILE_STATE_COUNT, "every state has its row");

const struct reconcile_state_row *reconcile_state_at(size_t i)
{
	return i < LEN(states) ? &states[i] : NULL;
}

enum reconcile_state reconcile_state_of(const struct person *person)
{
	if (person->asked_us == 0)
		return RECONCILE_UNASKED;
	return person->state == DEBT_OPEN ? RECONCILE_MISSING : RECONCILE_COVERED;
}

int64_t reconcile_cover(const struct debt_figures *figures)
{
	return figures->answered ? (figures->closed + figures->waived) * WHOLE / figures->answered : WHOLE;
}

/* Every row of figures has the same columns. */
#define FIGURES_FROM_ROW(row)                                                                                                      \
	(struct debt_figures)                                                                                                      \
	{                                                                                                                          \
		.answered = (row)->answered_n, .open = (row)->open_n, .closed = (row)->closed_n, .waived = (row)->waived_n,        \
		.unasked = (row)->unasked_n                                                                                        \
	}

/* Of one kejadian, with its oldest debt. */
#define KEJADIAN_FROM_ROW(row)                                                                                                     \
	(struct debt_figures)                                                                                                      \
	{                                                                                                                          \
		.kejadian_id = (row)->kejadian_id, .answered = (row)->answered_n, .open = (row)->open_n,                           \
		.closed = (row)->closed_n, .waived = (row)->waived_n, .unasked = (row)->unasked_n, .oldest_us = (row)->oldest_us   \
	}

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- agencies ---- */

static enum rc page_by_age(struct tx *tx, const struct reconcile_ask *ask, struct reconcile **ret, size_t *ret_n, struct err *err)
{
	struct sql_reconcile_page_by_age_rows rows;
	struct sql_reconcile_page_by_age_in in = {
	        .never_us = INT64_MAX, .turn = ask->up ? -1 : 1, .most = ask->most, .skip = ask->skip};
	TRY(sql_reconcile_page_by_age(tx, in, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct reconcile);
	for (size_t i = 0; *ret && i < rows.n; i++)
		(*ret)[i] = (struct reconcile){rows.at[i].instansi_id, FIGURES_FROM_ROW(&rows.at[i])};
	*ret_n = rows.n;
	return *ret ? RC_OK : no_memory(err);
}

enum rc reconcile_page(struct tx *tx, const struct reconcile_ask *ask, struct reconcile **ret, size_t *ret_n, struct err *err)
{
	struct sql_reconcile_page_rows rows;
	struct sql_reconcile_page_in in = {
	        .turn = ask->up ? -1 : 1, .sort = (int64_t)ask->sort, .most = ask->most, .skip = ask->skip};
	if (ask->skip < 0 || ask->most < 1 || ask->most > RECONCILE_PAGE_MAX)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	if (ask->sort == RECONCILE_BY_AGE)
		return page_by_age(tx, ask, ret, ret_n, err);
	TRY(sql_reconcile_page(tx, in, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct reconcile);
	for (size_t i = 0; *ret && i < rows.n; i++)
		(*ret)[i] = (struct reconcile){rows.at[i].instansi_id, FIGURES_FROM_ROW(&rows.at[i])};
	*ret_n = rows.n;
	return *ret ? RC_OK : no_memory(err);
}

enum rc reconcile_of(struct tx *tx, const int64_t *instansi_ids, size_t n, struct reconcile *ret, struct err *err)
{
	struct sql_reconcile_of_in *in = ARENA_ARRAY(tx_arena(tx), n + 1, struct sql_reconcile_of_in);
	struct sql_reconcile_of *rows = ARENA_ARRAY(tx_arena(tx), n + 1, struct sql_reconcile_of);
	bool *found = ARENA_ARRAY(tx_arena(tx), n + 1, bool);
	if (!in || !rows || !found)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		in[i].instansi_id = instansi_ids[i];
	TRY(sql_reconcile_of(tx, in, n, rows, found, err));
	for (size_t i = 0; i < n; i++)
		ret[i] = (struct reconcile){instansi_ids[i], FIGURES_FROM_ROW(&rows[i])};
	return RC_OK;
}

enum rc reconcile_total(struct tx *tx, struct reconcile_total *ret, struct err *err)
{
	struct sql_reconcile_total row;
	TRY(sql_reconcile_total(tx, &row, err));
	*ret = (struct reconcile_total){FIGURES_FROM_ROW(&row), row.instansi_n, row.owing_n};
	return RC_OK;
}

/* ---- what is owed, kejadian by kejadian ---- */

static enum rc owing_most(struct tx *tx, size_t most, struct reconcile **ret, size_t *ret_n, struct err *err)
{
	struct sql_reconcile_owing_most_rows rows;
	TRY(sql_reconcile_owing_most(tx, (struct sql_reconcile_owing_most_in){(int64_t)most}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct reconcile);
	for (size_t i = 0; *ret && i < rows.n; i++)
		(*ret)[i] = (struct reconcile){rows.at[i].instansi_id, KEJADIAN_FROM_ROW(&rows.at[i])};
	*ret_n = rows.n;
	return *ret ? RC_OK : no_memory(err);
}

enum rc reconcile_owing(struct tx *tx, int64_t instansi_id, size_t most, struct reconcile **ret, size_t *ret_n, struct err *err)
{
	struct sql_reconcile_owing_rows rows;
	if (most > RECONCILE_OWING_MAX)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	if (instansi_id == 0)
		return owing_most(tx, most, ret, ret_n, err);
	TRY(sql_reconcile_owing(tx, (struct sql_reconcile_owing_in){.instansi_id = instansi_id, .most = (int64_t)most}, &rows,
	                        err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct reconcile);
	for (size_t i = 0; *ret && i < rows.n; i++)
		(*ret)[i] = (struct reconcile){instansi_id, KEJADIAN_FROM_ROW(&rows.at[i])};
	*ret_n = rows.n;
	return *ret ? RC_OK : no_memory(err);
}

enum rc reconcile_own(struct tx *tx, int64_t kejadian_id, struct str asked_by, int64_t most, int64_t *ret, struct err *err)
{
	struct sql_reconcile_own row;
	struct sql_reconcile_own_in in = {.kejadian_id = kejadian_id, .most = most, .asked_by = asked_by};
	TRY(sql_reconcile_own(tx, in, &row, err));
	*ret = row.n;
	return RC_OK;
}

/* ---- of one agency, kejadian by kejadian ---- */

enum rc reconcile_kejadian(struct tx *tx, const struct reconcile_kejadian_ask *ask, struct reconcile **ret, size_t *ret_n,
                           struct err *err)
{
	struct sql_reconcile_kejadian_rows rows;
	struct sql_reconcile_kejadian_in in = {
	        .instansi_id = ask->instansi_id, .before = ask->before, .most = ask->most, .skip = ask->skip};
	if (ask->skip < 0 || ask->most < 1 || ask->most > RECONCILE_KEJADIAN_MAX)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	TRY(sql_reconcile_kejadian(tx, in, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct reconcile);
	for (size_t i = 0; *ret && i < rows.n; i++)
		(*ret)[i] = (struct reconcile){ask->instansi_id, KEJADIAN_FROM_ROW(&rows.at[i])};
	*ret_n = rows.n;
	return *ret ? RC_OK : no_memory(err);
}

enum rc reconcile_kejadian_count(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err)
{
	struct sql_reconcile_kejadian_count row;
	TRY(sql_reconcile_kejadian_count(tx, (struct sql_reconcile_kejadian_count_in){instansi_id}, &row, err));
	*ret = row.n;
	return RC_OK;
}
