/* SPDX-License-Identifier: EUPL-1.2
 * conf/value.h - what a setting of each type may hold. For the room conf alone. */
#pragma once
#include "conf/conf.h"

/* *ret is the number of an INT, the position of a CHOICE's word, else 0.
 * RC_INVALID: err->what names the key and what it would take. */
MUST_USE enum rc value_parse(const struct conf_option *option, struct str text, int64_t *ret, struct err *err);
/* The text to use, NUL-terminated in the arena: PATH and sqlite URLs become
 * relative to `dir`. {NULL,0}: no memory. */
struct str value_resolve(const struct conf_option *option, struct str text, const char *dir, struct arena *arena);
/* The same text with a URL's password replaced by "***". */
void value_write_masked(const struct conf_option *option, struct str text, struct buf *out);
