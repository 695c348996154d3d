/* SPDX-License-Identifier: EUPL-1.2
 * pdf/language.c - see language.h. Everything needed stands in the last trailer:
 * "trailer << /Size n /Root n 0 R /Info n 0 R >> startxref n". */
#include "pdf/language.h"

#include <stdio.h>

/* Where `words` stand last in s, or s.n. */
static size_t find_last(struct str s, const char *words)
{
	size_t n = strlen(words);
	for (size_t i = s.n < n ? 0 : s.n - n + 1; i-- > 0;)
		if (memcmp(s.at + i, words, n) == 0)
			return i;
	return s.n;
}

/* The number behind the last `words`. */
static bool number_after(struct str s, const char *words, int64_t *ret)
{
	size_t at = find_last(s, words);
	struct str rest = str_trim(str_sub(s, at + strlen(words), 20));
	size_t n = 0;
	while (n < rest.n && rest.at[n] >= '0' && rest.at[n] <= '9')
		n++;
	return at < s.n && str_int(str_sub(rest, 0, n), 0, INT32_MAX, ret) == RC_OK;
}

/* What stands between << and >> behind the last `words`; none in it may be nested. */
static struct str dictionary_after(struct str s, const char *words)
{
	size_t at = find_last(s, words), from, to;
	struct str rest = str_sub(s, at, s.n);
	for (from = 0; from + 1 < rest.n && memcmp(rest.at + from, "<<", 2) != 0;)
		from++;
	for (to = from + 2; to + 1 < rest.n && memcmp(rest.at + to, ">>", 2) != 0;)
		to++;
	return to + 1 < rest.n ? str_trim(str_sub(rest, from + 2, to - from - 2)) : S("");
}

bool language_add(struct buf *out, size_t from, const char *language)
{
	struct str pdf = str_from(out->at + from, out->n - from);
	char object[32];
	int64_t root, before;
	if (!number_after(pdf, "/Root", &root) || !number_after(pdf, "startxref", &before))
		return false;
	snprintf(object, sizeof object, "\n%d 0 obj\n", (int)root);
	struct str trailer = dictionary_after(pdf, "trailer"), catalog = dictionary_after(pdf, object);
	if (!str_starts(catalog, S("/Type /Catalog")) || !trailer.n)
		return false;
	BUF_AUTO more = BUF((size_t)4 << 10);
	size_t begin = pdf.n;
	buf_addf(&more, "%d 0 obj\n<< %.*s\n   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n",
	         (int)root, STR_ARG(catalog), language);
	size_t table = begin + more.n;
	buf_addf(&more, "xref\n%d 1\n%010zu 00000 n \ntrailer\n<< %.*s\n   /Prev %d\n>>\nstartxref\n%zu\n%%%%EOF\n", (int)root,
	         begin, STR_ARG(trailer), (int)before, table);
	if (buf_ok(&more))
		buf_add(out, buf_str(&more));
	return buf_ok(&more) && buf_ok(out);
}
