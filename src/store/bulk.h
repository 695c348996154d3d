/* SPDX-License-Identifier: EUPL-1.2
 * store/bulk.h - a database that is built whole, beside the one in use, and put in
 * its place in one step; and reading such a database.
 *
 * While it is built, the new database pays for no durability and nobody sees it.
 * bulk_publish() makes it durable and renames it into place; whoever asks meanwhile
 * finds the old one or the new one, never half. On any failure or kill the old one
 * is untouched, and what was left behind is removed by the next bulk_begin().
 *
 * Only an engine that keeps a file of its own can do this (SQLite). On another,
 * bulk_begin() says RC_REFUSED and the caller uses ordinary transactions. */
#pragma once
#include "store/store.h"

struct bulk;

/* Start a new database for `url`: empty, or with everything that the one in use has.
 * RC_REFUSED   this engine cannot; use store_open()
 * RC_CONFLICT  another process (or thread) is building one
 * RC_ABSENT    from_live, and there is none
 * RC_BROKEN    disk */
MUST_USE enum rc bulk_begin(const char *url, bool from_live, struct bulk **ret, struct err *err);
/* Where to write, with ordinary transactions. Commit now and then: what a
 * transaction was given stays in its arena until it ends. */
struct store *bulk_store(struct bulk *bulk);
/* Durable, then in place. *bulk is NULL afterwards, whatever comes back.
 * RC_BROKEN: it could not be; the old database is untouched. */
MUST_USE enum rc bulk_publish(struct bulk **bulk, struct err *err);
/* Throw it away. NULL, or a published one, is allowed. */
void bulk_abandon(struct bulk **bulk);
#define BULK_AUTO __attribute__((cleanup(bulk_abandon))) struct bulk

/* Open a database that is only ever replaced by bulk_publish(), to read it. One view
 * for as long as it is open; nothing is locked and nothing is written beside it.
 * RC_ABSENT: there is none. On an engine without bulk this is store_open(). */
MUST_USE enum rc store_open_frozen(const char *url, struct store **ret, struct err *err);
/* A newer one has taken its place since: open again. Cheap. */
bool store_is_stale(const struct store *store);
/* What the database takes on disk; 0 where only the engine knows. */
int64_t store_bytes(const char *url);
/* The file behind it, a view into `url`; NULL where the engine has none of its own. */
const char *store_file(const char *url);
/* The directory in which large temporary files of a load belong: the database's
 * own, or /tmp. false: longer than `max`. */
MUST_USE bool store_directory(const char *url, char *out, size_t max);
