/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as a path: what is taken is text, absolute, and without a way up. */
#include "http/html.h"
#include "http/path.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena arena;
	struct str path, raw = {(const char *)data, n};
	struct url url;
	arena_init(&arena, 65536);
	if (path_from_raw(raw, &arena, &path) == RC_OK) {
		assert(path.at[0] == '/' && str_is_text(path));
		assert(!memmem(path.at, path.n, "//", 2) && !memmem(path.at, path.n, "/../", 4) && !memchr(path.at, '\\', path.n));
		assert(path.n < 3 || memcmp(path.at + path.n - 3, "/..", 3) != 0);
	}
	if (url_from_str(raw, &url) == RC_OK)
		assert(url.s.at[0] == '/' && (url.s.n == 1 || (url.s.at[1] != '/' && url.s.at[1] != '\\')));
	arena_free(&arena);
	return 0;
}
