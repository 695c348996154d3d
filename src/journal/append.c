/* SPDX-License-Identifier: EUPL-1.2
 * journal/append.c - putting a tray of entries at the end of the log.
 *
 * One round: lock the head (so two processes cannot fork the log), write each
 * entry's line, hash it into the tree, and store rows, full tree nodes and the new
 * head. Everything is the caller's transaction; if it is rolled back, nothing ever
 * happened, and the next tray begins at the same place. This is the hottest write
 * of Padan: three statements a tray, one row an entry. */
#include "journal/head.h"
#include "journal/journal.sql.h"
#include "journal/line.h"
#include "journal/state.h"
#include "journal/tile.h"


struct receipt {
	const struct journal *journal;
	int64_t number, time_us;
};
struct row {
	struct receipt receipt;
	struct tree_hash leaf;
	unsigned char nik_hash[NIK_HASH];
};
struct tray {
	struct journal *journal;
	struct tx *tx;
	struct tree_frontier frontier;
	struct sql_journal_entry_insert_in *in;
	struct row *rows;
	struct buf line;
	struct str wrapped;  /* came with the head: the wrapped key of wrapped_epoch; absent: not made yet */
	int wrapped_epoch;
	int epoch;           /* whose key stands in `key`; 0 none */
	unsigned char key[EPOCH_KEY];
};

static enum rc head_take(struct tray *t, int64_t time_us, size_t n, struct err *err)
{
	struct sql_journal_head_lock head;
	t->wrapped_epoch = epoch_of_us(time_us);
	struct key_name name = key_name_epoch(t->wrapped_epoch);
	struct sql_journal_head_lock_in in = {.key_name = str_c(name.z), .log_id = t->journal->log_id};
	TRY(sql_journal_head_lock(t->tx, in, &head, err));
	if (t->journal->fence && head.fence != t->journal->fence && state_lose(t->journal, err) != RC_OK)
		return RC_BROKEN;
	t->wrapped = head.wrapped;
	TRY(head_read(head.size, head.frontier, &t->frontier, err));
	return (int64_t)n <= PLACE_MAX - head.size ? RC_OK : FAIL(err, RC_LIMIT, "Jurnal ini penuh");
}

static enum rc epoch_key(struct tray *t, int epoch, int64_t time_us, struct err *err)
{
	struct str wrapped = t->wrapped;
	if (t->epoch == epoch)
		return RC_OK;
	if (epoch != t->wrapped_epoch || !wrapped.at) {
		struct key_name name = key_name_epoch(epoch);
		enum rc rc = key_find_or_make(t->tx, &t->journal->master, name.z, time_us, &wrapped, err);
		if (rc == RC_ABSENT)
			return FAIL(err, RC_BROKEN, "Jam menunjuk ke masa yang kuncinya telah dimusnahkan");
		if (rc != RC_OK)
			return rc;
	}
	TRY(state_epoch_key(t->journal, epoch, wrapped, t->key, err));
	t->epoch = epoch;
	return RC_OK;
}

/* The entry's canonical line, in the transaction's arena. */
static enum rc line_make(struct tray *t, const struct entry *entry, const struct line_place *place, struct str *ret,
                         struct err *err)
{
	buf_clear(&t->line);
	line_write(&t->line, place, entry);
	if (!buf_ok(&t->line))
		return FAIL(err, RC_LIMIT, "Entri jurnal terlalu panjang");
	*ret = arena_str(tx_arena(t->tx), buf_str(&t->line));
	return ret->at ? RC_OK : FAIL(err, RC_BROKEN, "Memori jurnal tidak cukup");
}

static struct str bytes(const unsigned char *at, size_t n)
{
	return str_from((const char *)at, n);
}

static enum rc entry_take(struct tray *t, size_t i, const struct entry *entry, struct err *err)
{
	struct row *row = &t->rows[i];
	struct line_place place = {.log_id = t->journal->log_id, .seq = t->frontier.size};
	struct str line;
	if (entry->nik.n) {
		TRY(epoch_key(t, epoch_of_us(entry->time_us), entry->time_us, err));
		epoch_nik_hash(t->key, entry->nik, row->nik_hash);
		place.nik_hash = row->nik_hash;
	}
	TRY(line_make(t, entry, &place, &line, err));
	row->receipt = (struct receipt){t->journal, number_of(place.log_id, place.seq), entry->time_us};
	row->leaf = tree_leaf(line);
	t->in[i] = (struct sql_journal_entry_insert_in){
		.entry_id = row->receipt.number,
		.time_us = entry->time_us,
		.act = str_c(act_at(entry->act)->key),
		.outcome = str_c(entry->outcome),
		.instansi_id = entry->instansi_id > 0 ? entry->instansi_id : 0,
		.version_id = entry->version_id > 0 ? entry->version_id : 0,
		.user_no = entry->user > 0 ? entry->user : 0,
		.nik_hash = place.nik_hash ? bytes(row->nik_hash, NIK_HASH) : (struct str){0},
		.leaf = bytes(row->leaf.at, TREE_HASH),
		.line = line,
	};
	TRY(tile_grow(t->tx, place.log_id, &t->frontier, &row->leaf, err));
	tree_append(&t->frontier, &row->leaf);
	return RC_OK;
}

static enum rc tray_write(struct tray *t, size_t n, struct err *err)
{
	struct sql_journal_head_update_in head = {
		.size = t->frontier.size, .frontier = head_blob(&t->frontier), .log_id = t->journal->log_id};
	TRY(sql_journal_entry_insert(t->tx, t->in, n, err));
	return sql_journal_head_update(t->tx, head, NULL, err);
}

static enum rc tray_fill(struct tray *t, const struct entry *entries, size_t n, struct err *err)
{
	t->in = ARENA_ARRAY(tx_arena(t->tx), n, struct sql_journal_entry_insert_in);
	t->rows = ARENA_ARRAY(tx_arena(t->tx), n, struct row);
	if (!t->in || !t->rows)
		return FAIL(err, RC_BROKEN, "Memori jurnal tidak cukup");
	TRY(head_take(t, entries[0].time_us, n, err));
	for (size_t i = 0; i < n; i++)
		TRY(entry_take(t, i, &entries[i], err));
	return tray_write(t, n, err);
}

enum rc journal_append(struct journal *journal, struct tx *tx, const struct entry *entries, size_t n,
                       const struct receipt **ret, struct err *err)
{
	if (n == 0)
		return RC_OK;
	if (n > JOURNAL_TRAY_MAX)
		return FAIL(err, RC_LIMIT, "Nampan jurnal terlalu penuh");
	struct tray t = {.journal = journal, .tx = tx, .line = BUF(LINE_MAX_BYTES)};
	enum rc rc = tray_fill(&t, entries, n, err);
	buf_free(&t.line);
	secret_wipe(t.key, sizeof t.key);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		ret[i] = &t.rows[i].receipt;
	return rc;
}

int64_t receipt_seq(const struct receipt *r)
{
	return r->number;
}

int64_t receipt_time_us(const struct receipt *r)
{
	return r->time_us;
}

struct ref_text receipt_ref(const struct receipt *r)
{
	return journal_ref(r->journal, r->number);
}

struct ref_text journal_ref(const struct journal *journal, int64_t seq)
{
	return ref_of(journal->keys->ref, seq);
}
