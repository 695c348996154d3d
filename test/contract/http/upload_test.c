/* SPDX-License-Identifier: EUPL-1.2
 * Large bodies in and out of a real server: a multipart form with a scan of 5 MB, the
 * ceilings on all that is under way, the wiping of what was cut off, and answers of
 * 5 MB that outlast the patience for small ones. */
#include "site.h"

#define FORM_TYPE "Content-Type: multipart/form-data; boundary=BATAS\r\n"
#define FIELD "--BATAS\r\nContent-Disposition: form-data; name=\"nomor\"\r\n\r\n470/1\r\n"
#define FILE_HEAD "--BATAS\r\nContent-Disposition: form-data; name=\"pindaian\"; filename=\"C:\\ktp.pdf\"\r\n\r\n"
#define FILE_TAIL "\r\n--BATAS--\r\n"

/* A form with a file of n bytes; *ret_crc tells which. */
static void write_form(struct buf *b, size_t n, unsigned long *ret_crc)
{
	buf_addz(b, FIELD FILE_HEAD);
	size_t from = b->n;
	assert_true(buf_room(b, n));
	for (size_t i = 0; i < n; i++)
		b->at[b->n++] = (char)(i * 7919 % 253);
	*ret_crc = crc32(0, (const unsigned char *)b->at + from, (unsigned)n);
	buf_addz(b, FILE_TAIL);
}

static void begin_upload(struct client *c, size_t announced)
{
	char head[256];
	snprintf(head, sizeof head, "POST /upload HTTP/1.1\r\nHost: a\r\n" FORM_TYPE "Content-Length: %zu\r\n\r\n", announced);
	assert_true(client_send(c, head));
}

static void a_scan_arrives_whole(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	static const size_t sizes[] = {0, 1, 70000, 5 << 20, 5 << 20, 5 << 20, 5 << 20, 5 << 20, 5 << 20}; /* one after another */
	for (size_t i = 0; i < LEN(sizes); i++) {
		char piece[100];
		unsigned long crc;
		BUF_AUTO form = BUF(UPLOAD_MAX);
		write_form(&form, sizes[i], &crc);
		begin_upload(&c, form.n);
		assert_true(client_send_n(&c, form.at, form.n));
		struct reply r = client_reply(&c, false);
		snprintf(piece, sizeof piece, "form=1 nomor=[470/1] berkas=[ktp.pdf] %zu %08lx%s", sizes[i], crc,
		         sizes[i] ? " arena=1" : "");
		assert_int_equal(r.status, 200);
		assert_string_equal(r.body, piece);
	}
	client_close(&c);
	http_stop(server);
}

static void a_chunked_scan_arrives_whole(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	unsigned long crc;
	char size[32], piece[100];
	BUF_AUTO form = BUF(UPLOAD_MAX);
	write_form(&form, 3 << 20, &crc);
	client_send(&c, "POST /upload HTTP/1.1\r\nHost: a\r\n" FORM_TYPE "Transfer-Encoding: chunked\r\n\r\n");
	snprintf(size, sizeof size, "%zx\r\n", form.n);
	assert_true(client_send(&c, size) && client_send_n(&c, form.at, form.n) && client_send(&c, "\r\n0\r\n\r\n"));
	struct reply r = client_reply(&c, false);
	snprintf(piece, sizeof piece, "form=1 nomor=[470/1] berkas=[ktp.pdf] %d %08lx arena=1", 3 << 20, crc);
	assert_string_equal(r.body, piece);
	client_close(&c);
	http_stop(server);
}

static void what_is_no_form_has_no_file(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
#define ODD(type, n, body) "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: " type "\r\nContent-Length: " n "\r\n\r\n" body
	expect(&c, ODD("multipart/form-data", "11", "--BATAS--\r\n"), 200, "form=0 nomor=[] berkas=[] 0");
	expect(&c, ODD("multipart/mixed; boundary=BATAS", "11", "--BATAS--\r\n"), 200, "form=0");
	expect(&c, ODD("multipart/form-data; boundary=LAIN", "11", "--BATAS--\r\n"), 200, "form=0");
	expect(&c, ODD("multipart/form-data; boundary=BATAS", "11", "--BATAS--\r\n"), 200, "form=1 nomor=[] berkas=[] 0");
	expect(&c, ODD("application/x-www-form-urlencoded", "11", "nomor=470/1"), 200, "form=1 nomor=[470/1] berkas=[] 0");
	client_close(&c);
	http_stop(server);
}

/* Somebody who picked too large a picture hears so, also when it is far too large. */
static void a_scan_that_is_too_large_is_413(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	unsigned long crc;
	BUF_AUTO form = BUF(32 << 20);
	write_form(&form, 20 << 20, &crc);
	begin_upload(&c, form.n);
	assert_true(client_send_n(&c, form.at, form.n));
	assert_int_equal(client_reply(&c, false).status, 413);
	expect(&c, GET("/now"), 200, NULL);
	begin_upload(&c, 200 << 20);
	assert_int_equal(client_reply(&c, false).status, 413);
	assert_true(client_ended(&c));
	client_close(&c);
	http_stop(server);
}

/* ---- ceilings on all of them ---- */
#define EACH (4 << 20)
#define ADDR_UPLOADS 6 /* 24 MB */
#define ALL_UPLOADS 16 /* 64 MB */

/* One that is under way: it has leave to send, and its weight was taken before. */
static struct client hold_upload(int port, int last_byte)
{
	struct client c;
	char head[256];
	client_dial(&c, port, last_byte);
	snprintf(head, sizeof head,
	         "POST /upload HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n" FORM_TYPE "Content-Length: %d\r\n\r\n", EACH);
	assert_int_equal(client_ask(&c, head).status, 100);
	assert_true(client_send(&c, FIELD));
	return c;
}

static void expect_refused(int port, int last_byte)
{
	struct client c;
	BUF_AUTO body = BUF(EACH);
	client_dial(&c, port, last_byte);
	begin_upload(&c, EACH);
	assert_true(buf_room(&body, EACH));
	memset(body.at, 'x', EACH);
	assert_true(client_send_n(&c, body.at, EACH));
	struct reply r = client_reply(&c, false);
	assert_int_equal(r.status, 503);
	assert_true(reply_has(&r, "Retry-After: 5"));
	client_close(&c);
}

static void all_uploads_together_have_a_ceiling(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(false);
	struct http_server *server = start(&conf);
	int port = http_port(server);
	struct client held[ALL_UPLOADS];
	for (int i = 0; i < ALL_UPLOADS; i++) {
		held[i] = hold_upload(port, 10 + i / 5);
		expect_once(port, GET("/now"), 200, NULL); /* small ones go on */
	}
	expect_refused(port, 99);
	for (int i = 0; i < ALL_UPLOADS; i++)
		client_close(&held[i]);
	for (int i = 0; i < 6000 && http_stat(server).connections; i++)
		usleep(10000);
	held[0] = hold_upload(port, 99); /* what they held was given back */
	client_close(&held[0]);
	http_stop(server);
}

static void one_address_gets_a_part_of_it(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(false);
	struct http_server *server = start(&conf);
	int port = http_port(server);
	struct client held[ADDR_UPLOADS + 1];
	for (int i = 0; i < ADDR_UPLOADS; i++)
		held[i] = hold_upload(port, 10);
	expect_refused(port, 10);
	held[ADDR_UPLOADS] = hold_upload(port, 11); /* others have theirs */
	BUF_AUTO rest = BUF(EACH);
	assert_true(buf_room(&rest, EACH));
	memset(rest.at, 'x', EACH);
	assert_true(client_send_n(&held[ADDR_UPLOADS], rest.at, EACH - strlen(FIELD)));
	assert_int_equal(client_reply(&held[ADDR_UPLOADS], false).status, 200);
	for (int i = 0; i <= ADDR_UPLOADS; i++)
		client_close(&held[i]);
	http_stop(server);
}

static void heavy_answers_count_too(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(false);
	struct http_server *server = start(&conf);
	int port = http_port(server), small = 65536;
	struct client held[5];
	for (int i = 0; i < 5; i++) {
		client_dial(&held[i], port, 10);
		setsockopt(held[i].fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
		char first;
		assert_true(client_send(&held[i], GET("/heavy")));
		assert_int_equal(recv(held[i].fd, &first, 1, MSG_PEEK), 1); /* weighed when it is about to be sent */
	}
	assert_int_equal(client_reply(&held[4], false).status, 503); /* 20 MB wait for slow readers */
	for (int i = 0; i < 4; i++) {
		struct reply r = client_reply(&held[i], false);
		assert_int_equal(r.status, 200);
		assert_int_equal(r.body_n, HEAVY);
	}
	for (int i = 0; i < 5; i++)
		client_close(&held[i]);
	http_stop(server);
}

/* ---- time ---- */
static void a_slow_upload_is_cut_off(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(false);
	conf.request_s = 1;
	struct http_server *server = start(&conf);
	struct client c = client_open(http_port(server), false);
	begin_upload(&c, 80000); /* a second, and four for the bytes */
	for (int i = 0; i < 600 && client_send(&c, "x"); i++)
		usleep(100000);
	assert_int_equal(http_stat(server).late, 1);
	client_close(&c);
	http_stop(server);
}

/* 5 MB at about 16 Mbps: longer than request_s, and allowed. */
static void a_large_answer_may_take_its_time(void **state)
{
	struct http_conf conf = conf_for(*state != NULL);
	conf.request_s = 2;
	struct http_server *server = start(&conf);
	struct client c = client_open(http_port(server), *state != NULL);
	int small = 65536;
	setsockopt(c.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	int64_t began = clock_steady_us();
	assert_true(client_send(&c, GET("/heavy")));
	while (c.in_n < HEAVY && client_more(&c))
		if (c.in_n / (HEAVY / 50) > (size_t)(clock_steady_us() - began) / 50000)
			usleep(50000);
	struct reply r = client_reply(&c, false);
	assert_int_equal(r.body_n, HEAVY);
	assert_true(clock_steady_us() - began > 2 * US_PER_S);
	for (size_t i = 0; i < HEAVY; i += 4099)
		assert_int_equal((unsigned char)r.body[i], i % 251);
	client_close(&c);
	http_stop(server);
}

/* ---- wiping ---- */
static void an_upload_that_broke_off_is_wiped(void **state)
{
	struct http_server *server = start_plain_or_tls(state);
	struct client c = client_open(http_port(server), *state != NULL);
	begin_upload(&c, EACH);
	assert_true(client_send(&c, FIELD FILE_HEAD MARK));
	usleep(300000); /* it has read them by now: an end that comes together with them may be noticed much later */
	marks_wiped = 0;
	client_close(&c);
	for (int i = 0; i < 6000 && marks_wiped < 1; i++)
		usleep(10000);
	assert_int_equal(marks_wiped, 1);
	http_stop(server);
}

#define BOTH(test)                                                                                                                 \
	cmocka_unit_test(test),                                                                                                    \
	{                                                                                                                          \
#test "_tls", test, NULL, NULL, "tls"                                                                              \
	}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	const struct CMUnitTest tests[] = {
	        BOTH(a_scan_arrives_whole),
	        BOTH(a_chunked_scan_arrives_whole),
	        BOTH(what_is_no_form_has_no_file),
	        BOTH(a_scan_that_is_too_large_is_413),
	        cmocka_unit_test(all_uploads_together_have_a_ceiling),
	        cmocka_unit_test(one_address_gets_a_part_of_it),
	        cmocka_unit_test(heavy_answers_count_too),
	        cmocka_unit_test(a_slow_upload_is_cut_off),
	        BOTH(a_large_answer_may_take_its_time),
	        BOTH(an_upload_that_broke_off_is_wiped),
	};
	return cmocka_run_group_tests(tests, make_pairs, drop_pairs);
}
