/* SPDX-License-Identifier: EUPL-1.2
 * mksql.h - what the reading half (mksql.c) hands to the writing half
 * (mksql_emit.c): the queries and migrations of one SQL file. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define NAME_MAX_LEN 64
#define FIELDS_MAX 64      /* QUERY_FIELDS_MAX of store/query.h */
#define STATEMENT_MAX 2000 /* words in one statement */
#define ROWS_DEFAULT 1000
#define ROWS_MAX 1000000

/* Bytes that grow; always NUL-terminated once something was added. */
struct text {
	char *at;
	size_t n, cap;
};
void text_add(struct text *t, const char *at, size_t n);
void text_addz(struct text *t, const char *z);
void text_addf(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

enum kind { WORD, NUMBER, STRING, SIGN, PARAM, TYPE, NOTE, END };
struct token {
	enum kind kind;
	const char *at;
	size_t n;
	int line;
	bool space; /* something stood between it and the token before */
	bool used;  /* a TYPE that found its parameter or column */
};
struct statement {
	struct token *at;
	size_t n;
	bool ddl;
};

struct field {
	char name[NAME_MAX_LEN];
	char type; /* i t b, capital: may be NULL */
};
struct fields {
	struct field at[FIELDS_MAX];
	size_t n;
};
enum shape { ONE, MANY, EXEC, BATCH_ONE, BATCH_EXEC };
struct query {
	char name[NAME_MAX_LEN];
	int line;
	enum shape shape;
	long max;         /* rows of MANY */
	const char *lock; /* NULL: none */
	bool quiet;       /* writes without moving the file's mark */
	bool writes;
	bool set, later, copy; /* -- set: -- later: -- copy: */
	struct text about, sqlite, postgres, postgres_set, postgres_copy;
	struct fields params, columns;
};
struct migration {
	struct text sqlite, postgres;
};
struct input {
	const char *path;
	char name[NAME_MAX_LEN]; /* of the file, without .sql */
	char mark[NAME_MAX_LEN]; /* that its writing queries move; "": none */
	struct token *tokens;
	size_t n, at;
	struct query *queries;
	size_t n_queries;
	struct migration *migrations;
	size_t n_migrations;
};

/* Ends the program with status 1. */
_Noreturn void fail(const struct input *in, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* ---- tokens (mksql.c) ---- */
bool is(const struct token *t, const char *word);
bool is_any(const struct token *t, const char *const *words);
struct field *field_find(struct fields *fields, const char *name);
/* First of `words` outside all parentheses, from token `from` on; s.n when there is none. */
size_t outer_word(struct statement s, size_t from, const char *const *words);
/* Of the parenthesis at `open`. */
size_t closing(struct statement s, size_t open);
extern const char *const verbs[]; /* SELECT, INSERT, UPDATE, DELETE */

/* ---- the text for each engine (mksql_text.c) ---- */
/* `mark` is '?' for SQLite and '$' for PostgreSQL. */
void query_text(struct query *q, struct statement s, char mark, struct text *out);
void set_text(const struct input *in, struct query *q, struct statement s);
void copy_text(const struct input *in, struct query *q, struct statement s);
void ddl_text(const struct input *in, struct statement s, struct text *sqlite, struct text *postgres);

void emit_header(const struct input *in, struct text *out);
void emit_body(const struct input *in, const char *header_path, struct text *out);
/* Both files or neither; says why not. */
bool files_write(const char *header_path, const struct text *header, const char *body_path, const struct text *body);
