/* SPDX-License-Identifier: EUPL-1.2
 * backup/stream.h - the bytes of a backup, sealed for a public key while they pass.
 *
 * A file begins with three lines that anybody may read: which key opens it, and which
 * master key the office in it needs. Then comes the key of the stream in a sealed box
 * (X25519), and the stream: secretstream XChaCha20-Poly1305 in chunks of
 * BACKUP_CHUNK bytes, the last one marked. The head is authenticated with the first
 * chunk. So one changed, missing, moved or added byte is found, also when the file was
 * cut between two chunks. Who may write is not proved: anybody has the public key
 * (what stands in for that is the journal's signatures, doc/backup.md).
 *
 * Memory: two chunks, whatever the length. */
#pragma once
#include "backup/key.h"

#define BACKUP_CHUNK ((size_t)64 << 10)
struct backup_head {
	struct backup_mark key, master;
};
/* The head of a file, without any key: what it asks for.
 * RC_INVALID: not a backup, or of a version this program does not know. */
#define BACKUP_HEAD_SIZE 182
MUST_USE enum rc backup_head_read(struct str bytes, struct backup_head *ret, struct err *err);

struct backup_writer;
/* Writes the head. `fd` is borrowed. RC_BROKEN. */
MUST_USE enum rc backup_writer_open(int fd, const struct backup_public *key, struct backup_mark master, struct backup_writer **ret,
                                    struct err *err);
MUST_USE enum rc backup_write(struct backup_writer *writer, struct str bytes, struct err *err);
/* The last chunk. Without it the file opens as cut. */
MUST_USE enum rc backup_writer_end(struct backup_writer *writer, struct err *err);
void backup_writer_close(struct backup_writer *writer); /* NULL is allowed */

struct backup_reader;
/* RC_INVALID  not a backup
 * RC_REFUSED  of another key; err says which one it needs
 * RC_BROKEN   cannot be read */
MUST_USE enum rc backup_reader_open(int fd, const struct secret *key, struct backup_head *ret_head, struct backup_reader **ret,
                                    struct err *err);
/* Exactly n bytes. RC_REFUSED: altered, or cut; nothing of `out` may be used then. */
MUST_USE enum rc backup_read(struct backup_reader *reader, void *out, size_t n, struct err *err);
/* That was all, and the end is whole. RC_REFUSED: no. */
MUST_USE enum rc backup_reader_end(struct backup_reader *reader, struct err *err);
void backup_reader_close(struct backup_reader *reader); /* NULL is allowed */
