/* SPDX-License-Identifier: EUPL-1.2
 * registry/dict.h - texts that many residents share, as small numbers.
 *
 * Ids count from 1 without holes, in the order in which texts were first seen; a
 * text keeps its id for good. Readers go from id to text, loaders both ways. */
#pragma once
#include "base/base.h"

#define DICT_MAX 4000000 /* entries */

struct dict {
	struct arena arena; /* the texts */
	struct buf entries; /* struct str, by id - 1 */
	struct buf places;  /* int32_t ids in an open-addressing table; a power of two */
	size_t n;
};

void dict_init(struct dict *dict);
void dict_free(struct dict *dict);
/* The id of a text, which is added when it is new.
 * RC_LIMIT: too many different texts, or no memory. */
MUST_USE enum rc dict_intern(struct dict *dict, struct str text, int32_t *ret);
/* NULL, 0 for an id that is not there. */
struct str dict_text(const struct dict *dict, int32_t id);
