/* SPDX-License-Identifier: EUPL-1.2
 * gate/ledger.c - see ledger.h. */
#include "gate/ledger.h"

#include "gate/call.h"
#include "journal/tile.h"
#include "journal/verify.h"
#include "store/store.h"

enum rc ledger_usage(struct visit *v, struct usage_ask ask, struct arena *arena, struct usage_row **ret, size_t *ret_n,
                     struct err *err)
{
	return usage_read(v->gate->conf.office, ask, arena, ret, ret_n, err);
}

enum rc ledger_spread(struct visit *v, struct spread_ask ask, struct arena *arena, struct spread *ret, struct err *err)
{
	return spread_read(v->gate->conf.office, ask, arena, ret, err);
}

enum rc ledger_spread_all(struct visit *v, struct day first, struct day last, struct arena *arena, struct spread_all *ret,
                          struct err *err)
{
	return spread_read_all(v->gate->conf.office, first, last, arena, ret, err);
}

/* Neighbours in the list are of one version, most of the time. */
static enum rc put_versions(struct tx *tx, struct ledger_list *list, struct err *err)
{
	for (size_t i = 0; i < list->own.n; i++) {
		int64_t id = list->own.at[i].version_id;
		if (i && list->own.at[i - 1].version_id == id)
			list->versions[i] = list->versions[i - 1];
		else if (id)
			TRY(agreement_version_number(tx, id, &list->versions[i], err));
	}
	return RC_OK;
}

enum rc ledger_inquiries(struct visit *v, const struct own_ask *ask, struct arena *arena, struct ledger_list *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(own_inquiries(v->gate->conf.office, ask, arena, &ret->own, err));
	ret->versions = ARENA_ARRAY(arena, ret->own.n + 1, int);
	if (!ret->versions)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(tx_begin(v->gate->conf.office, TX_READ, &tx, err));
	return put_versions(tx, ret, err);
}

struct ref_text ledger_ref(const struct visit *v, int64_t seq)
{
	return journal_ref(v->gate->conf.journal, seq);
}

enum rc ledger_find(struct visit *v, int64_t user, struct str ref, struct journal_seen *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(v->gate->conf.office, TX_READ, &tx, err));
	return own_find(v->gate->conf.journal, tx, user, ref, ret, err);
}

enum rc ledger_seen(struct visit *v, struct str ref, struct journal_seen *ret, struct err *err)
{
	return journal_find_ref(v->gate->conf.journal, v->tx, ref, ret, err);
}

enum rc ledger_archived(struct visit *v, struct str ref, bool *ret, struct err *err)
{
	return journal_is_archived(v->gate->conf.journal, v->tx, ref, ret, err);
}

enum rc ledger_is_about(struct visit *v, int64_t seq, struct nik nik, struct err *err)
{
	return journal_is_about(v->gate->conf.journal, v->tx, seq, nik, err);
}

enum rc ledger_trace(struct visit *v, struct str ref, struct trace *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(v->gate->conf.office, TX_READ, &tx, err));
	return trace_find(v->gate->conf.journal, tx, ref, v->arena, ret, err);
}

enum rc ledger_checkpoint(struct visit *v, struct str *ret_note, int64_t *ret_size, struct err *err)
{
	return journal_checkpoint(v->gate->conf.journal, v->tx, v->now_us, ret_note, ret_size, err);
}

enum rc ledger_prove(struct visit *v, int64_t seq, struct buf *out, bool *ret_signed, struct err *err)
{
	int log = (int)(seq >> NUMBER_PLACE_BITS); /* another node may have answered */
	enum rc rc = verify_prove(v->gate->conf.office, log, seq - number_of(log, 0), out, err);
	*ret_signed = rc == RC_OK;
	if (rc != RC_ABSENT)
		return rc;
	buf_clear(out);
	return RC_OK;
}
