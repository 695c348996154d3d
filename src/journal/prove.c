/* SPDX-License-Identifier: EUPL-1.2
 * journal/prove.c - proof that one entry is in a signed log, and its check.
 *
 * The proof carries everything: the line, its place, the hashes up to the root
 * (RFC 6962 2.1.1) and the checkpoint that signs the root. Whoever knows the
 * verifier key needs nothing else, least of all the database. */
#include <jansson.h>

#include "journal/archive.h"
#include "journal/cosign.h"
#include "journal/journal.sql.h"
#include "journal/line.h"
#include "journal/note.h"
#include "journal/scan.h"
#include "journal/tile.h"
#include "journal/verify.h"

#define PROOF_FORMAT 1

/* ---- making ---- */

static enum rc proof_begin(struct buf *out, struct tx *tx, int log_id, int64_t seq, struct err *err)
{
	struct sql_journal_log_find log;
	struct sql_journal_entry_find entry;
	TRY(sql_journal_log_find(tx, (struct sql_journal_log_find_in){.log_id = log_id}, &log, err));
	int64_t number = number_of(log_id, seq);
	enum rc rc = sql_journal_entry_find(tx, (struct sql_journal_entry_find_in){.entry_id = number}, &entry, err);
	if (rc == RC_ABSENT)
		return archive_absent(tx, number, "Tidak ada entri dengan nomor itu", err);
	TRY(rc);
	buf_addf(out, "{\"padan_proof\":%d,\"origin\":", PROOF_FORMAT);
	buf_add_json(out, log.origin);
	buf_addz(out, ",\"vkey\":");
	buf_add_json(out, log.vkey);
	buf_addf(out, ",\"seq\":%lld,\"entry\":", (long long)seq);
	buf_add_json(out, entry.line);
	return RC_OK;
}

static enum rc proof_hashes(struct buf *out, struct tx *tx, int log_id, struct tree_range at_of_size, struct err *err)
{
	struct tree_range ranges[TREE_PROOF_MAX];
	size_t n;
	TRY(tree_inclusion_ranges(at_of_size.end, at_of_size.begin, ranges, &n));
	buf_addz(out, ",\"hashes\":[");
	for (size_t i = 0; i < n; i++) {
		struct tree_hash hash;
		TRY(tile_range_root(tx, log_id, ranges[i], &hash, err));
		buf_addz(out, i ? ",\"" : "\"");
		hex_add(out, str_from((const char *)hash.at, TREE_HASH));
		buf_addc(out, '"');
	}
	buf_addc(out, ']');
	return RC_OK;
}

/* Of the checkpoints that cover the entry the newest that others signed, or else the newest. */
static enum rc proof_size(struct tx *tx, int log_id, int64_t seq, int64_t *ret, struct err *err)
{
	struct sql_journal_checkpoint_last last;
	TRY(cosign_last(tx, log_id, ret, err));
	if (*ret > seq)
		return RC_OK;
	TRY(sql_journal_checkpoint_last(tx, (struct sql_journal_checkpoint_last_in){.log_id = log_id}, &last, err));
	*ret = last.size;
	return last.size > seq ? RC_OK : FAIL(err, RC_ABSENT, "Entri ini belum tercakup checkpoint yang ditandatangani");
}

static enum rc proof_write(struct buf *out, struct tx *tx, int log_id, int64_t seq, struct err *err)
{
	int64_t size;
	BUF_AUTO note = BUF(NOTE_MAX_BYTES);
	TRY(proof_begin(out, tx, log_id, seq, err));
	TRY(proof_size(tx, log_id, seq, &size, err));
	TRY(cosign_note(tx, log_id, size, &note, err));
	TRY(proof_hashes(out, tx, log_id, (struct tree_range){seq, size}, err));
	buf_addz(out, ",\"checkpoint\":");
	buf_add_json(out, buf_str(&note));
	buf_addz(out, "}\n");
	return buf_ok(out) ? RC_OK : FAIL(err, RC_BROKEN, "Memori bukti tidak cukup");
}

enum rc verify_prove(struct store *office, int log_id, int64_t seq, struct buf *out, struct err *err)
{
	TX_AUTO *tx = NULL;
	if (seq < 0 || seq > PLACE_MAX)
		return FAIL(err, RC_ABSENT, "Tidak ada entri dengan nomor itu");
	TRY(tx_begin(office, TX_READ, &tx, err));
	return proof_write(out, tx, log_id, seq, err);
}

/* ---- checking ---- */

struct proof {
	struct str origin, vkey, entry, checkpoint;
	int64_t seq;
	struct tree_hash hashes[TREE_PROOF_MAX];
	size_t n;
};

static enum rc hashes_read(const json_t *list, struct proof *ret)
{
	ret->n = json_array_size(list);
	if (ret->n > TREE_PROOF_MAX)
		return RC_INVALID;
	for (size_t i = 0; i < ret->n; i++) {
		const char *hex = json_string_value(json_array_get(list, i));
		if (!hex || hex_read(str_c(hex), ret->hashes[i].at, TREE_HASH) != RC_OK)
			return RC_INVALID;
	}
	return RC_OK;
}

static enum rc proof_read(json_t *json, struct proof *ret)
{
	int format;
	json_int_t seq;
	json_t *hashes;
	if (json_unpack(json, "{s:i,s:s%,s:s%,s:I,s:s%,s:o,s:s%!}", "padan_proof", &format, "origin", &ret->origin.at,
	                &ret->origin.n, "vkey", &ret->vkey.at, &ret->vkey.n, "seq", &seq, "entry", &ret->entry.at, &ret->entry.n,
	                "hashes", &hashes, "checkpoint", &ret->checkpoint.at, &ret->checkpoint.n) != 0)
		return RC_INVALID;
	ret->seq = seq;
	return format == PROOF_FORMAT && json_is_array(hashes) ? hashes_read(hashes, ret) : RC_INVALID;
}

static enum rc cosigner_check(struct str checkpoint, struct str vkey, const char *cosigner, struct err *err)
{
	struct note_key own;
	TRY(note_key_read(vkey, &own)); /* proof_check() did so before */
	switch (note_cosigned(checkpoint, &own, str_c(cosigner))) {
	case RC_OK: return RC_OK;
	case RC_REFUSED: return FAIL(err, RC_REFUSED, "Checkpoint di dalam bukti tidak ditandatangani bersama oleh kunci itu");
	default: return FAIL(err, RC_INVALID, "Kunci penanda tangan bersama tidak terbaca, atau kunci log ini sendiri");
	}
}

static enum rc proof_check(const struct proof *proof, struct str vkey, struct err *err)
{
	struct note_key key;
	struct note_checkpoint checkpoint;
	struct line line;
	if (note_key_read(vkey, &key) != RC_OK)
		return FAIL(err, RC_INVALID, "Kunci verifikasi tidak terbaca");
	switch (note_checkpoint_open(proof->checkpoint, &key, &checkpoint)) {
	case RC_OK: break;
	case RC_REFUSED: return FAIL(err, RC_REFUSED, "Checkpoint di dalam bukti tidak ditandatangani kunci itu");
	default: return FAIL(err, RC_INVALID, "Checkpoint di dalam bukti tidak terbaca");
	}
	if (!str_eq(checkpoint.origin, str_c(key.name)) || !str_eq(checkpoint.origin, proof->origin))
		return FAIL(err, RC_REFUSED, "Checkpoint di dalam bukti milik log lain");
	if (line_read(proof->entry, &line) != RC_OK || line.seq != proof->seq)
		return FAIL(err, RC_REFUSED, "Isi entri tidak sesuai dengan nomornya");
	struct tree_hash leaf = tree_leaf(proof->entry);
	if (!tree_check_inclusion(&leaf, proof->seq, checkpoint.size, proof->hashes, proof->n, &checkpoint.root))
		return FAIL(err, RC_REFUSED, "Entri ini tidak termuat dalam log yang ditandatangani");
	return RC_OK;
}

static enum rc proof_and_keys(json_t *tree, const struct verify_keys *keys, struct err *err)
{
	struct proof proof;
	if (!tree || proof_read(tree, &proof) != RC_OK)
		return FAIL(err, RC_INVALID, "Ini bukan bukti jurnal Padan");
	struct str vkey = keys->vkey ? str_c(keys->vkey) : proof.vkey;
	TRY(proof_check(&proof, vkey, err));
	return keys->cosigner ? cosigner_check(proof.checkpoint, vkey, keys->cosigner, err) : RC_OK;
}

enum rc verify_proof(struct str json, const struct verify_keys *keys, struct err *err)
{
	if (json.n > VERIFY_PROOF_MAX)
		return FAIL(err, RC_INVALID, "Bukti terlalu besar");
	json_t *tree = json_loadb(json.at, json.n, JSON_REJECT_DUPLICATES, NULL);
	enum rc rc = proof_and_keys(tree, keys, err);
	json_decref(tree);
	return rc;
}
