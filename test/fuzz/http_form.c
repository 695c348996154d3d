/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as a form: every field that comes out is text, and found by its name. */
#include "http/form.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena arena;
	struct form form;
	arena_init(&arena, 65536);
	form_parse(str_from((const char *)data, n), &arena, &form);
	assert(form.n <= FORM_FIELDS_MAX);
	for (size_t i = 0; i < form.n; i++) {
		assert(str_is_text(form.fields[i].name) && str_is_text(form.fields[i].value));
		assert(form_find(&form, form.fields[i].name).at);
	}
	arena_free(&arena);
	return 0;
}
