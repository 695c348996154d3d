/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_body.h - the question as the system above wants it (DOMAIN 4.1). Pure. */
#pragma once
#include "registry/relay_user.h"

#define RELAY_BODY_MAX 16384 /* bytes; a claim never fills it */
#define RELAY_HIT 16

struct relay_question {
	enum method method;        /* METHOD_VERIFY goes as it is, any other as CALL_NIK */
	struct nik nik;
	element_set elements;      /* granted: of no other is anything said or taken over */
	const struct claim *claim; /* METHOD_VERIFY */
	unsigned char hit[RELAY_HIT]; /* names the hit there: its repeats are the same */
};
/* "CALL_NIK", "CALL_VERIFY_BY_ELEMEN" */
const char *relay_method_key(enum method method);
/* transactionId is made of `hit` alone: whatever the client called it stays here. */
void relay_body_write(struct buf *out, const struct relay_question *q, const struct relay_user *user);
