/* SPDX-License-Identifier: EUPL-1.2
 * policy/sandbox.h - the rehearsal of an agency whose PoC is not over (J.II.D).
 *
 * A sandbox user id (identity/user.h) asks at the same doors, and is refused for the same
 * reasons as far as they are about who he is, where he comes from and how his agency
 * stands. What is about real data is not asked of him: method, SPTJM, NDA, kejadian,
 * debt, guard and quota. It opens while an application of the agency still waits for its
 * surat hasil PoC; from the last one on it is 17 (GROUND_SANDBOX_OVER).
 *
 * His paper is not a permit but a type of its own: registry_answer() cannot be asked with
 * it, so that a rehearsal that reaches a resident does not compile (doc/decision/0029). */
#pragma once
#include "agreement/agreement.h"

struct sandbox_permit;

struct nik sandbox_permit_nik(const struct sandbox_permit *p);
element_set sandbox_permit_elements(const struct sandbox_permit *p);
enum method sandbox_permit_method(const struct sandbox_permit *p);
/* METHOD_VERIFY: as permit_claim(). */
const struct claim *sandbox_permit_claim(const struct sandbox_permit *p);

/* Does an application of the version in force still wait for its surat hasil PoC? Pure. */
bool sandbox_is_open(const struct standing *standing);
