/* SPDX-License-Identifier: EUPL-1.2
 * The list of what is in a backup reads back as it was written, and nothing else does. */
#include "backup/manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define DIGEST "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define BEGIN "padan-manifest 1\nversion 0.1.0\nmade 17\n"
#define FILES "part padan.conf 5 " DIGEST "\npart office.db 6 " DIGEST "\n"
#define PARTS FILES "log 1 1 " DIGEST "\n"

static struct manifest m;

static enum rc read_text(const char *text, struct arena *arena)
{
	return manifest_read(str_c(text), arena, &m, NULL);
}

static void what_was_written_reads_back(void **state)
{
	(void)state;
	struct arena arena;
	BUF_AUTO out = BUF(4096);
	static const char text[] = BEGIN FILES "part registry.db 7 " DIGEST "\nstep identity 3\nstep policy 1\nlog 0 12 " DIGEST
	                                       "\nnote 0 Zm9v\nlog 63 0 " DIGEST "\n";
	arena_init(&arena, 1 << 16);
	assert_int_equal(read_text(text, &arena), RC_OK);
	assert_int_equal(m.steps_n, 2);
	assert_int_equal(m.logs_n, 2);
	assert_int_equal(m.logs[0].size, 12);
	assert_true(str_eq(m.logs[0].note, S("foo")));
	assert_int_equal(m.logs[1].note.n, 0);
	assert_int_equal(m.parts[MANIFEST_REGISTRY].size, 7);
	manifest_write(&out, &m);
	assert_true(str_eq(buf_str(&out), str_c(text)));
	arena_free(&arena);
}

static void what_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {
	        "",
	        "\n",
	        "padan-manifest 1\n",
	        "padan-manifest 2\n" PARTS,
	        BEGIN,
	        BEGIN "part padan.conf 5 " DIGEST "\n",      /* no office */
	        BEGIN PARTS "part ../x 5 " DIGEST "\n",      /* a name of one's own */
	        BEGIN PARTS "part office.db 6 " DIGEST "\n", /* twice */
	        BEGIN PARTS "part registry.db -1 " DIGEST "\n",
	        BEGIN PARTS "part registry.db 9223372036854775807 " DIGEST "\n", /* more than can be counted */
	        BEGIN FILES, /* no log: every backup stands in its own journal */
	        BEGIN PARTS "part registry.db 1 00\n",
	        BEGIN PARTS "made 18\n",
	        BEGIN PARTS "made x\n",
	        BEGIN PARTS "version 2\n",
	        BEGIN PARTS "step identity 0\n",
	        BEGIN PARTS "step  1\n",
	        BEGIN PARTS "step identity 1 2\n",
	        BEGIN PARTS "log 64 1 " DIGEST "\n",
	        BEGIN PARTS "log 0 1 " DIGEST "\nlog 0 1 " DIGEST "\n",
	        BEGIN PARTS "note 0 Zm9v\n", /* of no log */
	        BEGIN PARTS "log 0 1 " DIGEST "\nnote 0 \n",
	        BEGIN PARTS "log 0 1 " DIGEST "\nnote 0 Zm9v\nnote 0 Zm9v\n",
	        BEGIN PARTS "\n",
	        BEGIN PARTS "more\n",
	        BEGIN PARTS "step identity 1",
	};
	struct arena arena;
	arena_init(&arena, 1 << 16);
	for (size_t i = 0; i < LEN(texts); i++)
		if (read_text(texts[i], &arena) != RC_INVALID)
			fail_msg("%s was read", texts[i]);
	assert_int_equal(read_text(BEGIN PARTS, &arena), RC_OK);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(what_was_written_reads_back),
	        cmocka_unit_test(what_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
