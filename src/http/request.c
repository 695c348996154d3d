/* SPDX-License-Identifier: EUPL-1.2
 * http/request.c - a request from its first header to its hand-over.
 *
 * libmicrohttpd calls request_step() once when the header block is complete, then
 * for every piece of body, then once more; and once again after a kept request was
 * resumed. A refusal is decided at the first call, before a byte of body is stored.
 * It goes out at once when the client waits for leave (Expect) or announces more
 * than HTTP_DRAIN_MAX, and the connection closes; otherwise the body is read and
 * thrown away first, because an answer sent into a client that is still writing is
 * lost to it. A body without an announced length is counted as it comes.
 *
 * Framing that two servers could read differently (two lengths, a length beside
 * chunks, two Hosts, a blank before the colon, a lone CR) is refused and the
 * connection closed. */
#include "http/server.h"

#include <assert.h>
#include <strings.h>

#include "http/accept.h"
#include "http/client_cert.h"
#include "http/cookie.h"
#include "http/multipart.h"
#include "http/path.h"
#include "http/percent.h"

#define BODY_S_BYTES (16 * 1024) /* a second of patience for each */

/* ---- headers ---- */
struct framing {
	int headers, hosts, lengths, codings, proxied, certificates;
	bool broken; /* "Content-Length : 5", or a lone CR: others may read a length there */
	const char *host, *length, *coding, *client, *client_name, *certificate, *certificate_name;
};

static void count(int *n, const char **last, const char *value)
{
	++*n;
	*last = value ? value : "";
}

/* RFC 9110 5.6.2 */
static bool token_ok(const char *z)
{
	static const char octets[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~";
	size_t n = strspn(z, octets);
	return n > 0 && z[n] == 0;
}

static enum MHD_Result see_header(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct framing *f = arg;
	(void)kind;
	f->headers++;
	f->broken |= !token_ok(name) || (value && strchr(value, '\r'));
	if (strcasecmp(name, "host") == 0)
		count(&f->hosts, &f->host, value);
	else if (strcasecmp(name, "content-length") == 0)
		count(&f->lengths, &f->length, value);
	else if (strcasecmp(name, "transfer-encoding") == 0)
		count(&f->codings, &f->coding, value);
	if (f->client_name && strcasecmp(name, f->client_name) == 0)
		count(&f->proxied, &f->client, value);
	if (f->certificate_name && strcasecmp(name, f->certificate_name) == 0)
		count(&f->certificates, &f->certificate, value);
	return MHD_YES;
}

static bool host_ok(const struct framing *f)
{
	if (f->hosts == 0)
		return true; /* HTTP/1.0; libmicrohttpd asks it of 1.1 */
	size_t n = strlen(f->host);
	return f->hosts == 1 && n > 0 && n < 256 &&
	       strspn(f->host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]") == n;
}

static bool framing_ok(const struct framing *f)
{
	if (f->codings && (f->lengths || f->codings > 1 || strcasecmp(f->coding, "chunked") != 0))
		return false;
	return f->lengths <= 1 && !f->broken && host_ok(f);
}

static bool is_proxy(const struct http_server *server, const struct addr *peer)
{
	for (int i = 0; i < server->proxies_n; i++)
		if (cidr_has(&server->proxies[i], peer))
			return true;
	return false;
}

/* The certificate the connection itself has shown. */
static void find_own_certificate(struct http_request *rq)
{
	const struct http_server *server = rq->conn->server;
	if (!server->tls || !server->conf.ask_certificate)
		return;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(rq->conn->mhd, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	if (info)
		tls_certificate(info->tls_session, &rq->certificate);
}

/* The peer, or whom a trusted proxy names, and the certificate of the same. A proxy that
 * names nobody (its own health check) is itself, without one: its own certificate speaks
 * for no client. One that names nonsense is refused. What anybody else says of himself in
 * these headers is not even read. */
static bool find_peer(struct http_request *rq, const struct framing *f)
{
	if (!is_proxy(rq->conn->server, &rq->peer)) {
		find_own_certificate(rq);
		return true;
	}
	if (f->certificates > 1 ||
	    (f->certificates == 1 && client_cert_read(str_c(f->certificate), &rq->arena, &rq->certificate) != RC_OK))
		return false;
	if (f->proxied == 0)
		return true;
	struct str named = str_c(f->client);
	const char *comma = named.n ? memrchr(named.at, ',', named.n) : NULL;
	if (comma)
		named = str_sub(named, (size_t)(comma - named.at) + 1, named.n);
	return f->proxied == 1 && addr_from_str(str_trim(named), &rq->peer) == RC_OK;
}

static enum http_method method_from(const char *z)
{
	static const char *const words[] = {"GET", "HEAD", "POST"};
	for (int i = 0; i < (int)LEN(words); i++)
		if (strcmp(z, words[i]) == 0)
			return (enum http_method)i;
	return HTTP_OTHER;
}

/* ---- the first call ---- */
static bool headers_fit(const struct http_request *rq, const struct framing *f)
{
	const union MHD_ConnectionInfo *size = MHD_get_connection_info(rq->conn->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	return size && size->header_size + (size_t)f->headers * HTTP_HEADER_COST <= HTTP_HEADERS_MAX;
}

/* Status of the refusal, or 0; *ret_max body bytes are wanted. */
static int judge(struct http_request *rq, const char *url, int64_t announced, int64_t *ret_max)
{
	const struct http_conf *conf = &rq->conn->server->conf;
	if (path_from_raw(str_c(url), &rq->arena, &rq->path) != RC_OK) {
		rq->path = path_plain_part(str_c(url));
		return 400;
	}
	int max = conf->admit(conf->arg, rq->method, rq->path);
	*ret_max = max;
	return max < 0 ? -max : announced > max ? 413 : 0;
}

/* `n` is what will come at most. Who handles a heavy body may make as much again of it
 * in the arena (a sealed copy), and its sender needs to hear why it was refused: a
 * picture that is too large is an honest mistake. */
static void prepare_body(struct http_request *rq, size_t max, size_t n)
{
	rq->body.max = max;
	rq->drain_max = max > HTTP_LIGHT_MAX ? max * HTTP_DRAIN_TIMES : HTTP_DRAIN_MAX;
	if (rq->refused || n <= HTTP_LIGHT_MAX)
		return;
	if (!weight_take(rq, n))
		rq->refused = 503;
	else
		rq->arena.max = HTTP_ARENA_MAX + (rq->heavy = n);
}

/* Seconds for a body of `n` bytes, one that is only drained included. */
static int64_t patience(const struct http_request *rq, int64_t n)
{
	int64_t most = (int64_t)(rq->body.max > HTTP_LIGHT_MAX ? rq->drain_max : rq->body.max);
	return (n < most ? n : most) / BODY_S_BYTES;
}

static enum MHD_Result begin(struct conn *conn, const char *url, const char *method, void **ret_request)
{
	struct http_server *server = conn->server;
	struct http_request *rq = request_take(conn);
	if (!rq)
		return MHD_NO;
	*ret_request = rq;
	struct framing f = {.client_name = server->proxies_n ? server->conf.client_header : NULL,
	                    .certificate_name = server->proxies_n ? server->conf.certificate_header : NULL};
	MHD_get_connection_values(conn->mhd, MHD_HEADER_KIND, see_header, &f);
	rq->method = method_from(method);
	rq->accepts = accept_encodings(http_header(rq, "Accept-Encoding"));
	int64_t announced = 0, max = 0;
	bool sound = framing_ok(&f) && (!f.lengths || str_int(str_c(f.length), 0, INT64_MAX, &announced) == RC_OK);
	if (!headers_fit(rq, &f))
		rq->refused = 431;
	else
		rq->refused = sound && find_peer(rq, &f) ? judge(rq, url, announced, &max) : 400;
	rq->close = !sound;
	max = max > 0 ? max : 0;
	bool has_body = announced > 0 || f.codings;
	prepare_body(rq, (size_t)max, (size_t)(f.codings ? max : announced));
	conn_phase(conn, PHASE_BUSY, server->conf.request_s + patience(rq, f.codings ? max : announced));
	bool waits = has_body && http_header(rq, "Expect").at;
	if (!rq->refused || (!rq->close && !waits && announced <= (int64_t)rq->drain_max))
		return MHD_YES; /* the next call stores the body, or drains it */
	rq->close = true;
	return response_refuse(rq, rq->refused);
}

/* ---- body ---- */
static enum MHD_Result take_body(struct http_request *rq, const char *data, size_t *data_n)
{
	size_t n = *data_n;
	*data_n = 0;
	rq->body_seen += n;
	if (!rq->refused && rq->body_seen > rq->body.max)
		rq->refused = 413;
	if (rq->refused)
		return rq->body_seen <= rq->body.max + rq->drain_max ? MHD_YES : MHD_NO;
	if (rq->body.n == 0 && rq->heavy && !buf_room(&rq->body, rq->heavy)) /* in one piece: growing would hold it twice */
		return MHD_NO;
	buf_add(&rq->body, str_from(data, n));
	return buf_ok(&rq->body) ? MHD_YES : MHD_NO;
}

static void read_form(struct http_request *rq)
{
	struct str params = http_header(rq, "Content-Type");
	struct str type = str_trim(str_split(&params, ';'));
	struct str boundary;
	if (str_ieq(type, S("application/x-www-form-urlencoded")))
		form_parse(buf_str(&rq->body), &rq->arena, &rq->form);
	else if (str_ieq(type, S("multipart/form-data")) && multipart_boundary(params, &boundary) == RC_OK)
		multipart_parse(buf_str(&rq->body), boundary, &rq->arena, &rq->form);
}

/* ---- hand-over ---- */
/* The handler may answer before it returns, or another thread may at any moment
 * after it was called; only whoever finds the connection suspended wakes it. */
static enum MHD_Result hand_over(struct http_request *rq)
{
	struct conn *conn = rq->conn;
	const struct http_conf *conf = &conn->server->conf;
	if (rq->method == HTTP_POST)
		read_form(rq);
	conn_no_deadline(conn);
	atomic_fetch_add(&conn->server->requests, 1);
	atomic_fetch_add(&conn->server->kept, 1);
	atomic_store(&rq->state, REQUEST_HANDED);
	conf->handle(conf->arg, rq);
	if (atomic_load(&rq->state) == REQUEST_ANSWERED)
		return response_send(rq);
	MHD_suspend_connection(conn->mhd);
	enum request_state handed = REQUEST_HANDED;
	if (!atomic_compare_exchange_strong(&rq->state, &handed, REQUEST_SUSPENDED))
		MHD_resume_connection(conn->mhd);
	return MHD_YES;
}

enum MHD_Result request_step(void *arg, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
                             const char *data, size_t *data_n, void **ret_request)
{
	struct http_request *rq = *ret_request;
	(void)arg, (void)version;
	if (!rq) {
		const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
		return info && info->socket_context ? begin(info->socket_context, url, method, ret_request) : MHD_NO;
	}
	if (*data_n)
		return take_body(rq, data, data_n);
	if (rq->refused)
		return response_refuse(rq, rq->refused);
	if (atomic_load(&rq->state) == REQUEST_ANSWERED)
		return response_send(rq);
	return hand_over(rq);
}

void request_done(void *arg, struct MHD_Connection *mhd, void **ret_request, enum MHD_RequestTerminationCode why)
{
	struct http_request *rq = *ret_request;
	(void)arg, (void)mhd, (void)why;
	if (!rq)
		return;
	*ret_request = NULL;
	struct conn *conn = rq->conn;
	assert(atomic_load(&rq->state) != REQUEST_HANDED && atomic_load(&rq->state) != REQUEST_SUSPENDED);
	request_give(rq);
	conn_phase(conn, PHASE_IDLE, conn->server->conf.idle_s);
}

/* ---- what the holder may ask ---- */
enum http_method http_method(const struct http_request *rq)
{
	return rq->method;
}

struct str http_path(const struct http_request *rq)
{
	return rq->path;
}

struct str http_header(const struct http_request *rq, const char *name)
{
	return str_c(MHD_lookup_connection_value(rq->conn->mhd, MHD_HEADER_KIND, name));
}

struct str http_cookie(const struct http_request *rq, const char *name)
{
	return cookie_find(http_header(rq, "Cookie"), http_is_tls(rq) ? S("__Host-") : S(""), str_c(name));
}

/* Absent when it is not text. */
static struct str decoded(struct http_request *rq, const char *raw_z)
{
	struct str raw = str_c(raw_z);
	char *out = raw.at ? arena_alloc(&rq->arena, raw.n + 1) : NULL;
	struct str value = {out, 0};
	/* libmicrohttpd made blanks of '+' already */
	if (!out || percent_decode(raw, false, out, &value.n) != RC_OK || !str_is_text(value))
		return (struct str){NULL, 0};
	return value;
}

struct str http_query(struct http_request *rq, const char *name)
{
	return decoded(rq, MHD_lookup_connection_value(rq->conn->mhd, MHD_GET_ARGUMENT_KIND, name));
}

struct query_look {
	struct http_request *rq;
	bool ok;
};

static enum MHD_Result look_at(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct query_look *look = arg;
	(void)kind, (void)name;
	look->ok &= !value || decoded(look->rq, value).at;
	return look->ok ? MHD_YES : MHD_NO;
}

bool http_query_ok(struct http_request *rq)
{
	struct query_look look = {rq, true};
	MHD_get_connection_values(rq->conn->mhd, MHD_GET_ARGUMENT_KIND, look_at, &look);
	return look.ok;
}

struct str http_form(const struct http_request *rq, const char *name)
{
	return form_find(&rq->form, str_c(name));
}

bool http_form_ok(const struct http_request *rq)
{
	return rq->form.ok;
}

const struct http_file *http_file(const struct http_request *rq, const char *name)
{
	return form_file(&rq->form, str_c(name));
}

struct str http_body(const struct http_request *rq)
{
	return buf_str(&rq->body);
}

const struct addr *http_peer(const struct http_request *rq)
{
	return &rq->peer;
}

const struct fingerprint *http_certificate(const struct http_request *rq)
{
	return rq->certificate.is ? &rq->certificate : NULL;
}

bool http_is_tls(const struct http_request *rq)
{
	return rq->conn->server->tls != NULL;
}

struct arena *http_arena(struct http_request *rq)
{
	return &rq->arena;
}
