/* SPDX-License-Identifier: EUPL-1.2
 * procedure/reminder.c - see reminder.h. The overview is a copy that may be a day old;
 * an agency's own page is drawn from the facts each time. */
#include "procedure/reminder.h"

#include "procedure/reminder.sql.h"
#include "store/store.h"

/* ---- stages ---- */

static const char *stage_renewal(const struct duty_item *item, struct day today)
{
	static const struct {
		int months;
		const char *stage;
	} rows[] = {{2, "2 bulan"}, {3, "3 bulan"}, {4, "4 bulan"}, {6, "6 bulan"}};
	if (today.n >= item->due.n) /* moved back before a weekend, it would come when all is late */
		return rows[0].stage;
	for (size_t i = 0; i < LEN(rows); i++)
		if (today.n >= day_add_months(item->term_end, -rows[i].months).n)
			return rows[i].stage;
	return NULL;
}

static const char *stage_other(const struct duty_item *item, struct day today)
{
	static const struct {
		int days;
		const char *stage;
	} rows[] = {{1, "1 hari"}, {7, "7 hari"}, {14, "14 hari"}, {30, "30 hari"}};
	for (size_t i = 0; i < LEN(rows); i++)
		if (item->due.n - today.n <= rows[i].days)
			return rows[i].stage;
	return NULL;
}

const char *reminder_stage(const struct duty_item *item, struct day today)
{
	if (item->state == DUTY_DONE && item->duty != DUTY_ISO27001)
		return NULL;
	if (item->due.n == 0)
		return item->state == DUTY_LATE ? "terlambat" : NULL;
	if (item->due.n < today.n)
		return "terlambat";
	return item->duty == DUTY_RENEWAL ? stage_renewal(item, today) : stage_other(item, today);
}

/* ---- the look ---- */

static enum rc keep(struct tx *tx, int64_t instansi_id, const struct duty_item *item, struct err *err)
{
	if (item->state != DUTY_LATE && item->state != DUTY_NEAR)
		return RC_OK;
	return sql_due_put(tx,
	                   (struct sql_due_put_in){.instansi_id = instansi_id,
	                                           .duty = str_c(duty_at(item->duty)->key),
	                                           .subject = item->subject,
	                                           .state = str_c(duty_state_at(item->state)->key),
	                                           .due_day = item->due.n},
	                   NULL, err);
}

/* *ret_fresh: nobody was reminded of this stage before. */
static enum rc note(struct tx *tx, int64_t instansi_id, const struct duty_item *item, const char *stage, int64_t now_us,
                    bool *ret_fresh, struct err *err)
{
	int64_t changed = 0;
	struct sql_reminder_put_in in = {.instansi_id = instansi_id,
	                                 .duty = str_c(duty_at(item->duty)->key),
	                                 .subject = item->subject,
	                                 .due_day = item->due.n,
	                                 .stage = str_c(stage),
	                                 .now_us = now_us};
	TRY(sql_reminder_put(tx, in, &changed, err));
	*ret_fresh = changed > 0;
	return RC_OK;
}

enum rc reminder_look(struct tx *tx, const struct duty_ask *ask, int64_t now_us, struct reminder **ret, size_t *ret_n,
                      struct err *err)
{
	struct day today = day_of_us(now_us);
	struct duty_item *items;
	size_t n;
	*ret_n = 0;
	TRY(duty_list(tx, ask, now_us, &items, &n, err));
	*ret = ARENA_ARRAY(tx_arena(tx), n + 1, struct reminder);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(sql_due_clear(tx, (struct sql_due_clear_in){.instansi_id = ask->instansi_id}, NULL, err));
	for (size_t i = 0; i < n; i++) {
		const char *stage = reminder_stage(&items[i], today);
		bool fresh = false;
		TRY(keep(tx, ask->instansi_id, &items[i], err));
		if (stage)
			TRY(note(tx, ask->instansi_id, &items[i], stage, now_us, &fresh, err));
		if (fresh)
			(*ret)[(*ret_n)++] = (struct reminder){items[i], stage};
	}
	struct sql_look_put_in looked = {.instansi_id = ask->instansi_id, .day = today.n};
	return sql_look_put(tx, looked, NULL, err);
}

enum rc reminder_next(struct tx *tx, int64_t now_us, int64_t most, int64_t *ret, size_t *ret_n, struct err *err)
{
	struct sql_look_next_rows rows;
	TRY(sql_look_next(tx, (struct sql_look_next_in){.day = day_of_us(now_us).n, .most = most}, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		ret[i] = rows.at[i].instansi_id;
	*ret_n = rows.n;
	return RC_OK;
}

/* ---- the overview ---- */

enum rc reminder_count(struct tx *tx, enum duty_state state, int64_t *ret, struct err *err)
{
	struct sql_due_count row;
	TRY(sql_due_count(tx, (struct sql_due_count_in){.state = str_c(duty_state_at(state)->key)}, &row, err));
	*ret = row.n;
	return RC_OK;
}

enum rc reminder_page(struct tx *tx, enum duty_state state, int64_t skip, int64_t most, struct reminder_due **ret, size_t *ret_n,
                      struct err *err)
{
	struct sql_due_page_rows rows;
	struct sql_due_page_in in = {.state = str_c(duty_state_at(state)->key), .most = most, .skip = skip};
	if (skip < 0 || most < 1 || most > REMINDER_PAGE_MAX)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	TRY(sql_due_page(tx, in, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct reminder_due);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_due_page *row = &rows.at[i];
		(*ret)[i] = (struct reminder_due){.instansi_id = row->instansi_id,
		                                  .code = row->code,
		                                  .name = row->name,
		                                  .subject = row->subject,
		                                  .duty = duty_of(row->duty),
		                                  .state = state,
		                                  .due = {(int32_t)row->due_day}};
		if ((*ret)[i].duty == DUTY_COUNT)
			return FAIL(err, RC_BROKEN, "kewajiban di basis data tidak dikenal");
	}
	*ret_n = rows.n;
	return RC_OK;
}
