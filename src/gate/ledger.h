/* SPDX-License-Identifier: EUPL-1.2
 * gate/ledger.h - what the journal tells a program about its own: proofs and figures. For
 * `after`, on a worker thread: each call reads in short transactions of its own and keeps
 * nobody waiting. */
#pragma once
#include "gate/visit.h"
#include "journal/own.h"
#include "journal/trace.h"
#include "journal/spread.h"
#include "journal/usage.h"

/* How much an instansi asked. journal/usage.h. */
MUST_USE enum rc ledger_usage(struct visit *v, struct usage_ask ask, struct arena *arena, struct usage_row **ret, size_t *ret_n,
                              struct err *err);
/* How it spreads, for dashboards. journal/spread.h; for `slow` too. */
MUST_USE enum rc ledger_spread(struct visit *v, struct spread_ask ask, struct arena *arena, struct spread *ret, struct err *err);
MUST_USE enum rc ledger_spread_all(struct visit *v, struct day first, struct day last, struct arena *arena, struct spread_all *ret,
                                   struct err *err);
/* What a program asked, newest first, and the number of the version each stood under. */
struct ledger_list {
	struct own_list own;
	int *versions; /* 0: none */
};
/* journal/own.h. */
MUST_USE enum rc ledger_inquiries(struct visit *v, const struct own_ask *ask, struct arena *arena, struct ledger_list *ret,
                                  struct err *err);
/* The reference of an entry by its number. */
struct ref_text ledger_ref(const struct visit *v, int64_t seq);
/* The inquiry of that user id behind a reference. RC_ABSENT: it has none such. */
MUST_USE enum rc ledger_find(struct visit *v, int64_t user, struct str ref, struct journal_seen *ret, struct err *err);
/* The present head of this node's log, signed; in tx_arena. journal/journal.h. Inside the tray. */
MUST_USE enum rc ledger_checkpoint(struct visit *v, struct str *ret_note, int64_t *ret_size, struct err *err);
/* Which entry of whatever kind has that reference. Inside the tray. RC_ABSENT. */
MUST_USE enum rc ledger_seen(struct visit *v, struct str ref, struct journal_seen *ret, struct err *err);
/* Was that entry archived, and is not found for that? journal_is_archived(). */
MUST_USE enum rc ledger_archived(struct visit *v, struct str ref, bool *ret, struct err *err);
/* Is it about that NIK? With v->tx, wherever that comes from. journal_is_about(). */
MUST_USE enum rc ledger_is_about(struct visit *v, int64_t seq, struct nik nik, struct err *err);
/* Everything the journal says of an entry. journal/trace.h. */
MUST_USE enum rc ledger_trace(struct visit *v, struct str ref, struct trace *ret, struct err *err);
/* The proof of an entry, as journal/verify.h writes it. *ret_signed false, and nothing
 * written: no signed checkpoint covers it yet. */
MUST_USE enum rc ledger_prove(struct visit *v, int64_t seq, struct buf *out, bool *ret_signed, struct err *err);
