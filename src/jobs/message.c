/* SPDX-License-Identifier: EUPL-1.2
 * jobs/message.c - see message.h. */
#include "jobs/message.h"

#include <assert.h>
#include <sodium.h>

#define WORD_BYTES 39   /* base64 of it is 52; with "Subject: =?utf-8?B?" and "?=" the 76 of RFC 2047 2 hold */
#define LINE_BYTES 57   /* base64 of it is a line of 76 (RFC 2045 6.8) */
#define PLAIN_MAX 69    /* "Subject: " before it, 78 in all */
#define ID_BYTES 16

/* ---- headers ---- */

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] < ' ' || s.at[i] > '~')
			return false;
	return s.n <= PLAIN_MAX && !memmem(s.at, s.n, "=?", 2);
}

static void add_header(struct buf *out, const char *name, struct str value)
{
	assert(str_index(value, '\r') == value.n && str_index(value, '\n') == value.n);
	buf_addf(out, "%s: ", name);
	buf_add(out, value);
	buf_addz(out, "\r\n");
}

/* Encoded words, one a line, none of which ends inside a character. */
static void add_subject(struct buf *out, struct str subject)
{
	if (is_plain(subject)) {
		add_header(out, "Subject", subject);
		return;
	}
	buf_addz(out, "Subject:");
	while (subject.n) {
		struct str word = str_cut(subject, WORD_BYTES);
		if (word.n == 0) /* no character fits: not UTF-8, so any cut does */
			word = str_sub(subject, 0, WORD_BYTES);
		buf_addz(out, " =?utf-8?B?");
		base64_add(out, word);
		buf_addz(out, "?=\r\n");
		subject = str_sub(subject, word.n, subject.n);
	}
}

/* RFC 5322 3.3, in WIB: "Tue, 24 Nov 2026 10:00:00 +0700". */
static void add_date(struct buf *out, int64_t us)
{
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	int year, month, mday;
	struct day day = day_of_us(us);
	int s = (int)((us - day_begin_us(day)) / US_PER_S);
	day_to_ymd(day, &year, &month, &mday);
	buf_addf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0700\r\n", days[day_weekday(day)], mday, months[month - 1], year,
	         s / 3600, s / 60 % 60, s % 60);
}

/* A hash, so that it tells nothing of the key to those who hand the mail on. */
static void add_message_id(struct buf *out, const struct message *m)
{
	unsigned char id[ID_BYTES];
	crypto_generichash_state state;
	size_t at = str_index(m->from, '@');
	crypto_generichash_init(&state, NULL, 0, sizeof id);
	crypto_generichash_update(&state, (const unsigned char *)m->key.at, m->key.n);
	crypto_generichash_update(&state, (const unsigned char *)"\n", 1);
	crypto_generichash_update(&state, (const unsigned char *)m->to.at, m->to.n);
	crypto_generichash_final(&state, id, sizeof id);
	buf_addz(out, "Message-ID: <");
	hex_add(out, str_from((const char *)id, sizeof id));
	buf_addf(out, "@%.*s>\r\n", (int)(m->from.n - at - 1), m->from.at + at + 1);
}

/* ---- body ---- */

/* Line ends as MIME wants them, before the coding (RFC 2045 6.8). */
static void add_body(struct buf *out, struct str body)
{
	struct buf text = BUF(MESSAGE_MAX);
	for (size_t i = 0; i < body.n; i++) {
		if (body.at[i] == '\n')
			buf_addz(&text, "\r\n");
		else if (body.at[i] != '\r')
			buf_addc(&text, body.at[i]);
	}
	struct str rest = buf_str(&text);
	while (rest.n) {
		base64_add(out, str_sub(rest, 0, LINE_BYTES));
		buf_addz(out, "\r\n");
		rest = str_sub(rest, LINE_BYTES, rest.n);
	}
	out->broken = out->broken || !buf_ok(&text);
	buf_free(&text);
}

void message_write(struct buf *out, const struct message *message)
{
	add_header(out, "From", message->from);
	add_header(out, "To", message->to);
	add_date(out, message->put_us);
	add_message_id(out, message);
	add_subject(out, message->subject);
	buf_addz(out, "Auto-Submitted: auto-generated\r\n" /* RFC 3834: nobody answers with a machine */
	              "MIME-Version: 1.0\r\n"
	              "Content-Type: text/plain; charset=utf-8\r\n"
	              "Content-Transfer-Encoding: base64\r\n\r\n");
	add_body(out, message->body);
}
