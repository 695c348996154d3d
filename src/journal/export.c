/* SPDX-License-Identifier: EUPL-1.2
 * journal/export.c - a log as a file of text lines, and the check of such a file.
 *
 * Every line is JSON (doc/journal.md): a header, then entries with their leaf
 * hashes, each signed checkpoint right behind the last entry it covers. So one
 * reading from top to bottom checks everything, in memory that does not grow. A file
 * need not begin with the log: then its header says the frontier of what comes before,
 * which the next checkpoint proves. */
#include "journal/export.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#include "journal/head.h"
#include "journal/tile.h"
#include "journal/verify.h"
#include "store/store.h"

#define EXPORT_LINE_MAX 65536
#define EXPORT_FORMAT 1
#define PROGRESS_EVERY 8192
#define ENTRY_HEAD "{\"leaf\":\""
#define ENTRY_MIDDLE "\",\"entry\":"

/* ---- writing ---- */

struct out {
	int fd; /* -1: all of it stays in the buffer */
	struct buf buf;
};

static enum rc out_flush(struct out *out, struct err *err)
{
	struct str rest = buf_str(&out->buf);
	if (out->fd < 0)
		return buf_ok(&out->buf) ? RC_OK : FAIL(err, RC_LIMIT, "Ekspor lebih besar daripada batasnya");
	if (!buf_ok(&out->buf))
		return FAIL(err, RC_BROKEN, "Memori ekspor tidak cukup");
	while (rest.n) {
		ssize_t n = write(out->fd, rest.at, rest.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			enum rc rc = FAIL(err, RC_BROKEN, "Ekspor tidak dapat ditulis");
			err_detail(err, "write: %s", strerror(errno));
			return rc;
		}
		rest = str_sub(rest, (size_t)n, rest.n);
	}
	buf_clear(&out->buf);
	return RC_OK;
}

static enum rc out_line(struct out *out, struct err *err)
{
	buf_addc(&out->buf, '\n');
	return out->buf.n < EXPORT_LINE_MAX && buf_ok(&out->buf) ? RC_OK : out_flush(out, err);
}

static enum rc out_entry(void *arg, struct tx *tx, const struct sql_journal_entry_range *row, struct err *err)
{
	struct out *out = arg;
	(void)tx;
	buf_addz(&out->buf, ENTRY_HEAD);
	hex_add(&out->buf, row->leaf);
	buf_addz(&out->buf, ENTRY_MIDDLE);
	buf_add(&out->buf, row->line);
	buf_addc(&out->buf, '}');
	return out_line(out, err);
}

static enum rc out_checkpoint(void *arg, const struct sql_journal_checkpoint_next *row, struct err *err)
{
	struct out *out = arg;
	buf_addz(&out->buf, "{\"checkpoint\":");
	buf_add_json(&out->buf, row->note);
	buf_addc(&out->buf, '}');
	return out_line(out, err);
}

static void out_frontier(struct out *out, const struct export_part *part)
{
	const struct tree_frontier *frontier = &part->frontier;
	buf_addf(&out->buf, ",\"from\":%lld,\"frontier\":[", (long long)part->range.begin);
	for (int i = 0; i < frontier->n; i++) {
		buf_addz(&out->buf, i ? ",\"" : "\"");
		hex_add(&out->buf, str_from((const char *)frontier->at[i].at, TREE_HASH));
		buf_addc(&out->buf, '"');
	}
	buf_addc(&out->buf, ']');
}

static enum rc out_header(struct out *out, const struct export_part *part, struct err *err)
{
	const struct scan_log *log = part->log;
	buf_addf(&out->buf, "{\"padan_journal\":%d,\"origin\":", EXPORT_FORMAT);
	buf_add_json(&out->buf, str_c(log->origin));
	buf_addf(&out->buf, ",\"log\":%d,\"size\":%lld,\"vkey\":", log->log_id, (long long)part->range.end);
	buf_add_json(&out->buf, str_c(log->vkey));
	if (part->range.begin > 0)
		out_frontier(out, part);
	buf_addc(&out->buf, '}');
	return out_line(out, err);
}

static enum rc export_lines(struct store *office, const struct export_part *part, struct out *out, struct err *err)
{
	struct scan_visitor visitor = {.entry = out_entry, .checkpoint = out_checkpoint, .arg = out};
	TRY(out_header(out, part, err));
	TRY(scan_part(office, part->log->log_id, part->range, &visitor, err));
	return out_flush(out, err);
}

static enum rc frontier_find(struct store *office, struct export_part *part, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(office, TX_READ, &tx, err));
	return tile_frontier(tx, part->log->log_id, part->range.begin, &part->frontier, err);
}

/* All that is not archived. */
static enum rc export_to(struct store *office, int log_id, struct out *out, struct err *err)
{
	struct scan_log log;
	TRY(scan_begin(office, log_id, &log, err));
	if (log.head_unfit || log.base > log.head.size)
		return FAIL(err, RC_BROKEN, "Kepala jurnal rusak; periksa dengan journal verify");
	struct export_part part = {.log = &log, .range = {log.base, log.head.size}};
	TRY(frontier_find(office, &part, err));
	return export_lines(office, &part, out, err);
}

enum rc export_part_write(struct store *office, const struct export_part *part, int fd, struct err *err)
{
	struct out out = {.fd = fd, .buf = BUF(4 * EXPORT_LINE_MAX)};
	enum rc rc = export_lines(office, part, &out, err);
	buf_free(&out.buf);
	return rc;
}

enum rc export_checkpoint_write(int fd, struct str note, struct err *err)
{
	struct out out = {.fd = fd, .buf = BUF(4 * EXPORT_LINE_MAX)};
	struct sql_journal_checkpoint_next row = {.note = note};
	enum rc rc = out_checkpoint(&out, &row, err);
	if (rc == RC_OK)
		rc = out_flush(&out, err);
	buf_free(&out.buf);
	return rc;
}

enum rc verify_export_write(struct store *office, int log_id, int fd, struct err *err)
{
	struct out out = {.fd = fd, .buf = BUF(4 * EXPORT_LINE_MAX)};
	enum rc rc = export_to(office, log_id, &out, err);
	buf_free(&out.buf);
	return rc;
}

enum rc verify_export_text(struct store *office, int log_id, struct buf *out, struct err *err)
{
	struct out whole = {.fd = -1, .buf = *out};
	enum rc rc = export_to(office, log_id, &whole, err);
	*out = whole.buf;
	return rc;
}

/* ---- checking ---- */

struct in {
	int fd;
	size_t begin, end; /* what was read and not yet used */
	bool ended;
	char at[EXPORT_LINE_MAX];
};

static enum rc in_fill(struct in *in, struct err *err)
{
	memmove(in->at, in->at + in->begin, in->end - in->begin);
	in->end -= in->begin;
	in->begin = 0;
	if (in->end == sizeof in->at)
		return FAIL(err, RC_LIMIT, "Baris ekspor terlalu panjang");
	ssize_t n;
	do
		n = read(in->fd, in->at + in->end, sizeof in->at - in->end);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		enum rc rc = FAIL(err, RC_BROKEN, "Ekspor tidak dapat dibaca");
		err_detail(err, "read: %s", strerror(errno));
		return rc;
	}
	in->ended = n == 0;
	in->end += (size_t)n;
	return RC_OK;
}

/* The next line without its newline. RC_ABSENT: no more. RC_INVALID: the file
 * ends in the middle of one. RC_LIMIT: longer than any line can be. */
static enum rc in_line(struct in *in, struct str *ret, struct err *err)
{
	size_t looked = 0;
	for (;;) {
		struct str rest = str_from(in->at + in->begin + looked, in->end - in->begin - looked);
		size_t n = looked + str_index(rest, '\n');
		if (n < in->end - in->begin) {
			*ret = str_from(in->at + in->begin, n);
			in->begin += n + 1;
			return RC_OK;
		}
		if (in->ended)
			return n ? RC_INVALID : RC_ABSENT;
		looked = n;
		TRY(in_fill(in, err));
	}
}

struct header {
	struct audit_log log;
	int64_t size;
	struct tree_frontier before; /* its size: where the file begins */
};

static enum rc frontier_read(json_t *hashes, int64_t from, struct tree_frontier *ret)
{
	unsigned char bytes[HEAD_BYTES_MAX];
	size_t n = json_array_size(hashes);
	struct err ignored = {0};
	if (n > TREE_DEPTH_MAX)
		return RC_INVALID;
	for (size_t i = 0; i < n; i++) {
		const char *hex = json_string_value(json_array_get(hashes, i));
		if (!hex || hex_read(str_c(hex), bytes + i * TREE_HASH, TREE_HASH) != RC_OK)
			return RC_INVALID;
	}
	return head_read(from, str_from((const char *)bytes, n * TREE_HASH), ret, &ignored) == RC_OK ? RC_OK : RC_INVALID;
}

static enum rc header_read(json_t *json, struct header *ret)
{
	int format;
	const char *origin, *vkey;
	json_int_t log, size, from = 0;
	json_t *hashes = NULL;
	if (json_unpack(json, "{s:i,s:s,s:I,s:I,s:s,s?I,s?o!}", "padan_journal", &format, "origin", &origin, "log", &log, "size",
	                &size, "vkey", &vkey, "from", &from, "frontier", &hashes) != 0)
		return RC_INVALID;
	*ret = (struct header){.log = {log, str_c(origin), str_c(vkey)}, .size = size};
	if (format != EXPORT_FORMAT || from < 0 || size < from || log < 0 || log > JOURNAL_LOG_MAX || size > PLACE_MAX)
		return RC_INVALID;
	return from || hashes ? frontier_read(hashes, from, &ret->before) : RC_OK;
}

static json_t *json_of(struct str line)
{
	return json_loadb(line.at, line.n, JSON_REJECT_DUPLICATES, NULL);
}

static enum rc entry_line(struct audit *audit, struct str text)
{
	struct tree_hash leaf;
	struct line line;
	int64_t seq = audit->frontier.size;
	size_t head = sizeof ENTRY_HEAD - 1, middle = sizeof ENTRY_MIDDLE - 1, before = head + 2 * TREE_HASH + middle;
	bool fits = text.n > before && text.at[text.n - 1] == '}' &&
		    str_eq(str_sub(text, head + 2 * TREE_HASH, middle), S(ENTRY_MIDDLE)) &&
		    hex_read(str_sub(text, head, 2 * TREE_HASH), leaf.at, TREE_HASH) == RC_OK;
	if (!fits)
		return audit_bad(audit, seq, "Baris entri %lld tidak berbentuk baku", (long long)seq);
	return audit_entry(audit, str_sub(text, before, text.n - before - 1), str_from((const char *)leaf.at, TREE_HASH), &line);
}

static enum rc checkpoint_line(struct audit *audit, struct str text)
{
	const char *note;
	size_t n;
	json_t *json = json_of(text);
	enum rc rc;
	if (json && json_unpack(json, "{s:s%!}", "checkpoint", &note, &n) == 0)
		rc = audit_checkpoint(audit, str_from(note, n));
	else
		rc = audit_bad(audit, audit->frontier.size, "Baris sesudah entri %lld tidak dikenal",
		               (long long)audit->frontier.size - 1);
	json_decref(json);
	return rc;
}

static enum rc lines_read(struct in *in, struct audit *audit, const struct verify_conf *conf, int64_t size, struct err *err)
{
	struct str line;
	enum rc rc;
	while ((rc = in_line(in, &line, err)) == RC_OK) {
		TRY(str_starts(line, S(ENTRY_HEAD)) ? entry_line(audit, line) : checkpoint_line(audit, line));
		if (conf->progress && audit->frontier.size % PROGRESS_EVERY == 0)
			conf->progress(conf->arg, audit->frontier.size, size);
	}
	if (rc == RC_BROKEN || rc == RC_ABSENT)
		return rc == RC_ABSENT ? RC_OK : rc;
	return audit_bad(audit, audit->frontier.size, "Baris sesudah entri %lld terpotong atau terlalu panjang",
	                 (long long)audit->frontier.size - 1);
}

static enum rc lines_check(struct in *in, struct audit *audit, const struct verify_conf *conf, int64_t size, struct err *err)
{
	TRY(lines_read(in, audit, conf, size, err));
	return audit_end(audit, size);
}

static bool same_place(const struct tree_frontier *a, const struct tree_frontier *b)
{
	return a->size == b->size && str_eq(head_blob(a), head_blob(b));
}

/* What comes before the first entry of the file: the archives that were given, or nothing that is looked at. */
static enum rc before_check(struct audit *audit, const struct verify_conf *conf, const struct header *header, struct err *err)
{
	TRY(export_chain(audit, conf, err));
	if (audit->frontier.size == 0)
		return audit_from(audit, &header->before, err);
	if (same_place(&audit->frontier, &header->before))
		return RC_OK;
	return audit_bad(audit, audit->frontier.size, "Arsip berakhir sesudah %lld entri; ekspor itu tidak melanjutkannya",
	                 (long long)audit->frontier.size);
}

/* `json` owns the header's texts. */
static enum rc export_check(struct in *in, json_t *json, const struct verify_conf *conf, struct export_told *told,
                            struct verify_result *ret, struct err *err)
{
	struct audit audit = {.ret = ret};
	struct header header;
	if (!json || header_read(json, &header) != RC_OK)
		return audit_bad(&audit, -1, "Baris pertama bukan kepala ekspor jurnal Padan");
	TRY(audit_begin(&audit, conf, &header.log, ret, err));
	TRY(before_check(&audit, conf, &header, err));
	enum rc rc = lines_check(in, &audit, conf, header.size, err);
	*told = (struct export_told){.log_id = header.log.log_id,
	                             .from = header.before.size,
	                             .size = header.size,
	                             .latest_us = audit.latest_us};
	snprintf(told->vkey, sizeof told->vkey, "%.*s", STR_ARG(header.log.vkey));
	return rc;
}

/* The header of a file, and where its lines begin. *ret_json: NULL when it is none. */
static enum rc in_open(struct in *in, int fd, json_t **ret_json, struct err *err)
{
	struct str line;
	in->fd = fd;
	enum rc rc = in_line(in, &line, err);
	*ret_json = rc == RC_OK ? json_of(line) : NULL;
	return rc == RC_BROKEN ? rc : RC_OK;
}

enum rc export_read(int fd, const struct verify_conf *conf, struct export_told *told, struct verify_result *ret, struct err *err)
{
	struct arena arena;
	json_t *json = NULL;
	*ret = (struct verify_result){.bad_seq = -1};
	arena_init(&arena, 2 * sizeof(struct in));
	struct in *in = ARENA_NEW(&arena, struct in);
	if (!in)
		return FAIL(err, RC_BROKEN, "Memori tidak cukup");
	enum rc rc = in_open(in, fd, &json, err);
	if (rc == RC_OK)
		rc = export_check(in, json, conf, told, ret, err);
	json_decref(json);
	arena_free(&arena);
	return rc;
}

enum rc verify_export(int fd, const struct verify_conf *conf, struct verify_result *ret, struct err *err)
{
	struct export_told told;
	return export_read(fd, conf, &told, ret, err);
}

/* ---- archives, one behind the other ---- */

static bool is_of(const struct audit *audit, const struct header *header)
{
	struct note_key key;
	return header->log.log_id == audit->log_id && note_key_read(header->log.vkey, &key) == RC_OK &&
	       strcmp(key.name, audit->key.name) == 0 && memcmp(key.pub, audit->key.pub, sizeof key.pub) == 0;
}

static enum rc link_check(struct in *in, struct audit *audit, const struct verify_conf *conf, json_t *json, struct err *err)
{
	struct header header;
	int64_t here = audit->frontier.size;
	if (!json || header_read(json, &header) != RC_OK)
		return FAIL(err, RC_INVALID, "Arsip yang diberikan bukan arsip jurnal Padan");
	if (!is_of(audit, &header))
		return RC_OK;
	if (header.before.size != here)
		return FAIL(err, RC_INVALID, "Arsip dari entri %lld tidak melanjutkan yang berakhir sesudah %lld entri",
		            (long long)header.before.size, (long long)here);
	if (!same_place(&header.before, &audit->frontier))
		return audit_bad(audit, here, "Arsip dari entri %lld tidak cocok dengan arsip sebelumnya", (long long)here);
	TRY(lines_read(in, audit, conf, header.size, err));
	if (audit->frontier.size != header.size || audit->trusted != header.size)
		return audit_bad(audit, audit->frontier.size, "Arsip dari entri %lld tidak berakhir dengan checkpoint ukuran %lld",
		                 (long long)here, (long long)header.size);
	return RC_OK;
}

static enum rc chain_read(struct in *in, struct audit *audit, const struct verify_conf *conf, struct err *err)
{
	for (size_t i = 0; i < conf->archives_n; i++) {
		json_t *json = NULL;
		*in = (struct in){0};
		if (lseek(conf->archives[i], 0, SEEK_SET) != 0)
			return FAIL(err, RC_BROKEN, "Arsip tidak dapat dibaca dari awal");
		enum rc rc = in_open(in, conf->archives[i], &json, err);
		if (rc == RC_OK)
			rc = link_check(in, audit, conf, json, err);
		json_decref(json);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

enum rc export_chain(struct audit *audit, const struct verify_conf *conf, struct err *err)
{
	struct arena arena;
	arena_init(&arena, 2 * sizeof(struct in));
	struct in *in = ARENA_NEW(&arena, struct in);
	enum rc rc = in ? chain_read(in, audit, conf, err) : FAIL(err, RC_BROKEN, "Memori tidak cukup");
	arena_free(&arena);
	return rc;
}
