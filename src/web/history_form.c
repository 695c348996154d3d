/* SPDX-License-Identifier: EUPL-1.2
 * web/history_form.c - see history_form.h. */
#include "web/history_form.h"

#define AHEAD_DAYS 400 /* "until now" has room for clocks that run ahead */

static enum rc day_typed(struct str typed, struct day *ret, struct err *err)
{
	if (typed.n == 0)
		return RC_OK;
	return day_from_str(typed, ret) == RC_OK ? RC_OK : FAIL(err, RC_INVALID, "Isi tanggal, misalnya 2026-11-26.");
}

enum rc history_time_read(struct visit *v, struct history_time *ret, const char **ret_field, struct err *err)
{
	*ret = (struct history_time){.from = str_trim(http_form(v->rq, "dari")), .until = str_trim(http_form(v->rq, "sampai"))};
	*ret_field = "dari";
	TRY(day_typed(ret->from, &ret->first, err));
	*ret_field = "sampai";
	TRY(day_typed(ret->until, &ret->last, err));
	if (ret->first.n && ret->last.n && ret->last.n < ret->first.n)
		return FAIL(err, RC_INVALID, "Tanggal akhir mendahului tanggal awal.");
	*ret_field = NULL;
	struct day end = ret->last.n ? ret->last : (struct day){day_of_us(v->now_us).n + AHEAD_DAYS};
	ret->from_us = ret->first.n ? day_begin_us(ret->first) : 0;
	ret->until_us = day_begin_us((struct day){end.n + 1});
	return RC_OK;
}

enum history_shown history_shown(const struct history_row *row)
{
	enum outcome outcome;
	if (row->act != ACT_LOOKUP || outcome_from_code(row->outcome, &outcome) != RC_OK || outcome != OUTCOME_DATA)
		return HISTORY_NOTHING;
	return str_eq(row->method, str_c(method_at(METHOD_VERIFY)->key)) ? HISTORY_ACCORD : HISTORY_DATA;
}

const char *history_shown_words(enum history_shown shown)
{
	switch (shown) {
	case HISTORY_NOTHING: return "Data tidak ditampilkan";
	case HISTORY_ACCORD: return "Kesesuaian dijawab";
	case HISTORY_DATA: return "Data ditampilkan";
	}
	return "";
}
