/* SPDX-License-Identifier: EUPL-1.2
 * journal/explain.h - what the keys of an entry's line mean, for people (doc/journal.md 1).
 *
 * The pairs of a line, in its order, each with an Indonesian label. Codes are told in words where
 * base or this room has words for them; numbers of rows are left to whoever can look them up. */
#pragma once
#include "journal/journal.h"

struct explain_pair {
	struct str key, value; /* as they stand in the line, strings without their escapes */
	const char *label;     /* "Keterangan lain" for a key nobody knows */
	const char *words;     /* what the value means; NULL: it speaks for itself */
};
#define EXPLAIN_MAX 32
/* Texts in `arena`. RC_INVALID: not one JSON object of plain values, or more than EXPLAIN_MAX. */
MUST_USE enum rc explain_line(struct str line, struct arena *arena, struct explain_pair ret[EXPLAIN_MAX], size_t *ret_n);
/* The value of a key among them; {NULL,0}: it is not there. */
struct str explain_value(const struct explain_pair *pairs, size_t n, const char *key);
