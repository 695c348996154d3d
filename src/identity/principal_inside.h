/* SPDX-License-Identifier: EUPL-1.2
 * identity/principal_inside.h - how a principal is made. Only files of this room
 * include it: whoever else could make one could let anybody in. */
#pragma once
#include "identity/certificate.h"
#include "identity/principal.h"
#include "identity/scope.h"
#include "identity/user.h"

#define PRINCIPAL_CSRF_SIZE 32

struct principal {
	int64_t user, instansi_id, session, kejadian_id, idle_expires_us;
	struct str user_id;
	enum role role;
	enum user_flaw flaw;
	enum stage stage;
	enum document document;
	bool must_change, sandbox;
	struct cidr *narrowing;
	size_t narrowing_n;
	bool lacks_certificate;
	unsigned char csrf[PRINCIPAL_CSRF_SIZE]; /* sessions only */
	int64_t credential;                      /* programs only, as the two below */
	scope_set allowed, scopes;
};

/* What every kind of sign-in reads about its user id. */
struct principal_row {
	int64_t user, instansi_id, must_change, closed, last_seen_us, made_us, reopened_us, expires_us;
	const int64_t *sandbox; /* its column */
	struct str user_id, role, narrowing;
	struct str certificates;         /* what a program is bound to: its column, "" nothing; of a session absent */
	const struct fingerprint *shown; /* NULL: no certificate was */
};

/* The parts that come from the user id; texts and ranges stand in `arena`.
 * RC_BROKEN: a stored word is none of ours. A query that left out what narrows its user id
 * stops the process: it would make a real one of the rehearsal, or a bound one free. */
MUST_USE enum rc principal_fill(struct principal *p, const struct principal_row *row, int dormant_days, int64_t now_us,
                                struct arena *arena, struct err *err);
