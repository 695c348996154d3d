/* SPDX-License-Identifier: EUPL-1.2
 * web/blame.h - what is wrong with a form, and which field it stands beside. The first
 * one found counts. */
#pragma once
#include "base/base.h"

struct blame {
	const char *field; /* name in the form; NULL: nothing is wrong; "" : the form as a whole */
	struct str what;   /* a whole sentence */
};
/* Unless something is blamed already. */
void blame_set(struct blame *blame, const char *field, const char *what);
/* A room's words ("jabatan: satu baris teks") as a sentence. */
void blame_err(struct blame *blame, const char *field, const struct err *err, struct arena *arena);
/* The sentence for that field, "" when it is not to blame. */
struct str blame_of(const struct blame *blame, const char *field);
