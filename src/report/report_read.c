/* SPDX-License-Identifier: EUPL-1.2
 * report/report_read.c - see report.h: reading a report, its steps and lists of reports. */
#include <assert.h>

#include "report/report.h"
#include "report/report.sql.h"
#include "report/report_inside.h"
#include "store/store.h"

/* Whose turn is looked for when nobody's is: no row has it. */
#define NO_SIDE "-"

static const char *const turns[] = {[TURN_NOBODY] = "", [TURN_INSTANSI] = "instansi", [TURN_PROVIDER] = "provider"};

struct str report_turn(enum turn turn)
{
	return str_c(turns[turn]);
}

struct str report_title(const struct report *report, struct arena *arena)
{
	struct semester s;
	struct str days = arena_printf(arena, "%s s.d. %s", day_long(report->first).z, day_long(report->last).z);
	if (report->kind->kind == REPORT_SEMESTER && report_semester_from_str(report->subject, &s) == RC_OK)
		return arena_printf(arena, "Semester %d Tahun %d (%.*s)", s.half, s.year, STR_ARG(days));
	return arena_printf(arena, "%.*s (%.*s)", STR_ARG(report->subject), STR_ARG(days));
}

/* ---- one ---- */

/* The queries that read reports give rows of the same columns. */
#define REPORT_FROM_ROW(row, id, whose)                                                                                            \
	(struct report)                                                                                                            \
	{                                                                                                                          \
		.report_id = (id), .instansi_id = (whose), .rev = (row)->rev, .subject = (row)->subject,                           \
		.first = {(int32_t)(row)->first_day}, .last = {(int32_t)(row)->last_day},                                          \
		.frozen = {.run_id = (row)->run_id,                                                                                \
		           .digest = (row)->digest,                                                                                \
		           .due = {(int32_t)(row)->due_day},                                                                       \
		           .delivered = {(int32_t)(row)->delivered_day},                                                           \
		           .late_days = (row)->late_days,                                                                          \
		           .evaluation_id = (row)->evaluation_id},                                                                 \
		.opened_by = (row)->opened_by, .moved_by = (row)->moved_by, .opened_us = (row)->opened_us,                         \
		.moved_us = (row)->moved_us, .by_provider = (row)->by_provider != 0, .obstacles = {"", 0}, .proposals = {          \
			"",                                                                                                        \
			0                                                                                                          \
		}                                                                                                                  \
	}

static enum rc know(struct report *r, struct str kind_key, struct str state_key, struct err *err)
{
	size_t i = 0;
	while (report_kind_at(i) && !str_eq(kind_key, str_c(report_kind_at(i)->key)))
		i++;
	r->kind = report_kind_at(i);
	if (!r->kind)
		return FAIL(err, RC_BROKEN, "jenis laporan di basis data tidak dikenal");
	r->state = report_state_find(r->kind->kind, state_key);
	return r->state ? RC_OK : FAIL(err, RC_BROKEN, "keadaan laporan di basis data tidak dikenal");
}

enum rc report_get(struct tx *tx, int64_t report_id, struct report *ret, struct err *err)
{
	struct sql_report_get row;
	enum rc rc = sql_report_get(tx, (struct sql_report_get_in){.report_id = report_id}, &row, err);
	if (rc == RC_ABSENT)
		return report_absent(err);
	TRY(rc);
	*ret = REPORT_FROM_ROW(&row, report_id, row.instansi_id);
	ret->obstacles = row.obstacles;
	ret->proposals = row.proposals;
	return know(ret, row.kind, row.state, err);
}

enum rc report_of_semester(struct tx *tx, int64_t instansi_id, struct str semester, int64_t *ret, struct err *err)
{
	struct sql_report_of_semester row;
	struct sql_report_of_semester_in in = {.instansi_id = instansi_id, .subject = semester};
	TRY(sql_report_of_semester(tx, in, &row, err));
	*ret = row.report_id;
	return RC_OK;
}

/* ---- its steps ---- */

static void share_values(struct report_moment *moments, size_t n, const struct sql_report_value_all_rows *rows,
                         struct ask_value *values)
{
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		moments[i].values = values + at;
		for (; at < rows->n && rows->at[at].number == moments[i].number; at++) {
			values[at] = (struct ask_value){rows->at[at].name, rows->at[at].value};
			moments[i].values_n++;
		}
	}
}

enum rc report_moments(struct tx *tx, int64_t report_id, struct report_moment **ret, size_t *ret_n, struct err *err)
{
	struct sql_report_step_all_rows rows;
	struct sql_report_value_all_rows values;
	TRY(sql_report_step_all(tx, (struct sql_report_step_all_in){.report_id = report_id}, &rows, err));
	TRY(sql_report_value_all(tx, (struct sql_report_value_all_in){.report_id = report_id}, &values, err));
	struct report_moment *moments = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct report_moment);
	struct ask_value *room = ARENA_ARRAY(tx_arena(tx), values.n + 1, struct ask_value);
	if (!moments || !room)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		moments[i] = (struct report_moment){.number = rows.at[i].number,
		                                    .at_us = rows.at[i].at_us,
		                                    .row = report_step_known(rows.at[i].step),
		                                    .by = rows.at[i].by_user};
	share_values(moments, rows.n, &values, room);
	*ret = moments;
	*ret_n = rows.n;
	return rows.n ? RC_OK : FAIL(err, RC_BROKEN, "laporan tanpa langkah pertama");
}

struct str report_said(const struct report_moment *moments, size_t n, enum report_step step, const char *name)
{
	for (size_t i = n; i > 0; i--)
		if (moments[i - 1].row && moments[i - 1].row->step == step)
			return ask_value(moments[i - 1].values, moments[i - 1].values_n, name);
	return (struct str){NULL, 0};
}

/* ---- lists ---- */

#define KEEP_ROWS(list, rows)                                                                                                      \
	for (size_t i = 0; i < (rows).n; i++) {                                                                                    \
		struct report *one = &(list)->at[(list)->n++];                                                                     \
		*one = REPORT_FROM_ROW(&(rows).at[i], (rows).at[i].report_id, (rows).at[i].instansi_id);                           \
		TRY(know(one, (rows).at[i].kind, (rows).at[i].state, err));                                                        \
	}

static struct str side_key(enum turn side)
{
	return side == TURN_NOBODY ? S(NO_SIDE) : report_turn(side);
}

/* Every kind has the state under the same key. */
static struct str state_key(enum report_state state)
{
	for (size_t i = 0; report_state_at(i); i++)
		if (report_state_at(i)->state == state)
			return str_c(report_state_at(i)->key);
	return S("");
}

static enum rc page_waiting(struct tx *tx, const struct report_filter *f, struct report_list *ret, struct err *err)
{
	struct sql_report_waiting count;
	struct sql_report_waiting_page_rows rows;
	struct sql_report_waiting_in all = {.turn = side_key(f->side), .instansi_id = f->instansi_id, .state = state_key(f->state)};
	TRY(sql_report_waiting(tx, all, &count, err));
	ret->waiting = ret->all = count.n;
	if (f->skip >= count.n)
		return RC_OK;
	struct sql_report_waiting_page_in in = {
	        .turn = all.turn, .instansi_id = all.instansi_id, .state = all.state, .most = f->most, .skip = f->skip};
	TRY(sql_report_waiting_page(tx, in, &rows, err));
	KEEP_ROWS(ret, rows)
	return RC_OK;
}

static enum rc page_others(struct tx *tx, const struct report_filter *f, struct report_list *ret, struct err *err)
{
	struct sql_report_other_count count;
	struct sql_report_other_page_rows rows;
	struct sql_report_other_count_in all = {
	        .turn = side_key(f->side), .instansi_id = f->instansi_id, .state = state_key(f->state)};
	TRY(sql_report_other_count(tx, all, &count, err));
	ret->all += count.n;
	int64_t most = f->most - (int64_t)ret->n;
	if (most <= 0)
		return RC_OK;
	struct sql_report_other_page_in in = {.turn = all.turn,
	                                      .instansi_id = all.instansi_id,
	                                      .state = all.state,
	                                      .most = most,
	                                      .skip = f->skip > ret->waiting ? f->skip - ret->waiting : 0};
	TRY(sql_report_other_page(tx, in, &rows, err));
	KEEP_ROWS(ret, rows)
	return RC_OK;
}

enum rc report_page(struct tx *tx, const struct report_filter *filter, struct report_list *ret, struct err *err)
{
	assert(filter->most > 0 && filter->most <= REPORT_PAGE_MAX && filter->skip >= 0);
	*ret = (struct report_list){.at = ARENA_ARRAY(tx_arena(tx), (size_t)filter->most, struct report)};
	if (!ret->at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(page_waiting(tx, filter, ret, err));
	return page_others(tx, filter, ret, err);
}

enum rc report_waiting(struct tx *tx, int64_t instansi_id, enum turn side, int64_t *ret, struct err *err)
{
	struct sql_report_waiting row;
	struct sql_report_waiting_in in = {.turn = side_key(side), .instansi_id = instansi_id, .state = S("")};
	TRY(sql_report_waiting(tx, in, &row, err));
	*ret = row.n;
	return RC_OK;
}
