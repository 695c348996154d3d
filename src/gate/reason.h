/* SPDX-License-Identifier: EUPL-1.2
 * gate/reason.h - why the corridor said no, in words: for the provider and the head
 * alone (DOMAIN 2). The doors may not look into policy. */
#pragma once
#include "gate/visit.h"

struct gate_reason {
	enum ground ground;    /* GROUND_NONE: nothing stands against it; the rest is empty */
	enum outcome outcome;  /* not set with GROUND_NONE */
	const char *text;      /* an Indonesian sentence */
	const char *clause;    /* "J.II.B", "" where no clause says so */
};
struct gate_reason gate_reason(enum ground ground);
/* By the word the journal has for it ("quota"); an unknown one: GROUND_NONE. */
struct gate_reason gate_reason_of(struct str key);
/* What stops the inquiries of an agency, by how it stands (step 5); GROUND_NONE: nothing. */
struct gate_reason gate_standing_reason(const struct standing *standing);
/* What would stop an inquiry of this visitor now, whoever he asked for: the first of
 * the grounds of steps 2 to 6. */
MUST_USE enum rc gate_hurdle(struct visit *v, struct gate_reason *ret, struct err *err);
