/* SPDX-License-Identifier: EUPL-1.2
 * policy/grounds.h - from facts to the grounds that stand; for the room `policy`
 * alone. Pure: reads nothing, decides nothing (policy/decide.h ranks them). */
#pragma once
#include "policy/facts.h"

/* Steps 2-6 that need no inquiry: peer, credential, state and papers of the
 * instansi, flaws of the user id, NDA. */
ground_set grounds_of_person(const struct policy_ask *ask, const struct fact *fact);
/* Those, the door's own, and what the inquiry itself brings: method, kejadian, NIK.
 * Everything but the quota. */
ground_set grounds_of_inquiry(const struct policy_ask *ask, const struct fact *fact);
