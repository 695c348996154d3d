/* SPDX-License-Identifier: EUPL-1.2
 * base/buf.h - growing bytes with a mandatory ceiling.
 *
 * Writers are sticky: past the ceiling, or out of memory, nothing more is
 * written and buf_ok() says no; ask it once at the end. */
#pragma once
#include "base/str.h"

struct buf {
	char *at;
	size_t n, cap, max;
	bool broken;
};

/* Allocates nothing yet. */
#define BUF(ceiling) ((struct buf){.max = (ceiling)})
static inline bool buf_ok(const struct buf *b)
{
	return !b->broken;
}
/* Valid until the next write. */
static inline struct str buf_str(const struct buf *b)
{
	return (struct str){b->at, b->n};
}
/* Room for `n` more bytes at b->at + b->n; false leaves the buffer broken. */
MUST_USE bool buf_room(struct buf *b, size_t n);
void buf_add(struct buf *b, struct str s);
void buf_addc(struct buf *b, char c);
void buf_addz(struct buf *b, const char *z);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_add_int(struct buf *b, int64_t n);
/* JSON string with its quotes; invalid UTF-8 bytes become U+FFFD. */
void buf_add_json(struct buf *b, struct str s);
/* & < > " ' as character references: safe in text and in quoted attributes. */
void buf_add_html(struct buf *b, struct str s);
/* Forget the contents, keep the memory. */
void buf_clear(struct buf *b);
/* Wipe, then release. Safe on an empty buffer; the ceiling stays. */
void buf_free(struct buf *b);
#define BUF_AUTO __attribute__((cleanup(buf_free))) struct buf
