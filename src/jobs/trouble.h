/* SPDX-License-Identifier: EUPL-1.2
 * jobs/trouble.h - why data balikan of an instansi does not reach the system above, in
 * words: for the page, the command line and the log. Keys are stored. */
#pragma once
#include "base/base.h"

enum trouble {
	TROUBLE_CONNECT, TROUBLE_TLS, TROUBLE_TIMEOUT, TROUBLE_NO_TOKEN, TROUBLE_TOKEN, TROUBLE_AGENCY, TROUBLE_BUSY,
	TROUBLE_REDIRECT, TROUBLE_REPLY, TROUBLE_OURS, TROUBLE_COUNT
};
struct trouble_row {
	enum trouble trouble;
	const char *key, *label;
};
const struct trouble_row *trouble_at(size_t i); /* NULL past the end */
/* "" for a word nobody knows, and for none. */
const char *trouble_label(struct str key);
