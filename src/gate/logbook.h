/* SPDX-License-Identifier: EUPL-1.2
 * gate/logbook.h - the journal itself, for the provider's people: reading it, signing it, handing
 * it out whole (P3.1a). What programs are told of their own is gate/ledger.h. */
#pragma once
#include "gate/visit.h"
#include "journal/browse.h"

/* The log of this node. */
int logbook_own(const struct visit *v);
/* For `slow`, on a worker: journal/browse.h, in short transactions of its own. */
MUST_USE enum rc logbook_browse(struct visit *v, const struct browse_ask *ask, struct arena *arena, struct browse *ret,
                                struct err *err);
/* In the visit's transaction: the entry behind a reference. RC_ABSENT, RC_INVALID. */
MUST_USE enum rc logbook_find(struct visit *v, struct str ref, int *ret_log, int64_t *ret_place, struct err *err);
/* In the visit's transaction: sign every log as it is now, those of other nodes too (journal/pin.h).
 * RC_CONFLICT: something stored does not fit together; nothing was signed, err says what. */
MUST_USE enum rc logbook_sign(struct visit *v, struct err *err);
/* For `after`, on a worker: the whole of a log as lines of text (doc/journal.md 3).
 * RC_LIMIT: larger than the buffer may be. RC_BROKEN: its head is unfit. */
MUST_USE enum rc logbook_export(struct visit *v, int log_id, struct buf *out, struct err *err);
/* For `after`: the proof of an entry. RC_ABSENT: no such entry, or no checkpoint covers it yet. */
MUST_USE enum rc logbook_prove(struct visit *v, int log_id, int64_t place, struct buf *out, struct err *err);
