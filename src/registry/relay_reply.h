/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_reply.h - what a reply of the system above says (DOMAIN 4.1). Pure.
 *
 * The envelope has one content. With RESPONSE_CODE it is an outcome, or says that it refuses
 * us; without one it is data (CALL_NIK) or accords (kesesuaian). Sixteen digits never pass
 * through a double. The rest of the envelope (quotaLimiter and the like) says nothing to us.
 * Whatever is not as it must be is no answer at all: the person of another NIK, a date that
 * is none, a number that does not fit, keys said twice. Nobody is shown a guess. */
#pragma once
#include "registry/relay_body.h"
#include "registry/relay_trouble.h"

#define RELAY_REPLY_MAX ((size_t)64 << 10) /* bytes */
#define RELAY_DEPTH_MAX 8

struct relay_reply {
	enum outcome outcome;              /* 01, 11-15 with RELAY_WELL; else what it said of us, 0 nothing */
	struct str element[ELEMENT_COUNT]; /* of 01 and CALL_NIK, those granted; in the forms of registry/answer.h */
	struct accord accords[ELEMENT_COUNT]; /* of 01 and kesesuaian */
};
/* Texts of *ret in `arena`. RELAY_WELL: *ret is filled. */
enum relay_trouble relay_reply_read(int status, struct str body, const struct relay_question *q, struct arena *arena,
                                    struct relay_reply *ret);
