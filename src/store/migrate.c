/* SPDX-License-Identifier: EUPL-1.2
 * store/migrate.c - see migrate.h. Every database is looked at as a whole before
 * anything is changed, so that a newer one is refused untouched; then each room
 * gets its missing steps in a transaction of its own. Nodes that start together
 * take turns under the engine's migration lock and find the work done. */
#include "store/migrate.h"

#include "store/driver.h"
#include "store/mark.sql.h"
#include "store/migrate.sql.h"
#include "store/transfer.sql.h"

static enum rc last_step(struct tx *tx, const struct schema *schema, size_t *ret, struct err *err)
{
	struct sql_schema_step_last last;
	TRY(sql_schema_step_last(tx, (struct sql_schema_step_last_in){.room = str_c(schema->room)}, &last, err));
	if (last.number < 0 || (uint64_t)last.number > schema->n) {
		enum rc rc = FAIL(err, RC_REFUSED, "Basis data dibuat oleh versi Padan yang lebih baru");
		err_detail(err, "%s: step %lld, this binary knows %zu", schema->room, (long long)last.number,
		           schema->n);
		return rc;
	}
	*ret = (size_t)last.number;
	return RC_OK;
}

static enum rc begin_locked(struct store *store, struct tx **ret, struct err *err)
{
	TRY(tx_begin(store, TX_WRITE, ret, err));
	return (*ret)->driver->migrate_lock(*ret, err);
}

/* Of all rooms, also of those this binary does not know. */
static enum rc count_taken(struct tx *tx, int64_t *ret, struct err *err)
{
	struct schema_at *rooms;
	size_t n;
	*ret = 0;
	TRY(store_steps(tx, &rooms, &n, err));
	for (size_t i = 0; i < n; i++)
		*ret += rooms[i].n;
	return RC_OK;
}

static enum rc look_before(struct store *store, const struct upgrade *upgrade, struct schema_state *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	*ret = (struct schema_state){0};
	TRY(begin_locked(store, &tx, err));
	TRY(tx->driver->migrate_step(tx, &migrate_schema.steps[0], err)); /* all three create when absent */
	TRY(tx->driver->migrate_step(tx, &mark_schema.steps[0], err));
	TRY(tx->driver->migrate_step(tx, &transfer_schema.steps[0], err));
	for (size_t i = 0; i < upgrade->n; i++) {
		size_t done;
		TRY(last_step(tx, upgrade->schemas[i], &done, err));
		ret->missing += (int64_t)(upgrade->schemas[i]->n - done);
	}
	TRY(count_taken(tx, &ret->taken, err));
	return tx_commit(&tx, err);
}

static enum rc step_take(struct tx *tx, const struct schema *schema, size_t i, int64_t now_us, struct err *err)
{
	TRY(tx->driver->migrate_step(tx, &schema->steps[i], err));
	struct sql_schema_step_insert_in row = {
	        .room = str_c(schema->room), .number = schema->steps[i].number, .applied_us = now_us};
	return sql_schema_step_insert(tx, row, NULL, err);
}

static enum rc room_migrate(struct store *store, const struct schema *schema, int64_t now_us, struct err *err)
{
	TX_AUTO *tx = NULL;
	size_t done;
	TRY(begin_locked(store, &tx, err));
	TRY(last_step(tx, schema, &done, err));
	for (size_t i = done; i < schema->n; i++)
		TRY(step_take(tx, schema, i, now_us, err));
	return tx_commit(&tx, err);
}

enum rc store_upgrade(struct store *store, const struct upgrade *upgrade, struct err *err)
{
	struct schema_state state;
	TRY(look_before(store, upgrade, &state, err));
	if (state.taken && state.missing && upgrade->before)
		TRY(upgrade->before(upgrade->arg, store, &state, err));
	for (size_t i = 0; i < upgrade->n; i++)
		TRY(room_migrate(store, upgrade->schemas[i], upgrade->now_us, err));
	return RC_OK;
}

enum rc store_migrate(struct store *store, const struct schema *const *schemas, size_t n, int64_t now_us,
                      struct err *err)
{
	struct upgrade upgrade = {.schemas = schemas, .n = n, .now_us = now_us};
	return store_upgrade(store, &upgrade, err);
}

enum rc store_steps(struct tx *tx, struct schema_at **ret, size_t *ret_n, struct err *err)
{
	struct sql_schema_step_all_rows rows;
	TRY(sql_schema_step_all(tx, &rows, err));
	*ret_n = rows.n;
	*ret = ARENA_ARRAY(tx_arena(tx), *ret_n, struct schema_at);
	if (*ret_n && !*ret)
		return FAIL(err, RC_BROKEN, "Memori tidak cukup");
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct schema_at){rows.at[i].room, rows.at[i].number, rows.at[i].n};
	return RC_OK;
}
