/* SPDX-License-Identifier: EUPL-1.2
 * store/store.c - see store.h. Picks the driver by the beginning of the URL and
 * hands every call on to it; what is the same for all engines stands here. */
#include "store/store.h"

#include <assert.h>

#include "store/driver.h"

enum rc driver_of_url(const char *url, const struct driver **ret, struct err *err)
{
	static const struct driver *const drivers[] = {&driver_sqlite, &driver_postgres};
	for (size_t i = 0; i < LEN(drivers); i++) {
		if (!str_starts(str_c(url), str_c(drivers[i]->scheme)))
			continue;
		*ret = drivers[i];
		return RC_OK;
	}
	return FAIL(err, RC_INVALID, "Alamat basis data harus diawali sqlite: atau postgres://");
}

enum rc store_open(const char *url, struct store **ret, struct err *err)
{
	const struct driver *driver;
	*ret = NULL;
	TRY(driver_of_url(url, &driver, err));
	return driver->open(url, ret, err);
}

void store_close(struct store *store)
{
	if (store)
		store->driver->close(store);
}

bool store_is_sqlite(const struct store *store)
{
	return store->driver == &driver_sqlite;
}

bool store_is_poisoned(const struct store *store)
{
	return store->driver->is_poisoned(store);
}

enum rc tx_begin_within(struct store *store, enum tx_mode mode, struct patience *patience, struct tx **ret, struct err *err)
{
	*ret = NULL;
	TRY(store->driver->begin(store, mode, patience, ret, err));
	(*ret)->marks = (struct tx_marks){0};
	(*ret)->fate = TX_UNDONE;
	return RC_OK;
}

enum rc tx_begin(struct store *store, enum tx_mode mode, struct tx **ret, struct err *err)
{
	return tx_begin_within(store, mode, NULL, ret, err);
}

void store_distrust(struct store *store)
{
	if (store->driver->distrust)
		store->driver->distrust(store);
}

enum tx_fate tx_fate(const struct tx *tx)
{
	return tx->fate;
}

enum rc tx_commit_fate(struct tx **tx, enum tx_fate *ret, struct err *err)
{
	struct tx *ended = *tx;
	*tx = NULL;
	enum rc rc = marks_move(ended, err);
	if (rc == RC_OK)
		return ended->driver->commit(ended, ret, err);
	*ret = ended->fate;
	ended->driver->rollback(ended);
	return rc;
}

enum rc tx_commit(struct tx **tx, struct err *err)
{
	enum tx_fate fate;
	return tx_commit_fate(tx, &fate, err);
}

void tx_rollback(struct tx **tx)
{
	if (!*tx)
		return;
	(*tx)->driver->rollback(*tx);
	*tx = NULL;
}

enum rc tx_take_turn(struct tx *tx, enum tx_turn turn, struct err *err)
{
	assert(tx->mode == TX_WRITE);
	return tx->driver->turn ? tx->driver->turn(tx, turn, err) : RC_OK;
}

enum rc tx_savepoint(struct tx *tx, struct err *err)
{
	return tx->driver->savepoint(tx, SAVEPOINT_BEGIN, err);
}

enum rc tx_release(struct tx *tx, struct err *err)
{
	return tx->driver->savepoint(tx, SAVEPOINT_RELEASE, err);
}

enum rc tx_undo(struct tx *tx, struct err *err)
{
	TRY(tx->driver->savepoint(tx, SAVEPOINT_UNDO, err));
	tx->fate = TX_UNDONE;
	return RC_OK;
}

struct arena *tx_arena(struct tx *tx)
{
	return &tx->arena;
}

enum rc store_checkpoint(struct store *store, struct err *err)
{
	return store->driver->checkpoint(store, err);
}

enum rc store_copy(struct store *store, const char *path, struct err *err)
{
	return store->driver->copy(store, path, err);
}

enum rc store_sound(struct store *store, struct err *err)
{
	return store->driver->sound ? store->driver->sound(store, err) : RC_OK;
}

enum rc store_restore_point(struct store *store, const char *name, char out[STORE_POINT_MAX], struct err *err)
{
	if (!store->driver->restore_point)
		return FAIL(err, RC_REFUSED, "Basis data ini tidak mempunyai log untuk kembali");
	return store->driver->restore_point(store, name, out, err);
}

enum rc store_setting(struct store *store, const char *name, char out[STORE_SETTING_MAX], struct err *err)
{
	if (!store->driver->setting)
		return FAIL(err, RC_ABSENT, "Basis data ini tidak mempunyai peladen");
	return store->driver->setting(store, name, out, err);
}
