/* SPDX-License-Identifier: EUPL-1.2
 * http/weight.c - memory that large bodies hold, in all and by one address.
 *
 * Light bodies are bounded by the number of connections. A heavy one (an upload, a
 * scan on its way out) takes its weight before a byte of it is stored, and gives it
 * back when its request is over; past a ceiling there is 503. One address gets a
 * part of the whole only, so that a slow or hostile one cannot hold it all. Whoever
 * asks walks the list of connections under the server's lock: heavy bodies are rare. */
#include "http/server.h"

bool weight_take(struct http_request *rq, size_t n)
{
	struct conn *conn = rq->conn;
	struct http_server *server = conn->server;
	if (n <= HTTP_LIGHT_MAX)
		return true;
	size_t all = n, his = n;
	pthread_mutex_lock(&server->lock);
	for (const struct conn *c = server->live; c; c = c->next) {
		all += c->weight;
		his += addr_eq(&c->weight_of, &rq->peer) ? c->weight : 0;
	}
	bool fits = all <= HTTP_WEIGHT_MAX && his <= HTTP_WEIGHT_ADDR_MAX;
	if (fits) {
		conn->weight += n;
		conn->weight_of = rq->peer;
	}
	pthread_mutex_unlock(&server->lock);
	return fits;
}

void weight_give(struct conn *conn)
{
	if (conn->weight == 0) /* only its own thread writes it */
		return;
	pthread_mutex_lock(&conn->server->lock);
	conn->weight = 0;
	pthread_mutex_unlock(&conn->server->lock);
}
