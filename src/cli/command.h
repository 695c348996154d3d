/* SPDX-License-Identifier: EUPL-1.2
 * cli/command.h - one call of the program: its verb, arguments and options.
 *
 * A verb is a row of the table in cli.c: what it takes stands there, and a call
 * that does not fit is refused before the verb's function runs. */
#pragma once
#include <stdio.h>

#include "base/base.h"

struct front;
struct command;

/* What the caller of the program gets back (DESIGN 5). */
enum exit_code { EXIT_DONE = 0, EXIT_NO = 1, EXIT_USAGE = 100, EXIT_TEMPORARY = 111 };

struct verb {
	const char *name;    /* "registry" */
	const char *sub;     /* "import"; NULL: the name alone */
	const char *args;    /* for people: "DIR BERKAS.csv" */
	int args_min, args_max;
	/* "demo,residents=,set=": names without --, '=' takes a value. Every one but
	 * set may be given once. */
	const char *options;
	const char *help;    /* one line */
	/* RC_OK exit 0; RC_REFUSED, RC_ABSENT, RC_CONFLICT 1; RC_INVALID 100; else 111. */
	enum rc (*run)(const struct command *command, struct err *err);
};

#define COMMAND_ARGS_MAX 128 /* ten years of monthly archives */
#define COMMAND_OPTIONS_MAX 64
struct command_option {
	struct str name;
	const char *value; /* "" for an option without one */
};
struct command {
	const struct front *front;
	const struct verb *verb;
	const char *args[COMMAND_ARGS_MAX];
	int args_n;
	struct command_option options[COMMAND_OPTIONS_MAX];
	int options_n;
};

/* The words after the verb. RC_INVALID: they do not fit its row. */
MUST_USE enum rc command_parse(struct command *command, int words_n, char **words, struct err *err);
/* Argument `i`, NULL when it was not given. */
const char *command_arg(const struct command *command, int i);
/* The option's value, NULL when it was not given. */
const char *command_option(const struct command *command, const char *name);
/* RC_INVALID: not a number within the bounds. */
MUST_USE enum rc command_int(const struct command *command, const char *name, int64_t min, int64_t max, int64_t preset,
                             int64_t *ret, struct err *err);
/* YYYY-MM-DD; `preset` when it was not given. */
MUST_USE enum rc command_day(const struct command *command, const char *name, struct day preset, struct day *ret,
                             struct err *err);
/* The option must be there. */
MUST_USE enum rc command_need(const struct command *command, const char *name, struct str *ret, struct err *err);
enum exit_code command_exit(enum rc rc);
/* "0.1.0": of this program (cli.c). */
const char *cli_version(void);
