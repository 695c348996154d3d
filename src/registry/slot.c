/* SPDX-License-Identifier: EUPL-1.2
 * registry/slot.c - see slot.h. */
#include "registry/slot.h"

#include "registry/registry.sql.h"
#include "registry/view.h"
#include "store/store.h"

/* The rows of a slot, a page at a time; *ret_changed is 0 when there are none left. */
static enum rc clear_some(struct store *store, int64_t slot, int64_t *ret_changed, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_resident_clear_in in = {.first = slot * VIEW_SLOT, .before = (slot + 1) * VIEW_SLOT};
	TRY(tx_begin(store, TX_WRITE, &tx, err));
	TRY(sql_resident_clear(tx, in, ret_changed, err));
	return tx_commit(&tx, err);
}

static enum rc slot_in_use(struct store *store, int64_t *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_registry_meta_find meta;
	TRY(tx_begin(store, TX_WRITE, &tx, err)); /* a file that is being built has one connection */
	TRY(sql_registry_meta_find(tx, &meta, err));
	*ret = meta.slot;
	return RC_OK;
}

static enum rc shift(struct store *store, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(store, TX_WRITE, &tx, err));
	TRY(sql_resident_shift(tx, (struct sql_resident_shift_in){.by = VIEW_SLOT}, NULL, err));
	TRY(sql_registry_meta_first_slot(tx, NULL, err));
	return tx_commit(&tx, err);
}

enum rc slot_first(struct store *store, struct err *err)
{
	int64_t slot, changed;
	TRY(slot_in_use(store, &slot, err));
	do {
		TRY(clear_some(store, 1 - slot, &changed, err));
	} while (changed);
	return slot == 0 ? RC_OK : shift(store, err);
}
