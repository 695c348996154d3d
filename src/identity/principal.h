/* SPDX-License-Identifier: EUPL-1.2
 * identity/principal.h - the first paper: who is asking.
 *
 * Opaque: only identity can make one, and only from a live session or a service
 * credential, inside the caller's transaction. Lives in tx_arena. A principal is
 * not yet allowed anything; it only says who, and in what state. */
#pragma once
#include "base/base.h"

struct principal;
struct tx;

enum role { ROLE_ADMIN, ROLE_AUDITOR, ROLE_KEPALA, ROLE_OPERATOR, ROLE_SERVICE, ROLE_COUNT };
#define ROLE_BIT(r) (1u << (r))
#define ROLES_ALL (ROLE_BIT(ROLE_COUNT) - 1)
#define ROLES_INSTANSI (ROLE_BIT(ROLE_KEPALA) | ROLE_BIT(ROLE_OPERATOR) | ROLE_BIT(ROLE_SERVICE))
struct role_row {
	enum role role;
	const char *key;   /* "operator": CLI, agreement files, database */
	const char *label; /* "Operator" */
};
const struct role_row *role_at(size_t i);
MUST_USE enum rc role_from_key(struct str key, enum role *ret);

/* What is wrong with the user id itself; all of them are outcome 17. */
enum user_flaw { USER_FLAW_NONE, USER_FLAW_CLOSED, USER_FLAW_DORMANT, USER_FLAW_EXPIRED };

int64_t principal_user(const struct principal *p);       /* row id */
/* A service user id whose name says that it tells data balikan, and asks for nobody's data
 * (doc/decision/0006): "bpbd-balikan". */
bool principal_is_balikan(const struct principal *p);
/* A user id of the rehearsal (J.II.D): whatever it asks is answered from made-up people, and
 * nothing it does touches anything real (policy/sandbox.h). */
bool principal_is_sandbox(const struct principal *p);
struct str principal_user_id(const struct principal *p); /* as typed at sign-in: "operator1" */
enum role principal_role(const struct principal *p);
int64_t principal_instansi(const struct principal *p);   /* 0: the provider */
int64_t principal_session(const struct principal *p);    /* 0: service credential */
/* How far the sign-in behind a session has come. A half-open one may do nothing but
 * give its code. */
enum stage {
	STAGE_OPEN,
	STAGE_CODE, /* a one-time code is still missing */
	STAGE_ENROL /* the role asks for codes (totp.roles), and the user id has none yet */
};
/* Parses "admin,kepala": RC_INVALID names what is no role of a person. */
MUST_USE enum rc roles_from_text(struct str text, unsigned *ret, struct err *err);

enum user_flaw principal_flaw(const struct principal *p);
bool principal_must_change(const struct principal *p);   /* first use: only the password page */
enum stage principal_stage(const struct principal *p);
int64_t principal_kejadian(const struct principal *p);   /* purpose chosen in the session, or the standing purpose; 0 none */
enum document principal_document(const struct principal *p); /* last document chosen in the session */
/* The user id's own narrowing of the allow-list; n == 0: none. */
const struct cidr *principal_narrowing(const struct principal *p, size_t *ret_n);
/* The user id is bound to client certificates, and none of them was shown (decision 0030):
 * GROUND_CERTIFICATE for policy. */
bool principal_lacks_certificate(const struct principal *p);
int64_t principal_idle_expires_us(const struct principal *p);
/* The key from which this session's CSRF tokens are made; 32 bytes. */
struct str principal_csrf_key(const struct principal *p);
/* Of a program: the credential it came with, itself or as an access token; 0 a session. */
int64_t principal_credential(const struct principal *p);
/* What an access token was given for (identity/scope.h); of anybody else nothing. */
uint32_t principal_scopes(const struct principal *p);
/* What a program that came with its credential may ask a token for. */
uint32_t principal_allowed(const struct principal *p);
