/* SPDX-License-Identifier: EUPL-1.2
 * procedure/step.h - what can happen to a request, as two tables: the states a kind
 * knows, and the steps between them - who takes one, what must come with it, which
 * letter it makes, what it does to the agreement. There is no other way from one state
 * to another. */
#pragma once
#include "procedure/kind.h"

enum turn { TURN_NOBODY /* the end */, TURN_INSTANSI, TURN_PROVIDER };
enum tone { TONE_OPEN, TONE_GOOD, TONE_BAD, TONE_PLAIN /* over, neither well nor badly */ };

struct state_row {
	enum kind kind;
	const char *key;   /* stored for ever */
	const char *label; /* "Menunggu jawaban Dinas Dukcapil" */
	enum turn turn;    /* who must act next */
	enum tone tone;
};
#define STATE_FILED "filed" /* where every kind begins */
/* NULL past the end. */
const struct state_row *state_at(size_t i);
/* NULL: the kind has no such state. */
const struct state_row *state_find(enum kind kind, struct str key);

struct step_row {
	enum kind kind;
	const char *from, *key, *to; /* states; key: stored, journaled */
	const char *label;           /* on the button: "Setujui dan buat user ID" */
	const char *done;            /* in the timeline: "User ID dibuat" */
	unsigned by;                 /* roles */
	bool own;                    /* only the side that opened it */
	bool password;               /* wants the hash of a one-time password (gate/one_time.h) */
	const struct ask *asks;
	const char *letter; /* a key of pdf/letter.h, or NO_LETTER */
	/* What it does beside moving on; NULL: nothing. */
	enum rc (*effect)(struct taking *taking, struct err *err);
};
/* NULL past the end. */
const struct step_row *step_at(size_t i);
/* NULL: that kind has no such step from there; from {NULL,0}: from anywhere. */
const struct step_row *step_find(enum kind kind, struct str from, struct str key);
