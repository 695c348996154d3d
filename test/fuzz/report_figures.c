/* SPDX-License-Identifier: EUPL-1.2
 * A text that claims to be figures: what is read writes the same text again, and nothing else is read. */
#include <stdlib.h>

#include "report/figures.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = str_from((const char *)data, n);
	struct arena arena;
	struct figures figures;
	struct err err = {0};
	arena_init(&arena, 8 << 20);
	enum rc rc = figures_read(text, &arena, &figures, &err);
	if (rc == RC_OK) {
		BUF_AUTO again = BUF(FIGURES_TEXT_MAX);
		figures_write(&again, &figures);
		if (!buf_ok(&again) || !str_eq(buf_str(&again), text))
			abort();
		(void)figures_acts(&figures, "guard", "ok", "hold");
	} else if (rc != RC_INVALID || err.what[0] == '\0') {
		abort();
	}
	arena_free(&arena);
	return 0;
}
