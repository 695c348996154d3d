/* SPDX-License-Identifier: EUPL-1.2
 * web/paper_words.h - a paper on file in the words of its rows, and which one a visitor
 * means. */
#pragma once
#include "agreement/paper.h"
#include "web/subject.h"

#define PAPER_NEAR_DAYS 60 /* "segera habis" */

struct paper_words {
	struct str kind, day, until, state;
	const char *colour;
	const char *until_tag, *until_colour; /* "" while it lasts */
};
/* Texts in the arena. */
struct paper_words paper_words(struct arena *arena, const struct paper *paper, struct day today);
/* The paper of the parameter `nomor`, and its agency. RC_ABSENT: there is none, as far as
 * this visitor may know. */
MUST_USE enum rc paper_words_find(struct visit *v, struct paper *ret, struct office_subject *ret_subject, struct err *err);
