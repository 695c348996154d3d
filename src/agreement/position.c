/* SPDX-License-Identifier: EUPL-1.2
 * agreement/position.c - see position.h. A cursor that counts lines; values of no
 * interest are skipped by counting brackets outside strings. */
#include "agreement/position.h"

struct cursor {
	struct str text;
	size_t at;
	int line;
};

static bool ended(const struct cursor *c)
{
	return c->at >= c->text.n;
}

static char peek(const struct cursor *c)
{
	return ended(c) ? '\0' : c->text.at[c->at];
}

static void step(struct cursor *c)
{
	if (!ended(c) && c->text.at[c->at++] == '\n')
		c->line++;
}

static void skip_blanks(struct cursor *c)
{
	while (!ended(c) && strchr(" \t\r\n", peek(c)))
		step(c);
}

/* At an opening quote: over the string; what stands inside, escapes as written. */
static struct str skip_string(struct cursor *c)
{
	size_t from = c->at + 1;
	step(c);
	while (!ended(c) && peek(c) != '"') {
		if (peek(c) == '\\')
			step(c);
		step(c);
	}
	struct str inside = str_sub(c->text, from, c->at - from);
	step(c);
	return inside;
}

static bool closes_value(char c)
{
	return c == ',' || c == ']' || c == '}';
}

static void skip_value(struct cursor *c)
{
	int depth = 0;
	while (!ended(c) && !(depth == 0 && closes_value(peek(c)))) {
		if (peek(c) == '"') {
			skip_string(c);
			continue;
		}
		depth += peek(c) == '[' || peek(c) == '{';
		depth -= peek(c) == ']' || peek(c) == '}';
		step(c);
	}
}

/* From the '{' to the value of the member; *ret_line is where its name stands. */
static bool enter_member(struct cursor *c, struct str name, int *ret_line)
{
	if (peek(c) != '{')
		return false;
	do {
		step(c); /* '{' or ',' */
		skip_blanks(c);
		if (peek(c) != '"')
			return false;
		int line = c->line;
		bool here = str_eq(skip_string(c), name);
		skip_blanks(c);
		step(c); /* ':' */
		skip_blanks(c);
		if (here) {
			*ret_line = line;
			return true;
		}
		skip_value(c);
	} while (peek(c) == ',');
	return false;
}

static bool enter_item(struct cursor *c, int64_t index, int *ret_line)
{
	if (peek(c) != '[')
		return false;
	for (int64_t i = 0;; i++) {
		step(c); /* '[' or ',' */
		skip_blanks(c);
		if (ended(c) || peek(c) == ']')
			return false;
		if (i == index) {
			*ret_line = c->line;
			return true;
		}
		skip_value(c);
		if (peek(c) != ',')
			return false;
	}
}

/* One step of the path: "[3]" or a member's name. */
static bool enter(struct cursor *c, struct str *path, int *ret_line)
{
	int64_t index;
	if (path->at[0] == '[') {
		struct str digits = str_sub(*path, 1, str_index(*path, ']') - 1);
		*path = str_sub(*path, digits.n + 2, path->n);
		return str_int(digits, 0, INT32_MAX, &index) == RC_OK && enter_item(c, index, ret_line);
	}
	if (path->at[0] == '.')
		*path = str_sub(*path, 1, path->n);
	size_t dot = str_index(*path, '.'), bracket = str_index(*path, '[');
	struct str name = str_sub(*path, 0, dot < bracket ? dot : bracket);
	*path = str_sub(*path, name.n, path->n);
	return enter_member(c, name, ret_line);
}

int position_line(struct str json, const char *path)
{
	struct cursor c = {.text = json, .line = 1};
	struct str rest = str_c(path);
	skip_blanks(&c);
	int line = c.line;
	while (rest.n && enter(&c, &rest, &line))
		;
	return line;
}

int position_too_deep(struct str json, int max)
{
	struct cursor c = {.text = json, .line = 1};
	int depth = 0;
	while (!ended(&c)) {
		if (peek(&c) == '"') {
			skip_string(&c);
			continue;
		}
		depth += peek(&c) == '[' || peek(&c) == '{';
		depth -= peek(&c) == ']' || peek(&c) == '}';
		if (depth > max)
			return c.line;
		step(&c);
	}
	return 0;
}
