/* SPDX-License-Identifier: EUPL-1.2
 * journal/check.c - see check.h. */
#include "journal/check.h"

#include <assert.h>

#include "journal/check.sql.h"
#include "store/store.h"

static const struct check_state_row states[CHECK_STATE_COUNT] = {
        {CHECK_WAITING, "waiting", "menunggu"}, {CHECK_RUNNING, "running", "sedang diperiksa"}, {CHECK_WHOLE, "whole", "utuh"},
        {CHECK_BROKEN, "broken", "tidak utuh"}, {CHECK_FAILED, "failed", "gagal diperiksa"},
};

const struct check_state_row *check_state_at(size_t i)
{
	assert(i < LEN(states) && states[i].state == (enum check_state)i);
	return &states[i];
}

static enum rc state_of(struct str key, enum check_state *ret, struct err *err)
{
	for (size_t i = 0; i < LEN(states); i++) {
		if (!str_eq(key, str_c(states[i].key)))
			continue;
		*ret = states[i].state;
		return RC_OK;
	}
	return FAIL(err, RC_BROKEN, "keadaan pemeriksaan jurnal tidak dikenal");
}

/* ---- asking ---- */

static enum rc forget_old(struct tx *tx, int log_id, struct err *err)
{
	struct sql_check_recent_rows rows;
	TRY(sql_check_recent(tx, (struct sql_check_recent_in){.log_id = log_id}, &rows, err));
	if (rows.n < CHECK_RECENT_MAX)
		return RC_OK;
	struct sql_check_forget_in in = {.log_id = log_id, .before = rows.at[rows.n - 1].check_id};
	return sql_check_forget(tx, in, NULL, err);
}

enum rc check_ask(struct tx *tx, int log_id, struct str by, int64_t now_us, struct err *err)
{
	struct sql_check_open_of open;
	struct sql_check_insert row;
	struct sql_check_insert_in in = {.log_id = log_id, .now_us = now_us, .asked_by = by, .root = S("")};
	enum rc rc = sql_check_open_of(tx, (struct sql_check_open_of_in){.log_id = log_id}, &open, err);
	if (rc == RC_OK)
		return FAIL(err, RC_CONFLICT, "Pemeriksaan log itu sudah menunggu atau sedang berjalan.");
	if (rc != RC_ABSENT)
		return rc;
	TRY(forget_old(tx, log_id, err));
	return sql_check_insert(tx, in, &row, err);
}

/* ---- what was found ---- */

static enum rc check_of(const struct sql_check_recent *row, struct check *ret, struct err *err)
{
	*ret = (struct check){.check_id = row->check_id,
	                      .log_id = (int)row->log_id,
	                      .asked_us = row->asked_us,
	                      .asked_by = row->asked_by,
	                      .done = row->done,
	                      .all = row->whole,
	                      .finished_us = row->finished_us,
	                      .entries = row->entries,
	                      .checkpoints = row->checkpoints,
	                      .signed_size = row->signed_size,
	                      .bad_seq = row->bad_seq,
	                      .root = row->root,
	                      .reason = row->reason};
	return state_of(row->state, &ret->state, err);
}

enum rc check_recent(struct tx *tx, int log_id, struct check ret[CHECK_RECENT_MAX], size_t *ret_n, struct err *err)
{
	struct sql_check_recent_rows rows;
	TRY(sql_check_recent(tx, (struct sql_check_recent_in){.log_id = log_id}, &rows, err));
	for (*ret_n = 0; *ret_n < rows.n && *ret_n < CHECK_RECENT_MAX; ++*ret_n)
		TRY(check_of(&rows.at[*ret_n], &ret[*ret_n], err));
	return RC_OK;
}

enum rc check_alarm(struct tx *tx, struct check_alarm ret[CHECK_ALARMS_MAX], size_t *ret_n, struct err *err)
{
	struct sql_check_alarm_rows rows;
	TRY(sql_check_alarm(tx, &rows, err));
	for (*ret_n = 0; *ret_n < rows.n && *ret_n < CHECK_ALARMS_MAX; ++*ret_n) {
		const struct sql_check_alarm *row = &rows.at[*ret_n];
		ret[*ret_n] = (struct check_alarm){(int)row->log_id, row->finished_us, row->reason};
	}
	return RC_OK;
}

/* ---- doing ---- */

enum rc check_due(struct tx *tx, int64_t now_us, int64_t *ret_id, int *ret_log, struct err *err)
{
	struct sql_check_due row;
	TRY(sql_check_due(tx, (struct sql_check_due_in){.now_us = now_us}, &row, err));
	*ret_id = row.check_id;
	*ret_log = (int)row.log_id;
	return RC_OK;
}

enum rc check_take(struct tx *tx, const struct check_hand *hand, int64_t now_us, struct err *err)
{
	int64_t changed;
	struct sql_check_take_in in = {
	        .check_id = hand->check_id, .node = hand->node, .until_us = now_us + CHECK_LEASE_US, .now_us = now_us};
	TRY(sql_check_take(tx, in, &changed, err));
	return changed ? RC_OK : FAIL(err, RC_CONFLICT, "pemeriksaan itu sudah dikerjakan simpul lain");
}

enum rc check_progress(struct tx *tx, const struct check_hand *hand, int64_t now_us, struct err *err)
{
	int64_t changed;
	struct sql_check_progress_in in = {.check_id = hand->check_id,
	                                   .node = hand->node,
	                                   .done = hand->done,
	                                   .whole = hand->all,
	                                   .until_us = now_us + CHECK_LEASE_US};
	TRY(sql_check_progress(tx, in, &changed, err));
	return changed ? RC_OK : FAIL(err, RC_CONFLICT, "pemeriksaan itu sudah dikerjakan simpul lain");
}

enum rc check_finish(struct tx *tx, int64_t check_id, const struct check_verdict *verdict, int64_t now_us, struct err *err)
{
	const struct verify_result *result = &verdict->result;
	struct str root = str_from((const char *)result->root, sizeof result->root);
	assert(verdict->state >= CHECK_WHOLE && verdict->state <= CHECK_FAILED);
	struct sql_check_finish_in in = {.check_id = check_id,
	                                 .state = str_c(states[verdict->state].key),
	                                 .now_us = now_us,
	                                 .entries = result->entries,
	                                 .checkpoints = result->checkpoints,
	                                 .signed_size = result->signed_size,
	                                 .bad_seq = result->bad_seq,
	                                 .root = verdict->state == CHECK_WHOLE ? root : S(""),
	                                 .reason = str_c(result->reason)};
	return sql_check_finish(tx, in, NULL, err);
}

enum rc check_release(struct tx *tx, int64_t node, struct err *err)
{
	return sql_check_release(tx, (struct sql_check_release_in){.node = node}, NULL, err);
}
