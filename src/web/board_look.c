/* SPDX-License-Identifier: EUPL-1.2
 * web/board_look.c - see board_look.h. A stranger causes none of it: whose dashboard it is, is
 * found in a tray; the journal's sums are read by the worker after that; and a short reading
 * transaction has names, quotas and what is owed. */
#include "web/board_look.h"

#include "gate/early.h"
#include "gate/ledger.h"
#include "gate/strip.h"
#include "identity/user.h"
#include "web/pages.h"
#include "web/subject.h"

/* Sums of 366 days and of ten thousand instansi. */
#define READING_MAX ((size_t)64 << 20)

const int board_spans[BOARD_SPANS] = {7, 30, 90, 184};
#define SPAN_DEFAULT 30

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static int span_of(struct visit *v)
{
	int64_t days;
	if (str_int(http_query(v->rq, "hari"), 1, SPREAD_DAYS_MAX, &days) != RC_OK)
		return SPAN_DEFAULT;
	for (size_t i = 0; i < BOARD_SPANS; i++)
		if (days == board_spans[i])
			return board_spans[i];
	return SPAN_DEFAULT;
}

/* In the early tray: whose. Who names one that is not there hears it from the page. */
static enum rc find_subject(struct visit *v, void *arg, struct err *err)
{
	struct board_look *look = arg;
	struct office_subject subject;
	struct err unheard = {0};
	enum rc rc = office_subject_or_all(v, &subject, &unheard);
	if (rc == RC_ABSENT)
		return RC_OK;
	if (rc != RC_OK) {
		*err = unheard;
		return rc;
	}
	look->ask = (struct spread_ask){.instansi_id = subject.row.instansi_id, .last = day_of_us(v->now_us)};
	look->ask.first.n = look->ask.last.n - look->days + 1;
	look->of_all = subject.row.instansi_id == 0;
	look->read = true;
	return RC_OK;
}

/* ---- one ---- */

static enum rc name_users(struct visit *v, struct board *board, struct err *err)
{
	for (size_t i = 0; i < board->users_n; i++) {
		struct user user;
		if (board->users[i].user_no <= 0)
			continue;
		enum rc rc = user_get(v->tx, board->users[i].user_no, &user, err);
		if (rc == RC_ABSENT)
			continue;
		TRY(rc);
		board->users[i].user_id = arena_str(v->arena, user.user_id);
	}
	return RC_OK;
}

struct one {
	struct board_look *look;
	const struct spread *spread;
	struct arena *arena;
};

static enum rc finish_one(struct visit *v, struct err *err)
{
	struct one *one = v->own;
	struct board_look *look = one->look;
	struct board_quota *quotas;
	TRY(board_quotas(gate_agreement(v), v->tx, look->ask, one->arena, &quotas, err));
	board_fill(&look->board, look->ask, one->spread, quotas);
	look->today = look->board.today;
	if (look->days == 1)
		return RC_OK; /* the fragment needs no more */
	TRY(board_owed(v->tx, look->ask.instansi_id, v->now_us, &look->board, err));
	return name_users(v, &look->board, err);
}

static enum rc read_one(struct visit *v, struct board_look *look, struct arena *arena, struct err *err)
{
	struct spread spread;
	struct one one = {look, &spread, arena};
	TRY(ledger_spread(v, look->ask, arena, &spread, err));
	v->own = &one;
	enum rc rc = visit_read(v, finish_one, err);
	v->own = look;
	return rc;
}

/* ---- all ---- */

static enum rc name_agency(struct visit *v, const struct spread_agency *from, struct board_agency *ret, struct err *err)
{
	struct instansi_row row;
	*ret = (struct board_agency){from->instansi_id, S("Tidak dikenal"), S(""), false, from->sum};
	enum rc rc = from->instansi_id ? instansi_get(v->tx, from->instansi_id, &row, err) : RC_ABSENT;
	if (rc == RC_ABSENT)
		return RC_OK;
	TRY(rc);
	ret->code = arena_str(v->arena, row.code);
	ret->name = arena_str(v->arena, row.name);
	ret->known = true;
	return RC_OK;
}

static enum rc name_agencies(struct visit *v, struct err *err)
{
	struct board_look *look = v->own;
	const struct spread_all *all = &look->all;
	size_t skip = (size_t)pager_skip(pager_page(v));
	for (; look->top_n < BOARD_TOP && look->top_n < all->agencies_n; look->top_n++)
		TRY(name_agency(v, &all->agencies[look->top_n], &look->top[look->top_n], err));
	for (size_t i = skip; i < all->agencies_n && look->rows_n < PAGER_MOST; i++)
		TRY(name_agency(v, &all->agencies[i], &look->rows[look->rows_n++], err));
	look->agencies_all = (int64_t)all->agencies_n;
	return RC_OK;
}

/* Of what stands in the worker's memory, that which is drawn. */
static enum rc keep_days(struct visit *v, struct board_look *look, struct err *err)
{
	const struct spread_day *days = look->all.days;
	look->all.days = ARENA_ARRAY(v->arena, look->all.days_n + 1, struct spread_day);
	if (!look->all.days)
		return no_memory(err);
	if (look->all.days_n)
		memcpy(look->all.days, days, look->all.days_n * sizeof *days);
	look->all.agencies = NULL;
	look->all.agencies_n = 0;
	return RC_OK;
}

static enum rc read_all(struct visit *v, struct board_look *look, struct arena *arena, struct err *err)
{
	struct spread_all today;
	TRY(ledger_spread_all(v, look->ask.last, look->ask.last, arena, &today, err));
	look->today = today.sum;
	look->today_agencies = (int64_t)today.agencies_n;
	if (look->days == 1)
		return RC_OK;
	TRY(ledger_spread_all(v, look->ask.first, look->ask.last, arena, &look->all, err));
	TRY(visit_read(v, name_agencies, err));
	return keep_days(v, look, err);
}

/* ---- before the tray ---- */

static enum rc look_at(struct visit *v, int days, struct err *err)
{
	bool entered;
	struct arena arena;
	struct board_look *look = ARENA_NEW(v->arena, struct board_look);
	v->own = look;
	if (!look)
		return no_memory(err);
	look->days = days;
	TRY(visit_early(v, find_subject, look, &entered, err));
	if (!entered || !look->read)
		return RC_OK;
	arena_init(&arena, READING_MAX);
	enum rc rc = look->of_all ? read_all(v, look, &arena, err) : read_one(v, look, &arena, err);
	arena_free(&arena);
	look->behind = rc == RC_LIMIT;
	return look->behind ? RC_OK : rc;
}

enum rc page_board_slow(struct visit *v, struct err *err)
{
	return look_at(v, span_of(v), err);
}

enum rc page_board_now_slow(struct visit *v, struct err *err)
{
	return look_at(v, 1, err);
}
