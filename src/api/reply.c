/* SPDX-License-Identifier: EUPL-1.2
 * api/reply.c - see reply.h. */
#include "api/reply.h"

#define MESSAGE_MAX 2048

void reply_json(struct visit *v, int status, struct buf *body)
{
	buf_free(&v->out.body);
	v->out.status = status;
	v->out.type = REPLY_TYPE;
	v->out.body = *body;
	v->out.bare = true;
	*body = BUF(body->max);
}

void reply_message(struct visit *v, int status, struct str words)
{
	BUF_AUTO body = BUF(MESSAGE_MAX);
	buf_addz(&body, "{\"message\":");
	buf_add_json(&body, words);
	buf_addc(&body, '}');
	reply_json(v, status, &body);
}
