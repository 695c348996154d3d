/* SPDX-License-Identifier: EUPL-1.2
 * identity/session.h - signed-in browsers.
 *
 * The cookie is 32 random bytes; the table keeps only its hash. A session ends
 * after idle_s without a request, absolute_s after sign-in, by sign-out, by the
 * user's list of sessions, by a password change, by closing the user id. That it
 * is used from the instansi's allow-list is checked by policy on every request.
 *
 * Idling is counted from "seen", so it may end a session up to SESSION_TOUCH_US
 * early, never late. When the clock steps back by less than idle_s, sessions live
 * on; by more, they end, as does one begun under a wrong clock. One that was found
 * expired is deleted and does not come back. */
#pragma once
#include "identity/principal.h"

#define SESSION_TOKEN_SIZE 32
#define SESSION_TOUCH_US (30 * US_PER_S) /* how often "seen" is written */

struct session_limits {
	int idle_s, absolute_s; /* settings; 1200 and 43200 */
	int dormant_days;
	unsigned code_roles; /* ROLE_BITs that must give a one-time code (totp.roles) */
	bool still; /* nobody touched a key: "seen" stays where it is, and the session grows no older end */
};

struct session_new {
	int64_t user;
	struct addr peer;
	struct str device; /* what the browser calls itself, cut to 120 bytes */
	int64_t kejadian_id;
};
/* `token` is what the cookie carries (base64url it). */
MUST_USE enum rc session_begin(struct tx *tx, const struct session_new *session, const struct session_limits *limits,
                               int64_t now_us, unsigned char token[SESSION_TOKEN_SIZE], int64_t *ret, struct err *err);

/* A cookie's value, as bytes; RC_INVALID when it never was one of ours. */
MUST_USE enum rc session_token_from_cookie(struct str cookie, unsigned char token[SESSION_TOKEN_SIZE]);

/* The live sessions behind n tokens, in one go. ret[i] is NULL where there is
 * none (never was, ended, expired: the same). Moves "seen" where it is due. */
MUST_USE enum rc session_principals(struct tx *tx, const unsigned char (*tokens)[SESSION_TOKEN_SIZE], size_t n,
                                    const struct session_limits *limits, int64_t now_us, const struct principal **ret,
                                    struct err *err);

/* Whose live session it is, without moving "seen": for work that must know before
 * the tray and asks again inside it. RC_ABSENT. A read transaction will do. */
MUST_USE enum rc session_peek(struct tx *tx, const unsigned char token[SESSION_TOKEN_SIZE], int64_t now_us, int64_t *ret_user,
                              struct err *err);

struct session_seen {
	int64_t session, begun_us, seen_us;
	struct str peer, device;
};
/* A user's live sessions, newest first, at most 100. */
MUST_USE enum rc session_list(struct tx *tx, int64_t user, int64_t now_us, struct session_seen **ret, size_t *ret_n,
                              struct err *err);
/* RC_ABSENT when it is not a live session of that user. */
MUST_USE enum rc session_end(struct tx *tx, int64_t user, int64_t session, struct err *err);
/* Every session of the user but `keep` (0: all). */
MUST_USE enum rc session_end_all(struct tx *tx, int64_t user, int64_t keep, struct err *err);
/* Every session there is: the office is another than the one they began in. *ret: how many rows. */
MUST_USE enum rc session_end_every(struct tx *tx, int64_t *ret, struct err *err);
/* This session has given its one-time code. RC_ABSENT. */
MUST_USE enum rc session_code_given(struct tx *tx, int64_t session, struct err *err);
MUST_USE enum rc session_choose(struct tx *tx, int64_t session, int64_t kejadian_id, enum document document, struct err *err);
/* Delete what expired before now; at most 1000 a call. */
MUST_USE enum rc session_sweep(struct tx *tx, int64_t now_us, struct err *err);
