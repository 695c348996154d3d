/* SPDX-License-Identifier: EUPL-1.2
 * jobs/token.h - the bearer tokens for the data balikan service above: a text with one
 * line an instansi, `CODE TOKEN`. Blank lines, and those that begin with '#', are passed
 * over. Pure; the text stays one secret and is searched each time. */
#pragma once
#include "base/base.h"

#define TOKENS_MAX ((size_t)64 << 10) /* bytes of the text */

/* RC_INVALID names the line: not two words, a token that could not stand in a header or
 * is too long, an instansi named twice. */
MUST_USE enum rc tokens_check(struct str text, struct err *err);
/* Case of the code does not matter. RC_ABSENT. */
MUST_USE enum rc token_find(struct str text, struct str code, struct str *ret);
