/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_journal_cosign.c - `padan journal cosign-key` and `cosign`: for the other party, on a
 * machine of its own. Neither knows an office or a network; the secret file never leaves the
 * machine it was made on. */
#include <stdio.h>

#include "cli/cmd.h"
#include "cli/key.h"
#include "journal/note_secret.h"
#include "sys/file.h"

static void print_public(const struct note_secret *secret)
{
	BUF_AUTO vkey = BUF(NOTE_SECRET_MAX);
	note_key_text(&vkey, &secret->key);
	printf("%.*s\n", STR_ARG(buf_str(&vkey)));
	fprintf(stderr, "sidik kunci: %s\n", note_fingerprint(&secret->key).z);
}

enum rc cmd_journal_cosign_key(const struct command *command, struct err *err)
{
	BUF_AUTO text = BUF(NOTE_SECRET_MAX + 1);
	struct note_secret secret;
	struct str name;
	TRY(command_need(command, "name", &name, err));
	if (note_secret_make(name, &secret) != RC_OK)
		return FAIL(err, RC_INVALID, "nama kunci: 1 sampai %d huruf, tanpa spasi dan tanda +", NOTE_NAME_MAX);
	note_secret_text(&text, &secret);
	buf_addc(&text, '\n');
	enum rc rc = buf_ok(&text) ? key_write_new(command_arg(command, 0), buf_str(&text), err)
	                           : FAIL(err, RC_INVALID, "nama terlalu panjang");
	if (rc == RC_OK)
		print_public(&secret);
	secret_wipe(&secret, sizeof secret);
	return rc;
}

/* ---- signing ---- */

static enum rc read_secret(const struct command *command, struct note_secret *ret, struct err *err)
{
	BUF_AUTO text = BUF(NOTE_SECRET_MAX + 2);
	struct str path;
	unsigned mode;
	TRY(command_need(command, "key", &path, err));
	if (file_read(path.at, NOTE_SECRET_MAX + 1, &text, err) != RC_OK)
		return FAIL(err, RC_INVALID, "tidak dapat membaca %.150s", path.at);
	TRY(file_mode(path.at, &mode, err));
	if (mode & 077)
		return FAIL(err, RC_REFUSED, "%.120s dapat dibaca pengguna lain (%03o); jalankan chmod 600", path.at, mode);
	if (note_secret_read(str_trim(buf_str(&text)), ret) != RC_OK)
		return FAIL(err, RC_INVALID, "%.150s bukan kunci rahasia yang dibuat journal cosign-key", path.at);
	return RC_OK;
}

/* With --vkey: only what that log signed. */
static enum rc check_signer(const struct command *command, struct str note, struct err *err)
{
	BUF_AUTO text = BUF(NOTE_MAX_BYTES);
	struct note_key key;
	struct note_checkpoint checkpoint;
	const char *path = command_option(command, "vkey");
	if (!path)
		return RC_OK;
	if (file_read(path, NOTE_MAX_BYTES, &text, err) != RC_OK || note_key_read(str_trim(buf_str(&text)), &key) != RC_OK)
		return FAIL(err, RC_INVALID, "%.150s bukan kunci verifikasi", path);
	if (note_checkpoint_open(note, &key, &checkpoint) != RC_OK)
		return FAIL(err, RC_REFUSED, "checkpoint itu tidak ditandatangani log tersebut; tidak ada yang ditandatangani");
	return RC_OK;
}

static enum rc sign(struct str note, const struct note_secret *secret, struct err *err)
{
	BUF_AUTO out = BUF(2 * NOTE_MAX_BYTES);
	struct note_checkpoint read;
	if (note_checkpoint_open(note, &secret->key, &read) == RC_INVALID)
		return FAIL(err, RC_INVALID, "berkas itu bukan checkpoint bertanda tangan");
	switch (note_secret_cosign(&out, note, secret)) {
	case RC_OK: break;
	case RC_CONFLICT: return FAIL(err, RC_CONFLICT, "kunci itu sudah menandatangani checkpoint ini");
	default: return FAIL(err, RC_INVALID, "checkpoint itu sudah memuat terlalu banyak tanda tangan");
	}
	fwrite(out.at, 1, out.n, stdout);
	fprintf(stderr, "ditandatangani: %.*s, %lld entri\n", STR_ARG(read.origin), (long long)read.size);
	return RC_OK;
}

enum rc cmd_journal_cosign(const struct command *command, struct err *err)
{
	BUF_AUTO note = BUF(NOTE_MAX_BYTES + 1);
	struct note_secret secret;
	if (file_read(command_arg(command, 0), NOTE_MAX_BYTES, &note, err) != RC_OK)
		return FAIL(err, RC_INVALID, "tidak dapat membaca %.150s", command_arg(command, 0));
	TRY(check_signer(command, buf_str(&note), err));
	TRY(read_secret(command, &secret, err));
	enum rc rc = sign(buf_str(&note), &secret, err);
	secret_wipe(&secret, sizeof secret);
	return rc;
}
