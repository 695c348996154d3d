/* SPDX-License-Identifier: EUPL-1.2
 * cli/backup_open.h - a backup read from front to back: its manifest, then its parts. */
#pragma once
#include "backup/manifest.h"
#include "backup/stream.h"

struct backup_in {
	int fd;
	struct arena arena; /* the manifest's texts */
	struct backup_head head;
	struct backup_reader *reader;
	struct manifest manifest;
	void (*progress)(void *arg, int64_t done, int64_t all); /* bytes; NULL: nobody asks */
	void *arg;
	int64_t done, all;
};
/* `secret_file` holds the secret key of backups.
 * RC_INVALID  no such file, not a backup, not a key
 * RC_REFUSED  another key, damaged or cut; or others may read the file of the key
 * RC_BROKEN   cannot be read */
MUST_USE enum rc backup_in_open(struct backup_in *in, const char *path, const char *secret_file, struct err *err);
/* The next part that is in it, to an open file; -1: nowhere, only its digest is looked at.
 * RC_REFUSED  not what the manifest says, damaged, or cut
 * RC_BROKEN   the disk */
MUST_USE enum rc backup_in_part(struct backup_in *in, enum manifest_part part, int to, struct err *err);
/* Nothing may follow the last part. RC_REFUSED. */
MUST_USE enum rc backup_in_end(struct backup_in *in, struct err *err);
void backup_in_close(struct backup_in *in);
/* What it is, on stdout: when, which keys, what is in it. */
void backup_in_print(const struct backup_in *in);
