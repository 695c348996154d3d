/* SPDX-License-Identifier: EUPL-1.2
 * agreement/demo.c - see demo.h. In the files @today@ stands for the first day and
 * @last-day@ for the last one, which is included (P4): 20 May 2025 to 20 May 2027. */
#include "agreement/demo.h"

#include <assert.h>

#include "base/embed.h"

EMBED(bpbd, "data/agreement/bpbd.json");
EMBED(dinkes, "data/agreement/dinkes.json");
EMBED(dinkes_adendum, "data/agreement/dinkes-adendum.json");

#define TERM_MONTHS 24

static const char *const names[] = {"bpbd", "dinkes", "dinkes-adendum"};

const char *agreement_demo_at(size_t i)
{
	return i < LEN(names) ? names[i] : NULL;
}

static struct str text_of(const char *which)
{
	const struct str texts[] = {EMBEDDED(bpbd), EMBEDDED(dinkes), EMBEDDED(dinkes_adendum)};
	static_assert(LEN(texts) == LEN(names), "a text for each name");
	for (size_t i = 0; i < LEN(names); i++)
		if (strcmp(names[i], which) == 0)
			return texts[i];
	return (struct str){NULL, 0};
}

/* What stands between two '@'. */
static void add_word(struct buf *out, struct str word, struct day today)
{
	struct day last = day_add_months(today, TERM_MONTHS);
	if (str_eq(word, S("today")))
		buf_addz(out, day_iso(today).z);
	else if (str_eq(word, S("last-day")))
		buf_addz(out, day_iso(last).z);
	else
		buf_addf(out, "@%.*s@", STR_ARG(word));
}

enum rc agreement_demo_json(const char *which, struct day today, struct buf *out)
{
	struct str rest = text_of(which);
	if (!rest.at)
		return RC_ABSENT;
	while (rest.at) {
		buf_add(out, str_split(&rest, '@'));
		struct str after = rest;
		struct str word = str_split(&after, '@');
		bool blank = str_index(word, ' ') < word.n || str_index(word, '"') < word.n;
		if (!rest.at)
			break;
		if (blank || !after.at) { /* an '@' of its own, as in an address */
			buf_addc(out, '@');
			continue;
		}
		add_word(out, word, today);
		rest = after;
	}
	return buf_ok(out) ? RC_OK : RC_LIMIT;
}
