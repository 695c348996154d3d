/* SPDX-License-Identifier: EUPL-1.2
 * The CSV reader against RFC 4180, and against what people really send: line ends of
 * both kinds, byte order marks, quotes that never close, records without end. Every
 * text is read twice: whole, and a byte at a time. */
#include "registry/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include <errno.h>

struct source {
	struct str left;
	size_t step;
	bool fails;
};

static ssize_t read_source(void *arg, char *out, size_t max)
{
	struct source *s = arg;
	if (s->left.n == 0 && s->fails) {
		errno = EIO;
		return -1;
	}
	size_t n = s->left.n < s->step ? s->left.n : s->step;
	n = n < max ? n : max;
	if (n)
		memcpy(out, s->left.at, n);
	s->left = str_sub(s->left, n, s->left.n);
	return (ssize_t)n;
}

/* Records as "line:field|field;", flaws as "line!flaw;". */
static void show(struct source source, struct buf *out)
{
	struct arena arena;
	struct csv *csv;
	struct csv_record r;
	enum csv_flaw flaw;
	enum rc rc;
	int64_t size = (int64_t)source.left.n;
	arena_init(&arena, (size_t)4 << 20);
	assert_int_equal(csv_open(read_source, &source, &arena, &csv), RC_OK);
	while ((rc = csv_next(csv, &r, &flaw)) == RC_OK || rc == RC_INVALID) {
		buf_add_int(out, r.line);
		if (rc == RC_INVALID)
			buf_addf(out, "!%d", flaw);
		for (size_t i = 0; rc == RC_OK && i < r.n; i++) {
			buf_addc(out, i ? '|' : ':');
			buf_add(out, r.field[i]);
		}
		buf_addc(out, ';');
	}
	buf_addz(out, rc_name(rc));
	if (rc == RC_ABSENT)
		assert_int_equal(csv_bytes(csv), size);
	arena_free(&arena);
}

static void expect(const char *text, size_t n, const char *expected)
{
	static const size_t steps[] = {SIZE_MAX, 1, 2, 3, 7};
	for (size_t i = 0; i < LEN(steps); i++) {
		BUF_AUTO out = BUF((size_t)1 << 20);
		show((struct source){.left = {text, n}, .step = steps[i]}, &out);
		buf_addc(&out, '\0');
		assert_string_equal(out.at, expected);
	}
}
#define EXPECT(text, expected) expect((text), sizeof(text) - 1, (expected))

static void plain_records(void **state)
{
	(void)state;
	EXPECT("", "absent");
	EXPECT("a,b,c\n1,2,3\n", "1:a|b|c;2:1|2|3;absent");
	EXPECT("a,b\r\n1,2\r\n", "1:a|b;2:1|2;absent");
	EXPECT("a,b\n1,2", "1:a|b;2:1|2;absent");
	EXPECT("a,,\n,,c\n,\n", "1:a||;2:||c;3:|;absent");
	EXPECT("\xef\xbb\xbf" "a,b\n", "1:a|b;absent");
	EXPECT("\xef\xbb", "1:\xef\xbb;absent");
	EXPECT("a\n\n\r\nb\n", "1:a;4:b;absent");
	EXPECT(" a , b \n", "1: a | b ;absent");
}

static void quoted_fields(void **state)
{
	(void)state;
	EXPECT("\"a\",\"b\"\n", "1:a|b;absent");
	EXPECT("\"a,b\",c\r\n", "1:a,b|c;absent");
	EXPECT("\"say \"\"hi\"\"\",x\n", "1:say \"hi\"|x;absent");
	EXPECT("\"\"\"\"\n", "1:\";absent");
	EXPECT("\"\",\"\"\n", "1:|;absent");
	EXPECT("\"two\nlines\",x\nnext,y\n", "1:two\nlines|x;3:next|y;absent");
	EXPECT("\"two\r\nlines\",x\r\nnext,y\r\n", "1:two\r\nlines|x;3:next|y;absent");
	EXPECT("\"last\"", "1:last;absent");
}

static void bad_records_cost_no_more_than_they_must(void **state)
{
	(void)state;
	EXPECT("a\"b,c\nd,e\n", "1!1;2:d|e;absent");
	EXPECT("\"a\"b,c\nd,e\n", "1!1;2:d|e;absent");
	EXPECT("\"never closed\nd,e\nf,g\n", "1!2;2:d|e;3:f|g;absent");
	EXPECT("a,b\n\"open", "1:a|b;2!2;absent");
	EXPECT("\"open,1\n\"whole\",2\nd,e\n", "1!1;2:whole|2;3:d|e;absent");
}

static void ceilings(void **state)
{
	(void)state;
	size_t n = 4 * CSV_RECORD_MAX;
	BUF_AUTO text = BUF(n * 2);
	for (size_t i = 0; i < n; i++)
		buf_addc(&text, 'x');
	buf_addz(&text, "\nafter,it\n");
	BUF_AUTO out = BUF(4096);
	show((struct source){.left = buf_str(&text), .step = SIZE_MAX}, &out);
	assert_true(str_eq(buf_str(&out), S("1!2;2:after|it;absent")));

	buf_clear(&text);
	buf_clear(&out);
	for (size_t i = 0; i < CSV_FIELDS_MAX; i++)
		buf_addc(&text, ',');
	buf_addz(&text, "\nafter,it\n");
	show((struct source){.left = buf_str(&text), .step = 5}, &out);
	assert_true(str_eq(buf_str(&out), S("1!3;2:after|it;absent")));
}

static void many_records_cross_the_buffer(void **state)
{
	(void)state;
	struct arena arena;
	struct csv *csv;
	struct csv_record r;
	enum csv_flaw flaw;
	BUF_AUTO text = BUF((size_t)8 << 20);
	for (int i = 0; i < 60000; i++)
		buf_addf(&text, "%d,\"quoted \"\"%d\"\"\",some text to fill the line\n", i, i);
	struct source source = {.left = buf_str(&text), .step = 65521};
	arena_init(&arena, (size_t)4 << 20);
	assert_int_equal(csv_open(read_source, &source, &arena, &csv), RC_OK);
	for (int i = 0; i < 60000; i++) {
		BUF_AUTO expected = BUF(64);
		buf_addf(&expected, "quoted \"%d\"", i);
		assert_int_equal(csv_next(csv, &r, &flaw), RC_OK);
		assert_int_equal(r.line, i + 1);
		assert_int_equal(r.n, 3);
		assert_true(str_eq(r.field[1], buf_str(&expected)));
	}
	assert_int_equal(csv_next(csv, &r, &flaw), RC_ABSENT);
	arena_free(&arena);
}

static void a_failing_read_is_not_an_end(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(4096);
	show((struct source){.left = S("a,b\nc"), .step = 2, .fails = true}, &out);
	assert_true(str_eq(buf_str(&out), S("1:a|b;broken")));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_records),
		cmocka_unit_test(quoted_fields),
		cmocka_unit_test(bad_records_cost_no_more_than_they_must),
		cmocka_unit_test(ceilings),
		cmocka_unit_test(many_records_cross_the_buffer),
		cmocka_unit_test(a_failing_read_is_not_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
