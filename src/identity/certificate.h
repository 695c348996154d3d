/* SPDX-License-Identifier: EUPL-1.2
 * identity/certificate.h - the client certificates a service user id is bound to
 * (decision 0030), as SHA-256 fingerprints: "" for none, otherwise hex with commas. Three,
 * so that the next one can be bound before the present one is taken out of use. */
#pragma once
#include "base/base.h"

#define CERTIFICATES_MAX 3
struct certificates {
	struct fingerprint at[CERTIFICATES_MAX];
	size_t n;
};
/* RC_INVALID: one is no fingerprint, or stands there twice; RC_LIMIT: too many. */
MUST_USE enum rc certificates_read(struct str text, struct certificates *ret, struct err *err);
/* As it is stored; absent when out of memory. */
struct str certificates_text(const struct certificates *certificates, struct arena *arena);
/* Nothing is bound, or one of them was shown (NULL: none was). The time does not tell
 * which. */
bool certificates_allow(const struct certificates *certificates, const struct fingerprint *shown);
