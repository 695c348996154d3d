/* SPDX-License-Identifier: EUPL-1.2
 * The application that the contract tests of http put behind a real server: routes
 * that answer at once, keep, echo, grow; a thread that answers what is kept; and two
 * certificates made on the spot. Included once per test program. */
#pragma once
#include "http/asset.h"
#include "http/http.h"

#include "client.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <zlib.h>

#define HELD_MAX 64
#define MARK "PENANDA-RAHASIA"
#define UPLOAD_MAX (5632 * 1024) /* a scan of 5 MB and the fields beside it */
#define HEAVY (5 * 1024 * 1024)

/* ---- wiping is seen by standing in for explicit_bzero(), in both its forms ---- */
static _Atomic int marks_wiped;
void wipe_seen(void *at, size_t n) __asm__("explicit_bzero");
void wipe_seen_chk(void *at, size_t n, size_t room) __asm__("__explicit_bzero_chk");
void wipe_seen(void *at, size_t n)
{
	if (at && memmem(at, n, MARK, strlen(MARK)))
		marks_wiped++;
	memset(at, 0, n);
	__asm__ volatile("" : : "r"(at) : "memory");
}
void wipe_seen_chk(void *at, size_t n, size_t room)
{
	(void)room;
	wipe_seen(at, n);
}

/* ---- the application behind the server ---- */
static struct app {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct http_request *held[HELD_MAX];
	int held_n;
	bool answer, stop; /* the answering thread: answer what is held */
	pthread_t thread;
} app = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

static const struct asset test_assets[] = {
        {"a.css", "/aset/a.01234567.css", "text/css; charset=utf-8", "0123456789abcdef", {"plain", 5}, {"gzip", 4}, {"br", 2}},
};

static inline int admit(void *arg, enum http_method method, struct str path)
{
	(void)arg;
	if (str_eq(path, S("/none")))
		return -404;
	if (method == HTTP_OTHER || (str_eq(path, S("/form")) && method != HTTP_POST))
		return -405;
	if (method != HTTP_POST)
		return 0;
	if (str_eq(path, S("/upload")))
		return UPLOAD_MAX;
	return str_eq(path, S("/form")) ? 64 : str_eq(path, S("/big")) ? 200000 : 4096;
}

static inline const char *refuse(void *arg, int status, struct str path, struct buf *body)
{
	(void)arg;
	buf_addf(body, "ditolak %d %.*s", status, STR_ARG(path));
	return "text/html; charset=utf-8";
}

static inline void echo(struct http_request *rq, struct buf *b)
{
	static const char *const methods[] = {"GET", "HEAD", "POST", "OTHER"};
	buf_addf(b, "%s %.*s peer=%s", methods[http_method(rq)], STR_ARG(http_path(rq)), addr_text(http_peer(rq)).z);
	buf_addf(b, " body=%zu form=%d", http_body(rq).n, http_form_ok(rq));
	buf_addf(b, " nik=[%.*s]", STR_ARG(http_form(rq, "nik")));
	buf_addf(b, " q=[%.*s]", STR_ARG(http_query(rq, "q")));
	buf_addf(b, " sesi=[%.*s]", STR_ARG(http_cookie(rq, "sesi")));
	buf_addf(b, " x=[%.*s]", STR_ARG(http_header(rq, "X-Test")));
	const struct fingerprint *certificate = http_certificate(rq);
	buf_addf(b, " cert=[%.64s]", certificate ? fingerprint_text(certificate).z : "");
}

static inline void answer(struct http_request *rq)
{
	struct http_response re = {.status = 200, .type = "text/html; charset=utf-8", .body = BUF(1 << 20)};
	struct str path = http_path(rq);
	char value[] = "pendek"; /* on the stack: headers are copied */
	if (str_eq(path, S("/cookie"))) {
		http_set_cookie(rq, &re, "sesi", S("abc123"), -1);
		http_set_cookie(rq, &re, "lama", S(""), 0);
	} else if (str_eq(path, S("/large"))) {
		re.compress = true;
		for (int i = 0; i < 5000; i++)
			buf_addf(&re.body, "<p>baris %d " MARK "</p>\n", i);
	} else if (str_eq(path, S("/outgrown"))) {
		re.body.max = 10;
		buf_addz(&re.body, MARK " does not fit");
	} else if (str_starts(path, S("/aset/"))) {
		buf_free(&re.body);
		asset_respond(asset_find(test_assets, 1, path), ASSET_FOR_EVER, rq, &re);
	} else if (str_eq(path, S("/upload"))) {
		const struct http_file *file = http_file(rq, "pindaian");
		struct str bytes = file ? file->bytes : (struct str){NULL, 0};
		buf_addf(&re.body, "form=%d nomor=[%.*s]", http_form_ok(rq), STR_ARG(http_form(rq, "nomor")));
		buf_addf(&re.body, " berkas=[%.*s] %zu %08lx", STR_ARG(file ? file->name : bytes), bytes.n,
		         crc32(0, (const unsigned char *)bytes.at, (unsigned)bytes.n));
		if (bytes.n) /* a sealed copy fits into the arena */
			buf_addf(&re.body, " arena=%d", arena_alloc(http_arena(rq), bytes.n) != NULL);
	} else if (str_eq(path, S("/heavy"))) {
		re.bare = true;
		re.type = "application/pdf";
		re.body.max = HEAVY;
		if (buf_room(&re.body, HEAVY))
			for (; re.body.n < HEAVY; re.body.n++)
				re.body.at[re.body.n] = (char)(re.body.n % 251);
	} else if (str_eq(path, S("/bare"))) {
		re.bare = true;
		buf_addz(&re.body, "{}");
	} else {
		echo(rq, &re.body);
	}
	http_add_header(&re, "X-Own", str_c(value));
	http_reply(rq, &re);
	memset(value, 'x', sizeof value - 1);
	assert_null(re.body.at);
}

static inline void handle(void *arg, struct http_request *rq)
{
	(void)arg;
	if (!str_starts(http_path(rq), S("/keep"))) {
		if (str_starts(http_path(rq), S("/slow"))) /* its event thread has no time for anything else */
			usleep(150000);
		answer(rq);
		return;
	}
	pthread_mutex_lock(&app.lock);
	assert(app.held_n < HELD_MAX);
	app.held[app.held_n++] = rq;
	pthread_cond_broadcast(&app.wake);
	pthread_mutex_unlock(&app.lock);
}

static inline void *answer_thread(void *arg)
{
	(void)arg;
	pthread_mutex_lock(&app.lock);
	while (!app.stop) {
		while (app.answer && app.held_n) {
			struct http_request *rq = app.held[--app.held_n];
			pthread_mutex_unlock(&app.lock);
			usleep(2000);
			answer(rq);
			pthread_mutex_lock(&app.lock);
		}
		if (!app.stop) /* it may have been said while the lock was not held */
			pthread_cond_wait(&app.wake, &app.lock);
	}
	pthread_mutex_unlock(&app.lock);
	return NULL;
}

static inline void set_answering(bool on)
{
	pthread_mutex_lock(&app.lock);
	app.answer = on;
	pthread_cond_broadcast(&app.wake);
	pthread_mutex_unlock(&app.lock);
}

static inline void wait_held(int n)
{
	const struct timespec until = {.tv_sec = clock_now_us() / US_PER_S + 60};
	pthread_mutex_lock(&app.lock);
	while (app.held_n < n && pthread_cond_timedwait(&app.wake, &app.lock, &until) == 0)
		;
	int held = app.held_n;
	pthread_mutex_unlock(&app.lock);
	assert_true(held >= n);
}

/* ---- the server under test ---- */
static char dir[] = "/tmp/http_server_test.XXXXXX";
static char cert[2][64], key[2][64], live_cert[64], live_key[64];

static inline void run(const char *cmd_path, char *const argv[])
{
	pid_t pid = fork();
	if (pid == 0) {
		fclose(stderr);
		fclose(stdout);
		execvp(cmd_path, argv);
		_exit(127);
	}
	int status = 1;
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
}

static inline void copy_file(const char *from, const char *to)
{
	char *argv[] = {"cp", (char *)(uintptr_t)from, (char *)(uintptr_t)to, NULL};
	run("cp", argv);
}

static inline void use_pair(int cert_i, int key_i)
{
	copy_file(cert[cert_i], live_cert);
	copy_file(key[key_i], live_key);
}

static inline int make_pairs(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(live_cert, sizeof live_cert, "%s/live.crt", dir);
	snprintf(live_key, sizeof live_key, "%s/live.key", dir);
	for (int i = 0; i < 2; i++) {
		snprintf(cert[i], sizeof cert[i], "%s/%d.crt", dir, i);
		snprintf(key[i], sizeof key[i], "%s/%d.key", dir, i);
		char subject[] = "/CN=uji-0.example";
		subject[8] = (char)('0' + i);
		char *argv[] = {"openssl", "req",   "-x509", "-newkey", "ec",    "-pkeyopt", "ec_paramgen_curve:P-256",
		                "-nodes",  "-days", "2",     "-subj",   subject, "-keyout",  key[i],
		                "-out",    cert[i], NULL};
		run("openssl", argv);
	}
	use_pair(0, 0);
	pthread_create(&app.thread, NULL, answer_thread, NULL);
	return 0;
}

static inline int drop_pairs(void **state)
{
	(void)state;
	pthread_mutex_lock(&app.lock);
	app.stop = true;
	pthread_cond_broadcast(&app.wake);
	pthread_mutex_unlock(&app.lock);
	pthread_join(app.thread, NULL);
	char *argv[] = {"rm", "-r", dir, NULL};
	run("rm", argv);
	return 0;
}

static inline struct http_conf conf_for(bool tls)
{
	return (struct http_conf){
	        .listen = "127.0.0.1:0",
	        .tls = tls,
	        .cert_path = live_cert,
	        .key_path = live_key,
	        .threads = 2,
	        .connections_max = 200,
	        .trusted_proxies = "127.0.0.9, 2001:db8::/32",
	        .client_header = "X-Real-IP",
	        .admit = admit,
	        .handle = handle,
	        .refuse = refuse,
	};
}

static inline struct http_server *start(const struct http_conf *conf)
{
	struct http_server *server = NULL;
	struct err err = {0};
	enum rc rc = http_start(conf, &server, &err);
	if (rc != RC_OK)
		fail_msg("%s: %s", err.what, err.detail);
	set_answering(true);
	return server;
}

static inline struct http_server *start_plain_or_tls(void **state)
{
	struct http_conf conf = conf_for(*state != NULL);
	return start(&conf);
}

#define GET(path) "GET " path " HTTP/1.1\r\nHost: localhost\r\n\r\n"
#define POST(path, n, body)                                                                                                        \
	"POST " path " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " n       \
	"\r\n\r\n" body

static inline void expect(struct client *c, const char *ask, int status, const char *piece)
{
	struct reply r = client_ask(c, ask);
	if (r.status != status || (piece && !strstr(r.body, piece) && !reply_has(&r, piece)))
		fail_msg("%s\n-> %d, wanted %d with \"%s\":\n%s%s", ask, r.status, status, piece ? piece : "", r.head, r.body);
}

/* Its own connection, since many refusals end it. */
static inline void expect_once(int port, const char *ask, int status, const char *piece)
{
	struct client c = client_open(port, false);
	expect(&c, ask, status, piece);
	client_close(&c);
}

