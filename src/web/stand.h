/* SPDX-License-Identifier: EUPL-1.2
 * web/stand.h - how an agency stands, in a few words: its state, what is missing, who
 * must act next, and the warning before the end (P4). The lists, the home pages and the
 * page of the agreement all say it with these. */
#pragma once
#include "agreement/life.h"
#include "agreement/roster.h"
#include "agreement/term.h"
#include "gate/visit.h"
#include "http/html.h"

struct stand_words {
	struct str label;       /* "Aktif", "Berakhir" */
	bool good, warned, bad; /* at most one: how it is coloured */
};
struct stand_words stand_words(const struct standing *s);

/* The step that stopped the agency, as the provider wrote it, and its letter. For the
 * provider and the head alone (DOMAIN 2). Both are empty when no step did. */
struct stand_step {
	struct str words;
	struct url letter; /* as PDF */
};
MUST_USE enum rc stand_reason(struct visit *v, const struct standing *s, struct stand_step *ret, struct err *err);

/* What is known about one agency; `term` is read when there is a last day. */
struct stand {
	struct standing s;
	struct roster_open open;
	struct term term;
	bool asked; /* a renewal was asked for */
	struct day today;
};
MUST_USE enum rc stand_read(struct visit *v, int64_t instansi_id, struct stand *ret, struct err *err);

/* One thing that is missing. */
struct stand_lack {
	const char *tag; /* two words, for lists: "SPTJM" */
	struct str text; /* a sentence */
	const char *who; /* must act next */
	const char *clause;
};
#define STAND_LACKS_MAX 8
/* `for_agency`: what concerns the provider alone is left out. Returns how many. */
size_t stand_lacks(struct visit *v, const struct stand *stand, bool for_agency, struct stand_lack ret[STAND_LACKS_MAX]);
/* The band of a warning six, four, three or two months before the end, or of a renewal
 * that is late; nothing otherwise. */
void stand_band_write(struct visit *v, const struct stand *stand, struct buf *out);
/* The card of what is missing and who must act next. */
void stand_lacks_write(struct visit *v, const struct stand *stand, struct buf *out);

/* A step of its life in words: the letter, and the ground as it was written. */
struct str stand_step_words(struct visit *v, const struct life_step *step);
/* Where its letter is. */
struct url stand_step_letter(struct visit *v, struct str code, const struct life_step *step);
