/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_inquiry_body.h - the body of /api/v1/verifikasi and /api/v1/kesesuaian, and the
 * Idempotency-Key that comes with it, from bytes to what is asked. Pure: no store, no clock.
 *
 * Strict (api/v1_body.h): every code is text, never a number; what is not known, or said
 * twice, is a flaw. Sixteen characters that are no NIK are none: that is an outcome of the
 * table (15), and comes after much else. */
#pragma once
#include "api/v1_body.h"

#define V1_INQUIRY_BODY_MAX 16384 /* bytes */
#define V1_NIK_MAX 64             /* bytes of what stands for a NIK; longer is a flaw */
#define V1_SAID_MAX 255           /* bytes of what is said of one element */
#define V1_THRESHOLD 100          /* where "ambang" is absent */

struct v1_inquiry_ask {
	enum method method; /* METHOD_CALL_NIK or METHOD_VERIFY */
	struct str json;
	struct str key; /* the header Idempotency-Key; absent: none */
};
struct v1_inquiry_body {
	bool unread; /* no JSON object at all; nothing else is set */
	struct problem_flaw flaws[PROBLEM_FLAWS_MAX];
	size_t flaws_n; /* all of them; when there is one, nothing below is set */
	bool nik_bad;   /* typed, but no NIK */
	struct nik nik;
	enum nik_flaw flaw;
	element_set wanted;  /* 0: all granted; of METHOD_VERIFY those of the claim, never 0 */
	struct claim claim;  /* METHOD_VERIFY */
	int64_t kejadian_id; /* 0: none named */
	enum document document;
	struct str key; /* absent: none */
};
/* Texts of *ret stand in `arena`. RC_BROKEN: no memory. Whatever is wrong with the body is
 * in *ret. */
MUST_USE enum rc v1_inquiry_body_read(const struct v1_inquiry_ask *ask, struct arena *arena, struct v1_inquiry_body *ret,
                                      struct err *err);
