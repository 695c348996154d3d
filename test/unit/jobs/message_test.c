/* SPDX-License-Identifier: EUPL-1.2
 * A mail as bytes (RFC 5322, 2045, 2047): lines short enough, words that decode to what
 * was meant, nothing of a text in a header's place, the same bytes every time; and the
 * settings that are refused before a server is asked. */
#include "jobs/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "jobs/mail.h"
#include "jobs/smtp.h"

#define PUT_US (day_begin_us(day_from_ymd(2026, 11, 24)) + INT64_C(36061) * US_PER_S) /* 10.01.01 WIB */

static struct buf write(const char *subject, const char *body)
{
	struct buf out = BUF(MESSAGE_MAX);
	struct message m = {.from = S("padan@dinas.example"), .to = S("pic@bpbd.example"), .key = S("renewal:1"),
	                    .subject = str_c(subject), .body = str_c(body), .put_us = PUT_US};
	message_write(&out, &m);
	assert_true(buf_ok(&out));
	return out;
}

static void assert_has(const struct buf *b, const char *text)
{
	if (!memmem(b->at, b->n, text, strlen(text)))
		fail_msg("'%s' is not in:\n%.*s", text, (int)b->n, b->at);
}

/* RFC 5322 2.1.1: CRLF only, 78 characters, and 7 bits all the way. */
static void assert_lines(const struct buf *b)
{
	struct str rest = buf_str(b);
	while (rest.n) {
		struct str line = str_split(&rest, '\n');
		assert_true(line.n >= 1 && line.at[line.n - 1] == '\r');
		assert_true(line.n - 1 <= 78);
		for (size_t i = 0; i + 1 < line.n; i++)
			assert_true(line.at[i] >= ' ' && line.at[i] <= '~');
	}
}

static void a_plain_message(void **state)
{
	(void)state;
	struct buf a = write("Perpanjangan perjanjian", "Baris satu\nBaris dua\n");
	struct buf b = write("Perpanjangan perjanjian", "Baris satu\nBaris dua\n");
	assert_lines(&a);
	assert_has(&a, "From: padan@dinas.example\r\nTo: pic@bpbd.example\r\nDate: Tue, 24 Nov 2026 10:01:01 +0700\r\n");
	assert_has(&a, "@dinas.example>\r\nSubject: Perpanjangan perjanjian\r\n");
	assert_has(&a, "Content-Transfer-Encoding: base64\r\n\r\nQmFyaXMgc2F0dQ0KQmFyaXMgZHVhDQo=\r\n");
	assert_true(str_eq(buf_str(&a), buf_str(&b))); /* the same Message-ID too */
	buf_free(&a);
	buf_free(&b);
}

/* What a mail reader makes of the encoded words of a Subject. */
static struct buf decode_subject(const struct buf *m)
{
	struct buf out = BUF(1024);
	const char *at = memmem(m->at, m->n, "Subject:", 8), *end = m->at + m->n;
	assert_non_null(at);
	at += 8;
	while (at < end && (at = memmem(at, (size_t)(end - at), "=?utf-8?B?", 10))) {
		unsigned char bytes[64];
		size_t n;
		struct str word = str_from(at + 10, (size_t)(end - at - 10));
		word = str_sub(word, 0, str_index(word, '?'));
		assert_true(word.n + 12 <= 75); /* RFC 2047 2 */
		assert_int_equal(base64_read(word, bytes, sizeof bytes, &n), RC_OK);
		struct str text = str_from((const char *)bytes, n);
		assert_true(str_is_text(text)); /* no character is cut in two */
		buf_add(&out, text);
		at += 10;
	}
	return out;
}

static void subjects_that_need_encoding(void **state)
{
	(void)state;
	char wide[MAIL_SUBJECT_MAX + 1];
	for (int i = 0; i + 1 < MAIL_SUBJECT_MAX; i += 2)
		memcpy(wide + i, "\xc3\xa9", 3);
	const char *const subjects[] = {
	        "Tenggat perjanjian – 20 Mei 2027",
	        "\xf0\x9f\x93\x85\xf0\x9f\x93\x85\xf0\x9f\x93\x85\xf0\x9f\x93\x85\xf0\x9f\x93\x85\xf0\x9f\x93\x85\xf0\x9f\x93\x85"
	        "\xf0\x9f\x93\x85\xf0\x9f\x93\x85\xf0\x9f\x93\x85\xf0\x9f\x93\x85\xf0\x9f\x93\x85\xf0\x9f\x93\x85\xf0\x9f\x93\x85",
	        "=?utf-8?B?dGlwdQ==?=", /* what only looks like an encoded word */
	        "Perjanjian kerja sama dengan nama yang sangat panjang sekali sehingga tidak muat pada satu baris",
	        wide,
	};
	for (size_t i = 0; i < LEN(subjects); i++) {
		struct buf m = write(subjects[i], "x\n"), back = decode_subject(&m);
		assert_lines(&m);
		assert_true(str_eq(buf_str(&back), str_c(subjects[i])));
		buf_free(&m);
		buf_free(&back);
	}
}

static void bodies_of_every_size_come_back(void **state)
{
	(void)state;
	for (size_t n = 1; n < 400; n++) {
		char body[401], *at = NULL;
		unsigned char bytes[1024];
		size_t got, used = 0;
		for (size_t i = 0; i < n; i++)
			body[i] = i % 7 == 6 ? '\n' : (char)('a' + i % 26);
		body[n] = '\0';
		struct buf m = write("x", body), packed = BUF(1024);
		assert_lines(&m);
		at = memmem(m.at, m.n, "\r\n\r\n", 4);
		for (at += 4; at < m.at + m.n; at++)
			if (*at != '\r' && *at != '\n')
				buf_addc(&packed, *at);
		assert_int_equal(base64_read(buf_str(&packed), bytes, sizeof bytes, &got), RC_OK);
		for (size_t i = 0; i < got; i++) /* CRLF there, LF here */
			if (bytes[i] != '\r')
				assert_int_equal(bytes[i], body[used++]);
		assert_int_equal(used, n);
		buf_free(&m);
		buf_free(&packed);
	}
}

static void addresses(void **state)
{
	(void)state;
	static const char *const good[] = {"a@b", "pic.bpbd@dinas.example", "a+b_c@x-1.example", "x@192.0.2.1", "o'x@a.example"};
	static const char *const bad[] = {
	        "",          "a",        "@b",        "a@",         "a@b@c",     ".a@b",      "a.@b",       "a..b@c",
	        "a b@c",     "a@b c",    "a@-b",      "a@b-",       "a@b..c",    "a@.b",      "a@b.",       "<a@b>",
	        "a@b\r\nRCPT TO:<c@d>", "a@b\n", "\"a\"@b", "a@[192.0.2.1]", "\xc3\xa9@b", "a@\xc3\xa9.example", "a,b@c", "a@b,c@d",
	};
	char long_local[80] = {0};
	memset(long_local, 'x', 65);
	memcpy(long_local + 65, "@b", 3);
	for (size_t i = 0; i < LEN(good); i++)
		assert_true(mail_address_is_valid(str_c(good[i])));
	for (size_t i = 0; i < LEN(bad); i++)
		if (mail_address_is_valid(str_c(bad[i])))
			fail_msg("taken: %s", bad[i]);
	assert_false(mail_address_is_valid(str_c(long_local)));
	assert_true(mail_address_is_valid(str_c(long_local + 1)));
	assert_false(mail_address_is_valid((struct str){0}));
	assert_false(mail_address_is_valid(str_from("a@b\0c", 5)));
}

static void settings(void **state)
{
	(void)state;
	struct secret password = {(unsigned char *)"x", 1}, none = {0};
	const struct {
		enum rc want;
		struct smtp_conf conf;
	} table[] = {
	        {RC_OK, {"smtp://mail.example", "a@b", "", &none, SMTP_TLS_REQUIRE, "", NULL}},
	        {RC_OK, {"smtp://mail.example:587", "a@b", "", &none, SMTP_TLS_TRY, "", NULL}},
	        {RC_OK, {"smtps://mail.example:465", "a@b", "u", &password, SMTP_TLS_TRY, "", NULL}},
	        {RC_OK, {"smtp://127.0.0.1:25", "a@b", "u", &password, SMTP_TLS_OFF, "", NULL}},
	        {RC_OK, {"smtp://[::1]:25", "a@b", "", &none, SMTP_TLS_OFF, "", NULL}},
	        {RC_OK, {"smtp://localhost", "a@b", "", &none, SMTP_TLS_OFF, "", NULL}},
	        {RC_INVALID, {"smtp://mail.example", "a@b", "", &none, SMTP_TLS_OFF, "", NULL}},
	        {RC_INVALID, {"smtp://127.example", "a@b", "", &none, SMTP_TLS_OFF, "", NULL}},
	        {RC_INVALID, {"smtp://127.0.0.1.example", "a@b", "", &none, SMTP_TLS_OFF, "", NULL}},
	        {RC_INVALID, {"smtp://mail.example", "a@b", "u", &password, SMTP_TLS_TRY, "", NULL}},
	        {RC_INVALID, {"smtp://mail.example", "a@b", "u", &none, SMTP_TLS_REQUIRE, "", NULL}},
	        {RC_INVALID, {"smtp://mail.example", "", "", &none, SMTP_TLS_REQUIRE, "", NULL}},
	        {RC_INVALID, {"smtp://mail.example", "a@b\r\n", "", &none, SMTP_TLS_REQUIRE, "", NULL}},
	        {RC_INVALID, {"http://mail.example", "a@b", "", &none, SMTP_TLS_REQUIRE, "", NULL}},
	        {RC_INVALID, {"smtp://", "a@b", "", &none, SMTP_TLS_REQUIRE, "", NULL}},
	        {RC_INVALID, {"smtp://u:p@mail.example", "a@b", "", &none, SMTP_TLS_REQUIRE, "", NULL}},
	        {RC_INVALID, {"smtp://mail.example/x", "a@b", "", &none, SMTP_TLS_REQUIRE, "", NULL}},
	        {RC_INVALID, {"file:///etc/passwd", "a@b", "", &none, SMTP_TLS_REQUIRE, "", NULL}},
	};
	for (size_t i = 0; i < LEN(table); i++)
		if (smtp_check(&table[i].conf, NULL) != table[i].want)
			fail_msg("%zu: %s", i, table[i].conf.url);
}

static void every_trouble_has_its_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < SMTP_TROUBLE_COUNT; i++) {
		assert_int_equal(smtp_trouble_at(i)->trouble, i);
		assert_true(i == 0 || (*smtp_trouble_at(i)->key && *smtp_trouble_at(i)->label));
	}
	assert_null(smtp_trouble_at(SMTP_TROUBLE_COUNT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_plain_message),
	        cmocka_unit_test(subjects_that_need_encoding),
	        cmocka_unit_test(bodies_of_every_size_come_back),
	        cmocka_unit_test(addresses),
	        cmocka_unit_test(settings),
	        cmocka_unit_test(every_trouble_has_its_row),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
