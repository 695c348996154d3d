/* SPDX-License-Identifier: EUPL-1.2
 * jobs/message.h - a mail as it goes over the wire: RFC 5322, MIME (RFC 2045), UTF-8.
 *
 * Pure. The same mail gives the same bytes each time, Date and Message-ID included, so
 * that one sent twice is seen to be the same. Lines end with CRLF and have at most 78
 * characters; a subject that is not plain ASCII is in encoded words (RFC 2047), the
 * body in base64. */
#pragma once
#include "base/base.h"

struct message {
	struct str from, to; /* addresses as mail_address_is_valid() has them */
	struct str key;      /* with `to` it makes the Message-ID */
	struct str subject, body;
	int64_t put_us; /* its Date */
};
#define MESSAGE_MAX ((size_t)64 << 10)
/* Sticky, as buf.h; asserts that no line end stands in a header. */
void message_write(struct buf *out, const struct message *message);
