/* SPDX-License-Identifier: EUPL-1.2
 * web/qr.h - a text as a QR code, drawn as one inline SVG path. */
#pragma once
#include "http/html.h"

#define QR_TEXT_MAX 120 /* an otpauth URI of the longest user id; a slip's code has half of that */
/* Room for the largest symbol that QR_TEXT_MAX characters lead to. */
#define QR_SVG_MAX ((size_t)32 << 10)

/* Upper-case letters, digits and "-:" make the smallest symbol. Attributes only, so
 * the strict Content-Security-Policy holds. RC_INVALID: empty, too long, or holds a
 * NUL; RC_BROKEN: no memory. */
MUST_USE enum rc qr_svg_write(struct str text, struct buf *out, struct err *err);
