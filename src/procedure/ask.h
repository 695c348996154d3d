/* SPDX-License-Identifier: EUPL-1.2
 * procedure/ask.h - one thing a form asks for, as a row: what people call it, how it is
 * typed, and what becomes of the typed text.
 *
 * A request's form and what each of its steps wants are lists of such rows; the page
 * draws them, the letters name their fields after them (pdf/letter_name.def), and
 * nothing reaches the store that did not pass ask_take(). */
#pragma once
#include "procedure/choice.h"

enum ask_type {
	ASK_TEXT,   /* one line; max: bytes */
	ASK_LINES,  /* several; max: bytes */
	ASK_DAY,    /* kept as YYYY-MM-DD */
	ASK_INT,    /* min..max */
	ASK_CHOICE, /* one of a list; kept as its key */
	ASK_NIK,    /* sixteen digits, grouped as people like */
	ASK_NIP,    /* eighteen digits, grouped as people like */
	ASK_USER_ID,
	ASK_CODE,     /* of an application: a-z 0-9 - */
	ASK_REGION,   /* 33.04, 33.04.13 */
	ASK_CLOCK,    /* 09.00 */
	ASK_NETS,     /* CIDRs, a comma between; may be empty */
	ASK_CONTACTS, /* one contact person a line: name; position; telephone; mail */
	ASK_SCAN      /* the number of an uploaded file; the page uploads it */
};
enum ask_when { ASK_ANY_DAY, ASK_PAST /* today or before */, ASK_COMING /* today or after */ };

struct ask {
	const char *name, *label, *hint; /* Indonesian; hint may be NULL */
	enum ask_type type;
	int64_t min, max;
	bool required;
	bool sealed;        /* kept under the office key (base/seal.h), shown masked */
	enum choice choice; /* of ASK_CHOICE */
	enum ask_when when; /* of ASK_DAY */
	const char *preset; /* what the field holds before anything was typed; NULL: nothing */
};
/* Lists end with a row without a name. */
#define ASKS_MAX 16

struct ask_value {
	struct str name, value;
};
/* What is wrong, beside which field; "" is about the form as a whole. */
struct ask_flaw {
	const char *name;
	char words[200];
};
struct ask_flaws {
	struct ask_flaw at[ASKS_MAX];
	size_t n;
};
/* Adds one; RC_INVALID, written out so that analyzers see it. Past ASKS_MAX it is left
 * out: the others speak. */
#define ask_flaw(flaws, name, err, ...) err_same(RC_INVALID, ask_flaw_add((flaws), (name), (err), __VA_ARGS__))
enum rc ask_flaw_add(struct ask_flaws *flaws, const char *name, struct err *err, const char *fmt, ...) PRINTF_LIKE(4, 5);

/* Where typed texts come from; {NULL,0}: not in the form. */
struct ask_source {
	struct str (*get)(void *arg, const char *name);
	void *arg;
};
struct asking {
	const struct desk *desk;
	int64_t instansi_id; /* whose choices */
	const struct ask *asks;
	const struct ask_source *source;
};
/* Every ask in order, empty ones left out; texts in tx_arena. `ret` has ASKS_MAX places.
 * RC_INVALID: *flaws says all that is wrong. */
MUST_USE enum rc ask_take(const struct asking *asking, struct ask_value *ret, size_t *ret_n, struct ask_flaws *flaws,
                          struct err *err);

/* {NULL,0}: none of that name. */
struct str ask_value(const struct ask_value *values, size_t n, const char *name);
/* A value that passed, read again. */
struct day ask_day(struct str value);
int64_t ask_int(struct str value);
/* NULL: no such row. */
const struct ask *ask_find(const struct ask *asks, struct str name);
/* As people read it: "2 Juni 2025", "1.000", the label of a choice. In the arena. */
struct str ask_words(const struct ask *ask, struct str value, const struct terms *terms, struct arena *arena);
