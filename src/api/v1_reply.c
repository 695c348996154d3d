/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_reply.c - see v1_reply.h. */
#include "api/v1_reply.h"

#include <stdio.h>

#define ID_SIZE 12

static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && c != '-' && c != '_' && c != '.')
			return false;
	}
	return s.n > 0 && s.n <= V1_REQUEST_ID_MAX;
}

struct str v1_request_id(struct visit *v)
{
	unsigned char bytes[ID_SIZE];
	BUF_AUTO hex = BUF(2 * ID_SIZE + 1);
	struct str sent = http_header(v->rq, "X-Request-Id");
	if (is_id(sent))
		return sent;
	if (v->request_id.n)
		return v->request_id;
	secret_random(bytes, sizeof bytes);
	hex_add(&hex, str_from((const char *)bytes, sizeof bytes));
	v->request_id = arena_str(v->arena, buf_str(&hex));
	return v->request_id.at ? v->request_id : S("-");
}

void v1_reply(struct visit *v, int status, const char *type, struct buf *body)
{
	buf_free(&v->out.body);
	v->out = (struct http_response){.status = status, .type = type, .body = *body, .bare = true};
	*body = BUF(body->max);
	http_add_header(&v->out, "X-Request-Id", v1_request_id(v));
}

void v1_add_time(struct buf *out, int64_t us)
{
	struct day day = day_of_us(us);
	if (us == 0) {
		buf_addz(out, "null");
		return;
	}
	int64_t s = (us - day_begin_us(day)) / US_PER_S;
	buf_addf(out, "\"%sT%02d:%02d:%02d+07:00\"", day_iso(day).z, (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

void v1_add_day(struct buf *out, struct day day)
{
	if (day.n == 0)
		buf_addz(out, "null");
	else
		buf_addf(out, "\"%s\"", day_iso(day).z);
}

void v1_add_text(struct buf *out, struct str text)
{
	if (text.n == 0)
		buf_addz(out, "null");
	else
		buf_add_json(out, text);
}
