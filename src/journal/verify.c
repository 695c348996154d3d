/* SPDX-License-Identifier: EUPL-1.2
 * journal/verify.c - is the log in a store whole? The auditor (audit.h) reads the
 * lines; here the rest of what is stored is held against them: the columns beside
 * each line, the inner nodes of the tree, the head.
 *
 * Somebody who may write to the database can make all of those fit again. What he
 * cannot make is a signature: then the kept checkpoints, or one that was kept
 * elsewhere, disagree, and the result says between which sizes. */
#include "journal/verify.h"

#include <assert.h>

#include "journal/archive.h"
#include "journal/archive.sql.h"
#include "journal/export.h"
#include "journal/head.h"
#include "journal/tile.h"
#include "store/store.h"

struct tile {
	struct tree_hash at[TILE_WIDTH];
	int64_t place;
	size_t n;
};
struct check {
	struct audit audit;
	const struct scan_log *log;
	const struct verify_conf *conf;
	struct tree_frontier before;    /* the last leaf that made nodes full */
	struct tile tiles[TILE_LEVELS]; /* [0] is not used */
};

static bool is(int64_t column, int64_t line)
{
	return column == line;
}

static enum rc columns_check(struct check *c, const struct sql_journal_entry_range *row, const struct line *line)
{
	bool nik = row->nik_hash.at ? line->has_nik && str_eq(row->nik_hash, str_from((const char *)line->nik_hash, NIK_HASH))
				    : !line->has_nik;
	bool same = nik && is(row->time_us, line->time_us) && str_eq(row->act, line->act) && str_eq(row->outcome, line->outcome) &&
		    is(row->instansi_id, line->instansi_id) && is(row->version_id, line->version_id) &&
		    is(row->user_no, line->user);
	return same ? RC_OK : audit_bad(&c->audit, line->seq, "Kolom entri %lld tidak sama dengan isinya", (long long)line->seq);
}

/* ---- inner nodes ---- */

static enum rc node_bad(struct check *c, int level, int64_t node)
{
	int64_t width = INT64_C(1) << (level * TILE_BITS), first = node * width, last = first + width - 1;
	return audit_bad(&c->audit, first, "Entri %lld sampai %lld tidak cocok dengan simpul pohonnya", (long long)first,
	                 (long long)last);
}

/* A tile that is full, or as full as the log made it. */
static enum rc tile_check(struct check *c, struct tx *tx, int level, struct err *err)
{
	struct tile *tile = &c->tiles[level];
	struct sql_journal_tile_find row;
	struct sql_journal_tile_find_in key = {.log_id = c->log->log_id, .level = level, .place = tile->place};
	if (tile->n == 0)
		return RC_OK;
	enum rc rc = sql_journal_tile_find(tx, key, &row, err);
	if (rc == RC_ABSENT)
		row.hashes = S("");
	else if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < tile->n; i++) {
		struct str stored = str_sub(row.hashes, i * TREE_HASH, TREE_HASH);
		if (!str_eq(stored, str_from((const char *)tile->at[i].at, TREE_HASH)))
			return node_bad(c, level, tile->place * TILE_WIDTH + (int64_t)i);
	}
	return RC_OK;
}

static enum rc node_take(struct check *c, struct tx *tx, int level, const struct tree_hash *node, struct err *err)
{
	struct tile *tile = &c->tiles[level];
	tile->at[tile->n++] = *node;
	if (tile->n < TILE_WIDTH)
		return RC_OK;
	TRY(tile_check(c, tx, level, err));
	tile->place++;
	tile->n = 0;
	return RC_OK;
}

/* `leaf`, which was appended to the tree `before`, made nodes full (as in tile_grow). */
static enum rc nodes_take(struct check *c, struct tx *tx, struct str leaf, struct err *err)
{
	struct tree_hash hash;
	int64_t nodes = c->before.size + 1;
	memcpy(hash.at, leaf.at, TREE_HASH); /* the auditor found it to be one */
	for (int level = 1; level < TILE_LEVELS && nodes % TILE_WIDTH == 0; level++) {
		struct tree_hash node = tree_completes(&c->before, &hash, level * TILE_BITS);
		TRY(node_take(c, tx, level, &node, err));
		nodes /= TILE_WIDTH;
	}
	return RC_OK;
}

/* Nothing may stand where the log has yet to come: the next full tile would not fit. */
static enum rc tiles_beyond(struct check *c, struct tx *tx, int level, struct err *err)
{
	const struct tile *tile = &c->tiles[level];
	struct sql_journal_tile_beyond row;
	struct sql_journal_tile_beyond_in from = {
		.log_id = c->log->log_id, .level = level, .place = tile->place + (tile->n > 0)};
	TRY(sql_journal_tile_beyond(tx, from, &row, err));
	if (row.n == 0)
		return RC_OK;
	return audit_bad(&c->audit, -1, "Ada %lld simpul pohon melampaui akhir log", (long long)row.n);
}

static enum rc tiles_end(struct check *c, struct store *office, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_journal_head_find head;
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(sql_journal_head_find(tx, (struct sql_journal_head_find_in){.log_id = c->log->log_id}, &head, err));
	bool grew = head.size != c->log->head.size;
	for (int level = 1; level < TILE_LEVELS; level++) {
		TRY(tile_check(c, tx, level, err));
		if (!grew)
			TRY(tiles_beyond(c, tx, level, err));
	}
	return RC_OK;
}

/* ---- the log ---- */

static enum rc entry_check(void *arg, struct tx *tx, const struct sql_journal_entry_range *row, struct err *err)
{
	struct check *c = arg;
	struct line line;
	int64_t here = c->audit.frontier.size;
	TRY(audit_place(&c->audit, row->entry_id - number_of(c->log->log_id, 0)));
	bool full = (here + 1) % TILE_WIDTH == 0;
	if (full)
		c->before = c->audit.frontier;
	TRY(audit_entry(&c->audit, row->line, row->leaf, &line));
	TRY(columns_check(c, row, &line));
	return full ? nodes_take(c, tx, row->leaf, err) : RC_OK;
}

static enum rc checkpoint_check(void *arg, const struct sql_journal_checkpoint_next *row, struct err *err)
{
	struct check *c = arg;
	(void)err;
	if (row->size > c->audit.frontier.size) /* entries before it are missing: audit_end() names them */
		return RC_OK;
	return audit_checkpoint(&c->audit, row->note);
}

static enum rc progress(void *arg, int64_t done, int64_t all, struct err *err)
{
	const struct check *c = arg;
	if (c->conf->progress)
		c->conf->progress(c->conf->arg, done, all);
	if (c->conf->goes_on && !c->conf->goes_on(c->conf->arg))
		return FAIL(err, RC_LIMIT, "Pemeriksaan dihentikan sebelum selesai");
	return RC_OK;
}

static enum rc head_check(struct check *c)
{
	const struct tree_frontier *head = &c->log->head;
	int64_t size = head->size, from = size - size % TILE_WIDTH;
	if (c->log->last >= size)
		return audit_bad(&c->audit, size, "Entri %lld dan seterusnya tidak tercatat di kepala log", (long long)size);
	if (c->log->newest_checkpoint > size)
		return audit_bad(&c->audit, size, "Log terpotong: checkpoint tersimpan mencakup %lld entri, yang ada %lld",
		                 (long long)c->log->newest_checkpoint, (long long)size);
	if (str_eq(head_blob(head), head_blob(&c->audit.frontier)))
		return RC_OK;
	from = from > c->audit.trusted ? from : c->audit.trusted;
	return audit_bad(&c->audit, from, "Entri %lld sampai %lld, atau kepala log, diubah", (long long)from,
	                 (long long)size - 1);
}

/* ---- what was archived ---- */

/* What an entry has to say of the newest archive of a log. */
static bool tells_of(struct str text, int log_id, const struct sql_archive_edge *edge)
{
	struct line line = {0};
	struct archive_words words = archive_words(log_id, edge->upto, edge->digest);
	return line_read(text, &line) == RC_OK && str_eq(line.act, str_c(act_at(ACT_ARCHIVE)->key)) &&
	       str_eq(line.about, str_c(words.z));
}

/* What stands behind a log's newest archive: the entry that tells of it. Where that one was archived meanwhile, it
 * lay in another log, since nothing below an edge can tell of that edge; and then what tells of the other's archive
 * has to be there, or again be in a log that was not asked yet. */
enum told { TOLD, TOLD_FALSELY, TOLD_GONE };
static enum rc told_find(struct tx *tx, int log_id, enum told *ret, struct err *err)
{
	struct archive_edges edges;
	bool asked[VERIFY_LOGS_MAX] = {false}, found = false;
	TRY(archive_edges(tx, &edges, err));
	while (!asked[log_id]) {
		struct sql_archive_edge edge;
		struct sql_journal_line_find row;
		asked[log_id] = true;
		TRY(sql_archive_edge(tx, (struct sql_archive_edge_in){.log_id = log_id}, &edge, err));
		TRY(sql_journal_line_find(tx, &(struct sql_journal_line_find_in){edge.told_entry}, 1, &row, &found, err));
		*ret = found && tells_of(row.line, log_id, &edge) ? TOLD : found ? TOLD_FALSELY : TOLD_GONE;
		if (found || !archive_holds(&edges, edge.told_entry))
			return RC_OK;
		log_id = (int)(edge.told_entry >> NUMBER_PLACE_BITS);
	}
	return RC_OK;
}

/* Rows that were simply removed cannot be passed off as archived. */
static enum rc told_check(struct check *c, struct tx *tx, struct err *err)
{
	enum told told = TOLD_GONE;
	int64_t last = c->log->base - 1;
	TRY(told_find(tx, c->log->log_id, &told, err));
	if (told == TOLD_GONE)
		return audit_bad(&c->audit, 0, "Entri 0 sampai %lld hilang", (long long)last);
	if (told == TOLD_FALSELY)
		return audit_bad(&c->audit, 0, "Tidak ada entri jurnal yang menyatakan entri 0 sampai %lld diarsipkan",
		                 (long long)last);
	return RC_OK;
}

/* Tiles that are not full yet go on from what is stored: the frontier at `base` is made of just these nodes. */
static enum rc tiles_take_up(struct check *c, struct tx *tx, struct err *err)
{
	int64_t nodes = c->log->base;
	for (int level = 1; level < TILE_LEVELS; level++) {
		struct tile *tile = &c->tiles[level];
		struct sql_journal_tile_find row;
		nodes /= TILE_WIDTH;
		tile->place = nodes / TILE_WIDTH;
		tile->n = (size_t)(nodes % TILE_WIDTH);
		if (tile->n == 0)
			continue;
		struct sql_journal_tile_find_in key = {.log_id = c->log->log_id, .level = level, .place = tile->place};
		enum rc rc = sql_journal_tile_find(tx, key, &row, err);
		if (rc == RC_ABSENT || (rc == RC_OK && row.hashes.n < tile->n * TREE_HASH))
			return audit_bad(&c->audit, -1, "Simpul pohon entri yang diarsipkan hilang");
		TRY(rc);
		memcpy(tile->at, row.hashes.at, tile->n * TREE_HASH);
	}
	return RC_OK;
}

static enum rc frontier_take(struct check *c, struct tx *tx, struct err *err)
{
	struct tree_frontier frontier;
	int64_t base = c->log->base;
	enum rc rc = tile_frontier(tx, c->log->log_id, base, &frontier, err);
	if (rc == RC_BROKEN)
		return audit_bad(&c->audit, -1, "Simpul pohon entri yang diarsipkan hilang");
	TRY(rc);
	if (c->audit.frontier.size == 0)
		return audit_from(&c->audit, &frontier, err);
	if (!str_eq(head_blob(&frontier), head_blob(&c->audit.frontier)))
		return audit_bad(&c->audit, -1, "Arsip yang diberikan tidak cocok dengan simpul pohon log");
	return RC_OK;
}

static enum rc archived_take(struct check *c, struct store *office, struct err *err)
{
	TX_AUTO *tx = NULL;
	int64_t base = c->log->base;
	TRY(export_chain(&c->audit, c->conf, err));
	if (c->audit.frontier.size != 0 && c->audit.frontier.size != base)
		return FAIL(err, RC_INVALID, "Arsip yang diberikan mencakup %lld entri; yang dinyatakan diarsipkan %lld",
		            (long long)c->audit.frontier.size, (long long)base);
	if (base == 0)
		return RC_OK;
	if (base % TILE_WIDTH != 0 || base >= c->log->head.size)
		return audit_bad(&c->audit, -1, "Batas arsip %lld tidak mungkin", (long long)base);
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(told_check(c, tx, err));
	TRY(frontier_take(c, tx, err));
	return tiles_take_up(c, tx, err);
}

static enum rc store_check(struct store *office, struct check *c, struct err *err)
{
	struct scan_visitor visitor = {entry_check, checkpoint_check, progress, c};
	if (c->log->head_unfit)
		return audit_bad(&c->audit, -1, "Kepala log tidak cocok dengan ukurannya");
	TRY(archived_take(c, office, err));
	TRY(scan_each(office, c->log, &visitor, err));
	TRY(audit_end(&c->audit, c->log->head.size));
	TRY(tiles_end(c, office, err));
	return head_check(c);
}

static enum rc check_begin(struct check *c, struct arena *arena, struct store *office, int log_id, struct err *err)
{
	struct scan_log *log = ARENA_NEW(arena, struct scan_log);
	if (!log)
		return FAIL(err, RC_BROKEN, "Memori tidak cukup");
	TRY(scan_begin(office, log_id, log, err));
	c->log = log;
	return RC_OK;
}

enum rc verify_store(struct store *office, int log_id, const struct verify_conf *conf, struct verify_result *ret, struct err *err)
{
	struct arena arena;
	arena_init(&arena, 1 << 17);
	struct check *c = ARENA_NEW(&arena, struct check);
	enum rc rc = c ? check_begin(c, &arena, office, log_id, err) : FAIL(err, RC_BROKEN, "Memori tidak cukup");
	if (rc == RC_OK) {
		struct audit_log log = {log_id, str_c(c->log->origin), str_c(c->log->vkey)};
		c->conf = conf;
		rc = audit_begin(&c->audit, conf, &log, ret, err);
	}
	if (rc == RC_OK)
		rc = store_check(office, c, err);
	arena_free(&arena);
	return rc;
}

enum rc verify_logs(struct store *office, int ret[VERIFY_LOGS_MAX], size_t *ret_n, struct err *err)
{
	static_assert(VERIFY_LOGS_MAX == JOURNAL_LOG_MAX + 1, "journal.h tells how many");
	TX_AUTO *tx = NULL;
	bool used[VERIFY_LOGS_MAX];
	struct sql_journal_log_all_rows rows;
	struct sql_journal_head_strays strays;
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(head_used(tx, used, err));
	TRY(sql_journal_log_all(tx, &rows, err));
	TRY(sql_journal_head_strays(tx, &strays, err));
	*ret_n = 0;
	for (size_t i = 0; i < rows.n && i < VERIFY_LOGS_MAX; i++) {
		ret[(*ret_n)++] = (int)rows.at[i].log_id;
		if (rows.at[i].log_id >= 0 && rows.at[i].log_id < VERIFY_LOGS_MAX)
			used[rows.at[i].log_id] = false;
	}
	for (int id = 0; id < VERIFY_LOGS_MAX; id++)
		if (used[id])
			return FAIL(err, RC_REFUSED, "Log %d punya entri, tetapi tidak terdaftar", id);
	return strays.n == 0 ? RC_OK : FAIL(err, RC_REFUSED, "Ada kepala log yang lognya tidak terdaftar");
}
