/* SPDX-License-Identifier: EUPL-1.2
 * report/run.c - see run.h: asking for runs, and what they gave. */
#include "report/run.h"

#include "journal/sha256.h"
#include "report/run.sql.h"

#define SETTLE_US (60 * US_PER_S) /* what was asked in the last moments of a period has its entry by then, on every node */

enum rc run_ask(struct tx *tx, const struct figures_ask *ask, struct str by, int64_t now_us, int64_t *ret_run_id, struct err *err)
{
	struct sql_report_run_open_count open;
	struct sql_report_run_insert row;
	int64_t end_us = day_begin_us((struct day){ask->last.n + 1});
	if (ask->instansi_id <= 0 || ask->last.n < ask->first.n || ask->last.n - ask->first.n >= FIGURES_DAYS_MAX)
		return FAIL(err, RC_INVALID, "Masa laporan harus 1 sampai %d hari", FIGURES_DAYS_MAX);
	if (day_begin_us(ask->first) > now_us)
		return FAIL(err, RC_INVALID, "Masa laporan belum dimulai");
	struct sql_report_run_open_count_in whose = {.instansi_id = ask->instansi_id, .asked_by = by.at ? by : S("")};
	TRY(sql_report_run_open_count(tx, whose, &open, err));
	if (open.n >= RUNS_WAITING_MAX)
		return FAIL(err, RC_LIMIT, "Masih ada %d laporan yang sedang dihitung; tunggu sampai selesai", RUNS_WAITING_MAX);
	bool just_over = now_us >= end_us && now_us < end_us + SETTLE_US;
	struct sql_report_run_insert_in in = {.instansi_id = ask->instansi_id,
	                                      .first_day = ask->first.n,
	                                      .last_day = ask->last.n,
	                                      .asked_by = by.at ? by : S(""),
	                                      .asked_us = now_us,
	                                      .next_us = just_over ? end_us + SETTLE_US : now_us};
	TRY(sql_report_run_insert(tx, in, &row, err));
	*ret_run_id = row.run_id;
	return RC_OK;
}

/* ---- reading ---- */

static enum run_state state_of(struct str word)
{
	return str_eq(word, S("done"))       ? RUN_DONE
	       : str_eq(word, S("refused"))  ? RUN_REFUSED
	       : str_eq(word, S("counting")) ? RUN_COUNTING
	                                     : RUN_WAITING;
}

static struct run run_of(const struct sql_report_run_list *row)
{
	return (struct run){.run_id = row->run_id,
	                    .ask = {row->instansi_id, {(int32_t)row->first_day}, {(int32_t)row->last_day}},
	                    .state = state_of(row->state),
	                    .done = row->done_n,
	                    .all = row->all_n,
	                    .asked_us = row->asked_us,
	                    .finished_us = row->finished_us,
	                    .asked_by = row->asked_by,
	                    .trouble = row->trouble,
	                    .digest = row->digest};
}

enum rc run_find(struct tx *tx, int64_t run_id, struct run *ret, struct err *err)
{
	struct sql_report_run_find row;
	enum rc rc = sql_report_run_find(tx, (struct sql_report_run_find_in){.run_id = run_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Tidak ada penghitungan bernomor %lld", (long long)run_id);
	if (rc != RC_OK)
		return rc;
	const struct sql_report_run_list same = {row.run_id, row.instansi_id, row.first_day, row.last_day,
	                                         row.state,  row.asked_by,    row.asked_us,  row.finished_us,
	                                         row.done_n, row.all_n,       row.trouble,   row.digest};
	*ret = run_of(&same);
	return RC_OK;
}

enum rc run_list(struct tx *tx, int64_t instansi_id, struct run **ret, size_t *ret_n, struct err *err)
{
	struct sql_report_run_list_rows rows;
	TRY(sql_report_run_list(tx, (struct sql_report_run_list_in){.instansi_id = instansi_id}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct run);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = run_of(&rows.at[i]);
	*ret_n = rows.n;
	return RC_OK;
}

struct run_digest run_digest(struct str text)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[SHA256_SIZE];
	struct run_digest digest = {{0}};
	sha256(&text, 1, hash);
	for (size_t i = 0; i < sizeof hash; i++) {
		digest.z[2 * i] = digits[hash[i] >> 4];
		digest.z[2 * i + 1] = digits[hash[i] & 15];
	}
	return digest;
}

enum rc run_text(struct tx *tx, int64_t run_id, struct str *ret, struct err *err)
{
	struct sql_report_run_figures row;
	enum rc rc = sql_report_run_figures(tx, (struct sql_report_run_figures_in){.run_id = run_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Tidak ada angka dari penghitungan bernomor %lld", (long long)run_id);
	if (rc != RC_OK)
		return rc;
	if (!str_eq(row.digest, str_c(run_digest(row.figures).z)))
		return FAIL(err, RC_BROKEN, "Angka laporan tidak cocok dengan sidiknya");
	*ret = row.figures;
	return RC_OK;
}

enum rc run_figures(struct tx *tx, int64_t run_id, struct arena *arena, struct figures *ret, struct err *err)
{
	struct str text;
	TRY(run_text(tx, run_id, &text, err));
	enum rc rc = figures_read(text, arena, ret, err);
	return rc == RC_INVALID ? RC_BROKEN : rc;
}

enum rc run_stat(struct tx *tx, struct run_stat *ret, struct err *err)
{
	struct sql_report_run_stat row;
	TRY(sql_report_run_stat(tx, &row, err));
	*ret = (struct run_stat){row.waiting, row.failing, row.refused};
	return RC_OK;
}
