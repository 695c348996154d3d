/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_reply.c - see v1_reply.h. */
#include "api/v1_reply.h"

struct str v1_request_id(struct visit *v)
{
	return http_request_id(v->rq);
}

void v1_reply(struct visit *v, int status, const char *type, struct buf *body)
{
	buf_free(&v->out.body);
	v->out = (struct http_response){.status = status, .type = type, .body = *body, .bare = true};
	*body = BUF(body->max);
	http_add_header(&v->out, HTTP_REQUEST_ID, v1_request_id(v));
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
