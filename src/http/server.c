/* SPDX-License-Identifier: EUPL-1.2
 * http/server.c - starting, watching and stopping the daemon.
 *
 * Traps of libmicrohttpd that shape this file: a daemon stopped while a connection
 * is suspended aborts the process, hence the assertion and the wait in http_stop();
 * it unescapes paths itself (and lets NUL through), hence the callback that leaves
 * them alone; it logs to stderr unless its messages stay off; it may end the process
 * when it is told to accept no more, hence epoll_ctl(). */
#include "http/server.h"

#include <assert.h>
#include <errno.h>
#include <gnutls/abstract.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define IDLE_S 300
#define REQUEST_S 30
#define CONNECTIONS_MAX 1024
#define STOP_WAIT_US (2 * US_PER_S)

static size_t leave_escaped(void *arg, struct MHD_Connection *mhd, char *s)
{
	(void)arg, (void)mhd;
	return strlen(s);
}

/* ---- connections ---- */
static void conn_begin(struct http_server *server, struct MHD_Connection *mhd, void **ret_conn)
{
	struct conn *conn = conn_take(server);
	*ret_conn = conn;
	if (!conn)
		return; /* its requests are cut off in request_step() */
	conn->mhd = mhd;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (!info || addr_from_sockaddr(info->client_addr, &conn->peer) != RC_OK)
		conn->peer = (struct addr){0};
	conn_phase(conn, PHASE_FRESH, server->conf.request_s);
	info = server->tls ? MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_GNUTLS_SESSION) : NULL;
	if (info)
		conn->pair = tls_begin(server->tls, info->tls_session, server->conf.ask_certificate);
	info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
	pthread_mutex_lock(&server->lock);
	conn->fd = info ? info->connect_fd : -1;
	pthread_mutex_unlock(&server->lock);
	atomic_fetch_add(&server->connections, 1);
}

static void conn_end(struct http_server *server, void **ret_conn)
{
	struct conn *conn = *ret_conn;
	*ret_conn = NULL;
	if (!conn)
		return;
	if (conn->pair)
		tls_end(server->tls, conn->pair);
	buf_free(&conn->sending);
	conn_give(conn);
	atomic_fetch_sub(&server->connections, 1);
}

static void conn_notify(void *arg, struct MHD_Connection *mhd, void **ret_conn, enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		conn_begin(arg, mhd, ret_conn);
	else
		conn_end(arg, ret_conn);
}

/* The request line is there: from now on the rest has to follow. It is a request
 * only when the headers are complete; until then it makes room in a crowd. */
static void *line_seen(void *arg, const char *uri, struct MHD_Connection *mhd)
{
	struct http_server *server = arg;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	(void)uri;
	if (info && info->socket_context)
		conn_phase(info->socket_context, PHASE_FRESH, server->conf.request_s);
	return NULL;
}

/* ---- start ---- */
static const char *copy(struct arena *arena, const char *z)
{
	return z && *z ? arena_str(arena, str_c(z)).at : NULL;
}

static enum rc take_conf(struct http_server *server, const struct http_conf *conf, struct err *err)
{
	struct http_conf *mine = &server->conf;
	*mine = *conf;
	mine->threads = conf->threads > 0 ? conf->threads : 1;
	mine->connections_max = conf->connections_max > 0 ? conf->connections_max : CONNECTIONS_MAX;
	mine->idle_s = conf->idle_s > 0 ? conf->idle_s : IDLE_S;
	mine->request_s = conf->request_s > 0 ? conf->request_s : REQUEST_S;
	mine->listen = copy(&server->arena, conf->listen);
	mine->cert_path = copy(&server->arena, conf->cert_path);
	mine->key_path = copy(&server->arena, conf->key_path);
	mine->trusted_proxies = NULL; /* read below */
	mine->client_header = copy(&server->arena, conf->client_header);
	mine->certificate_header = copy(&server->arena, conf->certificate_header);
	for (struct str rest = str_c(conf->trusted_proxies); rest.n;) {
		struct str one = str_trim(str_split(&rest, ','));
		if (server->proxies_n == PROXIES_MAX || cidr_from_str(one, &server->proxies[server->proxies_n]) != RC_OK)
			return FAIL(err, RC_INVALID, "proxy tepercaya tidak sah: %.*s", STR_ARG(one));
		server->proxies_n++;
	}
	if (server->proxies_n && !mine->client_header)
		return FAIL(err, RC_INVALID, "proxy tepercaya disebut, tetapi nama header alamat klien tidak");
	return server->arena.broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

static void option(struct MHD_OptionItem **at, enum MHD_OPTION name, intptr_t value, void *pointer)
{
	*(*at)++ = (struct MHD_OptionItem){name, value, pointer};
}

/* Never asked: tls_begin() gives every session its credentials. It stands here
 * because libmicrohttpd wants a key or a callback before it starts. */
static int no_certificate(gnutls_session_t session, const gnutls_datum_t *ca, int ca_n, const gnutls_pk_algorithm_t *pk, int pk_n,
                          gnutls_pcert_st **ret, unsigned *ret_n, gnutls_privkey_t *ret_key)
{
	(void)session, (void)ca, (void)ca_n, (void)pk, (void)pk_n, (void)ret, (void)ret_n, (void)ret_key;
	return -1;
}

static enum rc start_daemon(struct http_server *server, struct err *err)
{
	const struct http_conf *conf = &server->conf;
	struct MHD_OptionItem options[20], *at = options;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_TURBO;
	option(&at, MHD_OPTION_LISTEN_SOCKET, server->listen_fd, NULL);
	option(&at, MHD_OPTION_CONNECTION_MEMORY_LIMIT, HTTP_POOL_SIZE, NULL);
	option(&at, MHD_OPTION_CONNECTION_MEMORY_INCREMENT, 1024, NULL);
	option(&at, MHD_OPTION_CONNECTION_LIMIT, conf->connections_max, NULL);
	option(&at, MHD_OPTION_CONNECTION_TIMEOUT, conf->idle_s, NULL);
	option(&at, MHD_OPTION_PER_IP_CONNECTION_LIMIT, conf->connections_per_addr, NULL);
	option(&at, MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL);
	option(&at, MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)leave_escaped, NULL);
	option(&at, MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)line_seen, server);
	option(&at, MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)request_done, server);
	option(&at, MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)conn_notify, server);
	if (conf->threads > 1)
		option(&at, MHD_OPTION_THREAD_POOL_SIZE, conf->threads, NULL);
	if (server->tls) {
		flags |= MHD_USE_TLS;
		option(&at, MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)TLS_PRIORITIES);
		option(&at, MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *)no_certificate);
	}
	option(&at, MHD_OPTION_END, 0, NULL);
	assert(at <= options + LEN(options));
	server->daemon = MHD_start_daemon(flags, 0, NULL, NULL, request_step, server, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
	return server->daemon ? RC_OK : FAIL(err, RC_BROKEN, "layanan HTTP tidak dapat dimulai");
}

static enum rc start(struct http_server *server, const struct http_conf *conf, struct err *err)
{
	TRY(take_conf(server, conf, err));
	if (conf->tls)
		TRY(tls_open(&server->arena, server->conf.cert_path, server->conf.key_path, &server->tls, err));
	TRY(listen_open(server->conf.listen, &server->listen_fd, &server->port, err));
	TRY(deadline_start(server, err));
	return start_daemon(server, err);
}

static void free_server(struct http_server *server)
{
	deadline_stop(server);
	if (server->listen_fd >= 0)
		close(server->listen_fd);
	tls_close(server->tls);
	for (struct http_request *rq = server->requests_free; rq; rq = rq->next) {
		arena_free(&rq->arena);
		buf_free(&rq->body);
		buf_free(&rq->out_heads);
	}
	pthread_mutex_destroy(&server->lock);
	struct arena arena = server->arena;
	arena_free(&arena);
}

enum rc http_start(const struct http_conf *conf, struct http_server **ret, struct err *err)
{
	struct arena arena;
	size_t each = sizeof(struct conn) + sizeof(struct http_request) + 64;
	size_t connections = conf->connections_max > 0 ? (size_t)conf->connections_max : CONNECTIONS_MAX;
	arena_init(&arena, 65536 + 2 * each * connections);
	struct http_server *server = ARENA_NEW(&arena, struct http_server);
	if (!server)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	server->arena = arena;
	server->listen_fd = -1;
	pthread_mutex_init(&server->lock, NULL);
	enum rc rc = start(server, conf, err);
	if (rc == RC_OK)
		*ret = server;
	else
		free_server(server);
	return rc;
}

int http_port(const struct http_server *server)
{
	return server->port;
}

/* A worker and whoever quiesces may both take the listening socket out of the worker's epoll set. The second hears
 * ENOENT, for which libmicrohttpd (0.9.75; in the loop over its pool, and at the limit of connections) ends the process.
 * What is not there need not be taken out: the library finds this function before that of the C library. */
int epoll_ctl(int set, int operation, int fd, struct epoll_event *event)
{
	long rc = syscall(SYS_epoll_ctl, set, operation, fd, event);
	return rc != 0 && operation == EPOLL_CTL_DEL && errno == ENOENT ? 0 : (int)rc;
}

/* The descriptor stays until the daemon's threads are gone: one that is just about to take it
 * out of its epoll set, and finds it closed, aborts the process. */
void http_quiesce(struct http_server *server)
{
	MHD_socket fd = MHD_quiesce_daemon(server->daemon);
	server->quiesced = fd == server->listen_fd && fd >= 0;
	if (server->quiesced)
		shutdown(fd, SHUT_RDWR); /* who comes now is turned away at once */
}

void http_stop(struct http_server *server)
{
	if (!server)
		return;
	assert(atomic_load(&server->kept) == 0);
	int64_t until = clock_steady_us() + STOP_WAIT_US;
	while (atomic_load(&server->open) > 0 && clock_steady_us() < until)
		nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
	MHD_stop_daemon(server->daemon);
	if (server->quiesced) /* otherwise the daemon closed it */
		close(server->listen_fd);
	server->listen_fd = -1;
	free_server(server);
}

enum rc http_reload_cert(struct http_server *server, struct err *err)
{
	return server->tls ? tls_reload(server->tls, err) : FAIL(err, RC_INVALID, "TLS tidak dinyalakan");
}

struct http_stat http_stat(const struct http_server *server)
{
	return (struct http_stat){
	        .connections = atomic_load(&server->connections),
	        .requests = atomic_load(&server->requests),
	        .kept = atomic_load(&server->kept),
	        .late = atomic_load(&server->late),
	};
}
