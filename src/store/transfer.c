/* SPDX-License-Identifier: EUPL-1.2
 * store/transfer.c - see transfer.h: the marks, and how a transfer begins. */
#include "store/transfer.h"

#include <stdio.h>
#include <string.h>

#include "store/driver.h"
#include "store/mark.sql.h"
#include "store/migrate.sql.h"
#include "store/transfer.sql.h"
#include "store/transfer_table.h"

enum rc transfer_mark_find(struct tx *tx, const char *what, struct transfer_mark *ret, struct err *err)
{
	struct sql_transfer_find row;
	*ret = (struct transfer_mark){0};
	enum rc rc = sql_transfer_find(tx, (struct sql_transfer_find_in){.what = str_c(what)}, &row, err);
	if (rc == RC_ABSENT)
		return RC_OK;
	TRY(rc);
	if (row.state < TRANSFER_ARRIVING || row.state > TRANSFER_LEFT || row.identity.n != TRANSFER_IDENTITY)
		return FAIL(err, RC_BROKEN, "Tanda pemindahan basis data tidak dikenal");
	ret->state = (enum transfer_state)row.state;
	memcpy(ret->identity, row.identity.at, TRANSFER_IDENTITY);
	snprintf(ret->place, sizeof ret->place, "%.*s", STR_ARG(row.place));
	return RC_OK;
}

enum rc transfer_mark_put(struct tx *tx, const char *what, const struct transfer_mark *mark, int64_t now_us, struct err *err)
{
	struct sql_transfer_put_in row = {
	        .what = str_c(what),
	        .state = mark->state,
	        .identity = str_from((const char *)mark->identity, TRANSFER_IDENTITY),
	        .place = str_c(mark->place),
	        .began_us = now_us,
	        .ended_us = mark->state == TRANSFER_ARRIVING ? 0 : now_us,
	};
	return sql_transfer_put(tx, row, NULL, err);
}

enum rc transfer_check(struct tx *tx, const char *what, struct err *err)
{
	struct transfer_mark mark;
	TRY(transfer_mark_find(tx, what, &mark, err));
	switch (mark.state) {
	case TRANSFER_NONE:
	case TRANSFER_ARRIVED: return RC_OK;
	case TRANSFER_ARRIVING:
		return FAIL(err, RC_REFUSED, "Pemindahan ke basis data ini belum selesai; lanjutkan dengan padan migrate");
	case TRANSFER_LEFT: return FAIL(err, RC_REFUSED, "Kantor ini telah dipindahkan ke %.140s", mark.place);
	}
	return RC_OK;
}

/* ---- beginning ---- */

static enum rc not_empty(struct err *err, const char *why)
{
	enum rc rc = FAIL(err, RC_REFUSED, "Basis data tujuan tidak kosong; tidak ada yang diubah");
	err_detail(err, "%s", why);
	return rc;
}

/* Tables of these rooms that nobody marked are somebody's. */
static enum rc check_strange(struct tx *tx, const struct transfer_target *t, struct err *err)
{
	for (size_t i = 0; i < t->schemas_n; i++) {
		struct sql_schema_step_last last;
		TRY(sql_schema_step_last(tx, (struct sql_schema_step_last_in){.room = str_c(t->schemas[i]->room)}, &last, err));
		if (last.number != 0)
			return not_empty(err, "an installation of Padan");
	}
	return RC_OK;
}

static enum rc mark_target(struct tx *tx, const struct transfer_target *t, enum transfer_state *ret_state, struct err *err)
{
	struct transfer_mark mark;
	TRY(tx->driver->migrate_lock(tx, err));
	TRY(tx->driver->migrate_step(tx, &migrate_schema.steps[0], err)); /* all three create when absent */
	TRY(tx->driver->migrate_step(tx, &mark_schema.steps[0], err));
	TRY(tx->driver->migrate_step(tx, &transfer_schema.steps[0], err));
	TRY(transfer_mark_find(tx, t->what, &mark, err));
	*ret_state = mark.state;
	bool same = memcmp(mark.identity, t->mark.identity, TRANSFER_IDENTITY) == 0;
	if (mark.state == TRANSFER_ARRIVING && !same)
		return FAIL(
		        err, RC_REFUSED,
		        "Tujuan berisi pemindahan lain yang terputus, atau kantor ini dipakai lagi sesudahnya; kosongkan dahulu");
	if (mark.state == TRANSFER_ARRIVING || (mark.state == TRANSFER_ARRIVED && same))
		return RC_OK;
	if (mark.state != TRANSFER_NONE)
		return not_empty(err, "it was moved before");
	if (t->left_for)
		return FAIL(err, RC_REFUSED, "Kantor ini telah dipindahkan ke %.80s, tetapi yang ini tidak memuatnya", t->left_for);
	TRY(check_strange(tx, t, err));
	mark = t->mark;
	mark.state = *ret_state = TRANSFER_ARRIVING;
	return transfer_mark_put(tx, t->what, &mark, t->now_us, err);
}

enum rc transfer_begin(struct store *to, const struct transfer_target *target, enum transfer_state *ret_state, struct err *err)
{
	TX_AUTO *tx = NULL;
	*ret_state = TRANSFER_NONE;
	TRY(tx_begin(to, TX_WRITE, &tx, err));
	TRY(mark_target(tx, target, ret_state, err));
	TRY(tx_commit(&tx, err));
	return store_migrate(to, target->schemas, target->schemas_n, target->now_us, err);
}

enum rc transfer_others(struct store *store, int64_t *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(store, TX_READ, &tx, err));
	return tx->driver->transfer->others(tx, ret, err);
}
