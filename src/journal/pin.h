/* SPDX-License-Identifier: EUPL-1.2
 * journal/pin.h - every log of the office as long as it is at one moment, each under a signed
 * checkpoint: what a report rests on (P8).
 *
 * Any node pins the logs of all, because all hold the master key; so nobody waits for a node
 * that was switched off for good, and its last entries count too. */
#pragma once
#include "journal/journal.h"

struct tree_frontier;

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
/* Signs a log as it was when `frontier` was its head, for who has held every entry below against it. */
struct pin_prefix {
	int log_id;
	const struct tree_frontier *frontier;
	int64_t now_us;
};
MUST_USE enum rc pin_prefix(struct journal *journal, struct tx *tx, const struct pin_prefix *prefix, struct str *ret_note,
                            struct err *err);
