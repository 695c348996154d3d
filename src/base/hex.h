/* SPDX-License-Identifier: EUPL-1.2
 * base/hex.h - bytes as text: base16 and base64 (RFC 4648). */
#pragma once
#include "base/buf.h"

/* 0-15, or -1 when it is no hex digit of either case. */
int hex_digit(char c);
/* Lower-case hex, 2*n characters. */
void hex_add(struct buf *b, struct str bytes);
/* Exactly n bytes from 2*n hex digits, either case. RC_INVALID otherwise. */
MUST_USE enum rc hex_read(struct str s, unsigned char *ret, size_t n);
/* RFC 4648 4, with padding. */
void base64_add(struct buf *b, struct str bytes);
/* RFC 4648 5, without padding: for cookies, tokens and URLs. */
void base64url_add(struct buf *b, struct str bytes);
/* Decode RFC 4648 4 (padding required) into out; *ret_n bytes.
 * RC_INVALID: not base64; RC_LIMIT: more than `max` bytes. */
MUST_USE enum rc base64_read(struct str s, unsigned char *out, size_t max, size_t *ret_n);
/* The same for RFC 4648 5 without padding. */
MUST_USE enum rc base64url_read(struct str s, unsigned char *out, size_t max, size_t *ret_n);
