/* SPDX-License-Identifier: EUPL-1.2
 * doc/matching.md keeps its word: every row of its tables of examples,
 * `| name | asked | held | score | why |` (or place, address), scores what it says. */
#include "registry/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/embed.h"

EMBED(matching, "doc/matching.md");

static int score_of(struct str kind, struct str asked, struct str held)
{
	if (str_eq(kind, S("place")))
		return match_place(asked, held);
	return str_eq(kind, S("address")) ? match_address(asked, held) : match_name(asked, held);
}

static struct str cell(struct str *row)
{
	return str_trim(str_split(row, '|'));
}

static bool is_kind(struct str s)
{
	return str_eq(s, S("name")) || str_eq(s, S("place")) || str_eq(s, S("address"));
}

static void every_example_scores_what_it_says(void **state)
{
	(void)state;
	struct str text = EMBEDDED(matching);
	int examples = 0;
	while (text.n) {
		struct str row = str_split(&text, '\n');
		cell(&row);
		struct str kind = cell(&row), asked = cell(&row), held = cell(&row), told = cell(&row);
		int64_t expected;
		if (!is_kind(kind))
			continue;
		assert_int_equal(str_int(told, 0, 100, &expected), RC_OK);
		int score = score_of(kind, asked, held);
		if (score != expected)
			fail_msg("'%.*s' asked of '%.*s': %d, the page says %d", STR_ARG(asked), STR_ARG(held), score,
			         (int)expected);
		examples++;
	}
	assert_true(examples >= 40);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_example_scores_what_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
