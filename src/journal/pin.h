/* SPDX-License-Identifier: EUPL-1.2
 * journal/pin.h - every log of the office as long as it is at one moment, each under a signed
 * checkpoint: what a report rests on (P8).
 *
 * Any node pins the logs of all, because all hold the master key; so nobody waits for a node
 * that was switched off for good, and its last entries count too. */
#pragma once
#include "journal/journal.h"

#define PINS_MAX (JOURNAL_LOG_MAX + 1)
struct pin { /* texts in tx_arena */
	int log_id;
	int64_t size;
	struct str origin, vkey;
	struct str note; /* checkpoint of that size */
};
/* By log_id. Signs what is not signed yet, in the caller's transaction.
 * RC_REFUSED  something stored does not fit together; err says what, in a sentence to be
 *             shown. Nothing was signed */
MUST_USE enum rc pin_all(struct journal *journal, struct tx *tx, int64_t now_us, struct pin ret[PINS_MAX], size_t *ret_n,
                         struct err *err);
