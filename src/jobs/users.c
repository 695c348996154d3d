/* SPDX-License-Identifier: EUPL-1.2
 * jobs/users.c - see users.h. Reasons are looked for one after the other; what a bite
 * closed is not found again, so a bite that was undone is simply done anew. */
#include "jobs/users.h"

#include "agreement/feedback_window.h"
#include "identity/user.h"
#include "jobs/users.sql.h"
#include "journal/journal.h"
#include "store/store.h"

struct closing {
	const struct job_office *office;
	struct tx *tx;
	int64_t now_us;
	size_t n; /* closed in this bite */
};

static enum rc close_one(struct closing *c, int64_t user, struct str user_id, int64_t instansi_id, enum user_closed why,
                         struct err *err)
{
	const struct receipt *receipt;
	TRY(user_set_closed(c->tx, user, why, c->now_us, err));
	c->n++;
	struct entry entry = {
	        .act = ACT_USER,
	        .time_us = c->now_us,
	        .outcome = "ok",
	        .instansi_id = instansi_id,
	        .about = arena_printf(tx_arena(c->tx), "job: close %.*s %s", STR_ARG(user_id), user_closed_at(why)->key)};
	return journal_append(c->office->journal, c->tx, &entry, 1, &receipt, err);
}

static enum rc close_all(struct closing *c, const struct user *users, size_t n, enum user_closed why, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		TRY(close_one(c, users[i].user, users[i].user_id, users[i].instansi_id, why, err));
	return RC_OK;
}

static enum rc dormant(struct closing *c, struct err *err)
{
	struct user *users;
	size_t n;
	if (c->office->dormant_days <= 0)
		return RC_OK;
	TRY(user_dormant(c->tx, c->now_us - c->office->dormant_days * US_PER_DAY, 0, &users, &n, err));
	return close_all(c, users, n, USER_CLOSED_DORMANT, err);
}

static enum rc expired(struct closing *c, struct err *err)
{
	struct user *users;
	size_t n;
	TRY(user_expired(c->tx, c->now_us, 0, &users, &n, err));
	return close_all(c, users, n, USER_CLOSED_EXPIRED, err);
}

static enum rc past_nda(struct closing *c, struct err *err)
{
	struct sql_of_past_nda_rows rows;
	TRY(sql_of_past_nda(c->tx, (struct sql_of_past_nda_in){.day = day_of_us(c->now_us).n}, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		TRY(close_one(c, rows.at[i].user_key, rows.at[i].user_id, rows.at[i].instansi_id, USER_CLOSED_NDA, err));
	return RC_OK;
}

/* Of an agency whose end lies on day `last` or earlier, or was decreed before `before_us`. */
static enum rc of_ended(struct closing *c, enum role role, struct day last, int64_t before_us, struct err *err)
{
	struct sql_of_ended_rows rows;
	struct sql_of_ended_in in = {.role = str_c(role_at(role)->key), .before_us = before_us, .last_day = last.n};
	TRY(sql_of_ended(c->tx, in, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		TRY(close_one(c, rows.at[i].user_key, rows.at[i].user_id, rows.at[i].instansi_id, USER_CLOSED_AGREEMENT, err));
	return RC_OK;
}

static enum rc ended_operators(struct closing *c, struct err *err)
{
	struct day yesterday = {day_of_us(c->now_us).n - 1};
	return of_ended(c, ROLE_OPERATOR, yesterday, c->now_us + 1, err);
}

/* Data balikan can be sent for a while yet. */
static enum rc ended_services(struct closing *c, struct err *err)
{
	struct day shut = feedback_window_shut(day_of_us(c->now_us));
	return of_ended(c, ROLE_SERVICE, shut, day_begin_us((struct day){shut.n + 1}), err);
}

enum rc users_close_bite(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err)
{
	static enum rc (*const reasons[])(struct closing *, struct err *) = {dormant, expired, past_nda, ended_operators,
	                                                                     ended_services};
	struct closing c = {.office = office, .tx = tx, .now_us = now_us};
	for (size_t i = 0; i < LEN(reasons) && c.n == 0; i++)
		TRY(reasons[i](&c, err));
	*ret_more = c.n > 0; /* the next bite looks whether there are others */
	return RC_OK;
}
