/* SPDX-License-Identifier: EUPL-1.2
 * registry/compare.c - see compare.h. How two texts agree is registry/match.h. */
#include "registry/compare.h"

#include "registry/match.h"

element_set compare_asked(const struct claim *claim)
{
	element_set asked = 0;
	for (int e = 0; claim && e < ELEMENT_COUNT; e++)
		asked |= claim->said[e].n ? ELEMENT_BIT(e) : 0;
	return asked & CLAIM_ELEMENTS;
}

const struct accord *compare(const struct claim *claim, element_set asked, const struct str held[ELEMENT_COUNT],
                             struct arena *arena)
{
	struct accord *accords = ARENA_ARRAY(arena, ELEMENT_COUNT, struct accord);
	for (int e = 0; accords && e < ELEMENT_COUNT; e++) {
		if (!(asked & ELEMENT_BIT(e)))
			continue;
		struct match match = match_element((enum element)e, claim->said[e], held[e], claim->threshold);
		accords[e] = (struct accord){.asked = true, .same = match.same, .scored = match.scored, .score = match.score};
	}
	return accords;
}
