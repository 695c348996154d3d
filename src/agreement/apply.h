/* SPDX-License-Identifier: EUPL-1.2
 * agreement/apply.h - from a JSON file to an agreement version, and back.
 *
 * The file is the agreement: doc/agreement-file.md describes it. Applying it is
 * all or nothing. Errors name the line and the member. A file whose version is
 * on record already changes nothing if it says the same, and is refused if not. */
#pragma once
#include "agreement/agreement.h"

#define AGREEMENT_FILE_MAX ((size_t)1 << 20)

struct applied {
	int64_t instansi_id, version_id;
	int version_number;
	bool changed; /* false: all of it was on record already */
	unsigned papers; /* 1 << kind of every paper that is new, or says something else now */
	const char *field; /* with RC_CONFLICT: the member it is about, "terms.begin"; NULL: none alone */
};
/* Papers may grow while the version stays the same.
 * RC_INVALID   err->what holds "baris N: ..."
 * RC_LIMIT     longer than AGREEMENT_FILE_MAX
 * RC_CONFLICT  that number says something else (P9.2), is not the next one, or begins
 *              before the version it follows; or the instansi has another name (P5)
 * RC_REFUSED   the instansi was ended or revoked
 * On anything but RC_OK the caller rolls back or undoes to a savepoint. */
MUST_USE enum rc agreement_apply(struct tx *tx, struct str json, int64_t now_us, struct applied *ret, struct err *err);
/* The same bytes that agreement_apply would take, in canonical order. */
MUST_USE enum rc agreement_export(struct tx *tx, int64_t instansi_id, int version_number, struct buf *out, struct err *err);
