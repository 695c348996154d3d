/* SPDX-License-Identifier: EUPL-1.2
 * policy/decide.h - the precedence table of DOMAIN 2: from facts to a ruling.
 *
 * Pure: no store, no clock. Every ground that can stop an inquiry is one row; the
 * first row whose fact is true wins; when none is, the registry is asked. */
#pragma once
#include "base/base.h"

/* Why, finer than the outcome; provider and head see it with its clause, the
 * operator does not. Order = precedence. */
enum ground {
	GROUND_NONE,             /* nothing stands against it */
	GROUND_CREDENTIAL_EMPTY, /* 1: user id, password or IP_USER empty */
	GROUND_MALFORMED,        /* 1: body, NIK missing, unknown method */
	GROUND_PEER_UNKNOWN,     /* 2: in no allow-list of that instansi */
	GROUND_THROTTLED,        /* 3: too many tries */
	GROUND_CREDENTIAL_WRONG, /* 3: unknown user id, wrong password, no live session */
	GROUND_PATH_INSTANSI,    /* 3: the path names another instansi */
	GROUND_PEER_NARROWED,    /* 4: outside the user id's own narrowing */
	GROUND_PEER_MISMATCH,    /* 4: IP_USER is not the peer */
	GROUND_CERTIFICATE,      /* 4: bound to client certificates, and none of them was shown */
	GROUND_NOT_STARTED,      /* 5: draft, or the first day is to come */
	GROUND_SUSPENDED,        /* 5 */
	GROUND_ENDED,            /* 5: term over, consent, nomenclature */
	GROUND_REVOKED,          /* 5 */
	GROUND_NO_MINISTRY,      /* 5: ministry approval not on file */
	GROUND_NO_SPTJM,         /* 5 */
	GROUND_METHOD,           /* 5: not granted */
	GROUND_USER_CLOSED,      /* 6 */
	GROUND_USER_DORMANT,     /* 6 */
	GROUND_USER_EXPIRED,     /* 6 */
	GROUND_SANDBOX_OVER,     /* 6: a user id of the rehearsal, and no PoC is open any more */
	GROUND_NO_NDA,           /* 6 */
	GROUND_GUARD_HOLD,       /* 6 */
	GROUND_DEBT_LIMIT,       /* 6 */
	GROUND_NO_KEJADIAN,      /* 7 */
	GROUND_NIK_FORMAT,       /* 8 */
	GROUND_QUOTA,            /* 9 */
	GROUND_COUNT
};

/* One bit a ground: 1 << enum ground. */
typedef uint32_t ground_set;
#define GROUND_BIT(g) ((ground_set)1 << (g))

/* From where, and with what in hand: whoever they stand against may not even come in. Every
 * door that rules by itself has all of them among what closes it. */
#define GROUNDS_PEER (GROUND_BIT(GROUND_PEER_UNKNOWN) | GROUND_BIT(GROUND_PEER_NARROWED) | GROUND_BIT(GROUND_CERTIFICATE))
/* Of the instansi: operators and programs are stopped, the head still reaches his papers. */
#define GROUNDS_INSTANSI                                                                                                           \
	(GROUND_BIT(GROUND_NOT_STARTED) | GROUND_BIT(GROUND_SUSPENDED) | GROUND_BIT(GROUND_ENDED) | GROUND_BIT(GROUND_REVOKED) |   \
	 GROUND_BIT(GROUND_NO_MINISTRY) | GROUND_BIT(GROUND_NO_SPTJM))
/* Of the user id itself. */
#define GROUNDS_USER                                                                                                               \
	(GROUND_BIT(GROUND_USER_CLOSED) | GROUND_BIT(GROUND_USER_DORMANT) | GROUND_BIT(GROUND_USER_EXPIRED) |                      \
	 GROUND_BIT(GROUND_SANDBOX_OVER))

struct ruling {
	enum ground ground; /* GROUND_NONE: ask the registry; `outcome` is then not set */
	enum outcome outcome;
};

struct decide_row {
	enum ground ground;
	int step;             /* row number of DOMAIN 2 */
	enum outcome outcome;
	const char *key;      /* journal word: "quota" */
	const char *clause;   /* "J.II.B" */
	const char *reason;   /* Indonesian sentence for provider and head */
};

struct ruling decide(ground_set against);
/* By ground; never NULL. */
const struct decide_row *decide_get(enum ground ground);
/* In order of precedence; NULL past the end. */
const struct decide_row *decide_at(size_t i);
