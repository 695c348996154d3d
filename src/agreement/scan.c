/* SPDX-License-Identifier: EUPL-1.2
 * agreement/scan.c - see scan.h. */
#include "agreement/scan.h"

#include <gnutls/crypto.h>
#include <stdio.h>

#include "agreement/scan.sql.h"
#include "store/store.h"

#define WRAPPED_SIZE (SEAL_KEY_SIZE + SEAL_OVERHEAD)
#define NIK_DIGITS 16

/* A view of key bytes in somebody else's memory. */
static struct secret borrowed(const unsigned char key[SEAL_KEY_SIZE])
{
	return (struct secret){(unsigned char *)(uintptr_t)key, SEAL_KEY_SIZE};
}

static enum rc check_size(struct str bytes, struct err *err)
{
	if (bytes.n > SCAN_MAX)
		return FAIL(err, RC_LIMIT,
		            "Berkas ini lebih dari 5 MB. Pindai dengan resolusi lebih rendah (150-200 dpi), lalu unggah kembali.");
	return RC_OK;
}

/* Which piece of how many: none can be left out or change places. */
static struct str piece_place(char text[32], size_t piece, size_t pieces)
{
	return str_from(text, (size_t)snprintf(text, 32, "scan/%zu/%zu", piece, pieces));
}

static enum rc seal_pieces(struct arena *arena, struct str bytes, struct scan_sealed *ret, struct err *err)
{
	char text[32];
	struct secret key = borrowed(ret->key);
	ret->pieces_n = (bytes.n + SCAN_PIECE - 1) / SCAN_PIECE;
	for (size_t i = 0; i < ret->pieces_n; i++) {
		struct str plain = str_sub(bytes, i * SCAN_PIECE, SCAN_PIECE);
		unsigned char *out = arena_alloc(arena, plain.n + SEAL_OVERHEAD);
		if (!out)
			return FAIL(err, RC_LIMIT, "memori tidak cukup untuk berkas ini");
		seal_write(out, &key, plain, piece_place(text, i, ret->pieces_n));
		ret->pieces[i] = str_from((const char *)out, plain.n + SEAL_OVERHEAD);
	}
	return RC_OK;
}

enum rc scan_seal(struct arena *arena, struct str bytes, struct scan_sealed *ret, struct err *err)
{
	*ret = (struct scan_sealed){0};
	TRY(check_size(bytes, err));
	TRY(scan_type_find(bytes, &ret->type, &ret->bytes, err));
	bytes = str_sub(bytes, 0, ret->bytes);
	/* nettle uses the processor's SHA instructions: 3 ms for 5 MB where libsodium takes 20 */
	if (gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes.at, bytes.n, ret->sha256) != 0)
		return FAIL(err, RC_BROKEN, "pustaka kriptografi tidak siap");
	secret_random(ret->key, sizeof ret->key);
	secret_random(ret->stage, sizeof ret->stage);
	return seal_pieces(arena, bytes, ret, err);
}

/* ---- staging ---- */
static struct str stage_str(const struct scan_sealed *sealed)
{
	return str_from((const char *)sealed->stage, sizeof sealed->stage);
}

static enum rc drop_stage(struct tx *tx, struct str stage, struct err *err)
{
	TRY(sql_scan_piece_drop(tx, (struct sql_scan_piece_drop_in){.stage = stage}, NULL, err));
	return sql_scan_stage_claim(tx, (struct sql_scan_stage_claim_in){.stage = stage}, NULL, err);
}

/* A form that is refused leaves its upload behind; sent again and again it would stop
 * everybody's until the sweep. */
static enum rc make_room_for(struct tx *tx, int64_t owner, struct err *err)
{
	struct sql_scan_stage_own own;
	struct sql_scan_stage_own_oldest oldest;
	if (owner == 0)
		return RC_OK;
	TRY(sql_scan_stage_own(tx, (struct sql_scan_stage_own_in){.owner = owner}, &own, err));
	if (own.n < SCANS_STAGED_OWN)
		return RC_OK;
	TRY(sql_scan_stage_own_oldest(tx, (struct sql_scan_stage_own_oldest_in){.owner = owner}, &oldest, err));
	return drop_stage(tx, oldest.stage, err);
}

static enum rc begin_stage(struct tx *tx, const struct scan_sealed *sealed, int64_t now_us, struct err *err)
{
	struct sql_scan_stage_count count;
	TRY(make_room_for(tx, sealed->owner, err));
	TRY(sql_scan_stage_count(tx, &count, err));
	if (count.n >= SCANS_STAGED_MAX)
		return FAIL(err, RC_LIMIT, "Terlalu banyak unggahan yang belum selesai. Coba lagi beberapa saat lagi.");
	struct sql_scan_stage_insert_in in = {.stage = stage_str(sealed), .owner = sealed->owner, .staged_us = now_us};
	return sql_scan_stage_insert(tx, in, NULL, err);
}

enum rc scan_stage(struct tx *tx, const struct scan_sealed *sealed, size_t piece, int64_t now_us, struct err *err)
{
	if (piece == 0)
		TRY(begin_stage(tx, sealed, now_us, err));
	struct sql_scan_piece_insert_in in = {
	        .stage = stage_str(sealed), .number = (int64_t)piece, .sealed = sealed->pieces[piece]};
	return sql_scan_piece_insert(tx, in, NULL, err);
}

static enum rc stage_all(struct tx *tx, const struct scan_sealed *sealed, int64_t now_us, struct err *err)
{
	for (size_t i = 0; i < sealed->pieces_n; i++)
		TRY(scan_stage(tx, sealed, i, now_us, err));
	return RC_OK;
}

/* Who claims it, has it: the row of its name goes, and only once. */
static enum rc claim(struct tx *tx, const struct scan_sealed *sealed, struct err *err)
{
	int64_t claimed;
	struct sql_scan_piece_count count;
	TRY(sql_scan_stage_claim(tx, (struct sql_scan_stage_claim_in){.stage = stage_str(sealed)}, &claimed, err));
	TRY(sql_scan_piece_count(tx, (struct sql_scan_piece_count_in){.stage = stage_str(sealed)}, &count, err));
	if (claimed != 1 || count.n != (int64_t)sealed->pieces_n)
		return FAIL(err, RC_ABSENT, "Unggahan sudah tidak ada. Kirim sekali lagi.");
	return RC_OK;
}

enum rc scan_sweep(struct tx *tx, int64_t now_us, bool *ret_gone, struct err *err)
{
	struct sql_scan_stage_old old;
	enum rc rc = sql_scan_stage_old(tx, (struct sql_scan_stage_old_in){.before_us = now_us - SCAN_STAGE_LIFE_US}, &old, err);
	*ret_gone = rc == RC_OK;
	if (rc == RC_ABSENT)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	return drop_stage(tx, old.stage, err);
}

/* ---- filing ---- */

/* What must not change under the bytes: the place, and what is told about them. */
static struct str place_of(struct arena *arena, int64_t scan_id, int64_t instansi_id, const char *type,
                           const unsigned char sha256[32])
{
	BUF_AUTO hex = BUF(64);
	hex_add(&hex, str_from((const char *)sha256, 32));
	return arena_printf(arena, "scan/%lld/%lld/%s/%.*s", (long long)scan_id, (long long)instansi_id, type, (int)hex.n, hex.at);
}

/* Printable, cut, and without the NIK that people like to put into names of files. */
static struct str clean_name(struct arena *arena, struct str sent)
{
	struct str name = arena_str(arena, str_is_text(sent) ? str_cut(sent, SCAN_NAME_MAX) : S(""));
	char *at = (char *)(uintptr_t)name.at;
	size_t digits = 0;
	for (size_t i = 0; i < name.n; i++) {
		digits = at[i] >= '0' && at[i] <= '9' ? digits + 1 : 0;
		if (digits == NIK_DIGITS)
			memset(at + i + 1 - NIK_DIGITS, 'x', NIK_DIGITS);
		else if (digits > NIK_DIGITS)
			at[i] = 'x';
		if ((unsigned char)at[i] < ' ' || at[i] == 0x7f)
			at[i] = ' ';
	}
	return name;
}

static enum rc check_room(struct tx *tx, int64_t instansi_id, struct err *err)
{
	struct sql_scan_count count;
	TRY(sql_scan_count(tx, (struct sql_scan_count_in){.instansi_id = instansi_id}, &count, err));
	if (count.n >= SCANS_MAX)
		return FAIL(err, RC_LIMIT, "Instansi ini sudah menyimpan %d berkas pindaian, sebanyak yang diizinkan", SCANS_MAX);
	return RC_OK;
}

static enum rc insert_meta(struct tx *tx, const struct scan_new *scan, const struct scan_sealed *sealed, int64_t now_us,
                           int64_t *ret_scan_id, struct err *err)
{
	struct sql_scan_insert row;
	struct sql_scan_insert_in in = {
	        .instansi_id = scan->instansi_id,
	        .name = clean_name(tx_arena(tx), scan->name),
	        .type = str_c(scan_type_at(sealed->type)->key),
	        .bytes = (int64_t)sealed->bytes,
	        .sha256 = str_from((const char *)sealed->sha256, sizeof sealed->sha256),
	        .filed_by = scan->user,
	        .filed_us = now_us,
	        .stage = stage_str(sealed),
	        .wrapped = S(""), /* its place has a number only now */
	};
	TRY(sql_scan_insert(tx, in, &row, err));
	*ret_scan_id = row.scan_id;
	return RC_OK;
}

static enum rc wrap_key(struct tx *tx, const struct secret *office_key, int64_t scan_id, const struct scan_new *scan,
                        const struct scan_sealed *sealed, struct err *err)
{
	unsigned char wrapped[WRAPPED_SIZE];
	const char *type = scan_type_at(sealed->type)->key;
	struct str place = place_of(tx_arena(tx), scan_id, scan->instansi_id, type, sealed->sha256);
	if (!place.at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	seal_write(wrapped, office_key, str_from((const char *)sealed->key, sizeof sealed->key), place);
	struct sql_scan_wrap_in in = {.scan_id = scan_id, .wrapped = str_from((const char *)wrapped, sizeof wrapped)};
	return sql_scan_wrap(tx, in, NULL, err);
}

static enum rc put(struct tx *tx, const struct secret *office_key, const struct scan_new *scan, const struct scan_sealed *sealed,
                   int64_t now_us, int64_t *ret_scan_id, struct err *err)
{
	TRY(check_room(tx, scan->instansi_id, err));
	TRY(claim(tx, sealed, err));
	TRY(insert_meta(tx, scan, sealed, now_us, ret_scan_id, err));
	return wrap_key(tx, office_key, *ret_scan_id, scan, sealed, err);
}

enum rc scan_put(struct tx *tx, const struct secret *office_key, const struct scan_new *scan, int64_t now_us, int64_t *ret_scan_id,
                 struct err *err)
{
	struct scan_sealed here;
	if (scan->sealed)
		return put(tx, office_key, scan, scan->sealed, now_us, ret_scan_id, err);
	enum rc rc = scan_seal(tx_arena(tx), scan->bytes, &here, err);
	if (rc == RC_OK)
		rc = stage_all(tx, &here, now_us, err);
	if (rc == RC_OK)
		rc = put(tx, office_key, scan, &here, now_us, ret_scan_id, err);
	secret_wipe(&here, sizeof here);
	return rc;
}

enum rc scan_drop(struct tx *tx, int64_t scan_id, struct err *err)
{
	struct sql_scan_key row;
	TRY(sql_scan_key(tx, (struct sql_scan_key_in){.scan_id = scan_id}, &row, err));
	TRY(sql_scan_piece_drop(tx, (struct sql_scan_piece_drop_in){.stage = row.stage}, NULL, err));
	return sql_scan_drop(tx, (struct sql_scan_drop_in){.scan_id = scan_id}, NULL, err);
}

/* ---- reading ---- */

/* People find a file by its suffix; what was claimed before the dot is kept. */
static struct str with_suffix(struct arena *arena, struct str name, const char *suffix)
{
	struct str tail = str_c(suffix);
	if (name.n > tail.n && str_ieq(str_sub(name, name.n - tail.n, tail.n), tail))
		return name;
	if (name.n > 5 && str_eq(tail, S(".jpg")) && str_ieq(str_sub(name, name.n - 5, 5), S(".jpeg")))
		return name;
	return arena_printf(arena, "%.*s%s", STR_ARG(name.n ? name : S("pindaian")), suffix);
}

enum rc scan_meta(struct tx *tx, int64_t scan_id, struct scan_meta *ret, struct err *err)
{
	struct sql_scan_meta row;
	enum rc rc = sql_scan_meta(tx, (struct sql_scan_meta_in){.scan_id = scan_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Berkas pindaian tidak ditemukan");
	if (rc != RC_OK)
		return rc;
	*ret = (struct scan_meta){.instansi_id = row.instansi_id,
	                          .user = row.filed_by,
	                          .filed_us = row.filed_us,
	                          .bytes = row.bytes,
	                          .type = scan_type_of(row.type)};
	if (ret->type == SCAN_TYPE_COUNT || row.sha256.n != sizeof ret->sha256)
		return FAIL(err, RC_BROKEN, "catatan pindaian rusak");
	memcpy(ret->sha256, row.sha256.at, sizeof ret->sha256);
	ret->name = with_suffix(tx_arena(tx), row.name, scan_type_at(ret->type)->suffix);
	return ret->name.at ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static enum rc unwrap(const struct secret *office_key, struct str wrapped, struct str place, struct buf *ret_key, struct err *err)
{
	TRY(seal_open(ret_key, office_key, wrapped, place, err));
	return ret_key->n == SEAL_KEY_SIZE ? RC_OK : FAIL(err, RC_REFUSED, "Kunci pindaian rusak");
}

static enum rc open_pieces(struct tx *tx, const struct secret *key, struct str stage, struct buf *out, struct err *err)
{
	char text[32];
	struct sql_scan_pieces_rows rows;
	TRY(sql_scan_pieces(tx, (struct sql_scan_pieces_in){.stage = stage}, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		TRY(seal_open(out, key, rows.at[i].sealed, piece_place(text, i, rows.n), err));
	return RC_OK;
}

enum rc scan_open(struct tx *tx, const struct secret *office_key, int64_t scan_id, struct buf *out, struct err *err)
{
	struct scan_meta meta;
	struct sql_scan_key row;
	size_t from = out->n;
	BUF_AUTO key = BUF(SEAL_KEY_SIZE);
	TRY(scan_meta(tx, scan_id, &meta, err));
	TRY(sql_scan_key(tx, (struct sql_scan_key_in){.scan_id = scan_id}, &row, err));
	struct str place = place_of(tx_arena(tx), scan_id, meta.instansi_id, scan_type_at(meta.type)->key, meta.sha256);
	if (!place.at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(unwrap(office_key, row.wrapped, place, &key, err));
	struct secret own = borrowed((const unsigned char *)key.at);
	if (!buf_room(out, (size_t)meta.bytes)) /* in one piece: growing would hold it twice */
		return FAIL(err, RC_LIMIT, "berkas pindaian terlalu besar");
	enum rc rc = open_pieces(tx, &own, row.stage, out, err);
	if (rc == RC_OK && out->n - from != (size_t)meta.bytes)
		rc = FAIL(err, RC_REFUSED, "Berkas pindaian tidak utuh");
	if (rc != RC_OK)
		out->n = from;
	return rc;
}
