/* SPDX-License-Identifier: EUPL-1.2
 * policy/reservation.c - see reservation.h.
 *
 * Those of one hit that come back in one tray are settled as one: they share what they
 * carried, and one that made the hit is enough. */
#include "policy/reservation.h"

#include "policy/reservation.sql.h"
#include "store/store.h"

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static struct str hit_str(const unsigned char *hit)
{
	return str_from((const char *)hit, RESERVATION_HIT);
}

enum rc reservation_open(struct tx *tx, const struct reservation *all, size_t n, int64_t node, struct err *err)
{
	if (n == 0)
		return RC_OK;
	struct sql_reservation_open_in *in = ARENA_ARRAY(tx_arena(tx), n, struct sql_reservation_open_in);
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		in[i] = (struct sql_reservation_open_in){
			.journal_entry = all[i].journal_entry,
			.node = node,
			.hit = hit_str(all[i].hit),
			.charged = all[i].charged,
			.instansi_id = all[i].instansi_id,
			.method = all[i].method,
			.day = all[i].day.n,
			.asked_us = all[i].asked_us,
		};
	return sql_reservation_open(tx, in, n, err);
}

/* ---- the end ---- */

/* Those of one hit in this tray: all at `first`. */
struct share {
	struct reservation *first, *payer; /* payer: carried the charge; NULL: nobody here did */
	bool made;
};

/* Take the rows; who is not there any more is lost. */
static enum rc take_rows(struct tx *tx, struct reservation *const *all, size_t n, bool *charged, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	struct sql_reservation_take_in *in = ARENA_ARRAY(arena, n, struct sql_reservation_take_in);
	struct sql_reservation_take *rows = ARENA_ARRAY(arena, n, struct sql_reservation_take);
	bool *found = ARENA_ARRAY(arena, n, bool);
	if (!in || !rows || !found)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		in[i].journal_entry = all[i]->journal_entry;
	TRY(sql_reservation_take(tx, in, n, rows, found, err));
	for (size_t i = 0; i < n; i++) {
		all[i]->lost = !found[i];
		all[i]->refund = false;
		charged[i] = found[i] && rows[i].charged;
	}
	return RC_OK;
}

/* A tray has few: a straight search. */
static struct share *share_of(struct share *shares, size_t *n, struct reservation *one)
{
	for (size_t i = 0; i < *n; i++)
		if (memcmp(shares[i].first->hit, one->hit, RESERVATION_HIT) == 0)
			return &shares[i];
	shares[*n] = (struct share){.first = one};
	return &shares[(*n)++];
}

static size_t share_out(struct reservation *const *all, size_t n, const bool *charged, struct share *shares)
{
	size_t shares_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (all[i]->lost)
			continue;
		struct share *share = share_of(shares, &shares_n, all[i]);
		share->made |= all[i]->made;
		if (charged[i])
			share->payer = all[i];
	}
	return shares_n;
}

/* Made, and the charge is with one that is still out: it will give nothing back. */
static enum rc absorb(struct tx *tx, const struct share *shares, size_t n, struct err *err)
{
	struct sql_reservation_absorb_in *in = ARENA_ARRAY(tx_arena(tx), n, struct sql_reservation_absorb_in);
	size_t count = 0;
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		if (shares[i].made && !shares[i].payer)
			in[count++].hit = hit_str(shares[i].first->hit);
	return count ? sql_reservation_absorb(tx, in, count, err) : RC_OK;
}

/* Not made: whoever of the same hit is still out carries the charge on, or it is given back. */
static enum rc pass_on(struct tx *tx, const struct share *shares, size_t n, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	struct sql_reservation_pass_on_in *in = ARENA_ARRAY(arena, n, struct sql_reservation_pass_on_in);
	struct sql_reservation_pass_on *rows = ARENA_ARRAY(arena, n, struct sql_reservation_pass_on);
	struct reservation **payers = ARENA_ARRAY(arena, n, struct reservation *);
	bool *found = ARENA_ARRAY(arena, n, bool);
	size_t count = 0;
	if (!in || !rows || !payers || !found)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		if (shares[i].made || !shares[i].payer)
			continue;
		payers[count] = shares[i].payer;
		in[count++].hit = hit_str(shares[i].first->hit);
	}
	if (count == 0)
		return RC_OK;
	TRY(sql_reservation_pass_on(tx, in, count, rows, found, err));
	for (size_t i = 0; i < count; i++)
		payers[i]->refund = !found[i];
	return RC_OK;
}

enum rc reservation_settle(struct tx *tx, struct reservation *const *all, size_t n, struct err *err)
{
	if (n == 0)
		return RC_OK;
	bool *charged = ARENA_ARRAY(tx_arena(tx), n, bool);
	struct share *shares = ARENA_ARRAY(tx_arena(tx), n, struct share);
	if (!charged || !shares)
		return no_memory(err);
	TRY(take_rows(tx, all, n, charged, err));
	size_t shares_n = share_out(all, n, charged, shares);
	if (shares_n == 0)
		return RC_OK;
	TRY(absorb(tx, shares, shares_n, err));
	return pass_on(tx, shares, shares_n, err);
}

/* ---- what nobody ended ---- */

enum rc reservation_give_up(struct tx *tx, int64_t node, int64_t before_us, const struct reservation_left **ret, size_t *ret_n,
                            struct err *err)
{
	struct sql_reservation_left_rows rows;
	TRY(sql_reservation_left(tx, (struct sql_reservation_left_in){.node = node, .before_us = before_us}, &rows, err));
	struct reservation_left *left = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct reservation_left);
	struct sql_reservation_forget_in *in = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct sql_reservation_forget_in);
	if (!left || !in)
		return no_memory(err);
	for (size_t i = 0; i < rows.n; i++) {
		in[i].journal_entry = rows.at[i].journal_entry;
		left[i] = (struct reservation_left){rows.at[i].journal_entry, rows.at[i].instansi_id,
		                                    (enum method)rows.at[i].method, rows.at[i].charged != 0};
	}
	*ret = left;
	*ret_n = rows.n;
	return rows.n ? sql_reservation_forget(tx, in, rows.n, err) : RC_OK;
}

enum rc reservation_count(struct tx *tx, int64_t before_us, struct reservation_count *ret, struct err *err)
{
	struct sql_reservation_count row;
	TRY(sql_reservation_count(tx, (struct sql_reservation_count_in){before_us}, &row, err));
	*ret = (struct reservation_count){row.open, row.old, row.unknown};
	return RC_OK;
}
