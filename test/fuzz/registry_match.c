/* SPDX-License-Identifier: EUPL-1.2
 * Any two texts, parted by the first newline: every score is from 0 to 100, a text
 * scores 100 for itself or 0 when there is no letter in it or it is too long, and
 * nothing is read or written past an end. */
#include "registry/match.h"

#include <assert.h>

typedef int score_of(struct str asked, struct str held);

static void check(score_of *score, struct str a, struct str b)
{
	int ab = score(a, b), ba = score(b, a), aa = score(a, a);
	assert(ab >= 0 && ab <= 100 && ba >= 0 && ba <= 100);
	assert(aa == 100 || aa == 0);
	if (aa == 0)
		assert(ab == 0 && ba == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str b = {(const char *)data, n}, a = str_split(&b, '\n');
	check(match_name, a, b);
	check(match_place, a, b);
	check(match_address, a, b);
	for (int e = 0; e < ELEMENT_COUNT; e++) {
		struct match m = match_element((enum element)e, a, b, 90);
		assert(m.score >= 0 && m.score <= 100 && (m.scored || m.same == (m.score == 100)));
		assert(!m.scored || m.same == (m.score >= 90));
	}
	return 0;
}
