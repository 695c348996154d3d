/* SPDX-License-Identifier: EUPL-1.2
 * journal/sign.h - a log's head, signed and kept. For this room alone. */
#pragma once
#include "journal/note.h"

struct tx;
struct sign_key {
	int log_id;
	const struct note_key *key;
	const unsigned char *secret; /* 64 bytes, as note_checkpoint_write() has it */
};
/* The note in tx_arena. Signing the same head again gives the one kept first. */
MUST_USE enum rc sign_head(struct tx *tx, const struct sign_key *key, const struct tree_frontier *head, int64_t now_us,
                           struct str *ret_note, struct err *err);
