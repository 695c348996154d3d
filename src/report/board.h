/* SPDX-License-Identifier: EUPL-1.2
 * report/board.h - one instansi at a glance: what it asked in a span of days, against its
 * quota, and what it owes (P3.1a, J.V). Plain numbers, made ready for pictures.
 *
 * The numbers are those of journal/spread.h, so an export of the journal counts the same. Days
 * stay days up to BOARD_DAYS; a longer span is drawn by weeks that begin on Monday, the first
 * and the last of them as long as the span has them. */
#pragma once
#include "agreement/agreement.h"
#include "base/base.h"
#include "feedback/debt.h"
#include "journal/spread.h"

#define BOARD_DAYS 62
#define BOARD_COLUMNS_MAX BOARD_DAYS
#define BOARD_SPAN_MAX SPREAD_DAYS_MAX
#define BOARD_WORDS_MAX 48
#define BOARD_USERS_MAX 40 /* those that asked most; the others together are one more */
#define BOARD_AGES 4

/* What the version of each day allows (J.II.B), by method; 0: it is not granted. */
#define BOARD_UNLIMITED (-1)
struct board_quota {
	int64_t of[METHOD_COUNT];
};
/* One for each day, from `first` on, in `arena`: the version that was in force on it, its PoC
 * as the papers of today have it. In a reading transaction, some microseconds a day. */
MUST_USE enum rc board_quotas(struct agreement *agreement, struct tx *tx, struct spread_ask ask, struct arena *arena,
                              struct board_quota **ret, struct err *err);

struct board_column {
	struct day day; /* the first of it */
	int64_t inquiries, refused;
};
struct board_method {
	bool used, granted;                                        /* asked by in the span; open at the end of it */
	int64_t hits[BOARD_COLUMNS_MAX], quota[BOARD_COLUMNS_MAX]; /* quota 0: none, or not on every day of the column */
	int64_t today, today_quota;                                /* of the last day */
};
struct board_word {
	char word[24]; /* outcome's code, ground's key */
	int64_t n;
};
struct board_user {
	int64_t user_no;
	struct str user_id; /* absent: nobody that identity knows; for the caller to fill */
	struct spread_sum sum;
};
struct board {
	struct day first, last;
	bool weeks; /* else a column is a day */
	struct spread_sum sum, today;
	struct board_column columns[BOARD_COLUMNS_MAX];
	size_t columns_n;
	struct board_method methods[METHOD_COUNT];
	struct board_word outcomes[BOARD_WORDS_MAX], grounds[BOARD_WORDS_MAX]; /* most first */
	size_t outcomes_n, grounds_n;
	int64_t hours[SPREAD_HOURS];
	struct board_user users[BOARD_USERS_MAX]; /* most inquiries first */
	size_t users_n, others_n;                 /* others_n: how many more there are */
	struct spread_sum others;
	struct debt_figures debt;
	int64_t ages[BOARD_AGES]; /* debts open for 7 days, 30, 90, longer */
};
/* `quotas`: one a day, or NULL. Fills all but debt, ages and names of user ids. */
void board_fill(struct board *board, struct spread_ask ask, const struct spread *spread, const struct board_quota *quotas);
/* The rest but the names. */
MUST_USE enum rc board_owed(struct tx *tx, int64_t instansi_id, int64_t now_us, struct board *board, struct err *err);

/* ---- pictures ---- */

/* The i-th one of an instansi; false past the end. A method that is neither open nor was used
 * has none: nothing is written then. *ret_wide: it needs the whole width. */
bool board_chart(const struct board *board, size_t i, bool *ret_wide, struct buf *out);
/* Of all instansi: what was asked, day by day or week by week. */
void board_chart_all(const struct spread_all *all, struct day first, struct day last, struct buf *out);
