/* SPDX-License-Identifier: EUPL-1.2
 * tools/layers: a look into a room that is not allowed is found, the others are not. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tool.h"

static int layers(struct bench *b)
{
	struct bench_path law = bench_path(b, "src/LAYERS"), src = bench_path(b, "src");
	const char *argv[] = {"build/tools/layers", law.z, src.z, NULL};
	return bench_run(b, argv);
}

static struct bench house(void)
{
	struct bench b = bench_new();
	bench_write(&b, "src/LAYERS", "# law\nbase:\nstore: base\nweb: base store\n");
	bench_write(&b, "src/main.c", "#include \"web/web.h\"\n");
	bench_write(&b, "src/base/str.c", "#include \"base/str.h\"\n#include <store/x.h>\n");
	bench_write(&b, "src/web/web.c",
	            "#include \"web/web.h\"\n  #  include \"store/store.sql.h\"\n#include \"alone.h\"\n");
	return b;
}

static void test_allowed(void **state)
{
	(void)state;
	struct bench b = house();
	assert_int_equal(layers(&b), 0);
	assert_string_equal(b.said, "");
	bench_free(&b);
}

static void test_violation(void **state)
{
	(void)state;
	struct bench b = house();
	bench_write(&b, "src/store/store.c", "/* x */\n#include \"base/str.h\"\n#include \"web/page.page.h\"\n");
	assert_int_equal(layers(&b), 1);
	bench_said(&b, "/src/store/store.c:3: store may not look into web\n");
	bench_free(&b);
}

static void test_deeper_file(void **state)
{
	(void)state;
	struct bench b = house();
	bench_write(&b, "src/base/inner/x.h", "#include \"store/store.sql.h\"\n");
	assert_int_equal(layers(&b), 1);
	bench_said(&b, "/src/base/inner/x.h:1: base may not look into store\n");
	bench_free(&b);
}

static void test_unknown_rooms(void **state)
{
	(void)state;
	struct bench b = house();
	bench_write(&b, "src/attic/x.c", "\n");
	bench_write(&b, "src/store/y.c", "#include \"cellar/x.h\"\n");
	assert_int_equal(layers(&b), 1);
	bench_said(&b, "/src/attic:1: this room is not in LAYERS");
	bench_said(&b, "store may not look into cellar");
	bench_free(&b);
}

static void test_bad_law(void **state)
{
	(void)state;
	struct bench b = house();
	bench_write(&b, "src/LAYERS", "base:\nstore base\n");
	assert_int_equal(layers(&b), 1);
	bench_said(&b, "LAYERS:2: not `room: rooms`");
	bench_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_allowed),     cmocka_unit_test(test_violation),
	        cmocka_unit_test(test_deeper_file), cmocka_unit_test(test_unknown_rooms),
	        cmocka_unit_test(test_bad_law),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
