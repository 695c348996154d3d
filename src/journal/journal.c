/* SPDX-License-Identifier: EUPL-1.2
 * journal/journal.c - the head of the log, signing it, and destroying an epoch's
 * key. Opening is in state.c, appending in append.c, asking again in seen.c. */
#include "journal/journal.h"

#include "journal/head.h"
#include "journal/journal.sql.h"
#include "journal/sign.h"
#include "journal/state.h"

enum rc journal_head(struct journal *journal, struct tx *tx, struct journal_head *ret, struct err *err)
{
	struct tree_frontier frontier;
	TRY(head_find(tx, journal->log_id, &frontier, err));
	struct tree_hash root = tree_root(&frontier);
	ret->size = frontier.size;
	memcpy(ret->root, root.at, sizeof ret->root);
	return RC_OK;
}

enum rc journal_checkpoint(struct journal *journal, struct tx *tx, int64_t now_us, struct str *ret_note, int64_t *ret_size,
                           struct err *err)
{
	struct tree_frontier frontier;
	struct sign_key key = {journal->log_id, &journal->note_key, journal->keys->sign};
	TRY(head_find(tx, journal->log_id, &frontier, err));
	*ret_size = frontier.size;
	return sign_head(tx, &key, &frontier, now_us, ret_note, err);
}

enum rc journal_epoch_destroy(struct journal *journal, struct tx *tx, int epoch, const struct entry *by, struct err *err)
{
	const struct receipt *receipt;
	int64_t changed;
	if (epoch / 100 < 1970 || epoch / 100 > 2199 || epoch % 100 < 1 || epoch % 100 > 12)
		return FAIL(err, RC_INVALID, "Masa harus berupa tahun dan bulan");
	if (by->time_us < epoch_end_us(epoch))
		return FAIL(err, RC_REFUSED, "Masa %s belum berakhir", epoch_text(epoch).z);
	struct key_name name = key_name_epoch(epoch);
	struct sql_journal_key_destroy_in in = {.destroyed_us = by->time_us, .name = str_c(name.z)};
	TRY(sql_journal_key_destroy(tx, in, &changed, err));
	if (changed == 0)
		return FAIL(err, RC_ABSENT, "Masa %s tidak punya kunci lagi", epoch_text(epoch).z);
	struct entry entry = *by;
	entry.act = ACT_KEY;
	entry.about = str_c(name.z);
	return journal_append(journal, tx, &entry, 1, &receipt, err);
}
