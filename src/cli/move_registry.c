/* SPDX-License-Identifier: EUPL-1.2
 * cli/move_registry.c - the population data, moved beside the office (move.h).
 *
 * It changes by imports alone, so nothing is marked as left: the old one may stay where it
 * is. Into a server it goes in pages and is taken up again; into a file it is built beside the
 * one that may be there, and begun anew after a kill. */
#include <stdio.h>

#include "cli/move.h"
#include "cli/relay_conf.h"
#include "registry/registry.sql.h"
#include "registry/slot.h"
#include "store/bulk.h"

static const struct schema *const schemas[] = {&registry_schema};
#define WHAT "registry"

struct load {
	struct store *from, *to; /* `to`: ours to close, NULL with a bulk */
	struct bulk *bulk;
	struct transfer *transfer;
};

static void load_close(struct load *load)
{
	store_close(load->to);
	bulk_abandon(&load->bulk);
	store_close(load->from);
	transfer_close(load->transfer);
}
#define LOAD_AUTO __attribute__((cleanup(load_close))) struct load

static enum rc copy(struct move *m, struct load *load, struct store *to, struct err *err)
{
	const struct transfer_conf conf = {.from = load->from, .to = to, .progress = meter_rows, .arg = &m->meter};
	TRY(transfer_open(&conf, &load->transfer, err));
	return move_copy_all(load->transfer, &m->meter, err);
}

static enum rc arrived(struct move *m, struct load *load, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct transfer_mark mark = m->came;
	mark.state = TRANSFER_ARRIVED;
	TRY(tx_begin(load->to, TX_WRITE, &tx, err));
	TRY(transfer_mark_put(tx, WHAT, &mark, clock_now_us(), err));
	return tx_commit(&tx, err);
}

static enum rc into_server(struct move *m, struct load *load, struct err *err)
{
	enum transfer_state state;
	struct transfer_target target = {
	        .what = WHAT, .schemas = schemas, .schemas_n = LEN(schemas), .mark = m->came, .now_us = clock_now_us()};
	TRY(store_open(conf_text(m->conf, CONF_REGISTRY_URL), &load->to, err));
	TRY(transfer_begin(load->to, &target, &state, err));
	if (state == TRANSFER_ARRIVED)
		return RC_OK;
	TRY(copy(m, load, load->to, err));
	return arrived(m, load, err);
}

static enum rc into_file(struct move *m, struct load *load, struct err *err)
{
	TRY(store_migrate(bulk_store(load->bulk), schemas, LEN(schemas), clock_now_us(), err));
	TRY(copy(m, load, bulk_store(load->bulk), err));
	enum rc rc = slot_first(bulk_store(load->bulk), err);
	return rc == RC_OK ? bulk_publish(&load->bulk, err) : rc;
}

enum rc move_registry(struct move *m, struct err *err)
{
	LOAD_AUTO load = {0};
	printf("data kependudukan\n");
	TRY(relay_settings_need_database(&m->app->conf, err));
	TRY(relay_settings_need_database(m->conf, err));
	enum rc rc = store_open_frozen(conf_text(&m->app->conf, CONF_REGISTRY_URL), &load.from, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_INVALID, "data kependudukan belum ada; jangan sebut --registry");
	TRY(rc);
	rc = bulk_begin(conf_text(m->conf, CONF_REGISTRY_URL), false, &load.bulk, err);
	if (rc == RC_REFUSED) /* no file of its own */
		return into_server(m, &load, err);
	TRY(rc);
	return into_file(m, &load, err);
}
