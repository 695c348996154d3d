/* SPDX-License-Identifier: EUPL-1.2
 * tools/tidy: each rule finds its breach, and the look-alikes pass. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tool.h"

#define HEAD "/* SPDX-License-Identifier: EUPL-1.2\n * x. */\n" /* the text begins in line 3 */

static int tidy(struct bench *b)
{
	const char *argv[] = {"tools/tidy", b->dir, NULL};
	return bench_run(b, argv);
}

static const struct {
	const char *file, *text, *said; /* said == NULL: nothing */
} cases[] = {
        {"src/web/a.c", HEAD "int x;\n", NULL},
        {"src/web/a.c", "int x;\n", "src/web/a.c:1: no SPDX"},
        {"src/web/a.c", "\n\n\n\n\n\nint x;\n", "src/web/a.c:5: no SPDX"},
        {"src/web/a.sql", "-- x\n", "src/web/a.sql:1: no SPDX"},
        {"src/web/a.c", HEAD "\tstrcpy(a, b);\n", "src/web/a.c:3: banned call"},
        {"src/web/a.c", HEAD "\tx = atoi (b);\n", "src/web/a.c:3: banned call"},
        {"src/web/a.c", HEAD "\tx = y_strcpy(b);\n\t/* strcpy(b) */\n\tx = \"system(1)\";\n", NULL},
        {"src/web/a.c", HEAD "\t/* a\n\t * rand()\n\t */\n", NULL},
        {"src/web/a.c", HEAD "\tstrcpy(a, b); /* tidy: allow, for a reason */\n", NULL},
        {"test/web/a.c", HEAD "\tstrcpy(a, b);\n", NULL},
        {"src/web/a.c", HEAD "\tp = malloc(3);\n", "src/web/a.c:3: malloc/free"},
        {"src/web/a.c", HEAD "\tfree(p);\n", "src/web/a.c:3: malloc/free"},
        {"src/web/a.c", HEAD "\tsecret_free(p); x.free(1); p->free(2);\n", NULL},
        {"src/base/a.c", HEAD "\tfree(p);\n", NULL},
        {"src/store/a.c", HEAD "\tfree(p);\n", NULL},
        {"src/web/a.c", HEAD "\tq = \"SELECT a FROM b\";\n", "src/web/a.c:3: SQL text"},
        {"src/web/a.c", HEAD "\tq = \"INSERT INTO b\";\n", "src/web/a.c:3: SQL text"},
        {"src/web/a.c", HEAD "\t/* SELECT a FROM b */\n", NULL},
        {"src/store/a.c", HEAD "\tq = \"SELECT a FROM b\";\n", NULL},
        {"test/web/a.c", HEAD "\tq = \"SELECT a FROM b\";\n", NULL},
        {"src/web/a.c", HEAD "int x; \n", "src/web/a.c:3: blanks"},
        {"src/web/a.c", HEAD "int x;\t\n", "src/web/a.c:3: blanks"},
        {"src/web/a.c", HEAD "/* TODO */\n", "src/web/a.c:3: work left undone"}, /* tidy: allow */
        {"src/web/util.c", HEAD, "src/web/util.c:1: a name that says nothing"},
        {"src/web/page_helper.h", HEAD, "src/web/page_helper.h:1: a name that says nothing"},
        {"src/web/common_password.h", HEAD, NULL},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bench b = bench_new();
		bench_write(&b, cases[i].file, cases[i].text);
		int status = tidy(&b);
		if (status != (cases[i].said ? 1 : 0))
			print_error("%s:\n%s\nsaid: %s\n", cases[i].file, cases[i].text, b.said);
		assert_int_equal(status, cases[i].said ? 1 : 0);
		bench_said(&b, cases[i].said ? cases[i].said : "");
		bench_free(&b);
	}
}

/* A file of `lines` lines like `line` between `before` and `after`. */
static int tidy_many(struct bench *b, const char *before, const char *line, int lines, const char *after)
{
	static char text[64 * 1024];
	size_t n = (size_t)snprintf(text, sizeof text, "%s%s", HEAD, before);
	for (int i = 0; i < lines; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%s", line);
	snprintf(text + n, sizeof text - n, "%s", after);
	bench_write(b, "src/web/a.c", text);
	return tidy(b);
}

static void test_sizes(void **state)
{
	(void)state;
	struct bench b = bench_new();
	assert_int_equal(tidy_many(&b, "", "x\n", 798, ""), 0);
	assert_int_equal(tidy_many(&b, "", "x\n", 799, ""), 1);
	bench_said(&b, "src/web/a.c:801: more than 800 lines");
	assert_int_equal(tidy_many(&b, "void f(void)\n{\n", "\tx();\n", 70, "}\n"), 0);
	assert_int_equal(tidy_many(&b, "void f(void)\n{\n", "\tx();\n", 71, "}\n"), 1);
	bench_said(&b, "a function of 71 lines");
	assert_int_equal(tidy_many(&b, "int t[] = {\n", "\t1,\n", 90, "};\n"), 0); /* a table is no function */
	assert_int_equal(tidy_many(&b, "\t", "x", 124, "\n"), 0);
	assert_int_equal(tidy_many(&b, "\t", "x", 125, "\n"), 1);
	bench_said(&b, "src/web/a.c:3: wider than 132");
	bench_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_cases),
	        cmocka_unit_test(test_sizes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
