/* SPDX-License-Identifier: EUPL-1.2
 * api/get_json_body.h - the body of an inquiry (DOMAIN 4.1), from bytes to what is asked.
 * Pure: no store, no clock.
 *
 * A body is one flat JSON object. Keys are found in any case and under the names that
 * clients use for them; the same thing said twice is malformed, as nobody could tell which
 * one counts. Blank texts and null are as good as absent. Numbers are integers of 64 bits,
 * never doubles: from province 91 on those lose the last digit. What nobody asked for is
 * skipped, whatever stands in it. */
#pragma once
#include "base/base.h"

#define GET_JSON_BODY_MAX 16384 /* bytes */
#define GET_JSON_DEPTH_MAX 8    /* of what is skipped, too */
#define GET_JSON_THRESHOLD 100  /* where TRESHOLD is absent */

struct get_json_body {
	bool unread;              /* no JSON object at all; nothing else is set but `malformed` */
	bool malformed;           /* then only the credentials, as far as they could be read, mean something */
	bool flawed;              /* an element, or TRESHOLD, is not what it should be; matters to kesesuaian alone */
	struct str user_id, password; /* n == 0: empty */
	struct str ip_user;       /* n == 0: empty; otherwise as sent */
	struct str transaction;   /* absent: none */
	int64_t kejadian_id;      /* 0: none named */
	bool nik_bad;             /* typed, but no NIK */
	struct nik nik;
	enum nik_flaw flaw;
	struct claim claim;
	element_set said;         /* of the claim */
};
/* Texts of *ret stand in `arena`. RC_BROKEN: no memory. Whatever is wrong with the body is
 * in *ret. */
MUST_USE enum rc get_json_body_read(struct str json, struct arena *arena, struct get_json_body *ret, struct err *err);
