/* SPDX-License-Identifier: EUPL-1.2
 * api/get_json.c - see get_json.h. */
#include "api/get_json.h"

#include "api/get_json_body.h"
#include "api/reply.h"
#include "api/wire.h"

#define BASE S("/dukcapil")
#define SEGMENTS_MAX 3
#define NO_ADDRESS (-1) /* a family no peer has */

bool get_json_owns(struct str path)
{
	struct str base = BASE;
	return str_ieq(str_sub(path, 0, base.n), base) && (path.n == base.n || path.at[base.n] == '/');
}

/* ---- the path ---- */

struct named {
	struct str code;    /* absent: none */
	enum method method; /* METHOD_COUNT: none we know */
};

/* The portal is no web service. The card reader is known, so that it can be refused by
 * name (J.IV). */
static enum method method_of(struct str word)
{
	enum method method;
	return method_from_key(word, &method) == RC_OK && method != METHOD_PORTAL ? method : METHOD_COUNT;
}

/* The region says nothing here: one Padan serves one office. */
static struct named read_path(struct str path)
{
	struct str segments[SEGMENTS_MAX], rest = str_sub(path, sizeof GET_JSON_BASE - 1, path.n);
	size_t n = 0;
	if (rest.n && rest.at[rest.n - 1] == '/')
		rest.n--;
	while (rest.at && n < SEGMENTS_MAX)
		segments[n++] = str_split(&rest, '/');
	if (rest.at || n < 2)
		return (struct named){.method = METHOD_COUNT};
	return (struct named){segments[n - 2], method_of(segments[n - 1])};
}

/* ---- the inquiry ---- */

static ground_set against(const struct named *named, const struct get_json_body *body)
{
	bool empty = !body->unread && (body->user_id.n == 0 || body->password.n == 0 || body->ip_user.n == 0);
	bool verify = named->method == METHOD_VERIFY;
	bool malformed = body->malformed || named->method == METHOD_COUNT;
	malformed |= verify && (body->flawed || body->said == 0);
	ground_set set = malformed ? GROUND_BIT(GROUND_MALFORMED) : 0;
	return set | (empty ? GROUND_BIT(GROUND_CREDENTIAL_EMPTY) : 0);
}

/* Compared with the peer where the agreement says so, never believed. */
static struct addr claimed_of(const struct get_json_body *body)
{
	struct addr addr;
	if (addr_from_str(body->ip_user, &addr) == RC_OK)
		return addr;
	return (struct addr){.family = NO_ADDRESS};
}

enum rc get_json_inquiry(struct visit *v, struct inquiry *ret, struct err *err)
{
	struct get_json_body *body = ARENA_NEW(v->arena, struct get_json_body);
	struct named named = read_path(http_path(v->rq));
	if (!body)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(get_json_body_read(http_body(v->rq), v->arena, body, err));
	*ret = (struct inquiry){
		.against = against(&named, body),
		.method = named.method,
		.user_id = body->user_id,
		.secret = body->password,
		.path_code = named.code,
		.claimed = claimed_of(body),
		.nik_bad = body->nik_bad,
		.nik = body->nik,
		.flaw = body->flaw,
		.kejadian_id = body->kejadian_id,
		.repeat_key = body->transaction,
		.repeat_body = body->transaction.n ? http_body(v->rq) : (struct str){NULL, 0},
	};
	if (named.method == METHOD_VERIFY) {
		ret->claim = &body->claim;
		ret->wanted = body->said;
	}
	return RC_OK;
}

/* ---- the answer ---- */

enum rc get_json_page(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(WIRE_MAX);
	wire_verdict(&body, v->verdict);
	if (!buf_ok(&body))
		return FAIL(err, RC_BROKEN, "jawaban terlalu besar");
	reply_json(v, 200, &body);
	return RC_OK;
}

const char *get_json_refuse(int status, struct buf *body)
{
	if (status >= 400 && status < 500 && status != 429)
		wire_outcome(body, OUTCOME_PARAMETER);
	else
		wire_empty(body);
	return REPLY_TYPE;
}
