/* SPDX-License-Identifier: EUPL-1.2
 * procedure/kind.h - the kinds of request an agency and the provider work on together,
 * a row each: who may open one, what its form asks, which letter opens it. What happens
 * afterwards stands in procedure/step.h. */
#pragma once
#include "identity/principal.h"
#include "procedure/ask.h"

enum kind {
	KIND_USER_NEW,
	KIND_USER_CHANGE,
	KIND_USER_CLOSE,
	KIND_POC,
	KIND_QUOTA,
	KIND_NETWORK,
	KIND_METHOD,
	KIND_RENEWAL,
	KIND_OFFICIAL,
	KIND_STRUCTURE,
	KIND_APPLICATION,
	KIND_DISPUTE,
	KIND_MEETING,
	KIND_COUNT
};

struct taking;
struct kind_row {
	enum kind kind;
	const char *key;   /* for ever: stored, journaled, in URLs */
	const char *label; /* "User ID baru" */
	const char *clause;
	const char *lead; /* one sentence: what it is for and what comes of it */
	unsigned open;    /* roles that may open one */
	const struct ask *asks;
	const char *title;   /* the ask whose words stand for it in lists */
	const char *subject; /* the ask that says what it is about: one open request each; NULL: any number; "": one an agency */
	const char *letter;  /* that opens it: a key of pdf/letter.h; NO_LETTER: none */
	const char *form;    /* a second one that goes with it, or NO_LETTER */
	/* What the fields say together; adds flaws. NULL: nothing. */
	enum rc (*check)(struct taking *taking, struct err *err);
};
#define NO_LETTER ""
/* NULL past the end. */
const struct kind_row *kind_at(size_t i);
/* RC_ABSENT: no such key. */
MUST_USE enum rc kind_from_key(struct str key, enum kind *ret);
bool kind_may_open(const struct kind_row *row, enum role role);
