/* SPDX-License-Identifier: EUPL-1.2
 * journal/sign.c - see sign.h. */
#include "journal/sign.h"

#include "journal/journal.sql.h"

enum rc sign_head(struct tx *tx, const struct sign_key *key, const struct tree_frontier *head, int64_t now_us, struct str *ret_note,
                  struct err *err)
{
	struct sql_journal_checkpoint_find kept;
	struct sql_journal_checkpoint_find_in place = {.log_id = key->log_id, .size = head->size};
	struct note_checkpoint checkpoint = {.origin = str_c(key->key->name), .size = head->size, .root = tree_root(head)};
	BUF_AUTO note = BUF(NOTE_MAX_BYTES);
	note_checkpoint_write(&note, &checkpoint, key->key, key->secret);
	if (!buf_ok(&note))
		return FAIL(err, RC_BROKEN, "Memori jurnal tidak cukup");
	struct sql_journal_checkpoint_insert_in row = {
	        .log_id = key->log_id, .size = head->size, .note = buf_str(&note), .signed_us = now_us};
	TRY(sql_journal_checkpoint_insert(tx, row, NULL, err));
	TRY(sql_journal_checkpoint_find(tx, place, &kept, err));
	*ret_note = kept.note;
	return RC_OK;
}
