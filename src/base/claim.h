/* SPDX-License-Identifier: EUPL-1.2
 * base/claim.h - what somebody says of a person, and whether the registry agrees
 * (kesesuaian, DOMAIN 4.1).
 *
 * A claim comes in at the door and travels with the permit to the registry, which alone
 * sees both sides; out comes an accord per element, and never a value. */
#pragma once
#include <stdbool.h>

#include "base/element.h"

struct claim {
	struct str said[ELEMENT_COUNT]; /* as sent; n == 0: not said */
	int threshold;                  /* 0-100: from which score on a name, birthplace or address agrees */
};
/* Every element but the NIK, by which the person is found. */
#define CLAIM_ELEMENTS ((ELEMENT_BIT(ELEMENT_COUNT) - 1) & ~ELEMENT_BIT(ELEMENT_NIK))

struct accord {
	bool asked;  /* said, and granted: nothing below counts otherwise */
	bool same;
	bool scored; /* the element has a score */
	int score;   /* 0-100 */
};
