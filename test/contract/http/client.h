/* SPDX-License-Identifier: EUPL-1.2
 * A raw HTTP client for tests: sockets, or GnuTLS over them, and nothing clever.
 * It sends exactly the bytes it is told and reads answers by Content-Length. */
#pragma once
#include "base/base.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#define CLIENT_IN_MAX (8 << 20)

struct client {
	int fd;
	gnutls_session_t tls;
	gnutls_certificate_credentials_t cred;
	const char *cert_path, *key_path; /* shown when asked; NULL: nothing is */
	char *in, *body; /* what came in; the body of the last reply */
	size_t in_n;
};

struct reply {
	int status; /* 0: the connection ended instead */
	char head[4096];
	char *body; /* the client's, until its next reply */
	size_t body_n;
};

static inline void client_dial(struct client *c, int port, int from_last_byte)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)}, from = {.sin_family = AF_INET};
	*c = (struct client){.fd = socket(AF_INET, SOCK_STREAM, 0), .in = malloc(CLIENT_IN_MAX), .body = malloc(CLIENT_IN_MAX)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	from.sin_addr.s_addr = htonl(0x7f000000U | (unsigned)from_last_byte);
	assert_int_equal(bind(c->fd, (struct sockaddr *)&from, sizeof from), 0);
	assert_int_equal(connect(c->fd, (struct sockaddr *)&to, sizeof to), 0);
	struct timeval patience = {.tv_sec = 60};
	setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

/* `resume`: a session to resume, or NULL. `priority`: NULL for the default. */
static inline int client_handshake(struct client *c, const char *priority, const gnutls_datum_t *resume)
{
	gnutls_certificate_allocate_credentials(&c->cred);
	if (c->cert_path)
		assert_true(gnutls_certificate_set_x509_key_file(c->cred, c->cert_path, c->key_path, GNUTLS_X509_FMT_PEM) >= 0);
	gnutls_init(&c->tls, GNUTLS_CLIENT);
	gnutls_priority_set_direct(c->tls, priority ? priority : "NORMAL", NULL);
	gnutls_credentials_set(c->tls, GNUTLS_CRD_CERTIFICATE, c->cred);
	gnutls_datum_t alpn = {(unsigned char *)(uintptr_t) "http/1.1", 8};
	gnutls_alpn_set_protocols(c->tls, &alpn, 1, 0);
	if (resume)
		gnutls_session_set_data(c->tls, resume->data, resume->size);
	gnutls_transport_set_int(c->tls, c->fd);
	int rc;
	do
		rc = gnutls_handshake(c->tls);
	while (rc < 0 && !gnutls_error_is_fatal(rc));
	return rc;
}

static inline struct client client_open(int port, bool tls)
{
	struct client c;
	client_dial(&c, port, 1);
	if (tls)
		assert_int_equal(client_handshake(&c, NULL, NULL), 0);
	return c;
}

static inline void client_close(struct client *c)
{
	if (c->tls)
		gnutls_deinit(c->tls);
	if (c->cred)
		gnutls_certificate_free_credentials(c->cred);
	if (c->fd >= 0)
		close(c->fd);
	free(c->in);
	free(c->body);
	*c = (struct client){.fd = -1};
}

static inline bool client_send_n(struct client *c, const char *at, size_t n)
{
	while (n) {
		ssize_t sent = c->tls ? gnutls_record_send(c->tls, at, n) : send(c->fd, at, n, MSG_NOSIGNAL);
		if (sent <= 0)
			return false;
		at += sent;
		n -= (size_t)sent;
	}
	return true;
}

static inline bool client_send(struct client *c, const char *z)
{
	return client_send_n(c, z, strlen(z));
}

static inline bool client_more(struct client *c)
{
	size_t room = CLIENT_IN_MAX - 1 - c->in_n;
	ssize_t got;
	do
		got = c->tls ? gnutls_record_recv(c->tls, c->in + c->in_n, room) : recv(c->fd, c->in + c->in_n, room, 0);
	while (c->tls && got < 0 && !gnutls_error_is_fatal((int)got));
	if (got <= 0)
		return false;
	c->in_n += (size_t)got;
	c->in[c->in_n] = 0;
	return true;
}

/* One answer off the front of what came in; `head` true: it has no body. */
static inline struct reply client_reply(struct client *c, bool head)
{
	struct reply r = {.body = c->body};
	c->body[0] = 0;
	char *end;
	c->in[c->in_n] = 0;
	while (!(end = c->in_n ? memmem(c->in, c->in_n, "\r\n\r\n", 4) : NULL))
		if (!client_more(c))
			return r;
	size_t head_n = (size_t)(end - c->in) + 4;
	assert_true(head_n < sizeof r.head);
	memcpy(r.head, c->in, head_n);
	r.status = (int)strtol(c->in + 9, NULL, 10);
	const char *length = strcasestr(r.head, "\r\nContent-Length:");
	if (!head && length && r.status != 304 && r.status >= 200)
		r.body_n = (size_t)strtol(length + 17, NULL, 10);
	assert_true(head_n + r.body_n < CLIENT_IN_MAX);
	while (c->in_n < head_n + r.body_n)
		if (!client_more(c)) {
			r.status = 0;
			return r;
		}
	memcpy(c->body, c->in + head_n, r.body_n);
	c->body[r.body_n] = 0;
	c->in_n -= head_n + r.body_n;
	memmove(c->in, c->in + head_n + r.body_n, c->in_n);
	return r;
}

static inline struct reply client_ask(struct client *c, const char *z)
{
	client_send(c, z);
	return client_reply(c, strncmp(z, "HEAD ", 5) == 0);
}

/* true: the server closed without another answer. */
static inline bool client_ended(struct client *c)
{
	while (client_more(c))
		;
	return c->in_n == 0 || !memmem(c->in, c->in_n, "HTTP/1.", 7);
}

static inline bool reply_has(const struct reply *r, const char *header)
{
	return strcasestr(r->head, header) != NULL;
}
