/* SPDX-License-Identifier: EUPL-1.2
 * pdf/naskah_inside.h - a parsed text, for the files of naskah alone. */
#pragma once
#include "pdf/naskah.h"

enum node_kind {
	NODE_BLOCK, /* `block` says which */
	NODE_IF,
	NODE_ELSE,
	NODE_EACH,
	NODE_END
};

/* A run that is words. */
#define FIELD_NONE SIZE_MAX
/* Behind the fields: a list itself, true when it has rows. */
#define FIELD_LIST(i) (SIZE_MAX - 1 - (i))
static inline bool field_is_list(size_t field)
{
	return field != FIELD_NONE && field > SIZE_MAX - 2 - NASKAH_LISTS_MAX;
}
static inline size_t field_list(size_t field)
{
	return SIZE_MAX - 1 - field;
}

struct run {
	struct str text;
	size_t field;
	bool bold;
	bool optional; /* an empty field leaves nothing */
};
struct node_cell {
	size_t run, runs_n;
	enum pdf_side side;
	int width;
};
struct node {
	enum node_kind kind;
	enum pdf_kind block;
	int line;
	char mark;
	int number;
	bool loose;
	size_t cell, cells_n;
	size_t field; /* of {{if}} and {{each}} */
	struct {
		enum pdf_chart_kind kind;
		size_t list, label, value, limit; /* fields of that list; limit FIELD_NONE: there is none */
	} chart;
	bool negated;
	size_t other; /* {{if}} -> {{else}} or {{end}}; {{else}}, {{each}} -> {{end}} */
};
struct naskah {
	const struct naskah_names *names;
	struct node *nodes;
	struct node_cell *cells;
	struct run *runs;
	size_t nodes_n, nodes_max, cells_n, cells_max, runs_n, runs_max;
};

/* ---- one line of words, naskah_run.c ---- */

struct parse {
	struct naskah *to;
	struct err *err;
	int line;
	const struct naskah_list *each; /* inside its {{each}}; NULL: inside none */
	bool bold;  /* ** is open */
	bool loose; /* a blank line stood before */
};

/* Append the runs of `text`. Bold may stay open: the next line of a paragraph goes on. */
MUST_USE enum rc naskah_runs(struct parse *parse, struct str text);
/* The end of a paragraph or a cell: RC_INVALID when ** is still open. */
MUST_USE enum rc naskah_runs_end(struct parse *parse);
/* `name` as it stands in {{name}} or {{if name}}. */
MUST_USE enum rc naskah_name(struct parse *parse, struct str name, size_t *ret);
/* The words behind @grafik. */
MUST_USE enum rc naskah_chart(struct parse *parse, struct str words, struct node *ret);
/* The chart of a node; *ret NULL: its list has no rows. */
MUST_USE enum rc naskah_chart_fill(const struct node *node, const struct naskah_names *names, const struct naskah_values *values,
                                   struct arena *arena, const struct pdf_chart **ret);
/* One more run, cell, node; RC_LIMIT past the count made beforehand. */
MUST_USE enum rc naskah_add_run(struct parse *parse, struct run run);

#define NASKAH_FAIL(parse, ...) err_same(RC_INVALID, naskah_wrong((parse), __VA_ARGS__))
enum rc naskah_wrong(struct parse *parse, const char *fmt, ...) PRINTF_LIKE(2, 3);
