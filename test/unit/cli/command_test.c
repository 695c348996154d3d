/* SPDX-License-Identifier: EUPL-1.2
 * The words after a verb, and what a result becomes when it leaves the program; the
 * table of verbs has no hole. */
#include "cli/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "cli/cli.h"

static const struct verb verb = {.name = "x", .args_min = 1, .args_max = 2, .options = "demo,seed=,set="};

static enum rc parse(struct command *command, int n, const char **words, struct err *err)
{
	*command = (struct command){.verb = &verb};
	return command_parse(command, n, (char **)words, err);
}
#define PARSE(command, err, ...)                                                                                       \
	parse((command), (int)LEN(((const char *[]){__VA_ARGS__})), (const char *[]){__VA_ARGS__}, (err))

static void options_stand_anywhere(void **state)
{
	(void)state;
	struct command c;
	int64_t seed;
	assert_int_equal(PARSE(&c, NULL, "--set", "a=b", "DIR", "--demo", "--seed=7", "--set=c=d", "--", "--file"), RC_OK);
	assert_string_equal(command_arg(&c, 0), "DIR");
	assert_string_equal(command_arg(&c, 1), "--file");
	assert_null(command_arg(&c, 2));
	assert_string_equal(command_option(&c, "demo"), "");
	assert_int_equal(c.options_n, 4);
	assert_string_equal(c.options[0].value, "a=b");
	assert_string_equal(c.options[3].value, "c=d");
	assert_int_equal(command_int(&c, "seed", 0, 9, 1, &seed, NULL), RC_OK);
	assert_int_equal(seed, 7);
	assert_null(command_option(&c, "see"));
}

static void what_does_not_fit_is_refused(void **state)
{
	(void)state;
	struct command c;
	struct err err = {0};
	assert_int_equal(PARSE(&c, &err, "--demo"), RC_INVALID); /* too few */
	assert_int_equal(PARSE(&c, &err, "a", "b", "c"), RC_INVALID);
	assert_int_equal(PARSE(&c, &err, "a", "--nothing"), RC_INVALID);
	assert_int_equal(PARSE(&c, &err, "a", "--dem"), RC_INVALID);
	assert_int_equal(PARSE(&c, &err, "a", "--"), RC_OK);
	assert_int_equal(PARSE(&c, &err, "a", "--seed"), RC_INVALID);
	assert_int_equal(PARSE(&c, &err, "a", "--demo=1"), RC_INVALID);
	assert_int_equal(PARSE(&c, &err, "a", "--seed", "1", "--seed", "2"), RC_INVALID);
	assert_int_equal(PARSE(&c, &err, "a", "--seed="), RC_OK); /* a value, if an empty one */
	int64_t seed;
	assert_int_equal(command_int(&c, "seed", 0, 9, 1, &seed, &err), RC_INVALID);
}

static void there_is_a_ceiling_on_options(void **state)
{
	(void)state;
	const char *words[2 * COMMAND_OPTIONS_MAX + 3] = {"DIR"};
	struct command c;
	for (int i = 0; i <= COMMAND_OPTIONS_MAX; i++) {
		words[1 + 2 * i] = "--set";
		words[2 + 2 * i] = "a=b";
	}
	assert_int_equal(parse(&c, 1 + 2 * COMMAND_OPTIONS_MAX, words, NULL), RC_OK);
	assert_int_equal(parse(&c, 3 + 2 * COMMAND_OPTIONS_MAX, words, NULL), RC_INVALID);
}

static void days_and_needs(void **state)
{
	(void)state;
	struct command c;
	struct day day;
	struct str text;
	assert_int_equal(PARSE(&c, NULL, "a", "--seed", "2026-02-28"), RC_OK);
	assert_int_equal(command_day(&c, "seed", (struct day){0}, &day, NULL), RC_OK);
	assert_string_equal(day_iso(day).z, "2026-02-28");
	assert_int_equal(command_need(&c, "seed", &text, NULL), RC_OK);
	assert_int_equal(command_need(&c, "demo", &text, NULL), RC_INVALID);
	assert_int_equal(PARSE(&c, NULL, "a", "--seed", "2026-02-30"), RC_OK);
	assert_int_equal(command_day(&c, "seed", (struct day){0}, &day, NULL), RC_INVALID);
}

static void results_become_exit_codes(void **state)
{
	(void)state;
	static const struct {
		enum rc rc;
		int code;
	} rows[] = {{RC_OK, 0},        {RC_REFUSED, 1}, {RC_ABSENT, 1},   {RC_CONFLICT, 1},
	            {RC_INVALID, 100}, {RC_LIMIT, 111}, {RC_BROKEN, 111}};
	for (size_t i = 0; i < LEN(rows); i++)
		assert_int_equal(command_exit(rows[i].rc), rows[i].code);
}

static void the_table_has_no_hole(void **state)
{
	(void)state;
	for (size_t i = 0; cli_verb_at(i); i++) {
		const struct verb *v = cli_verb_at(i);
		assert_true(v->name && v->args && v->options && v->help && *v->help && v->run);
		assert_in_range(v->args_max, v->args_min, COMMAND_ARGS_MAX);
		for (size_t j = 0; j < i; j++) {
			const struct verb *before = cli_verb_at(j);
			bool same = strcmp(before->name, v->name) == 0;
			/* a name alone hides the sub-verbs that come after it */
			assert_false(same && (!before->sub || (v->sub && strcmp(before->sub, v->sub) == 0)));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_anywhere),
		cmocka_unit_test(what_does_not_fit_is_refused),
		cmocka_unit_test(there_is_a_ceiling_on_options),
		cmocka_unit_test(days_and_needs),
		cmocka_unit_test(results_become_exit_codes),
		cmocka_unit_test(the_table_has_no_hole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
