/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_trouble.h - why the system above gave no answer, in words: for the log, the
 * journal and `padan check`. Keys are journaled. */
#pragma once
#include "base/base.h"

enum relay_trouble {
	RELAY_WELL,      /* it answered */
	RELAY_CONNECT, RELAY_TLS, RELAY_TIMEOUT, RELAY_BUSY, RELAY_REDIRECT, RELAY_REPLY,
	RELAY_QUOTA,     /* it says that the quota there is spent */
	RELAY_REFUSED,   /* it refuses us: login, address, agency, user id */
	RELAY_QUESTION,  /* it refuses this question: a parameter */
	RELAY_NO_USER,   /* nobody said as whom to ask for this instansi */
	RELAY_FULL, RELAY_PAUSED, RELAY_STOPPING, RELAY_LOST,
	RELAY_TROUBLES
};
enum relay_blame {
	RELAY_BLAME_NONE, /* nobody's: too much at once, or we stop */
	RELAY_BLAME_IT,   /* the system as a whole */
	RELAY_BLAME_WORDS, /* one question or its reply: whoever asks may bring it about, so nobody else is stopped by it */
	RELAY_BLAME_USER  /* what it thinks of one instansi */
};
struct relay_trouble_row {
	enum relay_trouble trouble;
	const char *key, *label;
	enum relay_blame blame;
};
const struct relay_trouble_row *relay_trouble_get(enum relay_trouble trouble);
