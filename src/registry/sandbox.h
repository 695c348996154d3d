/* SPDX-License-Identifier: EUPL-1.2
 * registry/sandbox.h - the registry of the rehearsal (J.II.D): made-up people, published,
 * one or more for every outcome a client must be ready for.
 *
 * A const table in memory. It has never heard of the real registry, and the real one has
 * never heard of it: a paper of policy/sandbox.h is answered here and nowhere else. Every
 * NIK has a serial of 99xx, which is never issued (doc/sandbox.md). */
#pragma once
#include "policy/sandbox.h"
#include "registry/answer.h"

struct sandbox_person {
	const char *nik;      /* as it is typed; of OUTCOME_FORMAT not a NIK at all */
	enum outcome outcome; /* 0: none, the system above is out of order (503) */
	const char *about;    /* what a client learns by him */
	const char *element[ELEMENT_COUNT]; /* OUTCOME_DATA: texts as answer_element() gives them */
};
/* In the order in which they are published; NULL past the end. */
const struct sandbox_person *sandbox_person_at(size_t i);

struct sandbox_said {
	enum outcome outcome;        /* also 05, 16, 17: simulated, refused as if it were so; 0: see outage */
	bool outage;                 /* simulated: nobody can be asked now */
	const struct answer *answer; /* of outcomes of a registry only; in `arena` */
};
/* Whoever is not published does not exist: 13. RC_LIMIT: the arena is full. */
MUST_USE enum rc sandbox_answer(const struct sandbox_permit *permit, struct arena *arena, struct sandbox_said *ret,
                                struct err *err);
