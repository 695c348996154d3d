/* SPDX-License-Identifier: EUPL-1.2
 * http/pool.c - connections and requests, reused. What a request held is wiped
 * when it is given back; a few keep their (wiped) memory so that steady traffic
 * allocates nothing. */
#include "http/server.h"

#define HEADS_TEXT_MAX 8192

struct conn *conn_take(struct http_server *server)
{
	pthread_mutex_lock(&server->lock);
	struct conn *conn = server->conns_free;
	if (conn)
		server->conns_free = conn->next;
	else
		conn = ARENA_NEW(&server->arena, struct conn);
	if (conn) {
		*conn = (struct conn){.server = server, .next = server->live, .fd = -1};
		if (server->live)
			server->live->prev = conn;
		server->live = conn;
	}
	pthread_mutex_unlock(&server->lock);
	return conn;
}

void conn_give(struct conn *conn)
{
	struct http_server *server = conn->server;
	pthread_mutex_lock(&server->lock);
	if (conn->prev)
		conn->prev->next = conn->next;
	else
		server->live = conn->next;
	if (conn->next)
		conn->next->prev = conn->prev;
	conn->prev = NULL;
	conn->next = server->conns_free;
	server->conns_free = conn;
	pthread_mutex_unlock(&server->lock);
}

static struct http_request *take(struct http_server *server)
{
	pthread_mutex_lock(&server->lock);
	struct http_request *rq = server->requests_free;
	if (rq) {
		server->requests_free = rq->next;
		server->requests_spare -= rq->arena.first != NULL;
	} else {
		rq = ARENA_NEW(&server->arena, struct http_request);
		if (rq)
			arena_init(&rq->arena, HTTP_ARENA_MAX);
	}
	pthread_mutex_unlock(&server->lock);
	return rq;
}

struct http_request *request_take(struct conn *conn)
{
	struct http_request *rq = take(conn->server);
	if (!rq)
		return NULL;
	struct arena arena = rq->arena;
	struct buf body = rq->body, heads = rq->out_heads;
	*rq = (struct http_request){.conn = conn, .arena = arena, .body = body, .out_heads = heads, .peer = conn->peer};
	rq->out_heads.max = HEADS_TEXT_MAX;
	rq->arena.max = HTTP_ARENA_MAX;
	atomic_fetch_add(&conn->server->open, 1);
	return rq;
}

static void wipe_buf(struct buf *b, bool keep)
{
	if (!keep || b->cap > HTTP_SPARE_BODY_MAX)
		buf_free(b);
	else if (b->at)
		secret_wipe(b->at, b->n);
	buf_clear(b);
}

void request_give(struct http_request *rq)
{
	struct http_server *server = rq->conn->server;
	pthread_mutex_lock(&server->lock);
	bool keep = server->requests_spare < HTTP_SPARE_MAX;
	server->requests_spare += keep && rq->arena.first;
	pthread_mutex_unlock(&server->lock);
	if (keep)
		arena_reset(&rq->arena);
	else
		arena_free(&rq->arena);
	wipe_buf(&rq->body, keep);
	wipe_buf(&rq->out_heads, keep);
	buf_free(&rq->out.body); /* empty unless it could not be sent */
	weight_give(rq->conn);
	pthread_mutex_lock(&server->lock);
	rq->next = server->requests_free;
	server->requests_free = rq;
	pthread_mutex_unlock(&server->lock);
	atomic_fetch_sub(&server->open, 1);
}
