/* SPDX-License-Identifier: EUPL-1.2
 * registry/answer.h - the third paper: what the registry said, granted elements only.
 *
 * Opaque: only registry_answer() makes one, from a permit. An element that was not
 * granted is not in it at all; of a permit for METHOD_VERIFY no element is, only
 * whether it agrees. Lives in the arena given to registry_answer and is wiped with it
 * (P2.2j). */
#pragma once
#include "base/base.h"

struct answer;

enum outcome answer_outcome(const struct answer *a); /* 01, 11, 12, 13, 14 */
/* Text as stored; {NULL,0} when not granted or when the outcome carries no data.
 * NIK, NO_KK: 16 digits. TGL_LHR: YYYY-MM-DD. JENIS_KLMIN: Laki-Laki / Perempuan.
 * NO_RT, NO_RW: 3 digits; NO_PROP, NO_KAB, NO_KEC: 2; NO_KEL: 4. */
struct str answer_element(const struct answer *a, enum element e);
/* METHOD_VERIFY: how what was said of the element agrees; .asked is false otherwise. */
struct accord answer_accord(const struct answer *a, enum element e);
/* "data per tanggal" of the registry that answered. */
struct day answer_as_of(const struct answer *a);
