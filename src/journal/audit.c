/* SPDX-License-Identifier: EUPL-1.2
 * journal/audit.c - see audit.h. */
#include "journal/audit.h"

#include <stdarg.h>
#include <stdio.h>

enum rc audit_bad(struct audit *audit, int64_t seq, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(audit->ret->reason, sizeof audit->ret->reason, fmt, ap);
	va_end(ap);
	audit->ret->bad_seq = seq;
	return RC_REFUSED;
}

/* Signed by the other as well, where that is asked. */
static enum rc cosigner_check(struct audit *audit, const struct verify_conf *conf, struct err *err)
{
	if (!conf->cosigner)
		return RC_OK;
	if (!conf->checkpoint)
		return FAIL(err, RC_INVALID, "Penanda tangan bersama diperiksa pada checkpoint yang diberikan; sebutkan juga itu");
	switch (note_cosigned(str_c(conf->checkpoint), &audit->key, str_c(conf->cosigner))) {
	case RC_OK: return RC_OK;
	case RC_REFUSED:
		return audit_bad(audit, -1, "Checkpoint yang diberikan tidak ditandatangani bersama oleh kunci itu");
	default: return FAIL(err, RC_INVALID, "Kunci penanda tangan bersama tidak terbaca, atau kunci log ini sendiri");
	}
}

static enum rc given_read(struct audit *audit, const char *text, struct err *err)
{
	switch (note_checkpoint_open(str_c(text), &audit->key, &audit->given)) {
	case RC_OK: break;
	case RC_REFUSED: return audit_bad(audit, -1, "Checkpoint yang diberikan tidak ditandatangani kunci log ini");
	default: return FAIL(err, RC_INVALID, "Checkpoint yang diberikan tidak terbaca");
	}
	if (!str_eq(audit->given.origin, str_c(audit->key.name)))
		return audit_bad(audit, -1, "Checkpoint yang diberikan milik log lain");
	audit->has_given = true;
	return RC_OK;
}

/* The tree is as long as it was when `checkpoint` was signed. */
static enum rc root_check(struct audit *audit, const struct note_checkpoint *checkpoint, const char *which)
{
	struct tree_hash root = tree_root(&audit->frontier);
	if (!tree_hash_eq(&root, &checkpoint->root))
		return audit_bad(audit, audit->trusted,
		                 "Entri %lld sampai %lld tidak sama dengan yang ditandatangani pada %s ukuran %lld",
		                 (long long)audit->trusted, (long long)checkpoint->size - 1, which, (long long)checkpoint->size);
	audit->trusted = checkpoint->size;
	audit->ret->signed_size = checkpoint->size;
	return RC_OK;
}

static enum rc given_check(struct audit *audit)
{
	if (!audit->has_given || audit->given.size != audit->frontier.size)
		return RC_OK;
	return root_check(audit, &audit->given, "checkpoint yang diberikan,");
}

static enum rc key_take(struct audit *audit, const struct verify_conf *conf, const struct audit_log *log, struct err *err)
{
	struct note_key own;
	if (conf->vkey && note_key_read(str_c(conf->vkey), &audit->key) != RC_OK)
		return FAIL(err, RC_INVALID, "Kunci verifikasi yang diberikan tidak terbaca");
	if (note_key_read(log->vkey, &own) != RC_OK || !str_eq(log->origin, str_c(own.name)))
		return audit_bad(audit, -1, "Kunci verifikasi yang tersimpan bersama log tidak sah");
	if (!conf->vkey)
		audit->key = own;
	else if (strcmp(own.name, audit->key.name) != 0 || memcmp(own.pub, audit->key.pub, sizeof own.pub) != 0)
		return audit_bad(audit, -1, "Kunci verifikasi yang tersimpan bersama log bukan kunci yang diberikan");
	return RC_OK;
}

enum rc audit_begin(struct audit *audit, const struct verify_conf *conf, const struct audit_log *log, struct verify_result *ret,
                    struct err *err)
{
	*ret = (struct verify_result){.bad_seq = -1};
	*audit = (struct audit){.ret = ret, .log_id = log->log_id, .counted = -1, .latest_us = INT64_MIN};
	TRY(key_take(audit, conf, log, err));
	if (conf->checkpoint)
		TRY(given_read(audit, conf->checkpoint, err));
	TRY(cosigner_check(audit, conf, err));
	return given_check(audit);
}

enum rc audit_from(struct audit *audit, const struct tree_frontier *frontier, struct err *err)
{
	if (audit->has_given && audit->given.size < frontier->size)
		return FAIL(err, RC_INVALID, "Checkpoint yang diberikan mencakup entri yang diarsipkan; sebutkan arsipnya");
	audit->frontier = *frontier;
	audit->ret->archived = frontier->size;
	return given_check(audit);
}

/* Whatever was not read must at least be signed for. */
static enum rc archived_check(struct audit *audit)
{
	if (audit->ret->archived <= audit->ret->signed_size)
		return RC_OK;
	return audit_bad(audit, -1, "Tidak ada checkpoint yang mencakup %lld entri yang diarsipkan",
	                 (long long)audit->ret->archived);
}

enum rc audit_place(struct audit *audit, int64_t place)
{
	int64_t here = audit->frontier.size;
	if (place == here)
		return RC_OK;
	return audit_bad(audit, here, "Entri %lld sampai %lld hilang", (long long)here, (long long)place - 1);
}

enum rc audit_entry(struct audit *audit, struct str text, struct str leaf, struct line *ret_line)
{
	int64_t seq = audit->frontier.size;
	struct tree_hash hash = tree_leaf(text);
	if (!str_eq(leaf, str_from((const char *)hash.at, TREE_HASH)))
		return audit_bad(audit, seq, "Isi entri %lld tidak cocok dengan sidik daunnya", (long long)seq);
	if (line_read(text, ret_line) != RC_OK)
		return audit_bad(audit, seq, "Entri %lld tidak berbentuk baku", (long long)seq);
	if (ret_line->log_id != audit->log_id || ret_line->seq != seq)
		return audit_bad(audit, seq, "Di tempat entri %lld berdiri entri %lld dari log %lld", (long long)seq,
		                 (long long)ret_line->seq, (long long)ret_line->log_id);
	tree_append(&audit->frontier, &hash);
	if (ret_line->time_us > audit->latest_us)
		audit->latest_us = ret_line->time_us;
	audit->ret->entries++;
	return given_check(audit);
}

enum rc audit_checkpoint(struct audit *audit, struct str note)
{
	struct note_checkpoint checkpoint;
	int64_t size = audit->frontier.size;
	switch (note_checkpoint_open(note, &audit->key, &checkpoint)) {
	case RC_OK: break;
	case RC_REFUSED:
		return audit_bad(audit, -1, "Tanda tangan checkpoint ukuran %lld tidak sah", (long long)checkpoint.size);
	default: return audit_bad(audit, -1, "Checkpoint sesudah entri %lld tidak terbaca", (long long)size - 1);
	}
	if (!str_eq(checkpoint.origin, str_c(audit->key.name)))
		return audit_bad(audit, -1, "Checkpoint ukuran %lld milik log lain", (long long)checkpoint.size);
	if (checkpoint.size != size)
		return audit_bad(audit, -1, "Checkpoint ukuran %lld tersimpan sebagai ukuran %lld", (long long)checkpoint.size,
		                 (long long)size);
	audit->ret->checkpoints += audit->counted != size;
	audit->counted = size;
	return root_check(audit, &checkpoint, "checkpoint");
}

enum rc audit_end(struct audit *audit, int64_t size)
{
	int64_t here = audit->frontier.size;
	struct tree_hash root = tree_root(&audit->frontier);
	memcpy(audit->ret->root, root.at, TREE_HASH);
	if (here < size)
		return audit_bad(audit, here, "Entri %lld sampai %lld hilang", (long long)here, (long long)size - 1);
	if (here > size)
		return audit_bad(audit, size, "Entri %lld dan seterusnya tidak tercatat di kepala log", (long long)size);
	if (audit->has_given && audit->given.size > here)
		return audit_bad(audit, here, "Log terpotong: checkpoint yang diberikan mencakup %lld entri, yang ada %lld",
		                 (long long)audit->given.size, (long long)here);
	return archived_check(audit);
}
