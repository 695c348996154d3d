/* SPDX-License-Identifier: EUPL-1.2
 * http/response.c - the answer: security headers, cookies, compression, and the
 * way back to the event thread.
 *
 * http_reply() only moves the answer into the request and wakes the connection;
 * headers, compression and sending happen on the event thread, so that the thread
 * that decides (there is one) does not pay for them. The body then belongs to the
 * connection until libmicrohttpd lets go of it, and is wiped there. */
#include "http/server.h"

#include <assert.h>
#include <stdio.h>
#include <strings.h>

#include "http/accept.h"
#include "http/compress.h"
#include "http/cookie.h"

#define REFUSAL_MAX 16384
#define ANSWER_S_BYTES (4 * 1024) /* a second of patience for each */

enum when { ALWAYS, PAGE, PAGE_TLS };
static const struct {
	const char *name, *value;
	enum when when;
} security_heads[] = {
        {"X-Content-Type-Options", "nosniff", ALWAYS},
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
         "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
         PAGE},
        {"Referrer-Policy", "same-origin", PAGE},
        {"Cross-Origin-Opener-Policy", "same-origin", PAGE},
        {"Cross-Origin-Resource-Policy", "same-origin", PAGE},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()", PAGE},
        {"Strict-Transport-Security", "max-age=63072000", PAGE_TLS},
};

/* ---- what the caller fills ---- */
static bool header_ok(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.at[i] < ' ' || value.at[i] == 0x7f)
			return false;
	return true;
}

void http_add_header(struct http_response *re, const char *name, struct str value)
{
	assert(re->heads_n < HTTP_HEADS_MAX && header_ok(value));
	re->heads[re->heads_n++] = (struct http_head){name, value};
}

void http_set_cookie(struct http_request *rq, struct http_response *re, const char *name, struct str value, int max_age_s)
{
	bool tls = http_is_tls(rq);
	char age[32] = "";
	assert(cookie_octets(value));
	if (max_age_s >= 0)
		snprintf(age, sizeof age, "; Max-Age=%d", max_age_s);
	struct str cookie = arena_printf(&rq->arena, "%s%s=%.*s; Path=/%s; HttpOnly; SameSite=Strict%s", tls ? "__Host-" : "", name,
	                                 STR_ARG(value), age, tls ? "; Secure" : "");
	if (!cookie.at)
		re->body.broken = true; /* an answer without its cookie would mislead: 500 */
	else
		http_add_header(re, "Set-Cookie", cookie);
}

/* ---- hand-over ---- */
/* Copies of the header values, each with the NUL that libmicrohttpd wants. */
static void keep_heads(struct http_request *rq)
{
	struct http_response *out = &rq->out;
	size_t n = 0;
	for (int i = 0; i < out->heads_n; i++)
		n += out->heads[i].value.n + 1;
	if (!buf_room(&rq->out_heads, n)) {
		out->body.broken = true;
		out->heads_n = 0;
	}
	for (int i = 0; i < out->heads_n; i++) {
		struct str *value = &out->heads[i].value;
		const char *copy = rq->out_heads.at + rq->out_heads.n;
		buf_add(&rq->out_heads, *value);
		buf_addc(&rq->out_heads, 0);
		value->at = copy;
	}
}

void http_reply(struct http_request *rq, struct http_response *re)
{
	struct conn *conn = rq->conn;
	assert(re->status >= 200 && re->status <= 599);
	rq->out = *re;
	re->body = (struct buf){.max = re->body.max};
	keep_heads(rq);
	atomic_fetch_sub(&conn->server->kept, 1);
	enum request_state was = atomic_exchange(&rq->state, REQUEST_ANSWERED);
	assert(was == REQUEST_HANDED || was == REQUEST_SUSPENDED);
	if (was == REQUEST_SUSPENDED)
		MHD_resume_connection(conn->mhd);
}

/* ---- on the event thread ---- */
static void add_heads(struct MHD_Response *mhd, const struct http_request *rq)
{
	const struct http_response *out = &rq->out;
	bool cached = false, tls = http_is_tls(rq);
	for (int i = 0; i < out->heads_n; i++) {
		MHD_add_response_header(mhd, out->heads[i].name, out->heads[i].value.at);
		cached |= strcasecmp(out->heads[i].name, "Cache-Control") == 0;
	}
	if (!cached)
		MHD_add_response_header(mhd, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	for (size_t i = 0; i < LEN(security_heads); i++) {
		enum when when = security_heads[i].when;
		if (when == ALWAYS || (!out->bare && (when == PAGE || tls)))
			MHD_add_response_header(mhd, security_heads[i].name, security_heads[i].value);
	}
	if (out->type)
		MHD_add_response_header(mhd, MHD_HTTP_HEADER_CONTENT_TYPE, out->type);
	if (rq->close)
		MHD_add_response_header(mhd, MHD_HTTP_HEADER_CONNECTION, "close");
}

/* Replace the body by its gzip form where that pays. */
static bool compress(struct http_request *rq)
{
	struct http_response *out = &rq->out;
	if (!out->compress || !(rq->accepts & ACCEPT_GZIP) || out->fixed.at || out->body.n < COMPRESS_MIN)
		return false;
	struct buf small = BUF(out->body.n);
	if (compress_gzip(buf_str(&out->body), &small) != RC_OK) {
		buf_free(&small);
		return false;
	}
	buf_free(&out->body);
	out->body = small;
	return true;
}

static void body_sent(void *arg)
{
	struct conn *conn = arg;
	buf_free(&conn->sending);
}

static struct MHD_Response *make(struct http_request *rq)
{
	struct http_response *out = &rq->out;
	struct conn *conn = rq->conn;
	if (out->fixed.at)
		return MHD_create_response_from_buffer(out->fixed.n, (void *)(uintptr_t)out->fixed.at, MHD_RESPMEM_PERSISTENT);
	if (out->body.n == 0) {
		buf_free(&out->body);
		return MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
	}
	assert(conn->sending.at == NULL);
	conn->sending = out->body;
	out->body = (struct buf){0};
	struct MHD_Response *mhd =
	        MHD_create_response_from_buffer_with_free_callback_cls(conn->sending.n, conn->sending.at, body_sent, conn);
	if (!mhd)
		buf_free(&conn->sending);
	return mhd;
}

static enum MHD_Result queue(struct http_request *rq)
{
	struct conn *conn = rq->conn;
	bool small = compress(rq);
	size_t n = rq->out.fixed.at ? rq->out.fixed.n : rq->out.body.n;
	struct MHD_Response *mhd = make(rq);
	if (!mhd)
		return MHD_NO;
	add_heads(mhd, rq);
	if (rq->out.compress)
		MHD_add_response_header(mhd, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
	if (small)
		MHD_add_response_header(mhd, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
	conn_phase(conn, PHASE_BUSY, conn->server->conf.request_s + (int64_t)(n / ANSWER_S_BYTES));
	enum MHD_Result sent = MHD_queue_response(conn->mhd, (unsigned)rq->out.status, mhd);
	MHD_destroy_response(mhd);
	return sent;
}

/* RFC 9110 15.5.6 wants the methods named; the other of the two is a good guess. */
static const char *allowed(enum http_method method)
{
	switch (method) {
	case HTTP_GET:
	case HTTP_HEAD: return "POST";
	case HTTP_POST: return "GET, HEAD";
	case HTTP_OTHER: return "GET, HEAD, POST";
	}
	return "";
}

enum MHD_Result response_refuse(struct http_request *rq, int status)
{
	const struct http_conf *conf = &rq->conn->server->conf;
	buf_free(&rq->out.body);
	rq->out = (struct http_response){.status = status, .body = BUF(REFUSAL_MAX), .compress = true};
	rq->out.bare = status == 431; /* its own headers left hardly room for ours */
	if (conf->refuse)
		rq->out.type = conf->refuse(conf->arg, status, rq->path, &rq->out.body);
	if (!buf_ok(&rq->out.body) || !rq->out.type) {
		buf_free(&rq->out.body);
		rq->out.type = NULL;
	}
	if (!rq->out.bare)
		http_add_header(&rq->out, HTTP_REQUEST_ID, http_request_id(rq));
	if (status == 503)
		http_add_header(&rq->out, "Retry-After", S("5"));
	if (status == 405)
		http_add_header(&rq->out, "Allow", str_c(allowed(rq->method)));
	keep_heads(rq);
	return queue(rq);
}

enum MHD_Result response_send(struct http_request *rq)
{
	if (!buf_ok(&rq->out.body))
		return response_refuse(rq, 500);
	return weight_take(rq, rq->out.body.n) ? queue(rq) : response_refuse(rq, 503);
}
