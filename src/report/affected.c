/* SPDX-License-Identifier: EUPL-1.2
 * report/affected.c - see affected.h: asking for a list, and reading one. The work is in
 * affected_work.c. */
#include "report/affected.h"

#include "journal/archive.h"
#include "report/affected.sql.h"
#include "store/store.h"

static const char *const states[] = {
        [AFFECTED_WAITING] = "waiting", [AFFECTED_READING] = "reading", [AFFECTED_DONE] = "done", [AFFECTED_LARGE] = "large"};

/* ---- asking ---- */

enum rc affected_check(struct tx *tx, const struct affected_choice *c, int64_t now_us, struct err *err)
{
	struct sql_affected_waiting_n waiting;
	if (c->last.n < c->first.n)
		return FAIL(err, RC_INVALID, "Hari terakhir sebelum hari pertama.");
	if (c->first.n > day_of_us(now_us).n)
		return FAIL(err, RC_INVALID, "Hari pertama belum tiba.");
	if (c->last.n - c->first.n >= AFFECTED_DAYS_MAX)
		return FAIL(err, RC_INVALID, "Satu daftar mencakup paling banyak %d hari.", AFFECTED_DAYS_MAX);
	if (c->users_n > AFFECTED_USERS_MAX)
		return FAIL(err, RC_INVALID, "Sebut paling banyak %d User ID, atau kosongkan untuk semua.", AFFECTED_USERS_MAX);
	TRY(archive_reaches(tx, day_begin_us(c->first), err));
	TRY(sql_affected_waiting_n(tx, (struct sql_affected_waiting_n_in){.incident_id = c->incident_id}, &waiting, err));
	if (waiting.n >= AFFECTED_WAITING_MAX)
		return FAIL(err, RC_LIMIT, "Daftar sebelumnya masih disusun; tunggu sampai selesai.");
	if (waiting.n_all >= AFFECTED_LISTS_MAX)
		return FAIL(err, RC_LIMIT, "Insiden ini sudah mempunyai %d daftar.", AFFECTED_LISTS_MAX);
	return RC_OK;
}

static enum rc put_users(struct tx *tx, const struct affected_choice *c, int64_t list_id, struct err *err)
{
	struct sql_affected_user_put_in in[AFFECTED_USERS_MAX];
	for (size_t i = 0; i < c->users_n; i++)
		in[i] = (struct sql_affected_user_put_in){.list_id = list_id, .user_no = c->users[i]};
	return c->users_n ? sql_affected_user_put(tx, in, c->users_n, err) : RC_OK;
}

enum rc affected_open(struct tx *tx, struct day day, int64_t *ret_n, struct err *err)
{
	struct sql_affected_open_n row;
	TRY(sql_affected_open_n(tx, (struct sql_affected_open_n_in){.day = day.n}, &row, err));
	*ret_n = row.n;
	return RC_OK;
}

enum rc affected_ask(struct tx *tx, const struct affected_choice *c, int64_t now_us, int64_t *ret, struct err *err)
{
	struct sql_affected_list_insert row;
	TRY(affected_check(tx, c, now_us, err));
	struct sql_affected_list_insert_in in = {.incident_id = c->incident_id,
	                                         .instansi_id = c->instansi_id,
	                                         .first_day = c->first.n,
	                                         .last_day = c->last.n,
	                                         .kejadian_id = c->kejadian_id,
	                                         .named = c->users_n > 0,
	                                         .asked_by = c->asked_by,
	                                         .asked_us = now_us,
	                                         .note = c->note,
	                                         .size = c->size};
	TRY(sql_affected_list_insert(tx, in, &row, err));
	TRY(sql_affected_mark_put(tx, (struct sql_affected_mark_put_in){.list_id = row.list_id}, NULL, err));
	*ret = row.list_id;
	return put_users(tx, c, row.list_id, err);
}

/* ---- reading ---- */

static enum rc state_of(struct str key, enum affected_state *ret, struct err *err)
{
	for (size_t i = 0; i < LEN(states); i++)
		if (str_eq(key, str_c(states[i]))) {
			*ret = (enum affected_state)i;
			return RC_OK;
		}
	return FAIL(err, RC_BROKEN, "keadaan daftar di basis data tidak dikenal");
}

enum rc affected_get(struct tx *tx, int64_t list_id, struct affected *ret, struct err *err)
{
	struct sql_affected_list_find row;
	enum rc rc = sql_affected_list_find(tx, (struct sql_affected_list_find_in){.list_id = list_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Daftar itu tidak ada.");
	TRY(rc);
	*ret = (struct affected){.list_id = row.list_id,
	                         .incident_id = row.incident_id,
	                         .instansi_id = row.instansi_id,
	                         .first = {(int32_t)row.first_day},
	                         .last = {(int32_t)row.last_day},
	                         .kejadian_id = row.kejadian_id,
	                         .named = row.named != 0,
	                         .asked_by = row.asked_by,
	                         .asked_us = row.asked_us,
	                         .note = row.note,
	                         .size = row.size,
	                         .expected = row.expected,
	                         .accesses = row.access_n,
	                         .shown = row.shown_n,
	                         .repeats = row.repeat_n,
	                         .others = row.other_n,
	                         .least = row.least_n,
	                         .most = row.most_n,
	                         .done_us = row.done_us};
	return state_of(row.state, &ret->state, err);
}

enum rc affected_lists(struct tx *tx, int64_t incident_id, struct affected **ret, size_t *ret_n, struct err *err)
{
	struct sql_affected_list_each_rows rows;
	TRY(sql_affected_list_each(tx, (struct sql_affected_list_each_in){.incident_id = incident_id}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct affected);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (*ret_n = 0; *ret_n < rows.n; ++*ret_n)
		TRY(affected_get(tx, rows.at[*ret_n].list_id, &(*ret)[*ret_n], err));
	return RC_OK;
}

enum rc affected_users(struct tx *tx, int64_t list_id, struct str *ret, struct err *err)
{
	struct sql_affected_user_each_rows rows;
	TRY(sql_affected_user_each(tx, (struct sql_affected_user_each_in){.list_id = list_id}, &rows, err));
	*ret = S("");
	for (size_t i = 0; i < rows.n; i++)
		*ret = arena_printf(tx_arena(tx), "%.*s%s%.*s", STR_ARG(*ret), i ? ", " : "", STR_ARG(rows.at[i].user_id));
	return tx_arena(tx)->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

enum rc affected_page(struct tx *tx, const struct affected_part *part, struct affected_row **ret, size_t *ret_n, struct err *err)
{
	struct sql_affected_page_rows rows;
	struct sql_affected_page_in in = {
	        .list_id = part->list_id, .after_us = part->after_us, .after_entry = part->after_entry, .most = part->most};
	if (part->most < 1 || part->most > AFFECTED_PAGE_MAX)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	TRY(sql_affected_page(tx, in, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct affected_row);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_affected_page *row = &rows.at[i];
		(*ret)[i] = (struct affected_row){.time_us = row->time_us,
		                                  .entry_id = row->entry_id,
		                                  .user_id = row->user_id,
		                                  .outcome = row->outcome,
		                                  .kejadian_id = row->kejadian_id,
		                                  .repeat = row->repeated != 0};
	}
	*ret_n = rows.n;
	return RC_OK;
}

/* Whoever skips past the end is behind the last. */
enum rc affected_skip(struct tx *tx, int64_t list_id, int64_t skip, struct affected_part *ret, struct err *err)
{
	struct sql_affected_skip row;
	*ret = (struct affected_part){.list_id = list_id, .after_entry = -1};
	if (skip <= 0)
		return RC_OK;
	enum rc rc = sql_affected_skip(tx, (struct sql_affected_skip_in){.list_id = list_id, .skip = skip - 1}, &row, err);
	if (rc == RC_ABSENT) {
		ret->after_us = INT64_MAX;
		return RC_OK;
	}
	TRY(rc);
	ret->after_us = row.time_us;
	ret->after_entry = row.entry_id;
	return RC_OK;
}

enum rc affected_kejadian(struct tx *tx, int64_t list_id, int64_t after, int64_t **ret, size_t *ret_n, struct err *err)
{
	struct sql_affected_kejadian_rows rows;
	TRY(sql_affected_kejadian(tx, (struct sql_affected_kejadian_in){.list_id = list_id, .after = after}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, int64_t);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = rows.at[i].kejadian_id;
	*ret_n = rows.n;
	return RC_OK;
}

enum rc affected_known(struct tx *tx, const struct affected_known_ask *ask, struct affected_known **ret, size_t *ret_n,
                       struct err *err)
{
	struct sql_affected_known_rows rows;
	struct sql_affected_known_in in = {
	        .list_id = ask->list_id, .kejadian_id = ask->kejadian_id, .after = ask->after, .most = AFFECTED_PAGE_MAX};
	TRY(sql_affected_known(tx, in, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct affected_known);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] =
		        (struct affected_known){rows.at[i].person_id, rows.at[i].time_us, rows.at[i].entry_id, rows.at[i].user_id};
	*ret_n = rows.n;
	return RC_OK;
}

enum rc affected_known_count(struct tx *tx, int64_t list_id, int64_t *ret, struct err *err)
{
	struct sql_affected_known_n row;
	TRY(sql_affected_known_n(tx, (struct sql_affected_known_n_in){.list_id = list_id}, &row, err));
	*ret = row.n;
	return RC_OK;
}
