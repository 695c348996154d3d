/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_key.h - the header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header).
 * Pure. */
#pragma once
#include "base/base.h"

#define V1_KEY "Idempotency-Key"
#define V1_KEY_MAX 64 /* characters */
#define V1_KEY_WHY "Harus 1 sampai 64 karakter ASCII yang tampak, boleh diapit tanda petik ganda."

/* The key itself, in `arena`: 1 to V1_KEY_MAX visible ASCII characters, bare, or as the
 * draft writes them, a string between double quotes (RFC 8941 3.3.3). Both ways of writing
 * one key are the same key. RC_INVALID: it is neither. RC_BROKEN: no memory. */
MUST_USE enum rc v1_key_read(struct str header, struct arena *arena, struct str *ret);
