/* SPDX-License-Identifier: EUPL-1.2
 * gate/answer.h - the answer, read-only, for the two front doors: they may not look
 * into registry, and need only these. */
#pragma once
#include "base/base.h"

struct answer;

enum outcome gate_answer_outcome(const struct answer *answer);
/* {NULL,0}: not granted. See registry/answer.h for the forms. */
struct str gate_answer_element(const struct answer *answer, enum element element);
/* Of kesesuaian; nothing of the other methods. */
struct accord gate_answer_accord(const struct answer *answer, enum element element);
struct day gate_answer_as_of(const struct answer *answer);
