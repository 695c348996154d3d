/* SPDX-License-Identifier: EUPL-1.2
 * agreement/life.h - what the provider does to an agency's standing, and on which
 * ground: suspend and resume (P9.1), the endings of P5 (term, consent, change of
 * nomenclature or institution), revocation for breach (P9.1, J.VI.I).
 *
 * Every step acts on the very next inquiry. Ending by term needs no step: the last day
 * passes (P4); the step records it, so that papers can follow. */
#pragma once
#include "agreement/agreement.h"

enum life { LIFE_SUSPEND, LIFE_RESUME, LIFE_END_TERM, LIFE_END_CONSENT, LIFE_END_NOMENCLATURE, LIFE_REVOKE, LIFE_COUNT };
struct life_row {
	enum life life;
	const char *key;     /* for ever: stored, journaled */
	const char *label;   /* "Bekukan hak akses" */
	const char *done;    /* "Hak akses dibekukan" */
	const char *clause;
	enum instansi_state to;
	const char *letter;  /* which letter goes with it: a key of pdf/letter.h */
	bool note;           /* a ground in words is needed */
};
/* NULL past the end. */
const struct life_row *life_at(size_t i);
/* LIFE_COUNT: no such key. */
enum life life_of(struct str key);
/* May it be taken from this state? */
bool life_allowed(enum life life, enum instansi_state from);

#define LIFE_NOTE_MAX 1000
struct life_ask {
	int64_t instansi_id;
	enum life life;
	struct str letter_number; /* "" : none yet */
	struct day letter_day;    /* n == 0 with an empty number */
	struct str note, by;      /* ground in words; the user id that does it */
};
/* Which part of it a refusal is about. */
enum life_part { LIFE_PART_NONE, LIFE_PART_STEP, LIFE_PART_NOTE, LIFE_PART_NUMBER, LIFE_PART_DAY };
/* May it be taken? Changes nothing; `ret_part` may be NULL. Errors as life_take(). */
MUST_USE enum rc life_check(struct tx *tx, const struct life_ask *ask, int64_t now_us, enum life_part *ret_part, struct err *err);
/* RC_INVALID: texts missing or too long, a letter of tomorrow, a term that is not over.
 * RC_REFUSED: not from the present state. */
MUST_USE enum rc life_take(struct tx *tx, const struct life_ask *ask, int64_t now_us, struct err *err);

struct life_step {
	int64_t step_id, at_us;
	enum life life;
	struct str letter_number, note, by;
	struct day letter_day;
};
/* Latest first. */
MUST_USE enum rc life_list(struct tx *tx, int64_t instansi_id, struct life_step **ret, size_t *ret_n, struct err *err);
