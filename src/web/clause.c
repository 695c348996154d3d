/* SPDX-License-Identifier: EUPL-1.2
 * web/clause.c - see clause.h. */
#include "web/clause.h"

#define WORDS_MAX 256

/* "2.1b" behind the P: article, paragraph and letter, the last two where there are. */
static void add_article(struct buf *out, struct str id)
{
	struct str article = str_split(&id, '.');
	bool letter = id.n > 1 && id.at[id.n - 1] >= 'a' && id.at[id.n - 1] <= 'z';
	struct str paragraph = str_sub(id, 0, letter ? id.n - 1 : id.n);
	buf_addf(out, "PKS Pasal %.*s", STR_ARG(article));
	if (paragraph.n)
		buf_addf(out, " ayat (%.*s)", STR_ARG(paragraph));
	if (letter)
		buf_addf(out, " huruf %c", id.at[id.n - 1]);
}

static void add_one(struct buf *out, struct str id)
{
	if (str_starts(id, S("J.")))
		buf_addf(out, "Juknis angka %.*s", (int)id.n - 2, id.at + 2);
	else if (str_starts(id, S("P")))
		add_article(out, str_sub(id, 1, id.n));
	else
		buf_add(out, id);
}

struct str clause_words(struct arena *arena, struct str ids)
{
	BUF_AUTO out = BUF(WORDS_MAX);
	while (ids.n) {
		struct str id = str_trim(str_split(&ids, '/'));
		if (out.n && id.n)
			buf_addz(&out, "; ");
		add_one(&out, id);
	}
	return arena_str(arena, out.n ? buf_str(&out) : S(""));
}
