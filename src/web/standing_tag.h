/* SPDX-License-Identifier: EUPL-1.2
 * web/standing_tag.h - how a paper of a user id stands, as a word with its colour. */
#pragma once
#include "agreement/paper.h"

struct standing_tag {
	const char *word;   /* "ada", "menunggu", "belum ada", "habis" */
	const char *colour; /* class of the tag: "ok", "warn", "no" */
};
struct standing_tag standing_tag(enum paper_standing standing);
/* "ada, sampai 23-11-2027" */
struct str standing_words(struct arena *arena, const struct paper_stand *stand);
