/* SPDX-License-Identifier: EUPL-1.2
 * cli/command.c - see command.h. */
#include "cli/command.h"

/* Is `name` in the verb's list, and does it take a value? */
static bool option_known(const struct verb *verb, struct str name, bool *ret_valued)
{
	struct str rest = str_c(verb->options);
	while (rest.at) {
		struct str one = str_split(&rest, ',');
		*ret_valued = one.n > 0 && one.at[one.n - 1] == '=';
		if (*ret_valued)
			one.n--;
		if (one.n > 0 && str_eq(one, name))
			return true;
	}
	return false;
}

static enum rc add_option(struct command *command, struct str name, const char *value, struct err *err)
{
	char name_z[40];
	snprintf(name_z, sizeof name_z, "%.*s", (int)(name.n < 39 ? name.n : 39), name.at);
	if (!str_eq(name, S("set")) && command_option(command, name_z))
		return FAIL(err, RC_INVALID, "--%s disebut dua kali", name_z);
	if (command->options_n == COMMAND_OPTIONS_MAX)
		return FAIL(err, RC_INVALID, "terlalu banyak pilihan");
	command->options[command->options_n++] = (struct command_option){name, value};
	return RC_OK;
}

/* One "--name", "--name=value" or "--name value"; *i moves past what was taken. */
static enum rc take_option(struct command *command, int words_n, char **words, int *i, struct err *err)
{
	struct str rest = str_c(words[*i] + 2);
	struct str name = str_split(&rest, '=');
	bool valued;
	if (!option_known(command->verb, name, &valued))
		return FAIL(err, RC_INVALID, "pilihan --%.*s tidak dikenal", (int)(name.n < 40 ? name.n : 40), name.at);
	if (!valued)
		return rest.at ? FAIL(err, RC_INVALID, "--%.*s tidak memakai nilai", STR_ARG(name)) :
				 add_option(command, name, "", err);
	if (rest.at)
		return add_option(command, name, rest.at, err);
	if (*i + 1 >= words_n)
		return FAIL(err, RC_INVALID, "--%.*s membutuhkan nilai", STR_ARG(name));
	return add_option(command, name, words[++*i], err);
}

enum rc command_parse(struct command *command, int words_n, char **words, struct err *err)
{
	bool plain = false; /* after "--" */
	for (int i = 0; i < words_n; i++) {
		bool option = !plain && words[i][0] == '-' && words[i][1] == '-';
		if (option && words[i][2] == '\0') {
			plain = true;
		} else if (option) {
			TRY(take_option(command, words_n, words, &i, err));
		} else if (command->args_n == command->verb->args_max) {
			return FAIL(err, RC_INVALID, "terlalu banyak argumen: %.80s", words[i]);
		} else {
			command->args[command->args_n++] = words[i];
		}
	}
	if (command->args_n < command->verb->args_min)
		return FAIL(err, RC_INVALID, "argumen kurang");
	return RC_OK;
}

const char *command_arg(const struct command *command, int i)
{
	return i < command->args_n ? command->args[i] : NULL;
}

const char *command_option(const struct command *command, const char *name)
{
	for (int i = 0; i < command->options_n; i++)
		if (str_eq(command->options[i].name, str_c(name)))
			return command->options[i].value;
	return NULL;
}

enum rc command_int(const struct command *command, const char *name, int64_t min, int64_t max, int64_t preset, int64_t *ret,
                    struct err *err)
{
	const char *text = command_option(command, name);
	*ret = preset;
	if (text && str_int(str_c(text), min, max, ret) != RC_OK)
		return FAIL(err, RC_INVALID, "--%s harus bilangan %lld sampai %lld", name, (long long)min, (long long)max);
	return RC_OK;
}

enum rc command_day(const struct command *command, const char *name, struct day preset, struct day *ret, struct err *err)
{
	const char *text = command_option(command, name);
	*ret = preset;
	if (text && day_from_str(str_c(text), ret) != RC_OK)
		return FAIL(err, RC_INVALID, "--%s harus tanggal TTTT-BB-HH", name);
	return RC_OK;
}

enum rc command_need(const struct command *command, const char *name, struct str *ret, struct err *err)
{
	const char *text = command_option(command, name);
	if (!text || !*text)
		return FAIL(err, RC_INVALID, "--%s harus disebut", name);
	*ret = str_c(text);
	return RC_OK;
}

enum exit_code command_exit(enum rc rc)
{
	switch (rc) {
	case RC_OK: return EXIT_DONE;
	case RC_REFUSED:
	case RC_ABSENT:
	case RC_CONFLICT: return EXIT_NO;
	case RC_INVALID: return EXIT_USAGE;
	case RC_LIMIT:
	case RC_BROKEN: return EXIT_TEMPORARY;
	}
	return EXIT_TEMPORARY;
}
