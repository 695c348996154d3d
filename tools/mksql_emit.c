/* SPDX-License-Identifier: EUPL-1.2
 * mksql_emit.c - write the C that stands for one SQL file: structs, a `struct
 * query` and a typed function for each query, the schema of its migrations, and
 * the list of queries. See doc/mksql.md for what the result looks like. */
#include "mksql.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool gives_rows(const struct query *q)
{
	return q->columns.n > 0;
}

static bool is_batch(const struct query *q)
{
	return q->shape == BATCH_ONE || q->shape == BATCH_EXEC;
}

/* Bytes as a C string literal. "??" would begin a trigraph. */
static void literal(struct text *out, const struct text *bytes)
{
	text_addz(out, "\"");
	for (size_t i = 0; i < bytes->n; i++) {
		char c = bytes->at[i];
		if (c == '\n')
			text_addz(out, "\\n");
		else if (c == '\t')
			text_addz(out, "\\t");
		else if (c == '"' || c == '\\' || c == '?')
			text_addf(out, "\\%c", c);
		else
			text_add(out, &c, 1);
	}
	text_addz(out, "\"");
}

/* ---- header ---- */

static void members(struct text *out, const struct fields *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->at[i];
		if (f->type == 'i' || f->type == 'I')
			text_addf(out, "\tint64_t %s;\n", f->name);
		else
			text_addf(out, "\tstruct str %s;\n", f->name);
		if (f->type == 'I')
			text_addf(out, "\tbool %s_null;\n", f->name);
	}
}

static void structs(struct text *out, const struct query *q)
{
	if (q->params.n) {
		text_addf(out, "struct sql_%s_in {\n", q->name);
		members(out, &q->params);
		text_addz(out, "};\n");
	}
	if (gives_rows(q)) {
		text_addf(out, "struct sql_%s {\n", q->name);
		members(out, &q->columns);
		text_addz(out, "};\n");
	}
	if (q->shape == MANY)
		text_addf(out, "struct sql_%s_rows {\n\tstruct sql_%s *at;\n\tsize_t n;\n};\n", q->name, q->name);
}

static void signature(struct text *out, const struct query *q)
{
	text_addf(out, "enum rc sql_%s(struct tx *tx", q->name);
	if (is_batch(q))
		text_addf(out, ", const struct sql_%s_in *in, size_t n", q->name);
	else if (q->params.n)
		text_addf(out, ", struct sql_%s_in in", q->name);
	if (q->shape == ONE || q->shape == BATCH_ONE)
		text_addf(out, ", struct sql_%s *ret", q->name);
	if (q->shape == BATCH_ONE)
		text_addz(out, ", bool *found");
	if (q->shape == MANY)
		text_addf(out, ", struct sql_%s_rows *ret", q->name);
	if (q->shape == EXEC)
		text_addz(out, ", int64_t *ret_changed");
	text_addz(out, ", struct err *err)");
}

void emit_header(const struct input *in, struct text *out)
{
	text_addf(out, "/* Made by tools/mksql from %s; do not edit. */\n#pragma once\n", in->path);
	text_addz(out, "#include \"store/query.h\"\n#include \"store/migrate.h\"\n\n");
	if (in->n_migrations)
		text_addf(out, "extern const struct schema %s_schema;\n", in->name);
	text_addf(out, "extern const struct query *const %s_queries[];\n", in->name);
	if (in->mark[0])
		text_addf(out, "extern const char %s_marks[];\n", in->name);
	for (size_t i = 0; i < in->n_queries; i++) {
		const struct query *q = &in->queries[i];
		text_addz(out, "\n");
		structs(out, q);
		if (q->about.n) {
			text_addz(out, "/* ");
			text_add(out, q->about.at, q->about.n);
			text_addz(out, " */\n");
		}
		text_addz(out, "MUST_USE ");
		signature(out, q);
		text_addz(out, ";\n");
	}
}

/* ---- body ---- */

static void letters(struct text *out, const struct fields *fields)
{
	for (size_t i = 0; i < fields->n; i++)
		text_add(out, &fields->at[i].type, 1);
}

/* Arrays go in; rows of a SELECT say which item they belong to. */
static void set_constant(struct text *out, const struct query *q)
{
	text_addf(out, "static const struct query q_%s_set = {\n\t.name = \"%s\",\n\t.postgres = ", q->name, q->name);
	literal(out, &q->postgres_set);
	text_addz(out, ",\n\t.params = \"");
	letters(out, &q->params);
	text_addz(out, "\",\n\t.columns = \"");
	letters(out, &q->columns);
	text_addf(out, "%s\",\n};\n\n", q->writes ? "" : "i");
}

static void constant(struct text *out, const struct input *in, const struct query *q)
{
	if (q->set)
		set_constant(out, q);
	text_addf(out, "static const struct query q_%s = {\n\t.name = \"%s\",\n\t.sqlite = ", q->name, q->name);
	literal(out, &q->sqlite);
	text_addz(out, ",\n\t.postgres = ");
	literal(out, &q->postgres);
	text_addz(out, ",\n\t.params = \"");
	letters(out, &q->params);
	text_addz(out, "\",\n\t.columns = \"");
	letters(out, &q->columns);
	text_addz(out, "\",\n");
	if (q->set)
		text_addf(out, "\t.set = &q_%s_set,\n", q->name);
	if (q->later)
		text_addz(out, "\t.later = true,\n");
	if (q->copy) {
		text_addz(out, "\t.copy = ");
		literal(out, &q->postgres_copy);
		text_addz(out, ",\n");
	}
	if (q->writes && !q->quiet && in->mark[0])
		text_addf(out, "\t.marks = %s_marks,\n", in->name);
	text_addz(out, "};\n\n");
}

/* Parameters into values. */
static void put(struct text *out, const struct query *q)
{
	if (q->params.n == 0)
		return;
	text_addf(out, "static void put_%s(const struct sql_%s_in *in, struct value *v)\n{\n", q->name, q->name);
	for (size_t i = 0; i < q->params.n; i++) {
		const struct field *f = &q->params.at[i];
		text_addf(out, "\tv[%zu] = (struct value){", i);
		switch (f->type) {
		case 'i': text_addf(out, ".i = in->%s", f->name); break;
		case 'I': text_addf(out, ".i = in->%s, .null = in->%s_null", f->name, f->name); break;
		case 't':
		case 'b': text_addf(out, ".s = in->%s", f->name); break;
		default: text_addf(out, ".s = in->%s, .null = !in->%s.at", f->name, f->name); break;
		}
		text_addz(out, "};\n");
	}
	text_addz(out, "}\n\n");
}

/* Values into a row. */
static void take(struct text *out, const struct query *q)
{
	if (!gives_rows(q))
		return;
	text_addf(out, "static void take_%s(const struct value *v, struct sql_%s *row)\n{\n", q->name, q->name);
	for (size_t i = 0; i < q->columns.n; i++) {
		const struct field *f = &q->columns.at[i];
		text_addf(out, "\trow->%s = v[%zu].%c;\n", f->name, i, f->type == 'i' || f->type == 'I' ? 'i' : 's');
		if (f->type == 'I')
			text_addf(out, "\trow->%s_null = v[%zu].null;\n", f->name, i);
	}
	text_addz(out, "}\n\n");
}

static void put_call(struct text *out, const struct query *q)
{
	if (q->params.n)
		text_addf(out, "\tstruct value put[%zu];\n\tput_%s(&in, put);\n", q->params.n, q->name);
}

static const char *put_name(const struct query *q)
{
	return q->params.n ? "put" : "NULL";
}

static void body_one(struct text *out, const struct query *q)
{
	put_call(out, q);
	text_addf(out, "\tstruct value got[%zu];\n", q->columns.n);
	text_addf(out, "\tTRY(query_one(tx, &q_%s, %s, got, err));\n", q->name, put_name(q));
	text_addf(out, "\ttake_%s(got, ret);\n\treturn RC_OK;\n", q->name);
}

static void body_many(struct text *out, const struct query *q)
{
	put_call(out, q);
	text_addz(out, "\tstruct value *got;\n\tsize_t n;\n");
	text_addf(out, "\tTRY(query_many(tx, &q_%s, %s, %ld, &got, &n, err));\n", q->name, put_name(q), q->max);
	text_addf(out, "\tstruct sql_%s *rows = n ? ARENA_ARRAY(tx_arena(tx), n, struct sql_%s) : NULL;\n", q->name,
	          q->name);
	text_addz(out, "\tif (n && !rows)\n\t\treturn query_no_room(&q_");
	text_addf(out, "%s, err);\n", q->name);
	text_addf(out, "\tfor (size_t i = 0; i < n; i++)\n\t\ttake_%s(got + i * %zu, &rows[i]);\n", q->name,
	          q->columns.n);
	text_addf(out, "\t*ret = (struct sql_%s_rows){rows, n};\n\treturn RC_OK;\n", q->name);
}

static void body_exec(struct text *out, const struct query *q)
{
	put_call(out, q);
	text_addf(out, "\treturn query_exec(tx, &q_%s, %s, ret_changed, err);\n", q->name, put_name(q));
}

static void body_batch(struct text *out, const struct query *q)
{
	bool rows = gives_rows(q);
	text_addf(out,
	          "\tif (n == 0)\n\t\treturn RC_OK;\n"
	          "\tstruct value *put = arena_array(tx_arena(tx), n, sizeof(struct value[%zu]));\n",
	          q->params.n);
	if (rows)
		text_addf(out, "\tstruct value *got = arena_array(tx_arena(tx), n, sizeof(struct value[%zu]));\n",
		          q->columns.n);
	text_addf(out, "\tif (!put%s)\n\t\treturn query_no_room(&q_%s, err);\n", rows ? " || !got" : "", q->name);
	text_addf(out, "\tfor (size_t i = 0; i < n; i++)\n\t\tput_%s(&in[i], put + i * %zu);\n", q->name, q->params.n);
	if (!rows) {
		text_addf(out, "\treturn query_batch(tx, &q_%s, n, put, NULL, NULL, err);\n", q->name);
		return;
	}
	text_addf(out, "\tTRY(query_batch(tx, &q_%s, n, put, got, found, err));\n", q->name);
	text_addf(out, "\tfor (size_t i = 0; i < n; i++)\n\t\ttake_%s(got + i * %zu, &ret[i]);\n\treturn RC_OK;\n",
	          q->name, q->columns.n);
}

static void function(struct text *out, const struct query *q)
{
	signature(out, q);
	text_addz(out, "\n{\n");
	switch (q->shape) {
	case ONE: body_one(out, q); break;
	case MANY: body_many(out, q); break;
	case EXEC: body_exec(out, q); break;
	case BATCH_ONE:
	case BATCH_EXEC: body_batch(out, q); break;
	}
	text_addz(out, "}\n\n");
}

static void schema(struct text *out, const struct input *in)
{
	if (in->n_migrations == 0)
		return;
	text_addf(out, "static const struct migration steps[] = {\n");
	for (size_t i = 0; i < in->n_migrations; i++) {
		text_addf(out, "\t{.number = %zu,\n\t .sqlite = ", i + 1);
		literal(out, &in->migrations[i].sqlite);
		text_addz(out, ",\n\t .postgres = ");
		literal(out, &in->migrations[i].postgres);
		text_addz(out, "},\n");
	}
	text_addf(out, "};\n\nconst struct schema %s_schema = {\"%s\", steps, %zu};\n\n", in->name, in->name,
	          in->n_migrations);
}

void emit_body(const struct input *in, const char *header_path, struct text *out)
{
	const char *slash = strrchr(header_path, '/');
	text_addf(out, "/* Made by tools/mksql from %s; do not edit. */\n", in->path);
	text_addf(out, "#include \"%s\"\n\n", slash ? slash + 1 : header_path);
	if (in->mark[0])
		text_addf(out, "const char %s_marks[] = \"%s\";\n\n", in->name, in->mark);
	for (size_t i = 0; i < in->n_queries; i++) {
		const struct query *q = &in->queries[i];
		constant(out, in, q);
		put(out, q);
		take(out, q);
		function(out, q);
	}
	schema(out, in);
	text_addf(out, "const struct query *const %s_queries[] = {\n", in->name);
	for (size_t i = 0; i < in->n_queries; i++)
		text_addf(out, "\t&q_%s,\n", in->queries[i].name);
	text_addz(out, "\tNULL,\n};\n");
}

/* ---- files ---- */

static bool write_beside(const char *path, const struct text *text, char *name, size_t max)
{
	if ((size_t)snprintf(name, max, "%s.%ld.new", path, (long)getpid()) >= max)
		return false;
	FILE *f = fopen(name, "wb");
	if (!f)
		return false;
	bool ok = fwrite(text->at, 1, text->n, f) == text->n;
	return fclose(f) == 0 && ok;
}

bool files_write(const char *header_path, const struct text *header, const char *body_path, const struct text *body)
{
	char new_header[4096] = "", new_body[4096] = "";
	if (write_beside(header_path, header, new_header, sizeof new_header) &&
	    write_beside(body_path, body, new_body, sizeof new_body) && rename(new_header, header_path) == 0 &&
	    rename(new_body, body_path) == 0)
		return true;
	perror(header_path);
	unlink(new_header);
	unlink(new_body);
	return false;
}
