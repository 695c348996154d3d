/* SPDX-License-Identifier: EUPL-1.2
 * registry/answer_inside.h - what an answer is made of; for registry_answer() alone. */
#pragma once
#include "registry/answer.h"

struct answer {
	enum outcome outcome;
	struct day as_of;
	struct str element[ELEMENT_COUNT]; /* {NULL,0}: not granted, or no data */
	const struct accord *accords;      /* ELEMENT_COUNT of them, instead of texts; NULL: nothing was compared */
};
