/* SPDX-License-Identifier: EUPL-1.2
 * journal/archive.c - see archive.h. */
#include "journal/archive.h"

#include <stdio.h>
#include <unistd.h>

#include "journal/archive.sql.h"
#include "journal/browse.sql.h"
#include "journal/epoch.h"
#include "journal/export.h"
#include "journal/pin.h"
#include "journal/sha256.h"
#include "journal/tile.h"
#include "store/store.h"

#define LOOK 65536 /* entries looked at in one statement */
#define DROP_BITE 4096
#define MONTHS 12

/* ---- the edge ---- */

enum rc archive_edge(struct tx *tx, int log_id, struct archive_edge *ret, struct err *err)
{
	struct sql_archive_edge row;
	enum rc rc = sql_archive_edge(tx, (struct sql_archive_edge_in){.log_id = log_id}, &row, err);
	*ret = rc == RC_OK ? (struct archive_edge){row.upto, row.before_us} : (struct archive_edge){0, 0};
	return rc == RC_ABSENT ? RC_OK : rc;
}

enum rc archive_edges(struct tx *tx, struct archive_edges *ret, struct err *err)
{
	struct sql_archive_edges_rows rows;
	*ret = (struct archive_edges){0};
	TRY(sql_archive_edges(tx, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_archive_edges *row = &rows.at[i];
		if (row->log_id < 0 || row->log_id > JOURNAL_LOG_MAX)
			return FAIL(err, RC_BROKEN, "Nomor log arsip jurnal tidak sah");
		ret->logs[row->log_id] = (struct archive_edge){row->upto, row->before_us};
		if (row->before_us > ret->before_us)
			ret->before_us = row->before_us;
	}
	return RC_OK;
}

bool archive_holds(const struct archive_edges *edges, int64_t seq)
{
	int64_t log = seq >> NUMBER_PLACE_BITS;
	return seq >= 0 && log <= JOURNAL_LOG_MAX && seq - number_of((int)log, 0) < edges->logs[log].upto;
}

enum rc archive_reaches(struct tx *tx, int64_t from_us, struct err *err)
{
	struct archive_edges edges;
	TRY(archive_edges(tx, &edges, err));
	if (from_us >= edges.before_us)
		return RC_OK;
	return FAIL(err, RC_REFUSED,
	            "Sebagian jurnal masa ini telah diarsipkan (entri sampai %s); angkanya tidak dapat dihitung dari basis data.",
	            day_long(day_of_us(edges.before_us - 1)).z);
}

enum rc archive_not_behind(struct tx *tx, int log_id, int64_t place, struct err *err)
{
	struct archive_edge edge;
	TRY(archive_edge(tx, log_id, &edge, err));
	if (place >= edge.upto)
		return RC_OK;
	return FAIL(err, RC_BROKEN, "entri %lld sampai %lld dari log %d telah diarsipkan sebelum dihitung", (long long)place,
	            (long long)edge.upto - 1, log_id);
}

enum rc archive_absent(struct tx *tx, int64_t seq, const char *otherwise, struct err *err)
{
	struct archive_edges edges;
	TRY(archive_edges(tx, &edges, err));
	if (archive_holds(&edges, seq))
		return FAIL(err, RC_ABSENT, "Entri ini telah diarsipkan; isinya ada pada berkas arsip jurnal.");
	return FAIL(err, RC_ABSENT, "%s", otherwise);
}

/* ---- what can be archived ---- */

static enum rc time_at(struct tx *tx, const struct archive_range *range, int64_t place, int64_t *ret_us, struct err *err)
{
	struct sql_journal_time_at row;
	struct sql_journal_time_at_in in = {.begin_id = number_of(range->log_id, place),
	                                    .end_id = number_of(range->log_id, range->upto)};
	enum rc rc = sql_journal_time_at(tx, in, &row, err);
	*ret_us = rc == RC_OK ? row.time_us : INT64_MAX;
	return rc == RC_ABSENT ? RC_OK : rc;
}

/* The first place written at that moment or later, as far as time runs with the places. */
static enum rc place_of(struct tx *tx, const struct archive_range *range, int64_t before_us, int64_t *ret, struct err *err)
{
	int64_t low = range->from, high = range->upto;
	while (low < high) {
		int64_t middle = low + (high - low) / 2, at;
		TRY(time_at(tx, range, middle, &at, err));
		if (at < before_us)
			low = middle + 1;
		else
			high = middle;
	}
	*ret = low;
	return RC_OK;
}

/* A clock that stepped back may have put a later moment before `upto`: cut there. */
static enum rc cut_late(struct store *office, struct archive_range *range, int64_t before_us, struct err *err)
{
	for (int64_t at = range->from; at < range->upto; at += LOOK) {
		TX_AUTO *tx = NULL;
		struct sql_archive_late row;
		int64_t end = range->upto - at > LOOK ? at + LOOK : range->upto;
		struct sql_archive_late_in in = {
		        .begin_id = number_of(range->log_id, at), .end_id = number_of(range->log_id, end), .before_us = before_us};
		TRY(tx_begin(office, TX_READ, &tx, err));
		TRY(sql_archive_late(tx, in, &row, err));
		if (row.entry_id >= 0)
			range->upto = row.entry_id - number_of(range->log_id, 0);
	}
	return RC_OK;
}

static enum rc first_guess(struct store *office, const struct scan_log *log, int64_t before_us, struct archive_range *ret,
                           struct err *err)
{
	TX_AUTO *tx = NULL;
	*ret = (struct archive_range){log->log_id, log->base, log->head.size > 0 ? log->head.size - 1 : 0};
	TRY(tx_begin(office, TX_READ, &tx, err));
	return place_of(tx, ret, before_us, &ret->upto, err);
}

enum rc archive_range(struct store *office, int log_id, int64_t before_us, struct archive_range *ret, struct err *err)
{
	struct scan_log log;
	TRY(scan_begin(office, log_id, &log, err));
	if (log.head_unfit)
		return FAIL(err, RC_BROKEN, "Kepala jurnal rusak; periksa dengan journal verify");
	TRY(first_guess(office, &log, before_us, ret, err));
	TRY(cut_late(office, ret, before_us, err));
	ret->upto -= ret->upto % TILE_WIDTH;
	return ret->upto > ret->from ? RC_OK : FAIL(err, RC_ABSENT, "Tidak ada entri yang dapat diarsipkan sebelum bulan itu");
}

/* ---- making one ---- */

/* What was read out of the file is what the tree of the database says. */
static enum rc tree_agrees(struct tx *tx, const struct archive_range *range, const struct verify_result *read,
                           struct tree_frontier *frontier, struct err *err)
{
	TRY(tile_frontier(tx, range->log_id, range->upto, frontier, err));
	struct tree_hash root = tree_root(frontier);
	if (memcmp(root.at, read->root, TREE_HASH) == 0)
		return RC_OK;
	return FAIL(err, RC_REFUSED, "Isi berkas tidak cocok dengan pohon log; periksa dengan journal verify");
}

static enum rc sign_end(struct journal *journal, struct store *office, const struct archive_range *range, int64_t now_us,
                        const struct verify_result *read, struct buf *ret_note, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct str note;
	struct tree_frontier frontier;
	struct pin_prefix prefix = {range->log_id, &frontier, now_us};
	TRY(tx_begin(office, TX_WRITE, &tx, err));
	TRY(tree_agrees(tx, range, read, &frontier, err));
	TRY(pin_prefix(journal, tx, &prefix, &note, err));
	buf_add(ret_note, note);
	return tx_commit(&tx, err);
}

static enum rc read_again(int fd, struct export_told *told, struct verify_result *ret, struct err *err)
{
	struct verify_conf conf = {0};
	if (lseek(fd, 0, SEEK_SET) != 0)
		return FAIL(err, RC_BROKEN, "arsip tidak dapat dibaca kembali");
	enum rc rc = export_read(fd, &conf, told, ret, err);
	return rc == RC_REFUSED ? FAIL(err, rc, "%s", ret->reason) : rc;
}

enum rc archive_write(struct journal *journal, struct store *office, const struct archive_range *range, int64_t now_us, int fd,
                      struct err *err)
{
	struct scan_log log;
	struct export_told told;
	struct verify_result read;
	BUF_AUTO note = BUF(NOTE_MAX_BYTES);
	struct export_part part = {.log = &log, .range = {range->from, range->upto}};
	TRY(scan_begin(office, range->log_id, &log, err));
	TX_AUTO *tx = NULL;
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(tile_frontier(tx, range->log_id, range->from, &part.frontier, err));
	tx_rollback(&tx);
	TRY(export_part_write(office, &part, fd, err));
	TRY(read_again(fd, &told, &read, err));
	TRY(sign_end(journal, office, range, now_us, &read, &note, err));
	if (read.signed_size < range->upto)
		TRY(export_checkpoint_write(fd, buf_str(&note), err));
	TRY(read_again(fd, &told, &read, err));
	if (read.signed_size != range->upto || fsync(fd) != 0)
		return FAIL(err, RC_BROKEN, "arsip tidak tertulis sampai selesai");
	return RC_OK;
}

/* ---- telling ---- */

/* The next one, or one that was told before. */
static enum rc is_next(struct tx *tx, const struct archive_file *file, bool *ret_told, struct err *err)
{
	struct sql_archive_find row;
	struct archive_edge edge;
	const struct archive_range *range = &file->range;
	struct sql_archive_find_in in = {.log_id = range->log_id, .upto = range->upto};
	enum rc rc = sql_archive_find(tx, in, &row, err);
	*ret_told = rc == RC_OK;
	if (*ret_told && str_eq(row.digest, str_from((const char *)file->digest, sizeof file->digest)))
		return RC_OK;
	if (*ret_told)
		return FAIL(err, RC_REFUSED, "Log %d sampai entri %lld telah diarsipkan dalam berkas lain", range->log_id,
		            (long long)range->upto - 1);
	if (rc != RC_ABSENT)
		return rc;
	TRY(archive_edge(tx, range->log_id, &edge, err));
	if (edge.upto == range->from)
		return RC_OK;
	return FAIL(err, RC_REFUSED, "Arsip itu mulai dari entri %lld; arsip berikutnya dari log %d mulai dari entri %lld",
	            (long long)range->from, range->log_id, (long long)edge.upto);
}

static enum rc belongs(struct store *office, struct archive_file *file, const struct export_told *told,
                       const struct verify_result *read, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct scan_log log;
	struct tree_frontier frontier;
	bool is_known;
	enum rc rc = scan_begin(office, file->range.log_id, &log, err);
	if (rc == RC_ABSENT || (rc == RC_OK && strcmp(log.vkey, told->vkey) != 0))
		return FAIL(err, RC_REFUSED, "Arsip itu bukan dari log kantor ini");
	TRY(rc);
	if (read->signed_size != told->size || told->size % TILE_WIDTH != 0 || told->size >= log.head.size ||
	    told->latest_us == INT64_MIN)
		return FAIL(err, RC_REFUSED, "Berkas itu ekspor, bukan arsip yang ditutup checkpoint");
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(tree_agrees(tx, &file->range, read, &frontier, err));
	return is_next(tx, file, &is_known, err);
}

enum rc archive_read(struct store *office, int fd, struct archive_file *ret, struct err *err)
{
	struct export_told told;
	struct verify_result read;
	TRY(read_again(fd, &told, &read, err));
	*ret = (struct archive_file){.range = {(int)told.log_id, told.from, told.size}, .before_us = told.latest_us + 1};
	if (lseek(fd, 0, SEEK_SET) != 0)
		return FAIL(err, RC_BROKEN, "arsip tidak dapat dibaca kembali");
	TRY(sha256_fd(fd, ret->digest, err));
	return belongs(office, ret, &told, &read, err);
}

struct archive_words archive_words(int log_id, int64_t upto, struct str digest)
{
	struct archive_words words;
	BUF_AUTO hex = BUF(2 * SHA256_SIZE + 1);
	hex_add(&hex, digest);
	snprintf(words.z, sizeof words.z, "log=%d upto=%lld sha256=%.*s", log_id, (long long)upto, STR_ARG(buf_str(&hex)));
	return words;
}

static int months_of(int64_t us)
{
	int epoch = epoch_of_us(us);
	return epoch / 100 * MONTHS + epoch % 100;
}

/* Nothing that is still to be read of it, and nothing that must be kept at hand. */
static enum rc may_go(struct tx *tx, const struct archive_file *file, int keep_months, int64_t now_us, struct err *err)
{
	struct sql_archive_uncounted left;
	const struct archive_range *range = &file->range;
	if (months_of(file->before_us - 1) + keep_months >= months_of(now_us))
		return FAIL(err, RC_REFUSED, "Arsip itu memuat entri yang belum lewat masa simpan %d bulan (journal.keep_months)",
		            keep_months);
	TRY(sql_archive_uncounted(tx, (struct sql_archive_uncounted_in){.log_id = range->log_id, .upto = range->upto}, &left, err));
	if (left.n)
		return FAIL(err, RC_REFUSED,
		            "Entri arsip itu belum seluruhnya dihitung (pemakaian, riwayat akses); coba lagi sebentar lagi");
	return RC_OK;
}

enum rc archive_tell(struct journal *journal, struct tx *tx, const struct archive_file *file, int keep_months,
                     const struct entry *by, struct err *err)
{
	bool told;
	const struct receipt *receipt;
	struct entry entry = *by;
	struct str digest = str_from((const char *)file->digest, sizeof file->digest);
	struct archive_words words = archive_words(file->range.log_id, file->range.upto, digest);
	TRY(is_next(tx, file, &told, err));
	if (told)
		return RC_OK;
	TRY(may_go(tx, file, keep_months, by->time_us, err));
	entry.act = ACT_ARCHIVE;
	entry.outcome = "ok";
	entry.about = str_c(words.z);
	TRY(journal_append(journal, tx, &entry, 1, &receipt, err));
	struct sql_archive_insert_in row = {.log_id = file->range.log_id,
	                                    .upto = file->range.upto,
	                                    .from_place = file->range.from,
	                                    .before_us = file->before_us,
	                                    .digest = digest,
	                                    .told_us = by->time_us,
	                                    .told_entry = receipt_seq(receipt)};
	return sql_archive_insert(tx, row, NULL, err);
}

enum rc archive_drop(struct tx *tx, const struct archive_file *file, int64_t *ret_at, bool *ret_more, struct err *err)
{
	bool told;
	const struct archive_range *range = &file->range;
	int64_t begin = *ret_at > range->from ? *ret_at : range->from;
	int64_t end = range->upto - begin > DROP_BITE ? begin + DROP_BITE : range->upto;
	TRY(is_next(tx, file, &told, err));
	if (!told)
		return FAIL(err, RC_REFUSED, "Arsip itu belum dinyatakan");
	*ret_at = end;
	*ret_more = end < range->upto;
	struct sql_archive_drop_in in = {.begin_id = number_of(range->log_id, begin), .end_id = number_of(range->log_id, end)};
	return sql_archive_drop(tx, in, NULL, err);
}

/* ---- parts ---- */

/* The part that reaches to the end of the log is meant to stay empty; a warning comes when three quarters of the one
 * before it are written. */
static bool is_due(const struct sql_archive_parts *row)
{
	int64_t next = number_of((int)row->log_id, row->size), width = row->last_begin - row->before_last;
	return row->last_begin < 0 || row->before_last < 0 || next >= row->last_begin - width / 4;
}

enum rc archive_parts_due(struct tx *tx, int ret_logs[JOURNAL_LOG_MAX + 1], size_t *ret_n, struct err *err)
{
	struct sql_archive_parts_rows rows;
	*ret_n = 0;
	TRY(sql_archive_parts(tx, &rows, err));
	if (rows.n == 0)
		return FAIL(err, RC_ABSENT, "Jurnal tidak dipartisi");
	for (size_t i = 0; i < rows.n && i <= JOURNAL_LOG_MAX; i++)
		if (is_due(&rows.at[i]))
			ret_logs[(*ret_n)++] = (int)rows.at[i].log_id;
	return RC_OK;
}
