/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_user.h - as whom each instansi is known to the system above: a text with one
 * line an instansi,
 *
 *	OUR_CODE ITS_CODE USER_ID PASSWORD IP_USER
 *
 * Blank lines, and those that begin with '#', are passed over. Pure; what is read points into
 * the text, which is a secret. */
#pragma once
#include "base/base.h"

#define RELAY_USERS_MAX 256
#define RELAY_USERS_TEXT ((size_t)64 << 10) /* bytes */

struct relay_user {
	struct str code;                   /* of the instansi, here */
	struct str its_code, user_id, password, ip_user; /* there */
};
/* RC_INVALID names the line: not five words, a code that could not stand in a path, an address
 * that is none, an instansi named twice. RC_LIMIT: more than RELAY_USERS_MAX. */
MUST_USE enum rc relay_users_read(struct str text, struct relay_user *ret, size_t *ret_n, struct err *err);
