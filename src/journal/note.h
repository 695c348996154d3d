/* SPDX-License-Identifier: EUPL-1.2
 * journal/note.h - signed notes and checkpoints (C2SP signed-note, tlog-checkpoint).
 *
 * A note is text, an empty line, and lines of signatures. A verifier key is the
 * line "name+hash+base64", where hash is the first four bytes of SHA-256 over
 * name, newline, type byte 1 and the Ed25519 public key. A checkpoint is a note
 * whose text begins with origin, size and base64 root, one line each. */
#pragma once
#include "journal/tree.h"

#define NOTE_MAX_BYTES 8192 /* room for the cosignatures of others */
#define NOTE_NAME_MAX 100
#define NOTE_SIGNATURES_MAX 16

struct note_key {
	char name[NOTE_NAME_MAX + 1];
	unsigned char hash[4];
	unsigned char pub[32];
};
/* RC_INVALID: a name that is empty, too long, or has blanks, '+' or controls. */
MUST_USE enum rc note_key_make(struct str name, const unsigned char pub[32], struct note_key *ret);
void note_key_text(struct buf *out, const struct note_key *key);
/* RC_INVALID: not a verifier key of type Ed25519, or its hash is not its own. */
MUST_USE enum rc note_key_read(struct str vkey, struct note_key *ret);

struct note_checkpoint {
	struct str origin;
	int64_t size;
	struct tree_hash root;
};
/* Text and one signature with the 64 byte secret key (libsodium's form). */
void note_checkpoint_write(struct buf *out, const struct note_checkpoint *checkpoint, const struct note_key *key,
                           const unsigned char secret[64]);
/* RC_OK       well formed, and signed by `key`
 * RC_REFUSED  well formed, but no valid signature of that key
 * RC_INVALID  not a note
 * *ret_text (with its last newline) is filled unless RC_INVALID. */
MUST_USE enum rc note_open(struct str note, const struct note_key *key, struct str *ret_text);
/* The same, and the text is a checkpoint; *ret is filled unless RC_INVALID. */
MUST_USE enum rc note_checkpoint_open(struct str note, const struct note_key *key, struct note_checkpoint *ret);
/* The line of signature of `key` under this note, newline included: a view into it. As note_open(),
 * and filled with RC_OK alone. */
MUST_USE enum rc note_signature(struct str note, const struct note_key *key, struct str *ret_line);
/* Append one more line of signature for `text`, which ends in a newline. */
void note_sign(struct buf *out, struct str text, const struct note_key *key, const unsigned char secret[64]);
/* Did another than `own` sign this note? `vkey` is his verifier key. RC_INVALID: not one, or own's.
 * RC_REFUSED: he did not. */
MUST_USE enum rc note_cosigned(struct str note, const struct note_key *own, struct str vkey);
