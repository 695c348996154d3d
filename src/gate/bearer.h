/* SPDX-License-Identifier: EUPL-1.2
 * gate/bearer.h - programs that come with a bearer token (J.III, DOMAIN 4.2).
 *
 * A token is the secret of a service user id (doc/decision/0006) and has no session: it is
 * found inside the tray's transaction by its hash, and everything that speaks against its
 * owner is read there too, so that closing the user id, or the end of an agreement, acts on
 * the very next request. A session cookie beside it counts for nothing.
 *
 * Who may come in is decided by the table of DOMAIN 2, as far as it concerns a duty: data
 * balikan is owed by an instansi that is suspended, and for 90 days by one that has ended.
 *
 * Whoever guesses pays for it and nobody else: an unknown token costs one look-up by index,
 * is counted by address, and past gate/throttle.h costs nothing in the store any more. A
 * known token is never held up by guesses from its own address. */
#pragma once
#include "gate/visit.h"

/* What came in the header (RFC 6750 2.1). {NULL,0}: none; "": it can be none of ours. */
struct str bearer_sent(const struct visit *v);
/* Which grounds close data balikan: it is a duty, so a missing paper or a suspension does
 * not, and an end only when its window is shut (DOMAIN 2). */
ground_set bearer_grounds(const struct standing *standing, int64_t now_us);

/* The pace of a sandbox user id: 0 it may go on, or else in how many seconds. */
int bearer_pace(const struct visit *v);

struct bearer {
	int status;                /* 0: come in; 401, 403 or 429 */
	const char *what;          /* why not, safe to show; the texts of DOMAIN 2 where there is one */
	int wait_s;                /* with 429 */
	const struct terms *terms; /* in force, or the last that were; with status 0 only, never NULL then */
};
/* For a page of a public route. Fills in v->who and v->standing when the token is known;
 * refusals are journaled already (doc/data-balikan.md says which). */
MUST_USE enum rc bearer_enter(struct visit *v, struct bearer *ret, struct err *err);
/* For a page of a program that came in by an access token (gate/token.h): is data balikan
 * among the terms in force, or the last that were? When not, it is journaled, and
 * GROUND_METHOD is the reason. */
MUST_USE enum rc bearer_may_tell(struct visit *v, bool *ret, struct err *err);
/* Journal that somebody who came in was refused later; `ground` is a machine word. Of many
 * in a short time only the first: whoever sends nonsense all day does not fill the log. */
MUST_USE enum rc bearer_refused(struct visit *v, const char *ground, struct err *err);
