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
	const char *listen; /* "127.0.0.1:8443", "[::1]:0"; port 0 takes a free one */
	bool tls;
	const char *cert_path, *key_path; /* PEM, when tls */
	int threads;                      /* event threads; 0: 1 */
	int connections_max;              /* in all; 0: 1024. Past it newcomers wait while idle ones are let go */
	int connections_per_addr;         /* 0: no limit (everyone of a post comes from one address) */
	int idle_s;                       /* keep-alive; 0: 300, the least for production (DESIGN 9) */
	int request_s;                    /* by then a request must have arrived whole, however slowly its bytes drip;
	                                     0: 30. A second more for 16 KB of body admitted, for 4 KB of answer */
	const char *trusted_proxies;      /* comma-separated CIDRs whose `client_header` is believed; NULL or "": none */
	const char *client_header;        /* e.g. "X-Real-IP": one address; of a list the last, which the proxy added */
	bool ask_certificate;             /* under TLS, ask for a client certificate; coming without one is fine */
	const char *certificate_header;   /* in which trusted proxies pass on the client's (client_cert.h); NULL or "": none */
	/* How many body bytes this request may carry, before a byte of it is stored.
	 * < 0: none are wanted; answer with that status instead (-404, -405, -413).
	 * Runs on an event thread. */
	int (*admit)(void *arg, enum http_method method, struct str path);
	/* A complete request, on an event thread. Must lead to exactly one http_reply(),
	 * within the call or later from any thread. */
	void (*handle)(void *arg, struct http_request *rq);
	/* The body of an answer to a request the server refused by itself (400, 404,
	 * 405, 413, and 500 for an answer that outgrew its buffer); of a path that cannot
	 * be read, `path` is the plain part it begins with. Writes HTML or JSON,
	 * returns its content type; NULL: no body. What libmicrohttpd refuses before a
	 * request exists (a header block past the ceiling: 431, a line it cannot read or
	 * no Host: 400) carries its own few words; what is late is cut off. */
	const char *(*refuse)(void *arg, int status, struct str path, struct buf *body);
	void *arg;
};

/* Everything `conf` points to but `arg` is copied.
 * RC_INVALID: listen address, proxy list or certificate unreadable. RC_CONFLICT:
 * address in use. RC_BROKEN: anything else. */
MUST_USE enum rc http_start(const struct http_conf *conf, struct http_server **ret, struct err *err);
/* The port that was really taken. */
int http_port(const struct http_server *server);
/* Accept no more connections; those that live go on. Once. */
void http_quiesce(struct http_server *server);
/* No request may be kept by then (asserted): answer all with 503 first. Waits up
 * to two seconds for answers that are still being sent, then closes every
 * connection; `server` is gone afterwards. NULL is allowed. */
void http_stop(struct http_server *server);
/* Read certificate and key again for new connections; the old ones stay in use
 * when the files are not a matching pair (RC_INVALID). */
MUST_USE enum rc http_reload_cert(struct http_server *server, struct err *err);
struct http_stat {
	int64_t connections; /* open now */
	int64_t requests;    /* complete ones, ever */
	int64_t kept;        /* handed over and not yet answered */
	int64_t late;        /* connections cut off because a request or an answer took too long */
};
struct http_stat http_stat(const struct http_server *server);

/* ---- a request; every view lives until http_reply() ----
 * Whoever holds the request may ask, one thread at a time. */
enum http_method http_method(const struct http_request *rq);
/* Decoded once, no query; valid UTF-8, begins with '/', holds no NUL, control
 * character, backslash, "//", "." or ".." segment: those were refused with 400. */
struct str http_path(const struct http_request *rq);
struct str http_header(const struct http_request *rq, const char *name);
/* The cookie set by http_set_cookie() under this name; {NULL,0} when absent. Under
 * TLS only the "__Host-" one is seen. */
struct str http_cookie(const struct http_request *rq, const char *name);
/* A query parameter, decoded into the arena; absent when it is not text. */
struct str http_query(struct http_request *rq, const char *name);
/* false: some parameter of the query is not text, so that http_query() has less than was sent. */
bool http_query_ok(struct http_request *rq);
/* A field of a form, application/x-www-form-urlencoded or multipart/form-data; the
 * first of that name. {NULL,0} when absent. Not valid UTF-8 counts as absent and
 * http_form_ok() is false. */
struct str http_form(const struct http_request *rq, const char *name);
/* false: the body was not a form, had too many fields, or a field was not text. */
bool http_form_ok(const struct http_request *rq);
/* A file of a multipart form; the first of that name, NULL when absent. Where a
 * browser's user chose none, both name and bytes are empty. What kind of file it is
 * only its bytes can tell: the kind a client claims is not even read. */
struct http_file {
	struct str name;  /* text; the last part of the path that was sent, at most 200 bytes */
	struct str bytes; /* a view of the body */
};
const struct http_file *http_file(const struct http_request *rq, const char *name);
struct str http_body(const struct http_request *rq);
/* Who it comes from: the peer, or the client_header of a trusted proxy. */
const struct addr *http_peer(const struct http_request *rq);
bool http_is_tls(const struct http_request *rq);
/* The client's own X-Request-Id where it is 1 to 64 of A-Z a-z 0-9 . _ -, else one of
 * ours; the same for the whole request. What the server refuses by itself carries it. */
#define HTTP_REQUEST_ID "X-Request-Id"
#define HTTP_REQUEST_ID_MAX 64
struct str http_request_id(struct http_request *rq);
/* The certificate of the client, whose key it was proved to have; of a trusted proxy's
 * client what certificate_header says, and never the proxy's own. NULL: none. Who signed
 * it, and until when, was not looked at. */
const struct fingerprint *http_certificate(const struct http_request *rq);
/* Memory that lives until the answer was sent (ceiling 256 KB, wiped). Nobody may
 * touch it after http_reply(). */
struct arena *http_arena(struct http_request *rq);

/* ---- the answer ---- */
struct http_head {
	const char *name;
	struct str value; /* asserted: no control characters; copied by http_reply() */
};
#define HTTP_HEADS_MAX 12
struct http_response {
	int status;
	const char *type; /* content type; NULL: no body */
	struct buf body;  /* taken over, wiped after sending; broken: the visitor gets 500 */
	struct str fixed; /* or bytes that live as long as the process (assets); not wiped */
	struct http_head heads[HTTP_HEADS_MAX];
	int heads_n;
	bool compress; /* gzip when the client takes it and it pays; memory of the compressor is wiped too */
	bool bare;     /* fragment or API: only no-store and nosniff, without what a page needs */
};
/* At most HTTP_HEADS_MAX (asserted); "Cache-Control" replaces no-store. */
void http_add_header(struct http_response *re, const char *name, struct str value);
/* Send it, from any thread; `rq` is gone afterwards, `re` is empty. Adds the
 * security headers: Content-Security-Policy, HSTS under TLS, nosniff, COOP/CORP,
 * Permissions-Policy, Cache-Control: no-store unless the caller set one, and
 * Referrer-Policy: same-origin (with no-referrer browsers send "Origin: null" in
 * forms, and the Origin check would refuse them). HEAD: the body is measured, not
 * sent. A visitor who went away meanwhile is no error. */
void http_reply(struct http_request *rq, struct http_response *re);

/* A cookie as it must be set: Secure under TLS, HttpOnly, SameSite=Strict, Path=/.
 * max_age_s < 0: session cookie; 0: delete. Under TLS the name gets the
 * "__Host-" prefix; http_cookie() finds it by the plain name. `value` holds only
 * cookie octets (asserted). */
void http_set_cookie(struct http_request *rq, struct http_response *re, const char *name, struct str value, int max_age_s);
