/* SPDX-License-Identifier: EUPL-1.2
 * An export alone: whole when untouched, and the first bad line is named whatever
 * was done to the file. */
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "forge.h"

#include <sys/mman.h>

#define SIZE 1000

struct export
{
	struct buf text;
	struct log_note kept; /* the checkpoint of size 1000, kept elsewhere */
};

static int file_of(const struct buf *text)
{
	int fd = memfd_create("export", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text->at, text->n), (ssize_t)text->n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static struct buf export_text(struct engine *engine)
{
	struct buf text = BUF(4 << 20);
	int fd = memfd_create("export", MFD_CLOEXEC);
	ENGINE_OK(verify_export_write(engine->store, 0, fd, &engine_err));
	off_t size = lseek(fd, 0, SEEK_END);
	assert_true(buf_room(&text, (size_t)size));
	assert_int_equal(pread(fd, text.at, (size_t)size, 0), size);
	text.n = (size_t)size;
	close(fd);
	return text;
}

static struct export export_of(struct engine *engine)
{
	struct log log;
	struct export export;
	log_open(&log, engine);
	log_fill(&log, 0, 400);
	log_checkpoint(&log);
	log_fill(&log, 400, SIZE);
	export.kept = log_checkpoint(&log);
	log_fill(&log, SIZE, SIZE + 7);
	export.text = export_text(engine);
	log_close(&log);
	return export;
}

static enum rc check(const struct buf *text, const char *checkpoint, struct verify_result *ret)
{
	struct verify_conf conf = {.checkpoint = checkpoint};
	int fd = file_of(text);
	enum rc rc = verify_export(fd, &conf, ret, &engine_err);
	close(fd);
	return rc;
}

/* Where line number `line` (0 is the header) begins. */
static size_t line_at(const struct buf *text, int line)
{
	size_t at = 0;
	while (line-- > 0)
		at += str_index(str_sub(buf_str(text), at, text->n), '\n') + 1;
	return at;
}

static void drop(struct buf *text, size_t from, size_t upto)
{
	memmove(text->at + from, text->at + upto, text->n - upto);
	text->n -= upto - from;
}

/* Entry 300 is line 301; the checkpoint of 400 is line 401. */
static void change_digit(struct buf *text)
{
	char *at = memmem(text->at + line_at(text, 301), 1000, "\"user\":7", 8);
	at[7] = '8';
}

static void change_leaf(struct buf *text)
{
	char *at = text->at + line_at(text, 301) + 9;
	*at = *at == 'a' ? 'b' : 'a';
}

static void remove_line(struct buf *text)
{
	drop(text, line_at(text, 301), line_at(text, 302));
}

static void swap_lines(struct buf *text)
{
	size_t first = line_at(text, 301), second = line_at(text, 302), end = line_at(text, 303);
	char one[1000];
	memcpy(one, text->at + first, second - first);
	memmove(text->at + first, text->at + second, end - second);
	memcpy(text->at + first + (end - second), one, second - first);
}

static void cut_between_lines(struct buf *text)
{
	text->n = line_at(text, 302);
}

static void cut_inside_line(struct buf *text)
{
	text->n = line_at(text, 301) + 100;
}

static void repeat_line(struct buf *text)
{
	char one[1000];
	size_t from = line_at(text, 300), at = line_at(text, 301);
	memcpy(one, text->at + from, at - from);
	assert_true(buf_room(text, at - from));
	memmove(text->at + at + (at - from), text->at + at, text->n - at);
	memcpy(text->at + at, one, at - from);
	text->n += at - from;
}

static void strange_line(struct buf *text)
{
	memcpy(text->at + line_at(text, 301), "{\"weird\"", 8);
}

static void spoil_signature(struct buf *text)
{
	char *at = memmem(text->at + line_at(text, 401), 2000, "\u2014 ", 4);
	at[60] = at[60] == 'A' ? 'B' : 'A';
}

static void spoil_header(struct buf *text)
{
	text->at[5] ^= 1;
}

static void empty(struct buf *text)
{
	text->n = 0;
}

static void long_line(struct buf *text)
{
	text->n = line_at(text, 301);
	while (text->n < 200000 && buf_ok(text))
		buf_addz(text, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
}

static const struct {
	void (*spoil)(struct buf *);
	int64_t bad_seq;
	const char *reason;
} damages[] = {
	{change_digit, 300, "sidik daun"},   {change_leaf, 300, "sidik daun"},   {remove_line, 300, "berdiri entri 301"},
	{swap_lines, 300, "berdiri"},        {cut_between_lines, 301, "hilang"}, {cut_inside_line, 300, "terpotong"},
	{repeat_line, 300, "berdiri"},       {strange_line, 300, "dikenal"},     {spoil_signature, -1, "Tanda tangan"},
	{spoil_header, -1, "kepala ekspor"}, {empty, -1, "kepala ekspor"},       {long_line, 300, "panjang"},
};

static void check_damages(struct engine *engine)
{
	struct export export = export_of(engine);
	struct verify_result result;
	assert_int_equal(check(&export.text, NULL, &result), RC_OK);
	assert_int_equal(result.entries, SIZE + 7);
	assert_int_equal(result.checkpoints, 2);
	assert_int_equal(result.signed_size, SIZE);
	assert_int_equal(check(&export.text, export.kept.z, &result), RC_OK);
	for (size_t i = 0; i < LEN(damages); i++) {
		BUF_AUTO text = BUF(4 << 20);
		buf_add(&text, buf_str(&export.text));
		damages[i].spoil(&text);
		enum rc rc = check(&text, NULL, &result);
		if (rc != RC_REFUSED || result.bad_seq != damages[i].bad_seq || !strstr(result.reason, damages[i].reason))
			print_error("row %zu: %s, %lld: %s\n", i, rc_name(rc), (long long)result.bad_seq, result.reason);
		assert_int_equal(rc, RC_REFUSED);
		assert_int_equal(result.bad_seq, damages[i].bad_seq);
		assert_non_null(strstr(result.reason, damages[i].reason));
	}
	buf_free(&export.text);
}

/* Exported after a forgery: the lines fit each other, the signed checkpoints do not fit them. */
static void check_forged(struct engine *engine)
{
	static const struct query rewrite_500 = LOG_SQL(
		"UPDATE journal_entry SET line = replace(line, '\"user\":7', '\"user\":8'), user_no = 8 WHERE entry_id = 500");
	static const struct query forget = LOG_SQL("DELETE FROM journal_checkpoint");
	struct log log;
	struct verify_result result;
	struct export export = export_of(engine);
	buf_free(&export.text);
	log_open(&log, engine);
	forge(&log, &rewrite_500, SIZE + 7);
	export.text = export_text(engine);
	assert_int_equal(check(&export.text, NULL, &result), RC_REFUSED);
	assert_int_equal(result.bad_seq, 400);
	assert_non_null(strstr(result.reason, "Entri 400 sampai 999"));
	buf_free(&export.text);
	log_tamper(&log, &forget);
	export.text = export_text(engine);
	assert_int_equal(check(&export.text, NULL, &result), RC_OK);
	assert_int_equal(result.signed_size, 0);
	assert_int_equal(check(&export.text, export.kept.z, &result), RC_REFUSED);
	assert_int_equal(result.bad_seq, 0);
	buf_free(&export.text);
	log_close(&log);
}

/* An empty log is whole too. */
static void check_empty(struct engine *engine)
{
	struct log log;
	struct verify_result result;
	log_open(&log, engine);
	struct log_note note = log_checkpoint(&log);
	BUF_AUTO text = export_text(engine);
	assert_int_equal(check(&text, note.z, &result), RC_OK);
	assert_int_equal(result.entries, 0);
	assert_int_equal(result.checkpoints, 1);
	log_close(&log);
}

#define ON_EACH(name)                                                                                                              \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
ON_EACH(damages)
ON_EACH(forged)
ON_EACH(empty)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_damages),
		cmocka_unit_test(test_forged),
		cmocka_unit_test(test_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
