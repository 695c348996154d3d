/* SPDX-License-Identifier: EUPL-1.2
 * Bytes as the text of a letter, with a hostile value in every field. What is taken
 * is filled in and typeset; what is refused says why, with a line where it has one. */
#include <stdlib.h>

#include "pdf/naskah.h"
#include "pdf/pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* fontconfig keeps the one configuration behind offsets instead of pointers
 * (test/lsan.supp). */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

static const char *const names_at[] = {"nama", "nip", "baris.no", "baris.hal", "hari.nama", "hari.hit", "hari.kuota"};
static const struct naskah_list lists[] = {{"baris", 2, 4}, {"hari", 4, 7}};
static const struct naskah_names names = {names_at, 7, lists, 2};
static const struct str fields[] = {S("# *x* {{nama}} | @halaman\n**\xe2\x80\xae"), S("")};
static const struct str cells[] = {S("1"), S("{{end}}"), S(""), S("| a | b\n")};

static const struct str days[] = {S("**x\n{{nama}}"), S("1.234"), S("-1"), S(""), S("99999999999999999999"), S("2")};
static const struct naskah_rows rows[] = {{cells, 2}, {days, 2}};

static void typeset(const struct naskah_filled *filled, struct err *err)
{
	BUF_AUTO out = BUF((size_t)8 << 20);
	const struct pdf_ask ask = {.title = S("x"), .blocks = filled->blocks, .blocks_n = filled->n};
	if (pdf_write(&ask, &out, err) != RC_OK && !*err->what)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena arena;
	struct err err = {0};
	const struct naskah *naskah;
	struct naskah_filled filled;
	const struct naskah_values values = {fields, rows};
	arena_init(&arena, (size_t)64 << 20);
	enum rc rc = naskah_parse(str_from((const char *)data, n), &names, &arena, &naskah, &err);
	if (rc == RC_OK)
		rc = naskah_fill(naskah, &values, &arena, &filled, &err);
	if (rc == RC_BROKEN || (rc != RC_OK && !*err.what))
		abort();
	if (rc == RC_OK && filled.n < 400)
		typeset(&filled, &err);
	arena_free(&arena);
	return 0;
}
