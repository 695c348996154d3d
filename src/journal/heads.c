/* SPDX-License-Identifier: EUPL-1.2
 * journal/heads.c - see heads.h. */
#include "journal/heads.h"

#include <assert.h>

#include "journal/head.h"
#include "journal/journal.sql.h"
#include "journal/note.h"

static enum rc head_take(struct tx *tx, const struct sql_journal_log_ends *row, struct log_head *ret, struct err *err)
{
	struct tree_frontier frontier = {0};
	struct sql_journal_checkpoint_find found;
	*ret = (struct log_head){.log_id = (int)row->log_id, .origin = row->origin, .vkey = row->vkey};
	if (!row->size_null) {
		TRY(head_read(row->size, row->frontier, &frontier, err));
		ret->size = row->size;
	}
	struct tree_hash root = tree_root(&frontier);
	memcpy(ret->root, root.at, sizeof ret->root);
	if (row->signed_size < 0)
		return RC_OK;
	struct sql_journal_checkpoint_find_in key = {.log_id = row->log_id, .size = row->signed_size};
	TRY(sql_journal_checkpoint_find(tx, key, &found, err));
	ret->note = found.note;
	return RC_OK;
}

enum rc heads_all(struct tx *tx, struct log_head ret[HEADS_MAX], size_t *ret_n, struct err *err)
{
	struct sql_journal_log_ends_rows rows;
	*ret_n = 0;
	TRY(sql_journal_log_ends(tx, &rows, err));
	assert(rows.n <= HEADS_MAX); /* the query's own ceiling */
	for (size_t i = 0; i < rows.n; i++)
		TRY(head_take(tx, &rows.at[i], &ret[(*ret_n)++], err));
	return RC_OK;
}

/* ---- against a checkpoint ---- */

static enum rc behind_one(const struct log_head *head, struct str note, int64_t *ret_missing, struct err *err)
{
	struct note_key key;
	struct note_checkpoint given;
	if (note_key_read(head->vkey, &key) != RC_OK)
		return FAIL(err, RC_BROKEN, "Kunci publik log %d tidak dapat dibaca", head->log_id);
	enum rc rc = note_checkpoint_open(note, &key, &given);
	if (rc == RC_INVALID)
		return FAIL(err, RC_INVALID, "bukan checkpoint");
	if (!str_eq(given.origin, head->origin))
		return RC_ABSENT;
	*ret_missing = given.size > head->size ? given.size - head->size : 0;
	return rc;
}

enum rc heads_behind(const struct log_head *heads, size_t n, struct str note, size_t *ret_log, int64_t *ret_missing,
                     struct err *err)
{
	bool named = false; /* logs may share a name; then the signature tells them apart */
	for (*ret_log = 0; *ret_log < n; ++*ret_log) {
		enum rc rc = behind_one(&heads[*ret_log], note, ret_missing, err);
		if (rc != RC_ABSENT && rc != RC_REFUSED)
			return rc;
		named = named || rc == RC_REFUSED;
	}
	return named ? FAIL(err, RC_REFUSED, "tanda tangan checkpoint itu bukan tanda tangan kantor ini")
	             : FAIL(err, RC_ABSENT, "checkpoint itu bukan dari log kantor ini");
}
