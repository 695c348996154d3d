/* SPDX-License-Identifier: EUPL-1.2
 * backup/manifest.h - what is in a backup, as text before its parts.
 *
 * Lines of words; digests are BLAKE2b-256 in hexadecimal, times microseconds UTC:
 *     padan-manifest 1
 *     version 0.1.0
 *     made 1790000000000000
 *     part padan.conf 5120 <digest>         the parts follow the manifest in this order
 *     part office.db 1048576 <digest>
 *     step identity 7                       newest schema step of each room
 *     log 0 1234 <root>                     each log of the journal as the office.db has it; one at
 *                                           least, since the backup itself is journaled before
 *     note 0 <base64>                       its newest signed checkpoint, if it has one
 * The names of parts are a table, so that no file of a stranger chooses where it is
 * written. */
#pragma once
#include "base/base.h"

#define MANIFEST_BYTES_MAX ((size_t)1 << 20)
#define MANIFEST_PART_MAX (INT64_C(1) << 48) /* bytes; what all of them take, twice, can be counted */
#define MANIFEST_STEPS_MAX 128
#define MANIFEST_LOGS_MAX 64
#define MANIFEST_DIGEST 32
#define MANIFEST_NOTE_MAX 8192

enum manifest_part { MANIFEST_CONF, MANIFEST_OFFICE, MANIFEST_REGISTRY, MANIFEST_PARTS };
/* "padan.conf", "office.db", "registry.db" */
const char *manifest_part_name(enum manifest_part part);

struct manifest_file {
	bool is; /* false: not in this backup; the first two always are */
	int64_t size;
	unsigned char digest[MANIFEST_DIGEST];
};
struct manifest_step {
	struct str room;
	int64_t number;
};
struct manifest_log {
	int log_id;
	int64_t size;
	unsigned char root[32];
	struct str note; /* absent: none was signed */
};
struct manifest {
	struct str version;
	int64_t made_us;
	struct manifest_file parts[MANIFEST_PARTS];
	struct manifest_step steps[MANIFEST_STEPS_MAX];
	size_t steps_n;
	struct manifest_log logs[MANIFEST_LOGS_MAX];
	size_t logs_n;
};
/* `out` is sticky. */
void manifest_write(struct buf *out, const struct manifest *manifest);
/* Texts point into `text` or stand in the arena.
 * RC_INVALID: not a manifest. RC_BROKEN: no memory. */
MUST_USE enum rc manifest_read(struct str text, struct arena *arena, struct manifest *ret, struct err *err);
