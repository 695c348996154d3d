/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as the parameters of a Content-Type, a newline, and a multipart body:
 * fields and names that come out are text, files are views of the body, and both are
 * found by their name. */
#include "http/multipart.h"

#include <assert.h>

static void check_files(const struct form *form, struct str body)
{
	assert(form->files_n <= MULTIPART_PARTS_MAX);
	for (size_t i = 0; i < form->files_n; i++) {
		const struct http_file *file = &form->files[i].file;
		assert(str_is_text(file->name) && file->name.n <= MULTIPART_NAME_MAX && !memchr(file->name.at, '/', file->name.n));
		assert(file->bytes.at >= body.at && file->bytes.at + file->bytes.n <= body.at + body.n);
		assert(form_file(form, form->files[i].name));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena arena;
	struct form form;
	struct str boundary, body = str_from((const char *)data, n);
	struct str params = str_split(&body, '\n');
	if (!body.at || multipart_boundary(params, &boundary) != RC_OK)
		return 0;
	assert(boundary.n >= 1 && boundary.n <= MULTIPART_BOUNDARY_MAX);
	arena_init(&arena, 65536);
	multipart_parse(body, boundary, &arena, &form);
	assert(form.n + form.files_n <= MULTIPART_PARTS_MAX);
	for (size_t i = 0; i < form.n; i++) {
		assert(str_is_text(form.fields[i].name) && str_is_text(form.fields[i].value));
		assert(form_find(&form, form.fields[i].name).at);
	}
	check_files(&form, body);
	arena_free(&arena);
	return 0;
}
