/* SPDX-License-Identifier: EUPL-1.2
 * policy/hold.c - see hold.h. Deciding locks the row first, so that of two who press at
 * once one decides and the other reads what was decided. */
#include "policy/hold.h"

#include <assert.h>

#include "policy/guard.sql.h"
#include "store/store.h"

#define DIGITS_MAX 11 /* in a row, blanks and marks between them not counted: fewer than a NIK has */

static const struct hold_state_row states[] = {
	{HOLD_OPEN, "open", "menunggu keputusan"},
	{HOLD_RELEASED, "released", "dilepaskan"},
	{HOLD_CONFIRMED, "confirmed", "ditetapkan"},
};

const struct hold_state_row *hold_state_at(size_t i)
{
	return i < LEN(states) ? &states[i] : NULL;
}

static enum hold_state state_of(struct str key)
{
	for (size_t i = 0; i < LEN(states); i++)
		if (str_eq(key, str_c(states[i].key)))
			return states[i].state;
	return HOLD_OPEN;
}

/* ---- reading ---- */

static struct hold hold_of(const struct sql_guard_hold_get *row)
{
	return (struct hold){
		.hold_id = row->hold_id,
		.instansi_id = row->instansi_id,
		.user = row->user_key,
		.user_id = row->user_id,
		.state = state_of(row->state),
		.reason = row->reason,
		.clue = row->clue,
		.across = row->across != 0,
		.evidence = row->evidence,
		.seq = row->entry_id,
		.held_us = row->held_us,
		.plea = row->plea,
		.plea_by = row->plea_by,
		.plea_us = row->plea_us,
		.first_user = row->first_key,
		.first_by = row->first_by,
		.first_us = row->first_us,
		.first_note = row->first_note,
		.decided_by = row->decided_by,
		.decided_us = row->decided_us,
		.note = row->note,
	};
}

static enum rc read_all(struct tx *tx, const struct sql_guard_hold_get_in *ids, size_t n, struct hold **ret, size_t *ret_n,
                        struct err *err)
{
	struct arena *arena = tx_arena(tx);
	struct sql_guard_hold_get *rows = ARENA_ARRAY(arena, n + 1, struct sql_guard_hold_get);
	bool *found = ARENA_ARRAY(arena, n + 1, bool);
	*ret = ARENA_ARRAY(arena, n + 1, struct hold);
	*ret_n = 0;
	if (!rows || !found || !*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (n == 0)
		return RC_OK;
	TRY(sql_guard_hold_get(tx, ids, n, rows, found, err));
	for (size_t i = 0; i < n; i++)
		if (found[i])
			(*ret)[(*ret_n)++] = hold_of(&rows[i]);
	return RC_OK;
}

enum rc hold_get(struct tx *tx, int64_t hold_id, int64_t instansi_id, struct hold *ret, struct err *err)
{
	struct hold *one;
	size_t n;
	TRY(read_all(tx, &(struct sql_guard_hold_get_in){hold_id}, 1, &one, &n, err));
	if (n == 0 || (instansi_id >= 0 && one->instansi_id != instansi_id))
		return FAIL(err, RC_ABSENT, "Penahanan itu tidak ada.");
	*ret = *one;
	return RC_OK;
}

enum rc hold_list_open(struct tx *tx, int64_t instansi_id, struct hold **ret, size_t *ret_n, struct err *err)
{
	struct sql_guard_hold_open_rows rows;
	struct sql_guard_hold_get_in ids[HOLD_OPEN_MAX];
	TRY(sql_guard_hold_open(tx, (struct sql_guard_hold_open_in){instansi_id}, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		ids[i].hold_id = rows.at[i].hold_id;
	return read_all(tx, ids, rows.n, ret, ret_n, err);
}

enum rc hold_list_past(struct tx *tx, int64_t instansi_id, int64_t before, int most, struct hold **ret, size_t *ret_n,
                       struct err *err)
{
	struct sql_guard_hold_past_rows rows;
	struct sql_guard_hold_get_in ids[HOLD_PAGE_MAX];
	assert(most > 0 && most <= HOLD_PAGE_MAX);
	struct sql_guard_hold_past_in in = {.before = before > 0 ? before : INT64_MAX, .instansi_id = instansi_id, .most = most};
	TRY(sql_guard_hold_past(tx, in, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		ids[i].hold_id = rows.at[i].hold_id;
	return read_all(tx, ids, rows.n, ret, ret_n, err);
}

enum rc hold_count_open(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err)
{
	struct sql_guard_hold_count_open row;
	TRY(sql_guard_hold_count_open(tx, (struct sql_guard_hold_count_open_in){instansi_id}, &row, err));
	*ret = row.n;
	return RC_OK;
}

enum rc hold_count_past(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err)
{
	struct sql_guard_hold_count_past row;
	TRY(sql_guard_hold_count_past(tx, (struct sql_guard_hold_count_past_in){instansi_id}, &row, err));
	*ret = row.n;
	return RC_OK;
}

/* ---- writing ---- */

enum rc hold_open(struct tx *tx, const struct hold *hold, int64_t *ret, struct err *err)
{
	struct sql_guard_hold_insert row;
	struct sql_guard_hold_insert_in in = {
		.instansi_id = hold->instansi_id,
		.user_key = hold->user,
		.user_id = hold->user_id,
		.reason = hold->reason,
		.clue = hold->clue,
		.across = hold->across,
		.evidence = hold->evidence,
		.entry_id = hold->seq,
		.held_us = hold->held_us,
	};
	TRY(sql_guard_hold_insert(tx, in, &row, err));
	*ret = row.hold_id;
	return RC_OK;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* How people part groups of digits. */
static bool is_between(char c)
{
	return c == ' ' || c == '.' || c == '-';
}

static bool holds_number(struct str text)
{
	size_t run = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (is_digit(text.at[i]))
			run++;
		else if (!is_between(text.at[i]))
			run = 0;
		if (run > DIGITS_MAX)
			return true;
	}
	return false;
}

enum rc hold_text_check(struct str text, struct err *err)
{
	size_t characters = 0;
	if (text.n == 0)
		return FAIL(err, RC_INVALID, "Isi dahulu penjelasannya.");
	if (!str_is_text(text))
		return FAIL(err, RC_INVALID, "Penjelasan memuat tanda yang tidak dapat dibaca.");
	for (size_t i = 0; i < text.n; i += str_utf8(text, i))
		characters++;
	if (characters > HOLD_TEXT_MAX)
		return FAIL(err, RC_INVALID, "Penjelasan paling banyak %d huruf; yang Anda tulis %zu.", HOLD_TEXT_MAX, characters);
	if (holds_number(text))
		return FAIL(err, RC_INVALID, "Jangan menulis NIK atau nomor panjang lain di sini; sebut daftarnya saja.");
	return RC_OK;
}

/* Locked, and still open. */
static enum rc take(struct tx *tx, int64_t hold_id, int64_t instansi_id, struct hold *ret, struct err *err)
{
	struct sql_guard_hold_lock row;
	enum rc rc = sql_guard_hold_lock(tx, (struct sql_guard_hold_lock_in){hold_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Penahanan itu tidak ada.");
	if (rc != RC_OK)
		return rc;
	TRY(hold_get(tx, hold_id, instansi_id, ret, err));
	if (ret->state == HOLD_OPEN)
		return RC_OK;
	return FAIL(err, RC_CONFLICT, "Penahanan ini sudah diputuskan oleh %.*s pada %s: %s.", STR_ARG(ret->decided_by),
	            clock_short_wib(ret->decided_us).z, states[ret->state].label);
}

enum rc hold_plead(struct tx *tx, int64_t hold_id, int64_t instansi_id, struct hold_actor by, struct str text, int64_t now_us,
                   struct err *err)
{
	struct hold hold;
	TRY(hold_text_check(text, err));
	TRY(take(tx, hold_id, instansi_id, &hold, err));
	return sql_guard_hold_plead(tx, (struct sql_guard_hold_plead_in){text, by.name, now_us, hold_id}, NULL, err);
}

enum rc hold_decide(struct tx *tx, int64_t hold_id, const struct hold_decision *decision, int64_t now_us, enum hold_state *ret,
                    struct err *err)
{
	struct hold hold;
	const struct hold_actor *by = &decision->by;
	TRY(hold_text_check(decision->note, err));
	TRY(take(tx, hold_id, -1, &hold, err));
	bool release = decision->state == HOLD_RELEASED;
	*ret = decision->state;
	if (release && decision->two_persons && !hold.first_us) {
		*ret = HOLD_OPEN;
		struct sql_guard_hold_agree_in in = {by->user, by->name, now_us, decision->note, hold_id};
		return sql_guard_hold_agree(tx, in, NULL, err);
	}
	if (release && decision->two_persons && hold.first_user == by->user)
		return FAIL(err, RC_REFUSED, "Pelepasan memerlukan dua orang: Anda sudah menyetujuinya, tunggu admin lain.");
	struct sql_guard_hold_decide_in in = {str_c(states[decision->state].key), by->name, now_us, decision->note, hold_id};
	return sql_guard_hold_decide(tx, in, NULL, err);
}
