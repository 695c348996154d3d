/* SPDX-License-Identifier: EUPL-1.2
 * procedure/choice.h - what a form lets one choose among; most lists depend on the
 * agency: what its agreement grants, which user ids it has, which versions there are. */
#pragma once
#include "procedure/desk.h"

enum choice {
	CHOICE_NONE,
	CHOICE_METHOD,      /* granted by the version in force */
	CHOICE_METHOD_ANY,  /* that a program or a person may use at all; "tetap": as it is */
	CHOICE_APPLICATION, /* the granted methods, each the application it begins with, and those of the terms (J.II.D) */
	CHOICE_USER,        /* open user ids of the agency, not the head's */
	CHOICE_VERSION,     /* latest first */
	CHOICE_SIDE,
	CHOICE_OFFICIAL, /* definitive, Plh., Plt. */
	CHOICE_WAY,      /* by which a report is handed in: mail, hard copy, both (P8) */
	CHOICE_COUNT
};
struct choice_row {
	struct str key, label;
};
#define CHOICE_ROWS_MAX 1100
/* In tx_arena, in the order to be shown. An agency without a version in force has no
 * methods to choose. */
MUST_USE enum rc choice_list(const struct desk *desk, int64_t instansi_id, enum choice choice, struct choice_row **ret,
                             size_t *ret_n, struct err *err);
/* What a kept key reads like; the key itself where no label is known any more. `terms`
 * may be NULL. In the arena or static. */
struct str choice_label(enum choice choice, struct str key, const struct terms *terms, struct arena *arena);
