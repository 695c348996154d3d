/* SPDX-License-Identifier: EUPL-1.2
 * Cursors as strangers send them (api/v1_cursor.h): nothing that was not sealed here opens. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "api/v1_cursor.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct secret key;
	struct err err = {0};
	struct v1_cursor cursor;
	if (!key.at) {
		if (secret_new(&key, SEAL_KEY_SIZE, &err) != RC_OK)
			abort();
		secret_random(key.at, key.n);
	}
	struct str text = str_from((const char *)data, n);
	assert(v1_cursor_read(&key, S("/api/v1/balikan 1"), text, &cursor) == RC_INVALID);
	assert(v1_cursor_read(&key, text, S(""), &cursor) == RC_INVALID);
	struct arena arena;
	arena_init(&arena, 4096);
	struct str made = v1_cursor_text(&key, text, (struct v1_cursor){{(int64_t)n, 1}}, &arena);
	assert(made.n && v1_cursor_read(&key, text, made, &cursor) == RC_OK && cursor.at[0] == (int64_t)n);
	arena_free(&arena);
	return 0;
}
