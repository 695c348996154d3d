/* SPDX-License-Identifier: EUPL-1.2
 * mksql IN.sql OUT.h OUT.c - turn one SQL file into typed C functions for both
 * engines (doc/mksql.md says what the file looks like and what comes out).
 *
 * How it works: the file becomes tokens; `-- name:` and `-- migration:` notes
 * open sections; a section's statement is checked against the dialect subset,
 * its parameters and result columns are collected from the type annotations, and
 * its text is written twice, with ?n for SQLite and $n for PostgreSQL.
 * The first mistake is reported as file:line: message and ends the program with
 * status 1. Output is built in memory and renamed into place at the very end, so
 * a broken input never leaves half a file. Memory is never given back: the
 * program lives for a moment. The text for each engine is made by mksql_text.c, and
 * the C that comes out is written by mksql_emit.c. */
#include "mksql.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- mistakes and memory ---- */

void fail(const struct input *in, int line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: ", in->path, line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static void *room_for(void *at, size_t n, size_t size)
{
	void *more = reallocarray(at, n, size);
	if (!more) {
		fputs("mksql: out of memory\n", stderr);
		exit(111);
	}
	return more;
}

void text_add(struct text *t, const char *at, size_t n)
{
	if (t->n + n + 1 > t->cap) {
		t->cap = (t->cap + n + 1) * 2;
		t->at = room_for(t->at, t->cap, 1);
	}
	memcpy(t->at + t->n, at, n);
	t->n += n;
	t->at[t->n] = '\0';
}

void text_addz(struct text *t, const char *z)
{
	text_add(t, z, strlen(z));
}

void text_addf(struct text *t, const char *fmt, ...)
{
	char line[2048];
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof line) {
		fputs("mksql: a generated line is too long\n", stderr);
		exit(1);
	}
	text_add(t, line, (size_t)n);
}

/* ---- tokens ---- */

bool is(const struct token *t, const char *word)
{
	size_t n = strlen(word);
	return t->n == n && (t->kind == WORD || t->kind == SIGN) && strncasecmp(t->at, word, n) == 0;
}

bool is_any(const struct token *t, const char *const *words)
{
	for (; *words; words++)
		if (is(t, *words))
			return true;
	return false;
}

static bool name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t name_length(const char *z)
{
	size_t n = 0;
	while (name_char(z[n]))
		n++;
	return n;
}

/* The token at z, its kind and its length; `line` for what is not SQL of the subset. */
static struct token token_at(const struct input *in, const char *z, int line)
{
	struct token t = {.kind = SIGN, .at = z, .n = 1, .line = line};
	if (z[0] == '-' && z[1] == '-') {
		t.kind = NOTE;
		t.n = strcspn(z, "\n");
	} else if (z[0] == '/' && z[1] == '*') {
		const char *end = strstr(z + 2, "*/");
		if (!end)
			fail(in, line, "comment without an end");
		t.kind = TYPE;
		t.n = (size_t)(end + 2 - z);
	} else if (z[0] == '\'') {
		const char *end = z;
		do
			end = strchr(end + 1, '\'');
		while (end && end[1] == '\'' && end++);
		if (!end)
			fail(in, line, "text without a closing quote");
		t.kind = STRING;
		t.n = (size_t)(end + 1 - z);
	} else if (z[0] == ':') {
		t.kind = PARAM;
		t.n = 1 + name_length(z + 1);
		if (t.n == 1)
			fail(in, line, "':' without a parameter name");
	} else if (name_char(z[0])) {
		t.kind = isdigit((unsigned char)z[0]) ? NUMBER : WORD;
		t.n = name_length(z);
		if (t.kind == WORD && t.n == 1 && z[1] == '\'')
			fail(in, line, "'%c' before a quote: the engines differ; use a parameter", z[0]);
	} else if (!strchr("(),;.*+-/%=<>|!", z[0])) {
		fail(in, line, "'%c' is not in the dialect subset", z[0]);
	}
	return t;
}

static void tokens_read(struct input *in, const char *z)
{
	int line = 1;
	bool space = true;
	size_t cap = 0;
	while (true) {
		if (in->n + 1 >= cap) {
			cap = cap ? cap * 2 : 1024;
			in->tokens = room_for(in->tokens, cap, sizeof *in->tokens);
		}
		for (; *z && isspace((unsigned char)*z); z++, space = true)
			line += *z == '\n';
		if (!*z)
			break;
		struct token t = token_at(in, z, line);
		t.space = space;
		in->tokens[in->n++] = t;
		for (size_t i = 0; i < t.n; i++)
			line += z[i] == '\n';
		z += t.n;
		space = false;
	}
	in->tokens[in->n] = (struct token){.kind = END, .at = "", .line = line, .space = true};
}

/* ---- names and types ---- */

/* Names that would not compile as a struct member or a function. */
static const char *const c_words[] = {
        "asm",    "auto",     "bool",   "break",    "case",   "char",     "const",    "continue", "default",
        "do",     "double",   "else",   "enum",     "extern", "false",    "float",    "for",      "goto",
        "if",     "inline",   "int",    "linux",    "long",   "register", "restrict", "return",   "short",
        "signed", "sizeof",   "static", "struct",   "switch", "true",     "typedef",  "typeof",   "union",
        "unix",   "unsigned", "void",   "volatile", "while",  NULL,
};

static void name_copy(const struct input *in, int line, const char *at, size_t n, char *ret)
{
	if (n == 0 || n >= NAME_MAX_LEN)
		fail(in, line, "a name has 1 to %d characters", NAME_MAX_LEN - 1);
	if (!(at[0] >= 'a' && at[0] <= 'z'))
		fail(in, line, "'%.*s': a name begins with a lower-case letter", (int)n, at);
	for (size_t i = 0; i < n; i++)
		if (!(name_char(at[i]) && !isupper((unsigned char)at[i])))
			fail(in, line, "'%.*s': a name is lower-case letters, digits and _", (int)n, at);
	for (const char *const *w = c_words; *w; w++)
		if (strlen(*w) == n && memcmp(*w, at, n) == 0)
			fail(in, line, "'%s' is a word of C; choose another name", *w);
	memcpy(ret, at, n);
	ret[n] = '\0';
}

static char type_letter(const struct input *in, const struct token *t)
{
	static const struct {
		const char *text;
		char letter;
	} types[] = {
	        {"/*int*/", 'i'},   {"/*int?*/", 'I'}, {"/*text*/", 't'},
	        {"/*text?*/", 'T'}, {"/*blob*/", 'b'}, {"/*blob?*/", 'B'},
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strlen(types[i].text) == t->n && memcmp(types[i].text, t->at, t->n) == 0)
			return types[i].letter;
	fail(in, t->line, "'%.*s' is not a type: int, text, blob, each with or without '?'", (int)t->n, t->at);
}

struct field *field_find(struct fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->n; i++)
		if (strcmp(fields->at[i].name, name) == 0)
			return &fields->at[i];
	return NULL;
}

static void field_add(const struct input *in, int line, struct fields *fields, struct field field)
{
	if (fields->n == FIELDS_MAX)
		fail(in, line, "more than %d parameters or columns", FIELDS_MAX);
	fields->at[fields->n++] = field;
	if (field.type != 'I')
		return;
	char twin[NAME_MAX_LEN + 8]; /* the member a nullable int brings along */
	snprintf(twin, sizeof twin, "%s_null", field.name);
	if (field_find(fields, twin))
		fail(in, line, "'%s' is taken by the nullable '%s'", twin, field.name);
}

/* ---- parameters and result columns of one statement ---- */

static void params_read(const struct input *in, struct query *q, struct statement s)
{
	for (size_t i = 0; i < s.n; i++) {
		struct token *t = &s.at[i];
		if (t->kind != PARAM)
			continue;
		struct field param = {0};
		name_copy(in, t->line, t->at + 1, t->n - 1, param.name);
		bool typed = i + 1 < s.n && s.at[i + 1].kind == TYPE;
		if (typed) {
			param.type = type_letter(in, &s.at[i + 1]);
			s.at[i + 1].used = true;
		}
		struct field *known = field_find(&q->params, param.name);
		if (!known && !typed)
			fail(in, t->line, "parameter ':%s' needs a /*type*/ where it first appears", param.name);
		if (known && typed && known->type != param.type)
			fail(in, t->line, "parameter ':%s' has another type than before", param.name);
		if (!known)
			field_add(in, t->line, &q->params, param);
	}
}

/* `item` is one entry of the result list: ... name, then its type. */
static void column_read(const struct input *in, struct query *q, struct statement item, int line)
{
	struct token *type = item.n ? &item.at[item.n - 1] : NULL;
	if (!type || type->kind != TYPE || type->used)
		fail(in, line, "result column %zu of '%s' has no /*type*/ after it", q->columns.n + 1, q->name);
	type->used = true;
	struct field column = {.type = type_letter(in, type)};
	struct token *name = item.n > 1 ? type - 1 : NULL;
	if (!name || name->kind != WORD)
		fail(in, type->line, "result column %zu of '%s' needs a name: AS name", q->columns.n + 1, q->name);
	name_copy(in, name->line, name->at, name->n, column.name);
	if (field_find(&q->columns, column.name))
		fail(in, name->line, "two result columns are called '%s'", column.name);
	field_add(in, name->line, &q->columns, column);
}

static int depth_step(const struct token *t)
{
	return is(t, "(") ? 1 : is(t, ")") ? -1 : 0;
}

/* First of `words` outside all parentheses, from token `from` on; s.n when there is none. */
size_t outer_word(struct statement s, size_t from, const char *const *words)
{
	int depth = 0;
	for (size_t i = from; i < s.n; i++) {
		depth += depth_step(&s.at[i]);
		if (depth == 0 && s.at[i].kind == WORD && is_any(&s.at[i], words))
			return i;
	}
	return s.n;
}

const char *const verbs[] = {"SELECT", "INSERT", "UPDATE", "DELETE", NULL};

/* Where the result list begins and ends; false when there is none. */
static bool result_list(struct statement s, struct statement *ret)
{
	static const char *const returning[] = {"RETURNING", NULL};
	static const char *const ends[] = {"FROM",  "WHERE", "GROUP",  "HAVING",    "ORDER",
	                                   "LIMIT", "UNION", "EXCEPT", "INTERSECT", NULL};
	size_t verb = outer_word(s, 0, verbs);
	bool select = is(&s.at[verb], "SELECT");
	size_t begin = select ? verb : outer_word(s, verb, returning);
	if (begin == s.n)
		return false;
	begin++;
	if (begin < s.n && is(&s.at[begin], "DISTINCT"))
		begin++;
	size_t end = select ? outer_word(s, begin, ends) : s.n;
	*ret = (struct statement){.at = s.at + begin, .n = end - begin};
	return true;
}

static void columns_read(const struct input *in, struct query *q, struct statement s)
{
	struct statement list;
	if (!result_list(s, &list))
		return;
	int depth = 0;
	size_t begin = 0;
	for (size_t i = 0; i <= list.n; i++) {
		bool end = i == list.n;
		depth += end ? 0 : depth_step(&list.at[i]);
		if (!end && !(depth == 0 && is(&list.at[i], ",")))
			continue;
		struct statement item = {.at = list.at + begin, .n = i - begin};
		column_read(in, q, item, list.at[i ? i - 1 : 0].line);
		begin = i + 1;
	}
}

/* ---- the dialect subset ---- */

size_t closing(struct statement s, size_t open)
{
	int depth = 0;
	for (size_t i = open; i < s.n; i++) {
		depth += depth_step(&s.at[i]);
		if (depth == 0)
			return i;
	}
	return s.n;
}

/* A name with its columns, as in INSERT INTO t (a, b) or WITH t (a, b) AS (...). */
static bool names_a_table(struct statement s, size_t i)
{
	static const char *const before[] = {"INTO", "TABLE", "EXISTS", "ON", "REFERENCES", NULL};
	if (i > 0 && is_any(&s.at[i - 1], before))
		return true;
	size_t end = closing(s, i + 1);
	return end + 2 < s.n && is(&s.at[end + 1], "AS") && is(&s.at[end + 2], "(");
}

static void function_check(const struct input *in, struct statement s, size_t i)
{
	static const char *const words[] = {
	        "IN",     "AS",        "AND",       "OR",      "NOT",  "ON",      "CONFLICT", "VALUES",
	        "EXISTS", "WHERE",     "SET",       "SELECT",  "FROM", "JOIN",    "BY",       "THEN",
	        "WHEN",   "ELSE",      "CASE",      "HAVING",  "LIKE", "BETWEEN", "UNION",    "ALL",
	        "EXCEPT", "INTERSECT", "LIMIT",     "OFFSET",  "IS",   "USING",   "CHECK",    "KEY",
	        "UNIQUE", "DISTINCT",  "RETURNING", "DEFAULT", NULL};
	static const char *const functions[] = {"count", "sum", "min", "max", "coalesce", NULL};
	struct token *t = &s.at[i];
	if (is_any(t, words) || names_a_table(s, i) || (s.ddl && is(t, "length")))
		return;
	if (!is_any(t, functions))
		fail(in, t->line, "function '%.*s' is not in the dialect subset: count sum min max coalesce", (int)t->n,
		     t->at);
	int depth = 0;
	for (size_t k = i + 1, end = closing(s, i + 1); k < end; k++) {
		depth += depth_step(&s.at[k]);
		if (depth == 1 && is(&s.at[k], ",") && !is(t, "coalesce"))
			fail(in, t->line, "'%.*s' takes one argument on both engines", (int)t->n, t->at);
	}
}

static void word_check(const struct input *in, struct statement s, size_t i)
{
	static const char *const banned[] = {"AUTOINCREMENT", "PRAGMA", "GLOB",    "MATCH",   "REGEXP", "ILIKE", "OVER",
	                                     "FILTER",        "CAST",   "REPLACE", "COLLATE", "REAL",   "ANY",   NULL};
	const struct token *t = &s.at[i];
	if (is_any(t, banned) || (is(t, "OR") && i > 0 && (is(&s.at[i - 1], "INSERT") || is(&s.at[i - 1], "UPDATE"))))
		fail(in, t->line, "'%.*s' is not in the dialect subset", (int)t->n, t->at);
	if (i > 0 && is(t, "UPDATE") && is(&s.at[i - 1], "FOR"))
		fail(in, t->line, "write '-- lock: update' instead of FOR UPDATE");
}

static void subset_check(const struct input *in, struct statement s)
{
	int depth = 0;
	for (size_t i = 0; i < s.n; i++) {
		struct token *t = &s.at[i];
		depth += depth_step(t);
		if (depth < 0)
			fail(in, t->line, "')' without '('");
		if (i > 0 && is(t, "=") && is(t - 1, "=") && !t->space)
			fail(in, t->line, "'==' is not in the dialect subset; write '='");
		if (t->kind == WORD)
			word_check(in, s, i);
		if (t->kind == WORD && i + 1 < s.n && is(t + 1, "("))
			function_check(in, s, i);
		if (t->kind == TYPE && !t->used)
			fail(in, t->line, "'%.*s' belongs to no parameter and no result column", (int)t->n, t->at);
	}
	if (depth != 0)
		fail(in, s.at[s.n - 1].line, "'(' without ')'");
}

/* ---- sections ---- */

#define MARKS_PLACE "'-- marks:' stands once, before the first section, or below '-- name:'"
/* What stands after `-- word:` in a note, or NULL when it is another note. */
static const char *note_value(const struct token *t, const char *word, size_t *ret_n)
{
	const char *at = t->at + 2, *end = t->at + t->n;
	while (at < end && *at == ' ')
		at++;
	size_t n = strlen(word);
	if (t->kind != NOTE || (size_t)(end - at) <= n || memcmp(at, word, n) != 0 || at[n] != ':')
		return NULL;
	at += n + 1;
	while (at < end && isspace((unsigned char)*at))
		at++;
	while (end > at && isspace((unsigned char)end[-1]))
		end--;
	*ret_n = (size_t)(end - at);
	return at;
}

static bool opens_section(const struct token *t)
{
	size_t n;
	return t->kind == END || note_value(t, "name", &n) || note_value(t, "migration", &n);
}

/* Tokens up to ';', without notes. `what` is for the message when there is no ';'. */
static bool statement_read(struct input *in, const char *what, struct statement *ret)
{
	size_t n = 0, length;
	struct token *first = NULL;
	for (; !opens_section(&in->tokens[in->at]); in->at++) {
		struct token *t = &in->tokens[in->at];
		if (note_value(t, "marks", &length))
			fail(in, t->line, MARKS_PLACE);
		if (t->kind == NOTE)
			continue;
		if (is(t, ";")) {
			if (n == 0)
				fail(in, t->line, "';' without a statement");
			in->at++;
			*ret = (struct statement){first, n, false};
			return true;
		}
		if (!first)
			first = t;
		first[n++] = *t; /* closes the gap a note left */
		if (n == STATEMENT_MAX)
			fail(in, t->line, "a statement of more than %d words", STATEMENT_MAX - 1);
	}
	if (n)
		fail(in, first[n - 1].line, "%s does not end with ';'", what);
	return false;
}

static void shape_read(const struct input *in, const struct token *t, struct query *q, const char *z)
{
	static const struct {
		const char *text;
		enum shape shape;
	} shapes[] = {
	        {":one", ONE}, {":many", MANY}, {":exec", EXEC}, {":batchone", BATCH_ONE}, {":batchexec", BATCH_EXEC},
	};
	char word[32] = "", number[32] = "", rest[2] = "";
	int words = sscanf(z, "%31s %31s %1s", word, number, rest);
	size_t i = 0;
	while (i < sizeof shapes / sizeof *shapes && strcmp(shapes[i].text, word) != 0)
		i++;
	if (i == sizeof shapes / sizeof *shapes)
		fail(in, t->line, "'%s' is none of :one :many :exec :batchone :batchexec", word);
	q->shape = shapes[i].shape;
	q->max = ROWS_DEFAULT;
	if (words < 2)
		return;
	char *end;
	long max = strtol(number, &end, 10);
	if (q->shape != MANY || words > 2 || *end || max < 1 || max > ROWS_MAX)
		fail(in, t->line, "only :many takes a number, 1 to %d", ROWS_MAX);
	q->max = max;
}

static void name_read(const struct input *in, const struct token *t, struct query *q)
{
	size_t n, length;
	const char *at = note_value(t, "name", &n);
	char line[256] = "";
	if (n >= sizeof line)
		fail(in, t->line, "the name line is too long");
	memcpy(line, at, n);
	length = strcspn(line, " \t");
	name_copy(in, t->line, line, length, q->name);
	q->line = t->line;
	for (size_t i = 0; i + 1 < in->n_queries; i++)
		if (strcmp(in->queries[i].name, q->name) == 0)
			fail(in, t->line, "query '%s' is there already, in line %d", q->name, in->queries[i].line);
	shape_read(in, t, q, line + length);
}

static void lock_read(const struct input *in, const struct token *t, struct query *q, const char *at, size_t n)
{
	if (n == 6 && memcmp(at, "update", n) == 0)
		q->lock = " FOR UPDATE";
	else if (n == 5 && memcmp(at, "share", n) == 0)
		q->lock = " FOR SHARE";
	else
		fail(in, t->line, "lock is 'update' or 'share'");
}

static void quiet_read(const struct input *in, const struct token *t, struct query *q, const char *at, size_t n)
{
	if (!in->mark[0])
		fail(in, t->line, "the file has no '-- marks:' at its head that a query could leave alone");
	if (n < 10 || memcmp(at, "nothing, ", 9) != 0)
		fail(in, t->line, "a query marks 'nothing, ' and says why");
	q->quiet = true;
}

/* A note of this kind gives its reason: somebody has to have thought about it. */
static void reason_read(const struct input *in, const struct token *t, const char *word, size_t n)
{
	if (n == 0)
		fail(in, t->line, "'-- %s:' says why it may be", word);
}

static bool looks_like_key(const struct token *t)
{
	const char *at = t->at + 2 + strspn(t->at + 2, " ");
	size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyz");
	return n > 0 && at[n] == ':';
}

/* The notes between `-- name:` and the statement. A note that is neither `about`,
 * nor its next line, nor one of the keys below is a mistake: it would be silently lost. */
static void header_read(struct input *in, struct query *q)
{
	for (; in->tokens[in->at].kind == NOTE && !opens_section(&in->tokens[in->at]); in->at++) {
		const struct token *t = &in->tokens[in->at];
		size_t n;
		const char *at;
		if ((at = note_value(t, "about", &n)) != NULL) {
			text_add(&q->about, at, n);
		} else if ((at = note_value(t, "lock", &n)) != NULL) {
			lock_read(in, t, q, at, n);
		} else if ((at = note_value(t, "marks", &n)) != NULL) {
			quiet_read(in, t, q, at, n);
		} else if (note_value(t, "set", &n)) {
			reason_read(in, t, "set", n);
			q->set = true;
		} else if (note_value(t, "later", &n)) {
			reason_read(in, t, "later", n);
			q->later = true;
		} else if (note_value(t, "copy", &n)) {
			reason_read(in, t, "copy", n);
			q->copy = true;
		} else if (q->about.n && !looks_like_key(t)) {
			text_addz(&q->about, "\n * ");
			text_add(&q->about, t->at + 2 + strspn(t->at + 2, " "), t->n - 2 - strspn(t->at + 2, " "));
		} else {
			fail(in, t->line,
			     "between '-- name:' and its statement only '-- about:', '-- lock:' and '-- marks:' may stand, and "
			     "'-- set:', '-- later:', '-- copy:'");
		}
	}
	if (q->about.n && strstr(q->about.at, "*/"))
		fail(in, q->line, "'*/' would end the comment made of '-- about:'");
}

static void shape_check(const struct input *in, const struct query *q, bool select)
{
	bool rows = q->shape == ONE || q->shape == MANY || q->shape == BATCH_ONE;
	if (rows && q->columns.n == 0)
		fail(in, q->line, "query '%s' gives no rows; use :exec or :batchexec", q->name);
	if (!rows && q->columns.n)
		fail(in, q->line, "query '%s' gives rows; use :one, :many or :batchone", q->name);
	if ((q->shape == BATCH_ONE || q->shape == BATCH_EXEC) && q->params.n == 0)
		fail(in, q->line, "batch query '%s' has no parameter", q->name);
	if (q->lock && !select)
		fail(in, q->line, "query '%s' has a lock but is no SELECT", q->name);
	bool batch = q->shape == BATCH_ONE || q->shape == BATCH_EXEC;
	if (q->set && !batch)
		fail(in, q->line, "query '%s' is no batch: there is no set of it", q->name);
	if (q->later && q->shape != EXEC && q->shape != BATCH_EXEC)
		fail(in, q->line, "query '%s' gives rows: they cannot come later", q->name);
	if (q->copy && q->shape != BATCH_EXEC)
		fail(in, q->line, "query '%s' is no :batchexec: nothing of it can be copied in", q->name);
	if (q->quiet && select)
		fail(in, q->line, "query '%s' is a SELECT: it moves no mark anyway", q->name);
}

static void query_read(struct input *in)
{
	in->queries = room_for(in->queries, in->n_queries + 1, sizeof *in->queries);
	struct query *q = &in->queries[in->n_queries++];
	memset(q, 0, sizeof *q);
	name_read(in, &in->tokens[in->at++], q);
	header_read(in, q);
	struct statement s, more;
	if (!statement_read(in, "query", &s))
		fail(in, q->line, "query '%s' has no statement", q->name);
	size_t verb = outer_word(s, 0, verbs);
	if (verb == s.n || (verb > 0 && !is(&s.at[0], "WITH")))
		fail(in, s.at[0].line, "a query is a SELECT, INSERT, UPDATE or DELETE, with or without WITH");
	params_read(in, q, s);
	columns_read(in, q, s);
	subset_check(in, s);
	q->writes = !is(&s.at[verb], "SELECT");
	shape_check(in, q, !q->writes);
	query_text(q, s, '?', &q->sqlite);
	query_text(q, s, '$', &q->postgres);
	if (q->lock)
		text_addz(&q->postgres, q->lock);
	if (q->set)
		set_text(in, q, s);
	if (q->copy)
		copy_text(in, q, s);
	if (statement_read(in, "query", &more))
		fail(in, more.at[0].line, "query '%s' has a second statement", q->name);
}

static void ddl_check(const struct input *in, struct statement s)
{
	static const char *const first[] = {"CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE", NULL};
	static const char *const made[] = {"TABLE", "INDEX", "UNIQUE", "VIEW", NULL};
	if (s.n < 3 || !is_any(&s.at[0], first))
		fail(in, s.at[0].line, "a migration may CREATE, ALTER, DROP, INSERT, UPDATE, DELETE");
	if (is(&s.at[0], "CREATE") && !is_any(&s.at[1], made))
		fail(in, s.at[1].line, "a migration may create a TABLE, INDEX or VIEW");
	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i].kind == PARAM)
			fail(in, s.at[i].line, "a migration has no parameters");
		if (s.at[i].kind == TYPE)
			fail(in, s.at[i].line, "a migration has no /*type*/; write its remarks as '-- ...'");
	}
	subset_check(in, s);
}

static void migration_read(struct input *in)
{
	const struct token *t = &in->tokens[in->at++];
	size_t n, number = in->n_migrations + 1;
	const char *at = note_value(t, "migration", &n);
	char expected[24];
	int length = snprintf(expected, sizeof expected, "%zu", number);
	if (n != (size_t)length || memcmp(at, expected, n) != 0)
		fail(in, t->line, "migration '%.*s' should be %zu: 1, 2, ... without holes", (int)n, at, number);
	in->migrations = room_for(in->migrations, number, sizeof *in->migrations);
	struct migration *m = &in->migrations[in->n_migrations++];
	memset(m, 0, sizeof *m);
	struct statement s;
	while (statement_read(in, "migration", &s)) {
		s.ddl = true;
		ddl_check(in, s);
		ddl_text(in, s, &m->sqlite, &m->postgres);
	}
	if (m->sqlite.n == 0)
		fail(in, t->line, "migration %zu has no statement", number);
}

static void mark_read(struct input *in, const struct token *t, const char *at, size_t n)
{
	if (in->n_queries || in->n_migrations || in->mark[0])
		fail(in, t->line, MARKS_PLACE);
	name_copy(in, t->line, at, n, in->mark);
}

static void sections_read(struct input *in)
{
	while (in->tokens[in->at].kind != END) {
		const struct token *t = &in->tokens[in->at];
		const char *at;
		size_t n;
		if (note_value(t, "name", &n))
			query_read(in);
		else if (note_value(t, "migration", &n))
			migration_read(in);
		else if ((at = note_value(t, "marks", &n)) != NULL)
			mark_read(in, &in->tokens[in->at++], at, n);
		else if (t->kind == NOTE)
			in->at++;
		else
			fail(in, t->line, "statement outside of '-- name:' and '-- migration:'");
	}
}

/* ---- files ---- */

/* src/identity/session.sql -> "session", which names what comes out. */
static void source_name(struct input *in)
{
	const char *slash = strrchr(in->path, '/');
	const char *base = slash ? slash + 1 : in->path;
	const char *dot = strrchr(base, '.');
	if (!dot || strcmp(dot, ".sql") != 0)
		fail(in, 1, "the file is not called NAME.sql");
	name_copy(in, 1, base, (size_t)(dot - base), in->name);
}

static char *file_read(const char *path)
{
	struct text t = {0};
	char part[8192];
	size_t n;
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		exit(1);
	}
	text_add(&t, "", 0);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		text_add(&t, part, n);
	if (ferror(f)) {
		perror(path);
		exit(1);
	}
	fclose(f);
	return t.at;
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: mksql IN.sql OUT.h OUT.c\n", stderr);
		return 100;
	}
	struct input in = {.path = argv[1]};
	source_name(&in);
	tokens_read(&in, file_read(argv[1]));
	sections_read(&in);
	struct text header = {0}, body = {0};
	emit_header(&in, &header);
	emit_body(&in, argv[2], &body);
	return files_write(argv[2], &header, argv[3], &body) ? 0 : 1;
}
