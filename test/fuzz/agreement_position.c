/* SPDX-License-Identifier: EUPL-1.2
 * Any path in any text (first line the path, the rest the text): the line is one
 * of the text's own. */
#include "agreement/position.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char path[64] = "";
	struct str rest = {(const char *)data, n}, first = str_split(&rest, '\n');
	int lines = 1;
	memcpy(path, first.n ? first.at : "", first.n < sizeof path ? first.n : sizeof path - 1);
	for (size_t i = 0; i < rest.n; i++)
		lines += rest.at[i] == '\n';
	int line = position_line(rest, path), deep = position_too_deep(rest, 6);
	assert(line >= 1 && line <= lines);
	assert(deep >= 0 && deep <= lines);
	return 0;
}
