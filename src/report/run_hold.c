/* SPDX-License-Identifier: EUPL-1.2
 * report/run_hold.c - see run_hold.h. */
#include "report/run_hold.h"

#include "report/run.sql.h"

#define LATER_FIRST_US (2 * US_PER_S) /* twice as long each time */

static enum rc is_ours(int64_t changed, struct err *err)
{
	return changed == 1 ? RC_OK : FAIL(err, RC_CONFLICT, "Penghitungan sudah diambil simpul lain");
}

enum rc run_hold_look(struct tx *tx, int64_t now_us, struct run_hold *ret, struct err *err)
{
	struct sql_report_run_next row;
	const int64_t longest = LATER_FIRST_US << RUN_FAILS_MAX;
	struct sql_report_run_next_in in = {.now_us = now_us, .far_us = now_us + (longest > RUN_LEASE_US ? longest : RUN_LEASE_US)};
	TRY(sql_report_run_next(tx, in, &row, err));
	*ret = (struct run_hold){.run_id = row.run_id, .tries = row.tries};
	return RC_OK;
}

enum rc run_hold_claim(struct tx *tx, int64_t node, struct run_hold *hold, int64_t now_us, struct err *err)
{
	int64_t changed;
	struct sql_report_run_claim_in in = {
	        .node = node, .until_us = now_us + RUN_LEASE_US, .run_id = hold->run_id, .tries = hold->tries};
	TRY(sql_report_run_claim(tx, in, &changed, err));
	TRY(is_ours(changed, err));
	hold->tries++;
	return RC_OK;
}

/* ---- beginning ---- */

static enum rc keep_pins(struct tx *tx, const struct run_hold *hold, const struct pin *pins, size_t n, struct err *err)
{
	struct sql_report_run_log_insert_in *rows = ARENA_ARRAY(tx_arena(tx), n + 1, struct sql_report_run_log_insert_in);
	if (!rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct sql_report_run_log_insert_in){.run_id = hold->run_id,
		                                                .log_id = pins[i].log_id,
		                                                .size = pins[i].size,
		                                                .origin = pins[i].origin,
		                                                .vkey = pins[i].vkey,
		                                                .note = pins[i].note,
		                                                .frontier = S("")};
	return n ? sql_report_run_log_insert(tx, rows, n, err) : RC_OK;
}

enum rc run_hold_begin(struct tx *tx, struct journal *journal, const struct run_hold *hold, int64_t now_us, struct err *err)
{
	struct pin pins[PINS_MAX];
	size_t n;
	int64_t changed, all = 0;
	struct sql_report_run_load row;
	TRY(sql_report_run_load(tx, (struct sql_report_run_load_in){.run_id = hold->run_id}, &row, err));
	if (!str_eq(row.state, S("waiting")))
		return RC_OK;
	TRY(pin_all(journal, tx, now_us, pins, &n, err));
	for (size_t i = 0; i < n; i++)
		all += pins[i].size;
	struct sql_report_run_begin_in in = {.all_n = all, .run_id = hold->run_id, .tries = hold->tries};
	TRY(sql_report_run_begin(tx, in, &changed, err));
	TRY(is_ours(changed, err));
	return keep_pins(tx, hold, pins, n, err);
}

/* ---- how far it came ---- */

enum rc run_hold_load(struct tx *tx, struct run_hold *hold, struct run_loaded *ret, struct err *err)
{
	struct sql_report_run_load row;
	struct sql_report_run_log_all_rows logs;
	TRY(sql_report_run_load(tx, (struct sql_report_run_load_in){.run_id = hold->run_id}, &row, err));
	TRY(sql_report_run_log_all(tx, (struct sql_report_run_log_all_in){.run_id = hold->run_id}, &logs, err));
	*ret = (struct run_loaded){.ask = {row.instansi_id, {(int32_t)row.first_day}, {(int32_t)row.last_day}},
	                           .figures = row.figures,
	                           .all = row.all_n};
	hold->fails = row.fails;
	for (size_t i = 0; i < logs.n && i < PINS_MAX; i++) {
		const struct sql_report_run_log_all *log = &logs.at[i];
		ret->logs[ret->logs_n++] = (struct run_log){{(int)log->log_id, log->size, log->origin, log->vkey, log->note},
		                                            {log->place, log->frontier},
		                                            log->entries};
	}
	return RC_OK;
}

static enum rc save_logs(struct tx *tx, const struct run_hold *hold, const struct run_progress *progress, struct err *err)
{
	size_t n = progress->logs_n;
	struct sql_report_run_log_save_in *rows = ARENA_ARRAY(tx_arena(tx), n + 1, struct sql_report_run_log_save_in);
	if (!rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		const struct run_log *log = &progress->logs[i];
		rows[i] = (struct sql_report_run_log_save_in){.place = log->place.size,
		                                              .frontier = log->place.frontier.n ? log->place.frontier : S(""),
		                                              .entries = log->entries,
		                                              .run_id = hold->run_id,
		                                              .log_id = log->pin.log_id};
	}
	return n ? sql_report_run_log_save(tx, rows, n, err) : RC_OK;
}

enum rc run_hold_save(struct tx *tx, const struct run_hold *hold, const struct run_progress *progress, int64_t now_us,
                      struct err *err)
{
	int64_t changed;
	struct sql_report_run_save_in in = {.figures = progress->figures,
	                                    .done_n = progress->done,
	                                    .until_us = now_us + RUN_LEASE_US,
	                                    .run_id = hold->run_id,
	                                    .tries = hold->tries};
	TRY(sql_report_run_save(tx, in, &changed, err));
	TRY(is_ours(changed, err));
	return save_logs(tx, hold, progress, err);
}

/* ---- letting go ---- */

enum rc run_hold_end(struct tx *tx, const struct run_hold *hold, const struct run_result *result, int64_t now_us, struct err *err)
{
	int64_t changed;
	bool done = result->figures.at != NULL;
	struct run_digest digest = {{0}};
	if (done)
		digest = run_digest(result->figures);
	struct sql_report_run_finish_in in = {.state = done ? S("done") : S("refused"),
	                                      .figures = done ? result->figures : S(""),
	                                      .digest = str_c(digest.z),
	                                      .trouble = done ? S("") : result->trouble,
	                                      .done_n = result->done,
	                                      .now_us = now_us,
	                                      .run_id = hold->run_id,
	                                      .tries = hold->tries};
	TRY(sql_report_run_finish(tx, in, &changed, err));
	return is_ours(changed, err);
}

enum rc run_hold_later(struct tx *tx, const struct run_hold *hold, int64_t now_us, struct err *err)
{
	int64_t changed;
	struct sql_report_run_later_in in = {
	        .next_us = now_us + (LATER_FIRST_US << hold->fails), .run_id = hold->run_id, .tries = hold->tries};
	TRY(sql_report_run_later(tx, in, &changed, err));
	return is_ours(changed, err);
}

enum rc run_hold_release(struct tx *tx, int64_t node, int64_t now_us, struct err *err)
{
	return sql_report_run_release(tx, (struct sql_report_run_release_in){.now_us = now_us, .node = node}, NULL, err);
}
