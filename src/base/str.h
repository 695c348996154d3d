/* SPDX-License-Identifier: EUPL-1.2
 * base/str.h - a view of bytes that somebody else owns.
 *
 * A `struct str` is never NUL-terminated by promise and never frees anything.
 * An absent text is {NULL, 0}; an empty one may be either. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/rc.h"

struct str {
	const char *at;
	size_t n;
};

/* A literal as a view: S("NIK"). */
#define S(lit) ((struct str){"" lit, sizeof(lit) - 1})
/* printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s) (int)(s).n, (s).at ? (s).at : ""

static inline struct str str_from(const char *at, size_t n)
{
	return (struct str){at, n};
}
/* NULL gives the absent text. */
static inline struct str str_c(const char *z)
{
	return (struct str){z, z ? strlen(z) : 0};
}
static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.at, b.at, a.n) == 0);
}
/* ASCII letters compare without case; other bytes exactly. */
bool str_ieq(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
/* Where `c` first stands, or s.n. */
size_t str_index(struct str s, char c);
/* s without ASCII blanks at both ends. */
struct str str_trim(struct str s);
/* s from byte `from` on, at most `n` bytes; out of range gives an empty view. */
struct str str_sub(struct str s, size_t from, size_t n);
/* At most `max` bytes of s, never half a UTF-8 character at the end. */
struct str str_cut(struct str s, size_t max);
/* Cut *rest at the first `sep`: returns what stood before it, *rest is what
 * stands after it, {NULL,0} when there was no `sep`. */
struct str str_split(struct str *rest, char sep);
/* Decimal digits with an optional '-', the whole text, within [min, max];
 * RC_INVALID otherwise. No blanks, no '+'. */
MUST_USE enum rc str_int(struct str s, int64_t min, int64_t max, int64_t *ret);
/* Valid UTF-8 without NUL and without other C0 controls than tab, newline and carriage return. */
bool str_is_text(struct str s);
/* Bytes of the UTF-8 character (RFC 3629) that begins at `at`; 0 when none does. */
size_t str_utf8(struct str s, size_t at);
/* Equal, in time that depends on the lengths alone. */
bool str_eq_secret(struct str a, struct str b);
