/* SPDX-License-Identifier: EUPL-1.2
 * journal/audit.h - somebody who reads a log from its first line and believes
 * nothing. For this room alone: verify.c and replay.c feed it from a store, export.c from a file.
 *
 * It rebuilds the tree from the lines, holds every leaf hash, sequence number and
 * signed checkpoint against it, and stops at the first thing that does not fit.
 * RC_REFUSED always means: told in the result. */
#pragma once
#include "journal/line.h"
#include "journal/note.h"
#include "journal/tree.h"
#include "journal/verify.h"

struct audit {
	struct verify_result *ret;
	int64_t log_id;
	struct note_key key;
	struct tree_frontier frontier;
	int64_t trusted;               /* size of the newest checkpoint that fitted */
	struct note_checkpoint given;  /* kept elsewhere; origin is not used */
	bool has_given;
	int64_t counted;               /* size of the last checkpoint counted: where two files meet it stands in both */
	int64_t latest_us;             /* of the entries seen; INT64_MIN none */
};
/* Whose log it claims to be. */
struct audit_log {
	int64_t log_id;
	struct str origin, vkey;
};
MUST_USE enum rc audit_begin(struct audit *audit, const struct verify_conf *conf, const struct audit_log *log,
                             struct verify_result *ret, struct err *err);
/* What comes before is archived and not looked at: go on from its frontier. RC_INVALID: the checkpoint that
 * was given lies there. */
MUST_USE enum rc audit_from(struct audit *audit, const struct tree_frontier *frontier, struct err *err);
/* What comes next stands at this place: between it and the one before nothing may be missing. */
MUST_USE enum rc audit_place(struct audit *audit, int64_t place);
/* The next entry: its line and the leaf hash that came with it. */
MUST_USE enum rc audit_entry(struct audit *audit, struct str text, struct str leaf, struct line *ret_line);
/* A checkpoint of the log as long as it is now. */
MUST_USE enum rc audit_checkpoint(struct audit *audit, struct str note);
/* The log ends here and should have `size` entries. */
MUST_USE enum rc audit_end(struct audit *audit, int64_t size);
/* Tell that something does not fit; gives RC_REFUSED. */
enum rc audit_bad(struct audit *audit, int64_t seq, const char *fmt, ...) PRINTF_LIKE(3, 4);
