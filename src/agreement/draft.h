/* SPDX-License-Identifier: EUPL-1.2
 * agreement/draft.h - the next version while it is being written.
 *
 * One draft an instansi; it opens nothing. It may be saved with mistakes in it; only
 * one without becomes a version. Everyone who saves says which revision he has seen, so
 * two people never write over each other. */
#pragma once
#include "agreement/apply.h"

struct draft {
	int64_t instansi_id, rev, at_us;
	int number;           /* of the version it becomes */
	struct str file_json; /* an agreement file (agreement/file.h), not yet checked */
	struct str by;        /* who saved it last */
};
/* RC_ABSENT: there is none. */
MUST_USE enum rc draft_get(struct tx *tx, int64_t instansi_id, struct draft *ret, struct err *err);
/* Begin one: from the version that reaches furthest, as an addendum from today on, or
 * from the base agreement for a first version. RC_CONFLICT: somebody began one.
 * RC_REFUSED: the instansi was ended or revoked. */
MUST_USE enum rc draft_begin(struct tx *tx, int64_t instansi_id, struct str by, int64_t now_us, struct err *err);
/* Begin one from a file; it must be this instansi's and its next version.
 * RC_INVALID: "baris N: ..." */
MUST_USE enum rc draft_import(struct tx *tx, int64_t instansi_id, struct str json, struct str by, int64_t now_us, struct err *err);
/* `file_json` must be JSON; mistakes in it may stay. RC_CONFLICT: it was saved, recorded
 * or thrown away meanwhile. */
MUST_USE enum rc draft_save(struct tx *tx, const struct draft *draft, struct str by, int64_t now_us, struct err *err);
MUST_USE enum rc draft_drop(struct tx *tx, int64_t instansi_id, int64_t rev, struct err *err);
/* It becomes a version, for good (P9.2); the draft is gone. Errors as
 * agreement_apply(), and:
 * RC_CONFLICT  saved, recorded or thrown away meanwhile
 * RC_REFUSED   two_persons, and `by` saved it last himself */
MUST_USE enum rc draft_record(struct tx *tx, int64_t instansi_id, int64_t rev, struct str by, bool two_persons, int64_t now_us,
                              struct applied *ret, struct err *err);
