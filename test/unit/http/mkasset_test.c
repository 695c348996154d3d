/* SPDX-License-Identifier: EUPL-1.2
 * mkasset: what the table of assets holds, that each packed form unpacks to the
 * plain one, and that stripping touches nothing but comments and indentation.
 * How assets are served is test/contract/http/server_test.c. */
#include "test/assets.h"
#include "test/assets.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <cmocka.h>

static const struct asset *named(const char *name)
{
	return asset_find(assets, assets_n, asset_url(assets, assets_n, name).s);
}

static void paths_hold_the_hash(void **state)
{
	(void)state;
	assert_int_equal(assets_n, 4);
	for (size_t i = 0; i < assets_n; i++) {
		struct str path = str_c(assets[i].path);
		assert_true(str_starts(path, S("/aset/")));
		assert_non_null(strstr(path.at, str_c(assets[i].hash).n >= 8 ? "." : "?"));
		assert_ptr_equal(asset_find(assets, assets_n, path), &assets[i]);
		char piece[16];
		snprintf(piece, sizeof piece, ".%.8s.", assets[i].hash);
		assert_non_null(strstr(path.at, piece));
	}
	assert_null(asset_find(assets, assets_n, S("/aset/none.css")));
	assert_null(asset_find(assets, assets_n, S("")));
	assert_string_equal(named("sample.css")->type, "text/css; charset=utf-8");
	assert_string_equal(named("tiny.svg")->type, "image/svg+xml");
}

static void style_sheets_lose_comments_and_indentation_only(void **state)
{
	(void)state;
	struct str css = named("sample.css")->plain;
	assert_true(
	        str_starts(css, S("body {\ncolor: black; \ncontent: \"/* kept */  \";\n}\na::after {\ncontent: '\\'/*';\n}\np {")));
}

static void scripts_are_stripped_only_when_that_is_certain(void **state)
{
	(void)state;
	struct str js = named("sample.js")->plain;
	assert_true(str_eq(js, S("(function () {\n\"use strict\";\nvar url = \"https://example.test/\"; // behind code: kept\n"
	                         "var re = /[\"]x/.test(url);\n}());\n")));
	assert_true(str_eq(named("verbatim.js")->plain, S("// SPDX-License-Identifier: EUPL-1.2\nvar s = `\n  // kept\n`;\n")));
}

static void packed_forms_are_smaller_and_unpack(void **state)
{
	(void)state;
	const struct asset *css = named("sample.css");
	char out[4096];
	z_stream z = {.next_in = (Bytef *)(uintptr_t)css->gzip.at,
	              .avail_in = (uInt)css->gzip.n,
	              .next_out = (Bytef *)out,
	              .avail_out = sizeof out};
	assert_int_equal(inflateInit2(&z, 31), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_true(str_eq(str_from(out, z.total_out), css->plain));
	inflateEnd(&z);
	assert_true(css->gzip.n < css->plain.n && css->br.n < css->plain.n);
	assert_null(named("tiny.svg")->gzip.at); /* would not be smaller */
}

static void what_it_cannot_embed_is_refused(void **state)
{
	(void)state;
	static const char *const args[] = {"/nonexistent.css", "Makefile", "test/unit/http/asset"};
	for (size_t i = 0; i < LEN(args); i++) {
		pid_t pid = fork();
		if (pid == 0) {
			fclose(stderr);
			execl("build/tools/mkasset", "mkasset", "/tmp/mkasset_test.h", "/tmp/mkasset_test.c", args[i],
			      (char *)NULL);
			_exit(127);
		}
		int status = 0;
		waitpid(pid, &status, 0);
		assert_int_equal(WEXITSTATUS(status), 1);
	}
	assert_int_not_equal(access("/tmp/mkasset_test.h", F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(paths_hold_the_hash),
	        cmocka_unit_test(style_sheets_lose_comments_and_indentation_only),
	        cmocka_unit_test(scripts_are_stripped_only_when_that_is_certain),
	        cmocka_unit_test(packed_forms_are_smaller_and_unpack),
	        cmocka_unit_test(what_it_cannot_embed_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
