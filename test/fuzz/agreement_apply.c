/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as an agreement file: what is refused names a line; what is accepted
 * has a canonical form that is accepted too and is its own canonical form, and
 * terms that can be read. */
#include "agreement/file.h"

#include <assert.h>

#include "agreement/apply.h"
#include "agreement/terms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void canonical(const struct agreement_file *file, struct buf *out)
{
	static struct paper papers[AGREEMENT_PAPERS_MAX];
	struct err err;
	BUF_AUTO terms = BUF(AGREEMENT_FILE_MAX * 2);
	agreement_file_write_terms(file->terms, &terms);
	struct agreement_parts parts = {.code = file->code,
	                                .name = file->name,
	                                .terms = buf_str(&terms),
	                                .version = file->version,
	                                .papers = papers,
	                                .papers_n = json_array_size(file->papers)};
	for (size_t i = 0; i < parts.papers_n; i++)
		papers[i] = agreement_file_paper(file, i);
	struct arena arena;
	struct terms read;
	arena_init(&arena, 1 << 20);
	assert(terms_read(buf_str(&terms), &arena, &read, &err) == RC_OK);
	arena_free(&arena);
	assert(agreement_file_write(&parts, out, &err) == RC_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err err = {.what = ""};
	AGREEMENT_FILE_AUTO file = {0}, again = {0};
	enum rc rc = agreement_file_read(str_from((const char *)data, n), &file, &err);
	if (rc != RC_OK) {
		assert(rc == RC_LIMIT || str_starts(str_c(err.what), S("baris ")));
		return 0;
	}
	BUF_AUTO once = BUF(AGREEMENT_FILE_MAX * 2);
	BUF_AUTO twice = BUF(AGREEMENT_FILE_MAX * 2);
	canonical(&file, &once);
	assert(agreement_file_read(buf_str(&once), &again, &err) == RC_OK);
	canonical(&again, &twice);
	assert(str_eq(buf_str(&once), buf_str(&twice)));
	return 0;
}
