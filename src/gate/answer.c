/* SPDX-License-Identifier: EUPL-1.2
 * gate/answer.c - see answer.h. */
#include "gate/answer.h"

#include "registry/answer.h"

enum outcome gate_answer_outcome(const struct answer *answer)
{
	return answer_outcome(answer);
}

struct str gate_answer_element(const struct answer *answer, enum element element)
{
	return answer_element(answer, element);
}

struct accord gate_answer_accord(const struct answer *answer, enum element element)
{
	return answer_accord(answer, element);
}

struct day gate_answer_as_of(const struct answer *answer)
{
	return answer_as_of(answer);
}
