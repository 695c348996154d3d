/* SPDX-License-Identifier: EUPL-1.2
 * journal/cosign.c - see cosign.h. */
#include "journal/cosign.h"

#include "journal/browse.sql.h"
#include "journal/cosign.sql.h"
#include "journal/journal.sql.h"
#include "store/store.h"

#define PUBLIC_TEXT 44 /* of a vkey: the kind of key and its 32 bytes, base64 */

/* ---- keys ---- */

static enum rc check_stranger(struct tx *tx, const struct note_key *key, struct err *err)
{
	struct sql_journal_log_each_rows rows;
	TRY(sql_journal_log_each(tx, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		struct note_key own;
		bool same = str_eq(rows.at[i].origin, str_c(key->name)) ||
		            (note_key_read(rows.at[i].vkey, &own) == RC_OK && memcmp(own.pub, key->pub, sizeof own.pub) == 0);
		if (same)
			return FAIL(err, RC_INVALID, "Itu kunci atau nama log ini sendiri; buat kunci Anda dengan nama lain.");
	}
	return RC_OK;
}

static enum rc check_room(struct tx *tx, const struct cosign_new *new, struct str vkey, struct err *err)
{
	struct sql_cosign_key_live live;
	struct sql_cosign_key_same same;
	struct str public = str_sub(vkey, vkey.n - PUBLIC_TEXT, PUBLIC_TEXT);
	struct sql_cosign_key_same_in key = {.pattern = arena_printf(tx_arena(tx), "%%+%.*s", STR_ARG(public))};
	enum rc rc = sql_cosign_key_same(tx, key, &same, err);
	if (rc == RC_OK)
		return FAIL(err, RC_CONFLICT, "Kunci itu sudah pernah didaftarkan.");
	if (rc != RC_ABSENT)
		return rc;
	TRY(sql_cosign_key_live(tx, (struct sql_cosign_key_live_in){.instansi_id = new->instansi_id}, &live, err));
	if (live.n >= COSIGN_KEYS_MAX)
		return FAIL(err, RC_LIMIT, "Paling banyak %d kunci dipakai sekaligus; akhiri dahulu yang lama.", COSIGN_KEYS_MAX);
	return RC_OK;
}

enum rc cosign_key_add(struct tx *tx, const struct cosign_new *new, int64_t now_us, int64_t *ret_id, struct err *err)
{
	struct note_key key;
	struct sql_cosign_key_insert row;
	BUF_AUTO vkey = BUF(NOTE_SECRET_MAX);
	if (note_key_read(str_trim(new->vkey), &key) != RC_OK)
		return FAIL(err, RC_INVALID, "Itu bukan kunci publik: salin seluruh baris yang ditulis padan journal cosign-key.");
	note_key_text(&vkey, &key);
	TRY(check_stranger(tx, &key, err));
	TRY(check_room(tx, new, buf_str(&vkey), err));
	struct sql_cosign_key_insert_in in = {
	        .instansi_id = new->instansi_id, .vkey = buf_str(&vkey), .now_us = now_us, .made_by = new->by};
	TRY(sql_cosign_key_insert(tx, in, &row, err));
	*ret_id = row.key_id;
	return RC_OK;
}

static enum rc key_of(const struct sql_cosign_key_get *row, struct cosign_key *ret, struct err *err)
{
	*ret = (struct cosign_key){.key_id = row->key_id,
	                           .instansi_id = row->instansi_id,
	                           .vkey = row->vkey,
	                           .made_us = row->made_us,
	                           .confirmed_us = row->confirmed_us,
	                           .ended_us = row->ended_us,
	                           .made_by = row->made_by,
	                           .confirmed_by = row->confirmed_by,
	                           .ended_by = row->ended_by};
	if (note_key_read(row->vkey, &ret->key) != RC_OK)
		return FAIL(err, RC_BROKEN, "kunci tanda tangan yang tersimpan tidak terbaca");
	ret->fingerprint = note_fingerprint(&ret->key);
	return RC_OK;
}

enum rc cosign_key_get(struct tx *tx, int64_t key_id, struct cosign_key *ret, struct err *err)
{
	struct sql_cosign_key_get row;
	TRY(sql_cosign_key_get(tx, (struct sql_cosign_key_get_in){.key_id = key_id}, &row, err));
	return key_of(&row, ret, err);
}

enum rc cosign_key_confirm(struct tx *tx, int64_t key_id, struct str by, int64_t now_us, struct err *err)
{
	struct cosign_key key;
	TRY(cosign_key_get(tx, key_id, &key, err));
	if (key.ended_us)
		return FAIL(err, RC_CONFLICT, "Kunci itu sudah diakhiri.");
	if (key.confirmed_us)
		return FAIL(err, RC_CONFLICT, "Kunci itu sudah disahkan.");
	if (str_eq(key.made_by, by))
		return FAIL(err, RC_REFUSED, "Kunci disahkan oleh orang lain daripada yang mendaftarkannya.");
	struct sql_cosign_key_confirm_in in = {.key_id = key_id, .now_us = now_us, .by_user = by};
	return sql_cosign_key_confirm(tx, in, NULL, err);
}

enum rc cosign_key_end(struct tx *tx, int64_t key_id, struct str by, int64_t now_us, struct err *err)
{
	struct cosign_key key;
	TRY(cosign_key_get(tx, key_id, &key, err));
	if (key.ended_us)
		return FAIL(err, RC_CONFLICT, "Kunci itu sudah diakhiri.");
	return sql_cosign_key_end(tx, (struct sql_cosign_key_end_in){.key_id = key_id, .now_us = now_us, .by_user = by}, NULL, err);
}

enum rc cosign_keys(struct tx *tx, int64_t instansi_id, struct cosign_key **ret, size_t *ret_n, struct err *err)
{
	struct sql_cosign_key_list_rows rows;
	TRY(sql_cosign_key_list(tx, (struct sql_cosign_key_list_in){.instansi_id = instansi_id}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct cosign_key);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (*ret_n = 0; *ret_n < rows.n; ++*ret_n) {
		const struct sql_cosign_key_list *r = &rows.at[*ret_n];
		struct sql_cosign_key_get row = {r->key_id,       r->instansi_id,  r->vkey,     r->made_us, r->made_by,
		                                 r->confirmed_us, r->confirmed_by, r->ended_us, r->ended_by};
		TRY(key_of(&row, &(*ret)[*ret_n], err));
	}
	return RC_OK;
}

/* ---- taking a signature ---- */

/* A browser's text field ends lines in CR LF, and may lose the last one. */
static struct str plain_lines(struct arena *arena, struct str note)
{
	BUF_AUTO out = BUF(NOTE_MAX_BYTES + 2);
	for (size_t i = 0; i < note.n; i++)
		if (note.at[i] != '\r')
			buf_addc(&out, note.at[i]);
	if (out.n && out.at && out.at[out.n - 1] != '\n')
		buf_addc(&out, '\n');
	return buf_ok(&out) ? arena_str(arena, buf_str(&out)) : S("");
}

/* The part that is signed: the same for every key. */
static struct str text_of(struct str note, const struct note_key *any)
{
	struct str text = {NULL, 0};
	return note_open(note, any, &text) == RC_INVALID ? S("") : text;
}

struct taking {
	struct tx *tx;
	struct str note;
	struct note_key log_key;
	struct str kept; /* our note of that size */
	struct str line; /* the signature */
	struct cosign_taken *ret;
};

/* Of the logs of that origin the one whose key signed it, or else the first: nodes may share an origin, keys they do not. */
static enum rc find_log(struct taking *t, struct err *err)
{
	struct sql_journal_log_each_rows rows;
	bool known = false;
	TRY(sql_journal_log_each(t->tx, &rows, err));
	for (size_t i = 0; i < rows.n && !t->ret->ours; i++) {
		struct note_checkpoint read;
		struct note_key key;
		if (note_key_read(rows.at[i].vkey, &key) != RC_OK)
			continue;
		enum rc rc = note_checkpoint_open(t->note, &key, &read);
		if (rc == RC_INVALID)
			return FAIL(err, RC_INVALID, "Itu bukan checkpoint bertanda tangan; kirim seluruh isi berkasnya.");
		if (!str_eq(read.origin, rows.at[i].origin) || (known && rc != RC_OK))
			continue;
		known = true;
		t->log_key = key;
		*t->ret = (struct cosign_taken){.log_id = (int)rows.at[i].log_id, .size = read.size, .ours = rc == RC_OK};
	}
	return known ? RC_OK : FAIL(err, RC_ABSENT, "Checkpoint itu milik log lain.");
}

static enum rc find_kept(struct taking *t, struct err *err)
{
	struct sql_journal_checkpoint_find row;
	struct sql_journal_checkpoint_find_in key = {.log_id = t->ret->log_id, .size = t->ret->size};
	enum rc rc = sql_journal_checkpoint_find(t->tx, key, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Tidak ada checkpoint dengan ukuran itu di sini.");
	if (rc != RC_OK)
		return rc;
	t->kept = row.note;
	if (!str_eq(text_of(t->kept, &t->log_key), text_of(t->note, &t->log_key)))
		return FAIL(err, RC_CONFLICT, "Checkpoint itu tidak sama dengan yang tersimpan di sini pada ukuran yang sama.");
	return RC_OK;
}

static enum rc find_signature(struct taking *t, int64_t instansi_id, struct err *err)
{
	struct sql_cosign_key_use_rows rows;
	TRY(sql_cosign_key_use(t->tx, (struct sql_cosign_key_use_in){.instansi_id = instansi_id}, &rows, err));
	if (rows.n == 0)
		return FAIL(err, RC_REFUSED, "Belum ada kunci yang disahkan; daftarkan kunci Anda dahulu.");
	for (size_t i = 0; i < rows.n; i++) {
		struct note_key key;
		if (note_key_read(rows.at[i].vkey, &key) != RC_OK || note_signature(t->note, &key, &t->line) != RC_OK)
			continue;
		t->ret->key_id = rows.at[i].key_id;
		return RC_OK;
	}
	return FAIL(err, RC_REFUSED, "Di dalamnya tidak ada tanda tangan yang sah dari kunci yang disahkan.");
}

static enum rc keep(struct taking *t, struct str by, int64_t now_us, struct err *err)
{
	struct sql_cosign_lines_rows rows;
	int64_t changed;
	struct sql_cosign_lines_in at = {.log_id = t->ret->log_id, .size = t->ret->size};
	TRY(sql_cosign_lines(t->tx, at, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		t->ret->before = t->ret->before || rows.at[i].key_id == t->ret->key_id;
	if (t->ret->before)
		return RC_OK;
	if (rows.n >= COSIGN_MOST)
		return FAIL(err, RC_LIMIT, "Checkpoint itu sudah memuat %d tanda tangan lain.", COSIGN_MOST);
	struct sql_cosign_insert_in in = {.log_id = t->ret->log_id,
	                                  .size = t->ret->size,
	                                  .key_id = t->ret->key_id,
	                                  .line = t->line,
	                                  .now_us = now_us,
	                                  .made_by = by};
	TRY(sql_cosign_insert(t->tx, in, &changed, err));
	t->ret->before = changed == 0;
	return RC_OK;
}

enum rc cosign_take(struct tx *tx, const struct cosign_offer *offer, int64_t now_us, struct cosign_taken *ret, struct err *err)
{
	*ret = (struct cosign_taken){0};
	struct taking t = {.tx = tx, .note = plain_lines(tx_arena(tx), offer->note), .ret = ret};
	TRY(find_log(&t, err));
	TRY(find_kept(&t, err));
	TRY(find_signature(&t, offer->instansi_id, err));
	return keep(&t, offer->by, now_us, err);
}

/* ---- showing them ---- */

enum rc cosign_lines(struct tx *tx, int log_id, int64_t size, struct cosign_line **ret, size_t *ret_n, struct err *err)
{
	struct sql_cosign_lines_rows rows;
	TRY(sql_cosign_lines(tx, (struct sql_cosign_lines_in){.log_id = log_id, .size = size}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct cosign_line);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (*ret_n = 0; *ret_n < rows.n; ++*ret_n) {
		const struct sql_cosign_lines *row = &rows.at[*ret_n];
		struct str vkey = row->vkey;
		struct str name = str_split(&vkey, '+');
		(*ret)[*ret_n] = (struct cosign_line){row->instansi_id, row->made_us, name, row->made_by};
	}
	return RC_OK;
}

enum rc cosign_note(struct tx *tx, int log_id, int64_t size, struct buf *out, struct err *err)
{
	struct sql_journal_checkpoint_find row;
	struct sql_cosign_lines_rows rows;
	struct sql_journal_checkpoint_find_in key = {.log_id = log_id, .size = size};
	TRY(sql_journal_checkpoint_find(tx, key, &row, err));
	TRY(sql_cosign_lines(tx, (struct sql_cosign_lines_in){.log_id = log_id, .size = size}, &rows, err));
	buf_add(out, row.note);
	for (size_t i = 0; i < rows.n; i++)
		buf_add(out, rows.at[i].line);
	return buf_ok(out) ? RC_OK : FAIL(err, RC_BROKEN, "memori checkpoint tidak cukup");
}

enum rc cosign_last(struct tx *tx, int log_id, int64_t *ret, struct err *err)
{
	struct sql_cosign_last row;
	TRY(sql_cosign_last(tx, (struct sql_cosign_last_in){.log_id = log_id}, &row, err));
	*ret = row.size;
	return RC_OK;
}
