/* SPDX-License-Identifier: EUPL-1.2
 * The http room as its users and its clients see it: a real server on a free port,
 * raw bytes in, raw bytes out. Every test that is not about TLS itself or about
 * clear-text framing runs twice, plain and under TLS. */
#include <dlfcn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include "site.h"

/* ---- asking and answering ---- */
static void a_request_is_answered_at_once_or_later(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	for (int i = 0; i < 20; i++) {
		expect(&c, GET("/now?q=a%20b+c%2B"), 200, "GET /now peer=127.0.0.1 body=0 form=0 nik=[] q=[a b c+]");
		expect(&c, GET("/keep?q=%ff"), 200, "GET /keep peer=127.0.0.1 body=0 form=0 nik=[] q=[]");
		expect(&c, POST("/form", "15", "nik=1%202+3&x=y"), 200, "POST /form peer=127.0.0.1 body=15 form=1 nik=[1 2 3]");
		expect(&c, POST("/keep", "5", "nik=7"), 200, "body=5 form=1 nik=[7]");
	}
	struct http_stat stat = http_stat(server);
	assert_int_equal(stat.requests, 80);
	assert_int_equal(stat.connections, 1);
	assert_int_equal(stat.kept, 0);
	client_close(&c);
	http_stop(server);
}

static void head_is_get_without_a_body(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	struct reply get = client_ask(&c, GET("/keep"));
	struct reply head = client_ask(&c, "HEAD /keep HTTP/1.1\r\nHost: localhost\r\n\r\n");
	assert_int_equal(head.status, 200);
	char length[64];
	snprintf(length, sizeof length, "Content-Length: %zu", get.body_n + 1); /* "HEAD" is a letter longer */
	assert_true(reply_has(&head, length));
	expect(&c, GET("/now"), 200, "GET /now"); /* nothing was left over */
	client_close(&c);
	http_stop(server);
}

static void pipelined_requests_survive_being_kept(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	BUF_AUTO all = BUF(65536);
	for (int i = 0; i < 10; i++)
		buf_addf(&all, "GET /keep%d HTTP/1.1\r\nHost: localhost\r\n\r\n" POST("/keep", "5", "nik=%d") GET("/now"), i, i);
	assert_true(client_send_n(&c, all.at, all.n));
	for (int i = 0; i < 10; i++) {
		char piece[40];
		struct reply r = client_reply(&c, false);
		snprintf(piece, sizeof piece, "GET /keep%d ", i);
		assert_non_null(strstr(r.body, piece));
		r = client_reply(&c, false);
		snprintf(piece, sizeof piece, "nik=[%d]", i);
		assert_non_null(strstr(r.body, piece));
		r = client_reply(&c, false);
		assert_non_null(strstr(r.body, "GET /now "));
	}
	client_close(&c);
	http_stop(server);
}

static void a_client_may_go_while_its_request_is_kept(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	set_answering(false);
	for (int i = 0; i < 20; i++) {
		struct client c = client_open(http_port(server), *state != NULL);
		assert_true(client_send(&c, GET("/keep")));
		wait_held(i + 1);
		if (i % 2) { /* a reset rather than an end */
			struct linger now = {1, 0};
			setsockopt(c.fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
		}
		client_close(&c);
	}
	assert_int_equal(http_stat(server).kept, 20);
	set_answering(true);
	for (int i = 0; i < 6000 && http_stat(server).connections; i++)
		usleep(10000);
	assert_int_equal(http_stat(server).kept, 0);
	assert_int_equal(http_stat(server).connections, 0);
	http_stop(server);
}

static void stopping_answers_what_is_kept_with_503(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	set_answering(false);
	struct client c[8];
	for (int i = 0; i < 8; i++) {
		c[i] = client_open(http_port(server), *state != NULL);
		client_send(&c[i], GET("/keep"));
	}
	wait_held(8);
	http_quiesce(server);
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(server))};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int late = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_not_equal(connect(late, (struct sockaddr *)&to, sizeof to), 0);
	close(late);
	pthread_mutex_lock(&app.lock);
	while (app.held_n) {
		struct http_response re = {.status = 503};
		http_add_header(&re, "Retry-After", S("2"));
		http_reply(app.held[--app.held_n], &re);
	}
	pthread_mutex_unlock(&app.lock);
	http_stop(server);
	for (int i = 0; i < 8; i++) {
		struct reply r = client_reply(&c[i], false);
		assert_int_equal(r.status, 503);
		assert_true(reply_has(&r, "Retry-After: 2"));
		client_close(&c[i]);
	}
}

/* The listening socket goes, what was let in by it stays. */
static void who_is_being_served_when_the_end_begins_is_served_on(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	client_send(&c, GET("/slow"));
	while (http_stat(server).requests < 1) /* who still stands before the door is turned away */
		usleep(1000);
	http_quiesce(server);
	assert_int_equal(client_reply(&c, false).status, 200);
	assert_int_equal(client_ask(&c, GET("/now")).status, 200); /* those that live go on */
	client_close(&c);
	http_stop(server);
}

/* Two threads take the listening socket out of one epoll set when the end begins, and libmicrohttpd would end the process
 * for the second: it hears that all is well, from the function that the library finds. */
static void what_is_not_watched_need_not_be_taken_out(void **state)
{
	int (*found)(int, int, int, struct epoll_event *) = dlsym(RTLD_DEFAULT, "epoll_ctl");
	int set = epoll_create1(EPOLL_CLOEXEC), fd = eventfd(0, EFD_CLOEXEC);
	struct epoll_event event = {.events = EPOLLIN};
	(void)state;
	assert_int_equal(found(set, EPOLL_CTL_ADD, fd, &event), 0);
	assert_int_equal(found(set, EPOLL_CTL_DEL, fd, NULL), 0);
	assert_int_equal(found(set, EPOLL_CTL_DEL, fd, NULL), 0);
	assert_int_not_equal(found(set, EPOLL_CTL_MOD, fd, &event), 0); /* all else is said as it is */
	close(fd);
	assert_int_not_equal(found(set, EPOLL_CTL_DEL, fd, NULL), 0);
	close(set);
}

/* ---- refusals ---- */
static void paths_that_could_be_read_twice_are_refused(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(false);
	struct http_server *server = start(&conf);
	static const char *const bad[] = {
	        "/a//b",
	        "/../x",
	        "/a/..",
	        "/a/./b",
	        "/%2e%2e/x",
	        "/a%2fb",
	        "/a%00b",
	        "/%ff",
	        "/%c0%af",
	        "/a\\b",
	        "/%5c",
	        "/%",
	        "/%4",
	        "/%zz",
	        "/a%0d%0ab",
	        "//evil.example/",
	        "http://evil.example/",
	        "*",
	        "x",
	};
	struct client c = client_open(http_port(server), false);
	for (size_t i = 0; i < LEN(bad); i++) {
		char ask[200];
		snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", bad[i]);
		expect(&c, ask, 400, "ditolak 400");
	}
	expect(&c, GET("/a%20b/%C3%A9?x=//.."), 200, "GET /a b/\xc3\xa9 ");
	client_close(&c);
	http_stop(server);
}

static void framing_that_could_be_read_twice_is_refused(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(false);
	struct http_server *server = start(&conf);
	static const char *const bad[] = {
	        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\na=b",
	        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\na=b",
	        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	        "POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	        "POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
	        "POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n",
	        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\na=b",
	        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\na=b",
	        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\na=b",
	        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\na=b",
	        "GET / HTTP/1.1\r\n\r\n",
	        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
	        "GET / HTTP/1.1\r\nHost: \r\n\r\n",
	        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
	        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
	        "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n",
	};
	for (size_t i = 0; i < LEN(bad); i++) {
		struct client c = client_open(http_port(server), false);
		struct reply r = client_ask(&c, bad[i]);
		if (r.status != 400)
			fail_msg("%s -> %d", bad[i], r.status);
		if (!client_ended(&c)) /* nothing after it is believed */
			fail_msg("%s -> still open", bad[i]);
		client_close(&c);
	}
	expect_once(http_port(server), "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 413, NULL);
	http_stop(server);
}

static void methods_and_bodies_have_their_limits(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	expect(&c, GET("/none"), 404, "ditolak 404 /none");
	expect(&c, GET("/form"), 405, "Allow: POST");
	expect(&c, "DELETE /now HTTP/1.1\r\nHost: a\r\n\r\n", 405, "Allow: GET, HEAD, POST");
	expect(&c, "GET /none HTTP/1.1\r\nHost: a\r\nX-Request-Id: a.B_9-\r\n\r\n", 404, "X-Request-Id: a.B_9-");
	expect(&c, "GET /none HTTP/1.1\r\nHost: a\r\nX-Request-Id: a b\r\n\r\n", 404, "X-Request-Id: ");
	/* the body of a refusal is read and dropped, the connection lives */
	BUF_AUTO big = BUF(1 << 20);
	buf_addf(&big, "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
	for (int i = 0; i < 100000; i++)
		buf_addc(&big, 'x');
	assert_true(client_send_n(&c, big.at, big.n));
	assert_int_equal(client_reply(&c, false).status, 413);
	expect(&c, POST("/form", "65", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), 413, "ditolak 413");
	expect(&c, POST("/form", "64", "nik=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), 200, "body=64 form=1");
	expect(&c, "GET /now HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 413, NULL);
	expect(&c, GET("/now"), 200, NULL);
	/* announced beyond all patience: answered at once, and closed */
	expect(&c, "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n", 413, "Connection: close");
	assert_true(client_ended(&c));
	client_close(&c);
	http_stop(server);
}

static void chunked_bodies_are_counted_as_they_come(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
#define CHUNKED(path)                                                                                                              \
	"POST " path " HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: "              \
	             "chunked\r\n\r\n"
	expect(&c, CHUNKED("/form") "4\r\nnik=\r\n3;x=y\r\nabc\r\n0\r\n\r\n", 200, "body=7 form=1 nik=[abc]");
	BUF_AUTO over = BUF(4096);
	buf_addz(&over, CHUNKED("/form"));
	for (int i = 0; i < 9; i++)
		buf_addz(&over, "8\r\naaaaaaaa\r\n");
	buf_addz(&over, "0\r\n\r\n");
	buf_addc(&over, 0);
	expect(&c, over.at, 413, "ditolak 413");
	expect(&c, GET("/now"), 200, NULL);
	/* without end: cut off */
	assert_true(client_send(&c, CHUNKED("/form")));
	BUF_AUTO chunk = BUF(20000);
	buf_addz(&chunk, "4000\r\n");
	for (int i = 0; i < 0x4000; i++)
		buf_addc(&chunk, 'x');
	buf_addz(&chunk, "\r\n");
	int sent = 0;
	while (sent < 4000 && client_send_n(&c, chunk.at, chunk.n))
		sent++;
	assert_in_range(sent, 16, 3999);
	client_close(&c);
	http_stop(server);
}

static void expect_continue_is_answered_or_refused_early(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	client_send(&c, "POST /form HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
	assert_int_equal(client_reply(&c, false).status, 100);
	expect(&c, "nik=1", 200, "body=5");
	expect(&c, "POST /form HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 500\r\n\r\n", 413,
	       "Connection: close");
	assert_true(client_ended(&c));
	client_close(&c);
	http_stop(server);
}

/* Whatever the size of the header block: an answer, or 431/414 from a full pool. */
static void a_header_block_past_the_ceiling_is_431(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	int last_ok = 0;
	for (int n = 100; n < 20000; n = n * 21 / 20 + 1) {
		struct client c = client_open(http_port(server), *state != NULL);
		BUF_AUTO ask = BUF(40000);
		buf_addz(&ask, "GET /keep HTTP/1.1\r\nHost: localhost\r\nX-Test: ");
		for (int i = 0; i < n; i++)
			buf_addc(&ask, 'x');
		buf_addz(&ask, "\r\n\r\n");
		client_send_n(&c, ask.at, ask.n);
		struct reply r = client_reply(&c, false);
		if (r.status == 200)
			last_ok = n;
		else if (r.status != 431 && r.status != 414)
			fail_msg("%d bytes of header -> %d", n, r.status);
		client_close(&c);
	}
	assert_in_range(last_ok, 5500, 6144);
	for (int n = 10; n < 9000; n = n * 21 / 20 + 1) { /* a block of many small headers */
		struct client c = client_open(http_port(server), *state != NULL);
		BUF_AUTO ask = BUF(40000);
		buf_addz(&ask, "GET /keep HTTP/1.1\r\nHost: localhost\r\n");
		for (int i = 0; i < n / 5; i++)
			buf_addz(&ask, "a:b\r\n");
		buf_addz(&ask, "\r\n");
		client_send_n(&c, ask.at, ask.n);
		struct reply r = client_reply(&c, false);
		bool pool_full = n / 5 * 69 > 7900 && n / 5 * 69 < 8300; /* not even room to say so */
		if (r.status != 200 && r.status != 431 && !pool_full)
			fail_msg("%d small headers -> %d", n / 5, r.status);
		client_close(&c);
	}
	http_stop(server);
}

static void slow_clients_are_cut_off(void **state)
{
	struct http_conf conf = conf_for(*state != NULL);
	conf.request_s = 2; /* time enough to shake hands on a busy machine */
	conf.idle_s = 3;
	struct http_server *server = start(&conf);
	struct client drip[4];
	static const char *const begin[] = {"", "GET /now HTTP/1.1\r\nX-",
	                                    "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 60\r\n\r\n", GET("/now") "GET /no"};
	for (int i = 0; i < 4; i++) {
		drip[i] = client_open(http_port(server), *state != NULL && i != 0);
		client_send(&drip[i], begin[i]);
	}
	assert_int_equal(client_reply(&drip[3], false).status, 200);
	int64_t until = clock_steady_us() + 60 * US_PER_S;
	bool open[4] = {true, true, true, true};
	while (clock_steady_us() < until && (open[0] || open[1] || open[2] || open[3])) {
		usleep(100000);
		for (int i = 0; i < 4; i++)
			open[i] = open[i] && client_send(&drip[i], i == 0 && *state ? "\x16" : "x");
	}
	for (int i = 0; i < 4; i++) {
		assert_false(open[i]);
		assert_int_equal(client_reply(&drip[i], false).status, 0); /* cut off, and not served in the end */
		client_close(&drip[i]);
	}
	assert_in_range(http_stat(server).late, 3, 4);
	http_stop(server);
}

static void a_kept_request_is_never_late(void **state)
{
	struct http_conf conf = conf_for(*state != NULL);
	conf.request_s = conf.idle_s = 2;
	struct http_server *server = start(&conf);
	set_answering(false);
	struct client c = client_open(http_port(server), *state != NULL);
	client_send(&c, GET("/keep"));
	wait_held(1);
	usleep(3600000);
	set_answering(true);
	assert_int_equal(client_reply(&c, false).status, 200);
	client_close(&c);
	http_stop(server);
}

static void connections_are_limited(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(false);
	conf.connections_per_addr = 3;
	struct http_server *server = start(&conf);
	struct client c[4], other;
	for (int i = 0; i < 3; i++) {
		c[i] = client_open(http_port(server), false);
		expect(&c[i], GET("/now"), 200, NULL);
	}
	c[3] = client_open(http_port(server), false);
	assert_int_equal(client_ask(&c[3], GET("/now")).status, 0);
	client_dial(&other, http_port(server), 2);
	expect(&other, GET("/now"), 200, "peer=127.0.0.2");
	for (int i = 0; i < 4; i++)
		client_close(&c[i]);
	client_close(&other);
	http_stop(server);
}

static void idle_connections_make_room_when_crowded(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(false);
	conf.connections_max = 10;
	struct http_server *server = start(&conf);
	struct client c[10], late;
	for (int i = 0; i < 10; i++) {
		c[i] = client_open(http_port(server), false);
		expect(&c[i], GET("/now"), 200, NULL);
	}
	client_dial(&late, http_port(server), 1);
	expect(&late, GET("/now"), 200, NULL); /* within the client's patience */
	for (int i = 0; i < 10; i++)
		client_close(&c[i]);
	client_close(&late);
	http_stop(server);
}

/* ---- who is asking ---- */
static void only_a_trusted_proxy_is_believed(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(false);
	struct http_server *server = start(&conf);
	struct client direct = client_open(http_port(server), false), proxy;
	client_dial(&proxy, http_port(server), 9);
#define NAMED(value) "GET /keep HTTP/1.1\r\nHost: a\r\n" value "\r\n"
	expect(&direct, NAMED("X-Real-IP: 192.0.2.7\r\n"), 200, "peer=127.0.0.1 ");
	expect(&proxy, NAMED("X-Real-IP: 192.0.2.7\r\n"), 200, "peer=192.0.2.7 ");
	expect(&proxy, NAMED("x-real-ip: 2001:db8::7\r\n"), 200, "peer=2001:db8::7 ");
	expect(&proxy, NAMED("X-Real-IP: ::ffff:192.0.2.8\r\n"), 200, "peer=192.0.2.8 ");
	expect(&proxy, NAMED("X-Real-IP: 203.0.113.1, 192.0.2.7\r\n"), 200, "peer=192.0.2.7 ");
	expect(&proxy, NAMED(""), 200, "peer=127.0.0.9 ");
	expect(&proxy, NAMED("X-Real-IP: nonsense\r\n"), 400, NULL);
	expect(&proxy, NAMED("X-Real-IP: \r\n"), 400, NULL);
	expect(&proxy, NAMED("X-Real-IP: 192.0.2.7\r\nX-Real-IP: 192.0.2.8\r\n"), 400, NULL);
	client_close(&direct);
	client_close(&proxy);
	http_stop(server);
}

static void cookies_have_their_prefix_under_tls(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	struct reply r = client_ask(&c, GET("/cookie"));
	if (*state) {
		assert_true(reply_has(&r, "Set-Cookie: __Host-sesi=abc123; Path=/; HttpOnly; SameSite=Strict; Secure\r\n"));
		assert_true(reply_has(&r, "Set-Cookie: __Host-lama=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure\r\n"));
	} else {
		assert_true(reply_has(&r, "Set-Cookie: sesi=abc123; Path=/; HttpOnly; SameSite=Strict\r\n"));
		assert_true(reply_has(&r, "Set-Cookie: lama=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict\r\n"));
	}
	expect(&c, "GET /keep HTTP/1.1\r\nHost: a\r\nCookie: a=1; sesi=plain; __Host-sesi=host; b=2\r\n\r\n", 200,
	       *state ? "sesi=[host]" : "sesi=[plain]");
	expect(&c, "GET /keep HTTP/1.1\r\nHost: a\r\nCookie: sesi=\"\x01\"; __Host-sesi=\xff\r\n\r\n", 200, "sesi=[]");
	client_close(&c);
	http_stop(server);
}

/* ---- answers ---- */
static void answers_carry_the_security_headers(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	static const char *const page_only[] = {"Content-Security-Policy: default-src 'none'; style-src 'self'; ",
	                                        "frame-ancestors 'none'",
	                                        "Referrer-Policy: same-origin",
	                                        "Cross-Origin-Opener-Policy: same-origin",
	                                        "Cross-Origin-Resource-Policy: same-origin",
	                                        "Permissions-Policy: "};
	struct reply page = client_ask(&c, GET("/keep")), bare = client_ask(&c, GET("/bare")), none = client_ask(&c, GET("/none"));
	for (size_t i = 0; i < LEN(page_only); i++) {
		assert_true(reply_has(&page, page_only[i]));
		assert_true(reply_has(&none, page_only[i]));
		assert_false(reply_has(&bare, page_only[i]));
	}
	assert_int_equal(reply_has(&page, "Strict-Transport-Security: max-age=63072000\r\n"), *state != NULL);
	assert_true(reply_has(&page, "Cache-Control: no-store\r\n") && reply_has(&bare, "Cache-Control: no-store\r\n"));
	assert_true(reply_has(&page, "X-Content-Type-Options: nosniff\r\n") &&
	            reply_has(&bare, "X-Content-Type-Options: nosniff\r\n"));
	assert_true(reply_has(&page, "X-Own: pendek\r\n"));
	assert_true(reply_has(&page, "Content-Type: text/html; charset=utf-8\r\n"));
	client_close(&c);
	http_stop(server);
}

static void large_answers_are_compressed_for_who_takes_it(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	static char plain[CLIENT_IN_MAX], unpacked[CLIENT_IN_MAX];
	struct reply r = client_ask(&c, GET("/large"));
	size_t plain_n = r.body_n;
	memcpy(plain, r.body, plain_n);
	assert_false(reply_has(&r, "Content-Encoding"));
	assert_true(reply_has(&r, "Vary: Accept-Encoding"));
	r = client_ask(&c, "GET /large HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=0\r\n\r\n");
	assert_false(reply_has(&r, "Content-Encoding"));
	r = client_ask(&c, "GET /large HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br, gzip\r\n\r\n");
	assert_true(reply_has(&r, "Content-Encoding: gzip\r\n"));
	z_stream z = {.next_in = (Bytef *)r.body,
	              .avail_in = (uInt)r.body_n,
	              .next_out = (Bytef *)unpacked,
	              .avail_out = sizeof unpacked};
	assert_int_equal(inflateInit2(&z, 31), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_true(z.total_out == plain_n && memcmp(plain, unpacked, plain_n) == 0);
	inflateEnd(&z);
	client_close(&c);
	http_stop(server);
}

static void an_outgrown_answer_is_500(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	expect(&c, GET("/outgrown"), 500, "ditolak 500");
	expect(&c, GET("/now"), 200, NULL);
	client_close(&c);
	http_stop(server);
}

static void what_was_asked_and_answered_is_wiped(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	marks_wiped = 0;
	expect(&c, POST("/form", "19", "nik=PENANDA-RAHASIA"), 200, MARK);
	for (int i = 0; i < 6000 && marks_wiped < 3; i++)
		usleep(10000);
	assert_int_equal(marks_wiped, 3); /* body, decoded field, answer */
	marks_wiped = 0;
	struct reply r = client_ask(&c, "GET /large HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
	assert_int_equal(r.status, 200);
	assert_true(marks_wiped >= 2); /* the page as it grew, the window of the compressor */
	client_close(&c);
	http_stop(server);
}

static void assets_are_served_in_the_best_coding(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
#define ASSET(headers) "GET /aset/a.01234567.css HTTP/1.1\r\nHost: a\r\n" headers "\r\n"
	expect(&c, ASSET(""), 200, "plain");
	expect(&c, ASSET("Accept-Encoding: gzip\r\n"), 200, "ETag: \"0123456789abcdef-gzip\"");
	struct reply r = client_ask(&c, ASSET("Accept-Encoding: gzip, deflate, br\r\n"));
	assert_string_equal(r.body, "br");
	assert_true(reply_has(&r, "Content-Encoding: br\r\n") && reply_has(&r, "Vary: Accept-Encoding\r\n"));
	assert_true(reply_has(&r, "Cache-Control: public, max-age=31536000, immutable\r\n"));
	assert_false(reply_has(&r, "no-store"));
	expect(&c, ASSET("If-None-Match: \"x\", \"0123456789abcdef-br\"\r\n"), 304, NULL);
	expect(&c, ASSET("If-None-Match: \"x\"\r\n"), 200, "plain");
	client_close(&c);
	http_stop(server);
}

/* Many connections, kept and immediate, answered from another thread while others
 * come and go: what a sanitizer is for. */
static void *crowd(void *arg)
{
	const int *args = arg;
	for (int round = 0; round < 5; round++) {
		struct client c = client_open(args[0], args[1]);
		for (int i = 0; i < 20; i++)
			expect(&c, i % 3 ? GET("/keep") : POST("/form", "5", "nik=1"), 200, NULL);
		client_close(&c);
	}
	return NULL;
}

static void a_crowd_is_served(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	pthread_t threads[8];
	int args[2] = {http_port(server), *state != NULL};
	for (int i = 0; i < 8; i++)
		pthread_create(&threads[i], NULL, crowd, args);
	for (int i = 0; i < 8; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(http_stat(server).requests, 800);
	http_stop(server);
}

#define BOTH(test)                                                                                                                 \
	cmocka_unit_test(test),                                                                                                    \
	{                                                                                                                          \
#test "_tls", test, NULL, NULL, "tls"                                                                              \
	}

int main(void)
{
	signal(SIGPIPE, SIG_IGN); /* GnuTLS's side of a client that was cut off */
	const struct CMUnitTest tests[] = {
	        BOTH(a_request_is_answered_at_once_or_later),
	        BOTH(head_is_get_without_a_body),
	        BOTH(pipelined_requests_survive_being_kept),
	        BOTH(a_client_may_go_while_its_request_is_kept),
	        BOTH(stopping_answers_what_is_kept_with_503),
	        BOTH(who_is_being_served_when_the_end_begins_is_served_on),
	        cmocka_unit_test(what_is_not_watched_need_not_be_taken_out),
	        cmocka_unit_test(paths_that_could_be_read_twice_are_refused),
	        cmocka_unit_test(framing_that_could_be_read_twice_is_refused),
	        BOTH(methods_and_bodies_have_their_limits),
	        BOTH(chunked_bodies_are_counted_as_they_come),
	        BOTH(expect_continue_is_answered_or_refused_early),
	        BOTH(a_header_block_past_the_ceiling_is_431),
	        BOTH(slow_clients_are_cut_off),
	        BOTH(a_kept_request_is_never_late),
	        cmocka_unit_test(connections_are_limited),
	        cmocka_unit_test(idle_connections_make_room_when_crowded),
	        cmocka_unit_test(only_a_trusted_proxy_is_believed),
	        BOTH(cookies_have_their_prefix_under_tls),
	        BOTH(answers_carry_the_security_headers),
	        BOTH(large_answers_are_compressed_for_who_takes_it),
	        BOTH(an_outgrown_answer_is_500),
	        BOTH(what_was_asked_and_answered_is_wiped),
	        BOTH(assets_are_served_in_the_best_coding),
	        BOTH(a_crowd_is_served),
	};
	return cmocka_run_group_tests(tests, make_pairs, drop_pairs);
}
