/* SPDX-License-Identifier: EUPL-1.2
 * cli/key.h - the master key and the keys made from it.
 *
 * A file of 64 hexadecimal digits, outside of the databases and their backups. It
 * wraps the journal's keys; what else needs a key gets one derived from it, so
 * that there is one thing to keep. "credential:NAME" is a file that systemd put
 * into $CREDENTIALS_DIRECTORY (LoadCredential). */
#pragma once
#include "base/base.h"

#define KEY_BYTES 32

enum key_use { KEY_GATE = 1, KEY_REPEAT = 2, KEY_CREDENTIAL = 3, KEY_OFFICE = 4, KEY_FEEDBACK = 5 };

/* RC_ABSENT: no such file. RC_INVALID: not a key. RC_REFUSED: others than its owner
 * may read the file. */
MUST_USE enum rc key_read(const char *where, struct secret *ret, struct err *err);
/* A new one from the kernel's generator. RC_CONFLICT: there is one already. */
MUST_USE enum rc key_make(const char *path, struct err *err);
/* A password that another program asks for: one line, from a file or "credential:NAME"
 * as above. RC_INVALID: empty, or longer than `max` bytes. */
MUST_USE enum rc key_read_password(const char *where, size_t max, struct secret *ret, struct err *err);
/* The same with several lines. RC_INVALID: no text, or longer than `max` bytes. */
MUST_USE enum rc key_read_lines(const char *where, size_t max, struct secret *ret, struct err *err);
MUST_USE enum rc key_derive(const struct secret *master, enum key_use use, struct secret *ret, struct err *err);

/* A key of somebody's own into a new file of mode 0600, durably; never over one that is there: what
 * that one signed or sealed would be lost with it. RC_CONFLICT: there is one. RC_INVALID: no such place. */
MUST_USE enum rc key_write_new(const char *path, struct str bytes, struct err *err);
