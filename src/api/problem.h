/* SPDX-License-Identifier: EUPL-1.2
 * api/problem.h - what goes wrong on /api/v1, as problem details (RFC 9457): one `type` per
 * outcome of DOMAIN 2, and a few of HTTP's own.
 *
 * A type is an address below /api/v1/problems/ that tells people what it means and what to
 * do. Slugs are part of the interface: add rows, never rename one. */
#pragma once
#include "gate/visit.h"

#define PROBLEM_BASE "/api/v1/problems/"
#define PROBLEM_TYPE "application/problem+json"
#define PROBLEM_FLAWS_MAX 20 /* that are told */

enum problem {
	PROBLEM_TOKEN,
	PROBLEM_SCOPE,
	PROBLEM_PEER,
	PROBLEM_ADDRESS,
	PROBLEM_INSTANSI,
	PROBLEM_USER,
	PROBLEM_UNREAD,
	PROBLEM_PARAMETER,
	PROBLEM_KEJADIAN,
	PROBLEM_NIK,
	PROBLEM_KEY_USED,
	PROBLEM_QUOTA,
	PROBLEM_TOO_OFTEN,
	PROBLEM_ABSENT,
	PROBLEM_METHOD,
	PROBLEM_TOO_LARGE,
	PROBLEM_CONTENT_TYPE,
	PROBLEM_CLOSED_BEFORE,
	PROBLEM_NOT_OWED,
	PROBLEM_EXISTS,
	PROBLEM_SANDBOX,
	PROBLEM_UNAVAILABLE,
	PROBLEM_COUNT
};
struct problem_row {
	enum problem problem;
	const char *slug;
	int status;
	const char *code;   /* outcome of DOMAIN 2; NULL: none of them */
	const char *title;  /* Indonesian */
	const char *advice; /* what the caller does next */
};
/* NULL past the end. */
const struct problem_row *problem_at(size_t i);
const struct problem_row *problem_get(enum problem problem);

/* One flaw of a request. */
struct problem_flaw {
	struct str at; /* JSON pointer into the body (RFC 6901), or the name of a parameter */
	bool parameter;
	const char *why; /* Indonesian; never repeats what was sent */
};
struct problem_told {
	enum problem problem;
	enum ground ground;   /* whose clause is told; GROUND_NONE: none */
	struct str detail;    /* "" none */
	struct str reference; /* of the journal; "" none */
	const struct problem_flaw *flaws;
	size_t flaws_n; /* all of them: may be more than PROBLEM_FLAWS_MAX */
	int64_t wait_s; /* Retry-After; 0: as the kind of problem has it */
};
/* Answer with it; whatever was drawn before is thrown away. */
void problem_reply(struct visit *v, const struct problem_told *told);
/* The same where nothing but the kind is told. */
void problem_reply_plain(struct visit *v, enum problem problem);
/* Why token and owner did not come in (gate/token.h). */
void problem_reply_fault(struct visit *v);
/* Which one an HTTP status is when nothing else is known. */
enum problem problem_of_status(int status);
/* Which one an outcome is that is no answer. */
enum problem problem_of_ground(enum ground ground);
/* Without a visit: what the server refuses by itself. */
void problem_write(struct buf *out, enum problem problem);
