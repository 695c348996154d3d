/* SPDX-License-Identifier: EUPL-1.2
 * store/mark.c - marks: see tx_mark in store.h.
 *
 * A query that mksql made marking notes its mark in the transaction when it runs;
 * the numbers are written as the very last thing before the commit, in order of
 * their names. So nobody can forget to move one, a mark's row is locked only while
 * a commit is under way, and two transactions never wait for each other in a ring.
 *
 * A number is drawn by lot, not counted: a count that was lost with the last commits
 * of a failed primary would be reached a second time, for another state.
 *
 * On PostgreSQL (READ COMMITTED) what is read after the mark is at least as new as the
 * mark, never older: remembering it under that mark can only make it forgotten early. */
#include <assert.h>
#include <string.h>

#include "base/secret.h"
#include "store/driver.h"
#include "store/mark.sql.h"

#define MARK_NEVER_MOVED 1 /* its row is not there yet */

void marks_note(struct tx *tx, const struct query *query)
{
	const char *name = query->marks, **at = tx->marks.moved;
	if (!name)
		return;
	while (*at && strcmp(*at, name) < 0)
		at++;
	if (*at && strcmp(*at, name) == 0)
		return;
	assert(!tx->marks.moved[MARKS_MAX - 1]);
	memmove(at + 1, at, (size_t)(&tx->marks.moved[MARKS_MAX - 1] - at) * sizeof *at);
	*at = name;
}

static int64_t draw(void)
{
	uint64_t lot;
	secret_random(&lot, sizeof lot);
	return (int64_t)(lot >> 1 | 2); /* neither 0 nor MARK_NEVER_MOVED */
}

enum rc marks_move(struct tx *tx, struct err *err)
{
	for (size_t i = 0; i < MARKS_MAX && tx->marks.moved[i]; i++) {
		struct sql_change_mark_move_in in = {.name = str_c(tx->marks.moved[i]), .mark = draw()};
		TRY(sql_change_mark_move(tx, in, NULL, err));
	}
	return RC_OK;
}

static bool is_moved(const struct tx *tx, const char *name)
{
	for (size_t i = 0; i < MARKS_MAX && tx->marks.moved[i]; i++)
		if (strcmp(tx->marks.moved[i], name) == 0)
			return true;
	return false;
}

enum rc tx_mark(struct tx *tx, const char *name, int64_t *ret, struct err *err)
{
	struct sql_change_mark_find row;
	*ret = 0;
	if (is_moved(tx, name))
		return RC_OK;
	if (!tx->marks.seen || strcmp(tx->marks.seen, name) != 0) {
		enum rc rc = sql_change_mark_find(tx, (struct sql_change_mark_find_in){.name = str_c(name)}, &row, err);
		if (rc != RC_OK && rc != RC_ABSENT)
			return rc;
		tx->marks.mark = rc == RC_OK ? row.mark : MARK_NEVER_MOVED;
		tx->marks.seen = name;
	}
	*ret = tx->marks.mark;
	return RC_OK;
}
