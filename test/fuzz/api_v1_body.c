/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as a body of /api/v1: an object or none; every flaw has a place and a reason, and
 * an object without one holds what the table says and nothing else. */
#include "api/v1_body.h"

#include <assert.h>

static const struct v1_field fields[] = {
        {"teks", V1_TEXT, true, 8},
        {"angka", V1_INT, false, 0},
        {"isi", V1_OBJECT, false, 2},
        {"daftar", V1_LIST, false, 2},
};

static void check_good(const struct v1_body *body)
{
	struct str text = v1_text(body->root, "teks");
	assert(text.at && text.n > 0 && text.n <= 8 && str_is_text(text));
	assert(json_object_size(body->root) <= LEN(fields));
	assert(json_object_size(json_object_get(body->root, "isi")) <= 2);
	assert(json_array_size(json_object_get(body->root, "daftar")) <= 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena arena;
	struct v1_body body;
	struct err err = {0};
	arena_init(&arena, 262144);
	enum rc rc = v1_body_open(str_from((const char *)data, n), &arena, &body, &err);
	assert(rc == RC_OK || (rc == RC_INVALID && !body.root && n > 0));
	if (rc == RC_OK) {
		v1_body_check(&body, body.root, S(""), fields, LEN(fields));
		for (size_t i = 0; i < body.flaws_n; i++)
			assert(body.flaws[i].why && body.flaws[i].at.at && !body.flaws[i].parameter);
		if (body.flaws_n == 0)
			check_good(&body);
		assert(body.flaws_n <= LEN(fields) + 1);
	}
	v1_body_close(&body);
	arena_free(&arena);
	return 0;
}
