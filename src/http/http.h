/* SPDX-License-Identifier: EUPL-1.2
 * http/http.h - HTTP/1.1 and TLS, made small. Has never heard of Padan.
 *
 * libmicrohttpd with a pool of epoll threads. Every complete request is handed
 * to one callback on the event thread that received it; the callback either
 * answers at once or keeps the request and answers later from any thread (the
 * connection sleeps meanwhile). Exactly one answer per request, always.
 *
 * Everything that comes in has a ceiling: header block, body per route, number of
 * form fields, cookies, connections in all and per address, seconds idle. */
#pragma once
#include "base/base.h"

struct http_server;
struct http_request;

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

struct http_conf {
	const char *listen;      /* "127.0.0.1:8443", "[::1]:0"; port 0 takes a free one */
	bool tls;
	const char *cert_path, *key_path; /* PEM, when tls */
	int threads;             /* event threads */
	int connections_max;     /* in all */
	int connections_per_addr; /* 0: no limit (everyone of a post comes from one address) */
	int idle_s;              /* keep-alive; at least 300 in production (DESIGN 9) */
	const char *trusted_proxies; /* comma-separated CIDRs whose `client_header` is believed; "" none */
	const char *client_header;   /* e.g. "X-Real-IP" */
	/* How many body bytes this request may carry, before a byte of it is read.
	 * < 0: none are wanted; answer with that status instead (-404, -405, -413). */
	int (*admit)(void *arg, enum http_method method, struct str path);
	/* A complete request. Must lead to exactly one http_reply(). */
	void (*handle)(void *arg, struct http_request *rq);
	/* The body of an answer to a request the server refused by itself (400, 404,
	 * 405, 413, 431, 408, 503). Writes HTML or JSON, returns its content type. */
	const char *(*refuse)(void *arg, int status, struct str path, struct buf *body);
	void *arg;
};

/* RC_INVALID: listen address or certificate unreadable. RC_CONFLICT: address in
 * use. RC_BROKEN: anything else. */
MUST_USE enum rc http_start(const struct http_conf *conf, struct http_server **ret, struct err *err);
/* The port that was really taken. */
int http_port(const struct http_server *server);
/* Accept no more connections; those that live go on. */
void http_quiesce(struct http_server *server);
/* No request may be kept by then: resume all (answer 503) first. */
void http_stop(struct http_server *server);
/* Read certificate and key again for new connections; the old ones stay in use
 * when the files are not a matching pair (RC_INVALID). */
MUST_USE enum rc http_reload_cert(struct http_server *server, struct err *err);
struct http_stat {
	int64_t connections, requests, kept;
};
struct http_stat http_stat(const struct http_server *server);

/* ---- a request; views live until http_reply() ---- */
enum http_method http_method(const struct http_request *rq);
struct str http_path(const struct http_request *rq); /* decoded once, no query; never holds NUL or ".." */
struct str http_header(const struct http_request *rq, const char *name);
struct str http_cookie(const struct http_request *rq, const char *name);
struct str http_query(const struct http_request *rq, const char *name);
/* A field of an application/x-www-form-urlencoded body; the first of that name.
 * {NULL,0} when absent. Not valid UTF-8 counts as absent and http_form_ok() is false. */
struct str http_form(const struct http_request *rq, const char *name);
/* false: the body was not a form, had too many fields, or a field was not text. */
bool http_form_ok(const struct http_request *rq);
struct str http_body(const struct http_request *rq);
/* Who it comes from: the peer, or the client_header of a trusted proxy. */
const struct addr *http_peer(const struct http_request *rq);
bool http_is_tls(const struct http_request *rq);
/* Memory that lives until the request is answered (ceiling 256 KB, wiped). */
struct arena *http_arena(struct http_request *rq);

/* ---- the answer ---- */
struct http_head {
	const char *name;
	struct str value; /* refused (assert) with CR or LF in it */
};
#define HTTP_HEADS_MAX 12
struct http_response {
	int status;
	const char *type;       /* content type; NULL: no body */
	struct buf body;        /* taken over, wiped after sending */
	struct str fixed;       /* or bytes that live as long as the process (assets); not wiped */
	struct http_head heads[HTTP_HEADS_MAX];
	int heads_n;
	bool compress;          /* gzip when the client takes it and it pays; memory of the compressor is wiped too */
	bool bare;              /* fragment: without the headers only a page needs (CSP etc.) */
};
void http_add_header(struct http_response *re, const char *name, struct str value);
/* Send it, from any thread; `rq` is gone afterwards. Adds the security headers:
 * Content-Security-Policy, HSTS under TLS, nosniff, no-referrer, COOP/CORP,
 * Permissions-Policy, Cache-Control: no-store unless the caller set one. */
void http_reply(struct http_request *rq, struct http_response *re);

/* A cookie as it must be set: Secure under TLS, HttpOnly, SameSite=Strict, Path=/.
 * max_age_s < 0: session cookie; 0: delete. Under TLS the name gets the
 * "__Host-" prefix; http_cookie() finds it by the plain name. */
void http_set_cookie(const struct http_request *rq, struct http_response *re, const char *name, struct str value, int max_age_s);
