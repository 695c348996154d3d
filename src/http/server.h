/* SPDX-License-Identifier: EUPL-1.2
 * http/server.h - what the files of this room share, and nobody else sees.
 *
 * Three lifetimes. The server owns an arena from which connections and requests
 * are cut; neither is given back before the server stops, both are reused through
 * free lists (their number is bounded by connections_max). A connection lives from
 * accept to close; a request from its header block to the end of its answer.
 *
 * Threads: an event thread owns its connections and their requests, except while a
 * request is kept: then whoever holds it owns it, and the hand-over in both
 * directions goes through request.state. `lock` guards the lists and the arena. */
#pragma once
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/form.h"
#include "http/http.h"
#include "http/tls.h"

#define PROXIES_MAX 32
#define HTTP_ARENA_MAX (256 * 1024)
#define HTTP_DRAIN_MAX (2 * 1024 * 1024) /* unwanted body bytes read for the sake of a polite refusal */
#define HTTP_DRAIN_TIMES 4 /* where large bodies are wanted: so many times the route's ceiling */
#define HTTP_LIGHT_MAX (64 * 1024)           /* larger bodies are weighed (weight.c) */
#define HTTP_WEIGHT_MAX (64 * 1024 * 1024)      /* all heavy bodies of a server, coming in and going out */
#define HTTP_WEIGHT_ADDR_MAX (24 * 1024 * 1024) /* those of one address */
#define HTTP_POOL_SIZE (8 * 1024)   /* libmicrohttpd's memory for one connection */
#define HTTP_HEADERS_MAX (6 * 1024) /* of the pool, for what was asked; the rest is for the answer's headers */
#define HTTP_HEADER_COST 64         /* what libmicrohttpd spends on a header besides its text */
#define HTTP_SPARE_MAX 64           /* finished requests that keep their memory for the next one */
#define HTTP_SPARE_BODY_MAX 8192

enum phase { PHASE_FRESH, PHASE_IDLE, PHASE_BUSY };

struct conn {
	struct http_server *server;
	struct MHD_Connection *mhd;
	struct conn *prev, *next; /* in server->live, or next in server->conns_free */
	struct tls_pair *pair;    /* held until the connection closes */
	struct addr peer;
	int fd;
	bool cut; /* late, and shut down already */
	_Atomic(enum phase) phase;
	_Atomic int64_t deadline_us; /* steady clock; INT64_MAX: none (somebody keeps the request) */
	_Atomic int64_t since_us;    /* when the phase began */
	struct buf sending;          /* body of the answer under way */
	size_t weight;               /* of heavy bodies; under server->lock, written by its event thread alone */
	struct addr weight_of;
};

enum request_state { REQUEST_READING, REQUEST_HANDED, REQUEST_SUSPENDED, REQUEST_ANSWERED };

struct http_request {
	struct conn *conn;
	struct http_request *next; /* in server->requests_free */
	_Atomic(enum request_state) state;
	enum http_method method;
	struct str path; /* {NULL,0} until it was found sound */
	struct addr peer;
	struct str id; /* ours, once it was made; in the arena */
	struct fingerprint certificate;
	struct arena arena;
	struct buf body;
	size_t body_seen; /* bytes that came in, stored or not */
	size_t drain_max; /* unwanted bytes that are read all the same */
	size_t heavy;     /* bytes weighed for the body */
	int refused;      /* status, 0: not refused */
	bool close;       /* the rest of the connection cannot be trusted */
	struct form form;
	struct http_response out; /* set by http_reply() */
	struct buf out_heads;     /* copies of the header values */
	unsigned accepts;         /* content codings */
};

struct http_server {
	struct http_conf conf; /* its strings are copies in the arena */
	struct arena arena;
	struct MHD_Daemon *daemon;
	int listen_fd, port;
	bool quiesced; /* listen_fd is ours to close */
	struct cidr proxies[PROXIES_MAX];
	int proxies_n;
	struct tls *tls; /* NULL: plain */

	pthread_mutex_t lock;
	struct conn *live, *conns_free;
	struct http_request *requests_free;
	int requests_spare;
	_Atomic int64_t connections, requests, kept, open, late;

	pthread_t watch;
	pthread_cond_t watch_wake;
	bool watching, stopping; /* under lock */
};

/* pool.c */
struct conn *conn_take(struct http_server *server);
void conn_give(struct conn *conn);
struct http_request *request_take(struct conn *conn);
/* Wipes everything the request held. */
void request_give(struct http_request *rq);

/* weight.c */
/* May a body of n bytes be held for this request? false: a ceiling is reached. */
bool weight_take(struct http_request *rq, size_t n);
/* All that the connection's request took. */
void weight_give(struct conn *conn);

/* deadline.c */
void conn_phase(struct conn *conn, enum phase phase, int64_t seconds);
/* Somebody keeps the request: no deadline until it is answered. */
void conn_no_deadline(struct conn *conn);
MUST_USE enum rc deadline_start(struct http_server *server, struct err *err);
void deadline_stop(struct http_server *server);

/* request.c: libmicrohttpd's callbacks */
enum MHD_Result request_step(void *arg, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
                             const char *data, size_t *data_n, void **ret_request);
void request_done(void *arg, struct MHD_Connection *mhd, void **ret_request, enum MHD_RequestTerminationCode why);

/* response.c */
/* Queue what http_reply() left in the request. */
enum MHD_Result response_send(struct http_request *rq);
/* Queue the server's own refusal. */
enum MHD_Result response_refuse(struct http_request *rq, int status);

/* listen.c */
MUST_USE enum rc listen_open(const char *where, int *ret_fd, int *ret_port, struct err *err);
