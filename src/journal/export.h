/* SPDX-License-Identifier: EUPL-1.2
 * journal/export.h - a part of a log as a file, and several such files as one log. For this room alone. */
#pragma once
#include "journal/audit.h"
#include "journal/scan.h"

/* Entries [range.begin, range.end) and the checkpoints of those sizes; at its beginning the tree has `frontier`. */
struct export_part {
	const struct scan_log *log;
	struct tree_range range;
	struct tree_frontier frontier;
};
MUST_USE enum rc export_part_write(struct store *office, const struct export_part *part, int fd, struct err *err);
/* One line more. */
MUST_USE enum rc export_checkpoint_write(int fd, struct str note, struct err *err);

/* What a file says of itself, and what was seen in it. */
struct export_told {
	int64_t log_id, from, size;
	char vkey[256];
	int64_t latest_us; /* when the latest of its entries was written; INT64_MIN none */
};
/* verify_export() that tells. */
MUST_USE enum rc export_read(int fd, const struct verify_conf *conf, struct export_told *told, struct verify_result *ret,
                             struct err *err);
/* Those of conf->archives that are of his log through the auditor, who stands at its beginning.
 * RC_INVALID: one of them is no archive, or does not go on where the one before it ended. */
MUST_USE enum rc export_chain(struct audit *audit, const struct verify_conf *conf, struct err *err);
