/* SPDX-License-Identifier: EUPL-1.2
 * journal/heads.h - how long each log is at one moment, as a backup remembers it, and how that
 * stands to a checkpoint that was kept elsewhere.
 *
 * Needs no key: it only reads what is stored. Whether the entries fit is journal/verify.h's to say. */
#pragma once
#include "journal/journal.h"

#define HEADS_MAX (JOURNAL_LOG_MAX + 1)
struct log_head { /* texts in tx_arena */
	int log_id;
	int64_t size;
	unsigned char root[32];
	struct str origin, vkey;
	struct str note; /* newest signed checkpoint; absent: none */
};
/* Every log by its number, all of one moment. RC_BROKEN: also when a stored head does not fit its size. */
MUST_USE enum rc heads_all(struct tx *tx, struct log_head ret[HEADS_MAX], size_t *ret_n, struct err *err);

/* Which of these logs signed this checkpoint, and by how many entries the checkpoint is ahead of it
 * (0: the log has them all; whether they are the same ones, verify tells).
 * RC_ABSENT   no log of that name
 * RC_REFUSED  the name is right, the signature is not
 * RC_INVALID  not a checkpoint */
MUST_USE enum rc heads_behind(const struct log_head *heads, size_t n, struct str note, size_t *ret_log, int64_t *ret_missing,
                              struct err *err);
