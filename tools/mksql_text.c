/* SPDX-License-Identifier: EUPL-1.2
 * mksql_text.c - what a query and a migration look like for each engine: parameters as ?n
 * and $n, types of tables, and for PostgreSQL a whole batch as one statement (`-- set:`)
 * or as rows that are copied in (`-- copy:`). */
#include "mksql.h"

#include <string.h>

/* ---- the text for each engine ---- */

static size_t param_number(struct query *q, const struct token *t)
{
	char name[NAME_MAX_LEN] = {0};
	memcpy(name, t->at + 1, t->n - 1);
	return (size_t)(field_find(&q->params, name) - q->params.at) + 1;
}

static void word_add(struct text *out, bool space, const char *at, size_t n)
{
	if (space && out->n && out->at[out->n - 1] != '\n')
		text_add(out, " ", 1);
	text_add(out, at, n);
}

/* Tokens of a query; `mark` is '?' for SQLite, '$' for PostgreSQL, where sum() of BIGINT is
 * NUMERIC and has to be brought back, and 'u' where the parameters are columns of a set. */
static void span_text(struct query *q, struct statement s, char mark, struct text *out)
{
	bool closes[STATEMENT_MAX] = {0}, space = false;
	for (size_t i = 0; i < s.n; i++) {
		const struct token *t = &s.at[i];
		space = i > 0 && (space || t->space);
		if (t->kind == TYPE || t->kind == NOTE)
			continue;
		if (t->kind == PARAM) {
			word_add(out, space, mark == 'u' ? "batch_item.p" : &mark, mark == 'u' ? 12 : 1);
			text_addf(out, "%zu", param_number(q, t));
		} else if (mark != '?' && is(t, "sum") && i + 1 < s.n && is(t + 1, "(")) {
			word_add(out, space, "CAST(sum", 8);
			closes[closing(s, i + 1)] = true;
		} else {
			word_add(out, space, t->at, t->n);
		}
		if (closes[i])
			text_addz(out, " AS BIGINT)");
		space = false;
	}
}

void query_text(struct query *q, struct statement s, char mark, struct text *out)
{
	span_text(q, s, mark, out);
}

/* ---- a batch as one statement ---- */

static struct statement part(struct statement s, size_t from, size_t to)
{
	return (struct statement){.at = s.at + from, .n = to - from};
}

static bool has_param(struct statement s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i].kind == PARAM)
			return true;
	return false;
}

/* The items of a batch as rows: an array a parameter. */
static void rows_text(const struct query *q, struct text *out)
{
	text_addz(out, " unnest(");
	for (size_t i = 0; i < q->params.n; i++) {
		char type = q->params.at[i].type;
		const char *array = type == 'i' || type == 'I' ? "BIGINT" : type == 't' || type == 'T' ? "TEXT" : "BYTEA";
		text_addf(out, "%s$%zu::%s[]", i ? ", " : "", i + 1, array);
	}
	text_addz(out, ") WITH ORDINALITY AS batch_item (");
	for (size_t i = 0; i < q->params.n; i++)
		text_addf(out, "p%zu, ", i + 1);
	text_addz(out, "number)");
}

/* Item by item, and which item it was comes last. */
static void set_select(struct query *q, struct statement s, struct text *out)
{
	text_addz(out, "SELECT batch_row.*, batch_item.number FROM");
	rows_text(q, out);
	text_addz(out, " CROSS JOIN LATERAL (");
	span_text(q, s, 'u', out);
	if (q->lock)
		text_addz(out, q->lock);
	text_addz(out, ") batch_row");
}

/* In order of the items; so are the rows that RETURNING gives. */
static void set_insert(const struct input *in, struct query *q, struct statement s, struct text *out)
{
	static const char *const values[] = {"VALUES", NULL};
	size_t at = outer_word(s, 0, values);
	if (at == s.n || !is(&s.at[at + 1], "("))
		fail(in, q->line, "a set of query '%s': it has no VALUES (...)", q->name);
	size_t end = closing(s, at + 1);
	if (end + 1 < s.n && is(&s.at[end + 1], ","))
		fail(in, q->line, "a set of query '%s': it puts more than one row", q->name);
	struct statement rest = part(s, end + 1, s.n);
	if (has_param(rest))
		fail(in, q->line, "a set of query '%s': a parameter stands after VALUES (...)", q->name);
	span_text(q, part(s, 0, at), 'u', out);
	text_addz(out, " SELECT ");
	span_text(q, part(s, at + 2, end), 'u', out);
	text_addz(out, " FROM");
	rows_text(q, out);
	text_addz(out, rest.n ? " ORDER BY batch_item.number " : " ORDER BY batch_item.number");
	span_text(q, rest, 'u', out);
}

static void set_change(const struct input *in, struct query *q, struct statement s, struct text *out)
{
	static const char *const where[] = {"WHERE", NULL};
	size_t at = outer_word(s, 0, where);
	if (at == s.n || q->columns.n)
		fail(in, q->line, "a set of query '%s': it has no WHERE, or gives rows", q->name);
	span_text(q, part(s, 0, at), 'u', out);
	text_addz(out, is(&s.at[0], "DELETE") ? " USING" : " FROM");
	rows_text(q, out);
	text_addz(out, " ");
	span_text(q, part(s, at, s.n), 'u', out);
}

void set_text(const struct input *in, struct query *q, struct statement s)
{
	struct text *out = &q->postgres_set;
	if (is(&s.at[0], "SELECT"))
		set_select(q, s, out);
	else if (is(&s.at[0], "INSERT"))
		set_insert(in, q, s, out);
	else if (is(&s.at[0], "UPDATE") || is(&s.at[0], "DELETE"))
		set_change(in, q, s, out);
	else
		fail(in, q->line, "a set of query '%s': it begins with WITH", q->name);
}

/* INSERT INTO t (a, b) VALUES (:a, :b): nothing but its parameters, in order. */
void copy_text(const struct input *in, struct query *q, struct statement s)
{
	static const char *const values[] = {"VALUES", NULL};
	size_t at = outer_word(s, 0, values), number = 0;
	bool plain = is(&s.at[0], "INSERT") && at + 1 < s.n && closing(s, at + 1) + 1 == s.n;
	for (size_t i = at + 2; plain && i + 1 < s.n; i++) {
		if (s.at[i].kind == TYPE || is(&s.at[i], ","))
			continue;
		plain = s.at[i].kind == PARAM && param_number(q, &s.at[i]) == ++number;
	}
	if (!plain)
		fail(in, q->line, "a copy of query '%s': it is not INSERT INTO t (...) VALUES (its parameters)", q->name);
	text_addz(&q->postgres_copy, "COPY ");
	span_text(q, part(s, 2, at), '$', &q->postgres_copy);
	text_addz(&q->postgres_copy, " FROM STDIN (FORMAT binary)");
}

/* ---- tables ---- */

static bool words_at(struct statement s, size_t i, const char *a, const char *b, const char *c)
{
	return i + 2 < s.n && is(&s.at[i], a) && is(&s.at[i + 1], b) && is(&s.at[i + 2], c);
}

/* How many tokens of a CREATE TABLE stand before its options. */
static size_t table_options(const struct input *in, struct statement s)
{
	size_t open = 0;
	while (open < s.n && !is(&s.at[open], "("))
		open++;
	size_t end = closing(s, open);
	bool strict = false;
	for (size_t i = end + 1; i < s.n; i++) {
		strict = strict || is(&s.at[i], "STRICT");
		if (!is(&s.at[i], "STRICT") && !is(&s.at[i], ",") && !is(&s.at[i], "WITHOUT") && !is(&s.at[i], "ROWID"))
			fail(in, s.at[i].line, "'%.*s' is not a table option", (int)s.at[i].n, s.at[i].at);
	}
	if (!strict)
		fail(in, s.at[0].line, "CREATE TABLE without STRICT");
	return end + 1;
}

void ddl_text(const struct input *in, struct statement s, struct text *sqlite, struct text *postgres)
{
	bool table = is(&s.at[0], "CREATE") && is(&s.at[1], "TABLE");
	size_t options = table ? table_options(in, s) : s.n;
	size_t key = 0; /* PRIMARY KEY was written with INTEGER before it */
	for (size_t i = 0; i < s.n; i++) {
		const struct token *t = &s.at[i];
		word_add(sqlite, t->space, t->at, t->n);
		if (i >= options)
			continue;
		if (words_at(s, i, "INTEGER", "PRIMARY", "KEY")) {
			word_add(postgres, t->space, "BIGINT PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY", 51);
			key = i + 3;
		} else if (i >= key && is(t, "INTEGER")) {
			word_add(postgres, t->space, "BIGINT", 6);
		} else if (i >= key && is(t, "BLOB")) {
			word_add(postgres, t->space, "BYTEA", 5);
		} else if (i >= key) {
			word_add(postgres, t->space, t->at, t->n);
		}
	}
	text_addz(sqlite, ";\n");
	text_addz(postgres, ";\n");
}
