/* SPDX-License-Identifier: EUPL-1.2
 * http/request_id.c - see http.h: the number by which both sides find a request again. */
#include "http/server.h"

#define ID_BYTES 12

static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && c != '-' && c != '_' && c != '.')
			return false;
	}
	return s.n > 0 && s.n <= HTTP_REQUEST_ID_MAX;
}

struct str http_request_id(struct http_request *rq)
{
	unsigned char bytes[ID_BYTES];
	BUF_AUTO hex = BUF(2 * ID_BYTES + 1);
	struct str sent = http_header(rq, HTTP_REQUEST_ID);
	if (is_id(sent))
		return sent;
	if (rq->id.n)
		return rq->id;
	secret_random(bytes, sizeof bytes);
	hex_add(&hex, str_from((const char *)bytes, sizeof bytes));
	rq->id = arena_str(&rq->arena, buf_str(&hex));
	return rq->id.at ? rq->id : S("-");
}
