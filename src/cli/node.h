/* SPDX-License-Identifier: EUPL-1.2
 * cli/node.h - which of the office's nodes this data directory is.
 *
 * A directory is known by DIR/node.id, random bytes made when it first serves, together with
 * which file that is (inode, birth, host): a directory that was copied to make a second node, or
 * brought back from a backup, is another one and waits its turn (journal/lease.h). */
#pragma once
#include "cli/app.h"
#include "journal/lease.h"

/* Take the number the setting journal.node asks for, waiting for a silent holder where that is
 * allowed; app->node and app->lease say which. The directory's lock (sys/lock.h) must be held.
 * RC_LIMIT: others that live have it. */
MUST_USE enum rc node_take(struct app *app, struct err *err);
/* Nobody's from now on. Nothing when none is held. */
MUST_USE enum rc node_give_back(struct app *app, struct err *err);
/* Which number this directory would write under without serving: the one set, the one it holds,
 * else 0. */
MUST_USE enum rc node_find(struct app *app, int *ret, struct err *err);
/* The name of the log of app->node, as long as the app is open: the one set, and for logs other
 * than 0 whose number was not set, "/" and the number behind it. */
MUST_USE enum rc node_origin(struct app *app, struct str *ret, struct err *err);
/* The directory as a holder. RC_ABSENT: it has never served. */
MUST_USE enum rc node_identity(struct app *app, struct lease_who *ret, struct err *err);
/* How often a holder must beat to be heard in time. */
int64_t node_beat_us(int silence_s);

/* The leases, and which of those that are held were heard: looks until all of them were, at most
 * for so long that one that lives must have been. */
struct node_seen {
	struct lease_row row;
	bool own, heard; /* own: of this directory; heard without looking when its lock is held */
};
MUST_USE enum rc node_look(struct app *app, struct node_seen ret[LEASES_MAX], size_t *ret_n, struct err *err);
