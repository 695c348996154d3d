/* SPDX-License-Identifier: EUPL-1.2
 * journal/replay.c - see replay.h. */
#include "journal/replay.h"

#include <assert.h>

#include "journal/archive.h"
#include "journal/audit.h"
#include "journal/head.h"
#include "journal/scan.h"
#include "journal/tile.h"
#include "store/store.h"

struct replay {
	struct audit audit;
	struct verify_result result;
	const struct replay_visitor *visitor; /* of the bite under way */
};

/* What the auditor found, as an error to be shown. */
static enum rc refuse(const struct replay *replay, struct err *err)
{
	return FAIL(err, RC_REFUSED, "Log %lld: %s", (long long)replay->audit.log_id, replay->result.reason);
}

static enum rc take_up(struct replay *replay, const struct replay_place *place, struct err *err)
{
	if (place->size == 0)
		return RC_OK;
	if (place->size > replay->audit.given.size ||
	    head_read(place->size, place->frontier, &replay->audit.frontier, err) != RC_OK)
		return FAIL(err, RC_INVALID, "Tempat terakhir dalam log tidak terbaca");
	return RC_OK;
}

enum rc replay_open(struct arena *arena, const struct pin *pin, const struct replay_place *place, struct replay **ret,
                    struct err *err)
{
	struct replay *replay = ARENA_NEW(arena, struct replay);
	struct str note = arena_str(arena, pin->note);
	if (!replay || !note.at)
		return FAIL(err, RC_BROKEN, "Memori jurnal tidak cukup");
	struct audit_log log = {pin->log_id, pin->origin, pin->vkey};
	struct verify_conf conf = {.checkpoint = note.at};
	enum rc rc = audit_begin(&replay->audit, &conf, &log, &replay->result, err);
	if (rc != RC_OK)
		return rc == RC_REFUSED ? refuse(replay, err) : rc;
	if (replay->audit.given.size != pin->size)
		return FAIL(err, RC_REFUSED, "Log %d: checkpoint tidak berukuran %lld", pin->log_id, (long long)pin->size);
	*ret = replay;
	return take_up(replay, place, err);
}

/* ---- a bite ---- */

static enum rc entry_take(void *arg, struct tx *tx, const struct sql_journal_entry_range *row, struct err *err)
{
	struct replay *replay = arg;
	struct line line;
	(void)tx;
	TRY(audit_place(&replay->audit, row->entry_id - number_of((int)replay->audit.log_id, 0)));
	TRY(audit_entry(&replay->audit, row->line, row->leaf, &line));
	enum rc rc = replay->visitor->take(replay->visitor->arg, &line, err);
	assert(rc != RC_REFUSED || !replay->result.reason[0]);
	return rc;
}

static enum rc checkpoint_take(void *arg, const struct sql_journal_checkpoint_next *row, struct err *err)
{
	struct replay *replay = arg;
	(void)err;
	if (row->size > replay->audit.frontier.size) /* entries before it are missing: said at the end of the bite */
		return RC_OK;
	return audit_checkpoint(&replay->audit, row->note);
}

/* What is archived cannot be shown any more. A replay that begins, and does not need it, begins behind it: the tree of
 * what it passes over is held against the pinned checkpoint at the end, like all else. */
static enum rc pass_over(struct store *office, struct replay *replay, int64_t from_us, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct archive_edge edge;
	int log = (int)replay->audit.log_id;
	int64_t here = replay->audit.frontier.size;
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(archive_edge(tx, log, &edge, err));
	if (here >= edge.upto)
		return RC_OK;
	if (here > 0 || from_us < edge.before_us || edge.upto > replay->audit.given.size)
		return FAIL(err, RC_REFUSED, "Sebagian jurnal masa ini telah diarsipkan: log %d sampai entri %lld, %s.", log,
		            (long long)edge.upto - 1, day_long(day_of_us(edge.before_us - 1)).z);
	return tile_frontier(tx, log, edge.upto, &replay->audit.frontier, err);
}

enum rc replay_bite(struct store *office, struct replay *replay, int64_t most, const struct replay_visitor *visitor,
                    struct err *err)
{
	struct audit *audit = &replay->audit;
	TRY(pass_over(office, replay, visitor->from_us, err));
	struct tree_range range = {audit->frontier.size, audit->given.size};
	struct scan_visitor scan = {.entry = entry_take, .checkpoint = checkpoint_take, .arg = replay};
	assert(most > 0 && most <= SCAN_RANGE_MAX);
	if (range.end - range.begin > most)
		range.end = range.begin + most;
	replay->visitor = visitor;
	enum rc rc = scan_range(office, (int)audit->log_id, range, &scan, err);
	if (rc == RC_OK)
		rc = audit_place(audit, range.end);
	return rc == RC_REFUSED && replay->result.reason[0] ? refuse(replay, err) : rc;
}

bool replay_is_over(const struct replay *replay)
{
	return replay->audit.frontier.size == replay->audit.given.size;
}

int64_t replay_size(const struct replay *replay)
{
	return replay->audit.given.size;
}

struct replay_place replay_place(const struct replay *replay)
{
	return (struct replay_place){replay->audit.frontier.size, head_blob(&replay->audit.frontier)};
}

void replay_root(const struct replay *replay, struct buf *out)
{
	base64_add(out, str_from((const char *)replay->audit.given.root.at, TREE_HASH));
}
