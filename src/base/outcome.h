/* SPDX-License-Identifier: EUPL-1.2
 * base/outcome.h - what an inquiry can come to: code, exact texts, kind.
 *
 * The texts are fixed by the guideline and are part of the contract (DOMAIN 2);
 * which outcome wins is policy's affair (policy/decide.h). */
#pragma once
#include <stdbool.h>

#include "base/str.h"

enum outcome {
	OUTCOME_DATA = 1,           /* 01 */
	OUTCOME_LOGIN = 3,          /* 03 unknown user id, wrong password, throttled */
	OUTCOME_ADDRESS = 4,        /* 04 outside the user id's own narrowing */
	OUTCOME_QUOTA = 5,          /* 05 */
	OUTCOME_PARAMETER = 7,      /* 07 */
	OUTCOME_CREDENTIAL = 9,     /* 09 empty user id, password or address */
	OUTCOME_PEER = 10,          /* 10 peer is in no allow-list */
	OUTCOME_DECEASED = 11,      /* 11 */
	OUTCOME_DOUBLE = 12,        /* 12 */
	OUTCOME_ABSENT = 13,        /* 13 */
	OUTCOME_NONACTIVE = 14,     /* 14 */
	OUTCOME_FORMAT = 15,        /* 15 */
	OUTCOME_INSTANSI = 16,      /* 16 */
	OUTCOME_USER = 17           /* 17 */
};

enum outcome_kind { OUTCOME_KIND_ANSWER, OUTCOME_KIND_EMPTY_ANSWER, OUTCOME_KIND_PARAMETER };

struct outcome_row {
	enum outcome outcome;
	const char *code;   /* two digits */
	const char *portal; /* exact text; "" for 01 and for the two form errors */
	const char *wire;   /* exact text of RESPON; "" for 01 */
	enum outcome_kind kind;
	bool hit;           /* it reached the registry, so it counts (DOMAIN 2) */
};

/* Never NULL for a value of the enum. */
const struct outcome_row *outcome_get(enum outcome outcome);
/* Row by row, for tests and documents; NULL past the end. */
const struct outcome_row *outcome_at(size_t i);
MUST_USE enum rc outcome_from_code(struct str code, enum outcome *ret);
