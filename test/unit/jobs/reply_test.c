/* SPDX-License-Identifier: EUPL-1.2
 * What a reply of the service above means (DOMAIN 4.2): a table of status and body, as they
 * are and as they might be; only words that say so are a receipt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "jobs/reply.h"
#include "jobs/trouble.h"

#define ITEMS 4

static const struct {
	int status;
	const char *body;
	enum outbox_end end;
	const char *trouble;
} table[] = {
        {200, "{\"message\":\"Success\"}", OUTBOX_DELIVERED, ""},
        {200, " {\"message\": \" SUCCESS \", \"more\": 1}\n", OUTBOX_DELIVERED, ""},
        {400, "{\"message\":\"Data sudah pernah dikirim\"}", OUTBOX_DELIVERED, ""},
        {400, "{\"message\":\"data sudah pernah dikirim\"}", OUTBOX_DELIVERED, ""},
        {200, "{\"message\":\"Data sudah pernah dikirim\"}", OUTBOX_LATER, "reply"},
        {400, "{\"message\":\"Success\"}", OUTBOX_LATER, "reply"},
        {200, "", OUTBOX_LATER, "reply"},
        {200, "Success", OUTBOX_LATER, "reply"},
        {200, "\"Success\"", OUTBOX_LATER, "reply"},
        {200, "[{\"message\":\"Success\"}]", OUTBOX_LATER, "reply"},
        {200, "{\"message\":[\"Success\"]}", OUTBOX_LATER, "reply"},
        {200, "{\"message\":\"Success\"} x", OUTBOX_LATER, "reply"},
        {200, "<html>", OUTBOX_LATER, "reply"},
        {200, "{\"message\":\"Login gagal\"}", OUTBOX_LATER, "reply"},
        {201, "{\"message\":\"Success\"}", OUTBOX_LATER, "reply"},
        {0, "", OUTBOX_LATER, "reply"},
        {301, "", OUTBOX_LATER, "redirect"},
        {307, "{\"message\":\"Success\"}", OUTBOX_LATER, "redirect"},
        {400, "", OUTBOX_LATER, "reply"},
        {401, "{\"message\":\"x\"}", OUTBOX_LATER, "token"},
        {403, "", OUTBOX_LATER, "token"},
        {404, "", OUTBOX_LATER, "reply"},
        {413, "", OUTBOX_DIVIDED, ""},
        {422, "{}", OUTBOX_DIVIDED, ""},
        {422, "[]", OUTBOX_LATER, "reply"},
        {422, "bukan JSON", OUTBOX_LATER, "reply"},
        {422, "{\"errors\":[]}", OUTBOX_DIVIDED, ""},
        {422, "{\"errors\":[{\"item\":null,\"reason\":\"x\"}]}", OUTBOX_DIVIDED, ""},
        {422, "{\"errors\":[{\"item\":4}]}", OUTBOX_DIVIDED, ""},
        {422, "{\"errors\":[{\"item\":-1}]}", OUTBOX_DIVIDED, ""},
        {422, "{\"errors\":[{\"item\":\"0\"}]}", OUTBOX_DIVIDED, ""},
        {422, "{\"errors\":[{\"item\":9223372036854775807}]}", OUTBOX_DIVIDED, ""},
        {422, "{\"errors\":[{\"item\":0}]}", OUTBOX_REFUSED, ""},
        {429, "", OUTBOX_LATER, "busy"},
        {500, "", OUTBOX_LATER, "busy"},
        {503, "{\"message\":\"Success\"}", OUTBOX_LATER, "busy"},
};

static void every_reply(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena, 1 << 16);
	for (size_t i = 0; i < LEN(table); i++) {
		struct outbox_result result;
		reply_judge(table[i].status, str_c(table[i].body), ITEMS, &arena, &result);
		if (result.end != table[i].end || !str_eq(result.trouble, str_c(table[i].trouble)))
			print_error("row %zu: %d %s\n", i, table[i].status, table[i].body);
		assert_int_equal(result.end, table[i].end);
		assert_true(str_eq(result.trouble, str_c(table[i].trouble)));
		if (result.end == OUTBOX_LATER)
			assert_int_equal(result.status, table[i].status);
	}
	arena_free(&arena);
}

static void who_is_refused_and_why(void **state)
{
	struct arena arena;
	struct outbox_result result;
	(void)state;
	arena_init(&arena, 1 << 16);
	reply_judge(422,
	            S("{\"message\":\"m\",\"errors\":[{\"item\":2,\"field\":\"nik\",\"reason\":\"a\"},"
	              "{\"item\":0,\"reason\":\"b\"},{\"item\":2,\"reason\":\"c\"},{\"item\":7,\"reason\":\"d\"},5]}"),
	            ITEMS, &arena, &result);
	assert_int_equal(result.refused_n, 2);
	assert_int_equal(result.refused[0].item, 2);
	assert_true(str_eq(result.refused[0].reason, S("nik: a")));
	assert_int_equal(result.refused[1].item, 0);
	assert_true(str_eq(result.refused[1].reason, S("b")));
	reply_judge(422, S("{\"message\":\"semuanya\"}"), ITEMS, &arena, &result); /* for when one is alone */
	assert_int_equal(result.end, OUTBOX_DIVIDED);
	assert_true(str_eq(result.refused[0].reason, S("semuanya")));
	reply_judge(413, S(""), 1, &arena, &result); /* nothing is left to divide */
	assert_int_equal(result.end, OUTBOX_LATER);
	arena_free(&arena);
}

static void every_trouble_has_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < TROUBLE_COUNT; i++) {
		assert_int_equal(trouble_at(i)->trouble, i);
		assert_true(*trouble_at(i)->label);
		assert_string_equal(trouble_label(str_c(trouble_at(i)->key)), trouble_at(i)->label);
	}
	assert_null(trouble_at(TROUBLE_COUNT));
	assert_string_equal(trouble_label(S("")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_reply),
	        cmocka_unit_test(who_is_refused_and_why),
	        cmocka_unit_test(every_trouble_has_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
