/* SPDX-License-Identifier: EUPL-1.2
 * policy/quota.c - see quota.h.
 *
 * One upsert makes the row if need be, charges what may be taken, locks the row and
 * reads it. Most trays take exactly that; where the limit or a repeat left some of it,
 * an update gives it back. Between the two nobody else can read the row, so no committed
 * sum ever passes the limit. A lowered limit leaves `used` above it: then nothing is
 * left, and nothing is taken back. Without limit the hits are counted all the same
 * (the semester report needs them). */
#include "policy/quota.h"

#include <assert.h>

#include "policy/policy.sql.h"
#include "store/store.h"

/* The column holds the number: an enum that moves would mix up the counters. */
_Static_assert(METHOD_PORTAL == 0 && METHOD_CALL_NIK == 1 && METHOD_VERIFY == 2 && METHOD_CARD_READER == 3,
               "numbers of methods are stored");

int64_t quota_left(const struct quota_use *use)
{
	if (use->limit < 0)
		return -1;
	return use->used < use->limit ? use->limit - use->used : 0;
}

bool quota_take(struct quota_line *line)
{
	if (quota_left(&line->use) == 0)
		return false;
	line->use.used++;
	line->hits++;
	return true;
}

static int64_t resets_us(int64_t now_us)
{
	return day_begin_us((struct day){day_of_us(now_us).n + 1});
}

static bool comes_before(const struct quota_line *a, const struct quota_line *b)
{
	return a->instansi_id != b->instansi_id ? a->instansi_id < b->instansi_id : a->method < b->method;
}

enum rc quota_hold(struct tx *tx, struct quota_line *lines, size_t n, int64_t now_us, struct err *err)
{
	if (n == 0)
		return RC_OK;
	struct sql_quota_hold_in *in = ARENA_ARRAY(tx_arena(tx), n, struct sql_quota_hold_in);
	struct sql_quota_hold *rows = ARENA_ARRAY(tx_arena(tx), n, struct sql_quota_hold);
	bool *found = ARENA_ARRAY(tx_arena(tx), n, bool);
	if (!in || !rows || !found)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		assert(i == 0 || comes_before(&lines[i - 1], &lines[i]));
		in[i] = (struct sql_quota_hold_in){lines[i].instansi_id, lines[i].method, day_of_us(now_us).n, lines[i].charged};
	}
	TRY(sql_quota_hold(tx, in, n, rows, found, err));
	for (size_t i = 0; i < n; i++) {
		if (!found[i])
			return FAIL(err, RC_BROKEN, "kuota tidak dapat dibaca");
		lines[i].use.used = rows[i].used - lines[i].charged;
		lines[i].use.resets_us = resets_us(now_us);
		lines[i].hits = 0;
	}
	return RC_OK;
}

enum rc quota_spend(struct tx *tx, const struct quota_line *lines, size_t n, int64_t now_us, struct err *err)
{
	if (n == 0)
		return RC_OK;
	struct sql_quota_correct_in *in = ARENA_ARRAY(tx_arena(tx), n, struct sql_quota_correct_in);
	size_t wrong = 0;
	if (!in)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		if (lines[i].hits != lines[i].charged)
			in[wrong++] = (struct sql_quota_correct_in){
				.hits = lines[i].hits - lines[i].charged,
				.instansi_id = lines[i].instansi_id,
				.method = lines[i].method,
				.day = day_of_us(now_us).n,
			};
	return sql_quota_correct(tx, in, wrong, err);
}

enum rc quota_look(struct tx *tx, struct quota_line *lines, size_t n, int64_t now_us, struct err *err)
{
	if (n == 0)
		return RC_OK;
	struct sql_quota_look_in *in = ARENA_ARRAY(tx_arena(tx), n, struct sql_quota_look_in);
	struct sql_quota_look *rows = ARENA_ARRAY(tx_arena(tx), n, struct sql_quota_look);
	bool *found = ARENA_ARRAY(tx_arena(tx), n, bool);
	if (!in || !rows || !found)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		in[i] = (struct sql_quota_look_in){lines[i].instansi_id, lines[i].method, day_of_us(now_us).n};
	TRY(sql_quota_look(tx, in, n, rows, found, err));
	for (size_t i = 0; i < n; i++) {
		lines[i].use.used = found[i] ? rows[i].used : 0;
		lines[i].use.resets_us = resets_us(now_us);
	}
	return RC_OK;
}

enum rc quota_charge(struct tx *tx, int64_t instansi_id, enum method method, int64_t limit, int64_t hits, int64_t now_us,
                     int64_t *ret_spent, struct quota_use *ret, struct err *err)
{
	struct quota_line line = {.instansi_id = instansi_id, .method = method, .use.limit = limit};
	assert(hits >= 0);
	TRY(quota_hold(tx, &line, 1, now_us, err));
	int64_t left = quota_left(&line.use);
	line.hits = left >= 0 && left < hits ? left : hits;
	line.use.used += line.hits;
	TRY(quota_spend(tx, &line, 1, now_us, err));
	*ret_spent = line.hits;
	*ret = line.use;
	return RC_OK;
}

enum rc quota_read(struct tx *tx, int64_t instansi_id, enum method method, int64_t limit, int64_t now_us,
                   struct quota_use *ret, struct err *err)
{
	struct quota_line line = {.instansi_id = instansi_id, .method = method, .use.limit = limit};
	TRY(quota_look(tx, &line, 1, now_us, err));
	*ret = line.use;
	return RC_OK;
}
