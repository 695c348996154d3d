/* SPDX-License-Identifier: EUPL-1.2
 * journal/replay.h - a stored log from its first entry to one signed checkpoint, in bites, for
 * somebody who counts what it says and believes nothing.
 *
 * The tree is built again from the lines; every leaf, every checkpoint kept on the way and at
 * last the pinned one are held against it (audit.h, as `journal verify`). Where it stands can be
 * written down between two bites and taken up again. What was shown before the end was reached
 * is worth nothing by itself: only replay_is_over() says that all of it was true. */
#pragma once
#include "journal/line.h"
#include "journal/pin.h"

struct store;
struct replay;

/* How far it came: as many entries, and the frontier of their tree. {0, {NULL, 0}}: not begun. */
struct replay_place {
	int64_t size;
	struct str frontier;
};
/* `pin`: its texts are needed during this call only.
 * RC_REFUSED  the note is not that log's, or not of that size; err says so
 * RC_INVALID  not a note, or not a place */
MUST_USE enum rc replay_open(struct arena *arena, const struct pin *pin, const struct replay_place *place, struct replay **ret,
                             struct err *err);
/* Called in a reading transaction; other than RC_OK ends the bite, and the replay with it. */
struct replay_visitor {
	enum rc (*take)(void *arg, const struct line *line, struct err *err);
	void *arg;
	int64_t from_us; /* entries written before do not matter to it; those that are archived are passed over, if they all were */
};
/* The next entries, SCAN_RANGE_MAX of journal/scan.h at most.
 * RC_REFUSED  something does not fit, or is archived; err says what, in a sentence to be shown
 * RC_BROKEN   could not be read; open another replay at the last place */
MUST_USE enum rc replay_bite(struct store *office, struct replay *replay, int64_t most, const struct replay_visitor *visitor,
                             struct err *err);
/* Every entry below the pinned size was shown, and the root is the signed one. */
bool replay_is_over(const struct replay *replay);
int64_t replay_size(const struct replay *replay); /* the pinned one */
/* Valid until the next bite. */
struct replay_place replay_place(const struct replay *replay);
/* The root of the pinned checkpoint in base64, as the note has it. */
void replay_root(const struct replay *replay, struct buf *out);
