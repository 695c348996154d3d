/* SPDX-License-Identifier: EUPL-1.2
 * identity/scope.h - what an access token is good for (RFC 6749 3.3), beside what the
 * agreement grants: a program is given no more than it needs.
 *
 * Each service user id has a set it may ask for. Keys are stored: add rows, never
 * rename one. */
#pragma once
#include "identity/principal.h"

enum scope {
	SCOPE_VERIFIKASI,
	SCOPE_KESESUAIAN,
	SCOPE_BALIKAN_READ,
	SCOPE_BALIKAN_WRITE,
	SCOPE_KEJADIAN_READ,
	SCOPE_KEJADIAN_WRITE,
	SCOPE_PERJANJIAN_READ,
	SCOPE_JURNAL_READ,
	SCOPE_PEMAKAIAN_READ,
	SCOPE_COUNT
};
typedef uint32_t scope_set;
#define SCOPE_BIT(s) ((scope_set)1 << (s))
#define SCOPES_ALL (SCOPE_BIT(SCOPE_COUNT) - 1)
#define SCOPES_TEXT_MAX 256 /* bytes of a list of them */

struct scope_row {
	enum scope scope;
	const char *key;   /* "balikan:write" */
	const char *label; /* what it opens, Indonesian */
	bool usual;        /* of a user id that nobody said otherwise of */
	bool balikan;      /* also of one that only tells data balikan (doc/decision/0006) */
};
/* NULL past the end. */
const struct scope_row *scope_at(size_t i);
/* Keys with single blanks between, in any order. RC_INVALID: one is none, or the text is no list. "" is none. */
MUST_USE enum rc scopes_from_text(struct str text, scope_set *ret, struct err *err);
/* In the order of the table. */
struct scopes_text {
	char z[SCOPES_TEXT_MAX];
};
struct scopes_text scopes_text(scope_set set);
/* What a service user id may ask for: `stored` as the admin set it, or "" as usual; one
 * that only tells data balikan never gets more than that. RC_BROKEN: stored nonsense. */
MUST_USE enum rc scopes_allowed(struct str user_id, struct str stored, scope_set *ret, struct err *err);

/* ---- of one service user id ---- */

/* What it could be given at most: all, or what is usual of one that only tells data balikan. */
scope_set scopes_possible(struct str user_id);
/* RC_ABSENT: no such service. */
MUST_USE enum rc scopes_get(struct tx *tx, int64_t user, struct str user_id, scope_set *ret, struct err *err);
/* From now on, for the tokens that live too. RC_INVALID: none, or more than
 * scopes_possible(). */
MUST_USE enum rc scopes_set(struct tx *tx, int64_t user, struct str user_id, scope_set scopes, struct err *err);
