/* SPDX-License-Identifier: EUPL-1.2
 * tools/mkpage.h - what the two halves of mkpage share: mkpage.c reads declarations
 * and marks and writes C, mkpage_html.c knows where in the HTML a mark stands. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define NAME_MAX_N 40
#define FIELDS_MAX 100
#define SCOPES_MAX 40
#define DEPTH_MAX 16
#define FILE_MAX (1 << 20)
#define LEN(a) (sizeof(a) / sizeof *(a))

/* ---- what the page declares ---- */
enum type { TYPE_TEXT, TYPE_FLAG, TYPE_INT, TYPE_HTML, TYPE_URL, TYPE_LIST };

struct field {
	enum type type;
	char name[NAME_MAX_N];
	struct scope *rows; /* TYPE_LIST */
};

struct scope {
	char row[NAME_MAX_N]; /* "" for the page itself */
	struct scope *around;
	struct field fields[FIELDS_MAX];
	int n;
};

/* ---- where in the HTML we are ---- */
enum place {
	AT_TEXT,
	AT_TAG_NAME,
	AT_TAG, /* between attributes */
	AT_ATTR_NAME,
	AT_ATTR_DONE, /* one branch ended in an attribute name: a blank or '>' must follow */
	AT_BEFORE_VALUE,
	AT_VALUE, /* in double quotes */
	AT_VALUE_SINGLE,
	AT_VALUE_BARE,
	AT_RAW, /* script, style, title, textarea: until their end tag */
	AT_DECL /* <!doctype ...> */
};

struct spot {
	enum place place;
	bool closing, value_begun, pre;
	bool after_block; /* white space here touches a block tag or the start */
	char tag[NAME_MAX_N], attr[NAME_MAX_N];
};

enum word { WORD_IF, WORD_EACH };

struct open_block {
	enum word word;
	int line;
	bool has_else;
	struct spot at_open, at_else;
	struct scope *scope; /* to go back to */
};

struct page {
	const char *file, *at, *end, *start;
	char name[NAME_MAX_N], about[400];
	struct scope scopes[SCOPES_MAX];
	int scopes_n;
	struct scope *now;
	int depth; /* rows around us: r1, r2, ... */
	struct spot spot;
	struct open_block open[DEPTH_MAX];
	int open_n;
	FILE *body;
	char *lit; /* literal bytes not yet written */
	size_t lit_n;
	int indent;
};
extern struct page pg;

/* mkpage.c */
_Noreturn void die(const char *at, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool at_is(const char *at, const char *word);
/* One byte of the page as it will be written. */
void literal(char c);

/* mkpage_html.c */
/* Move the machine over one byte of the template. */
void step(const char *at, char c);
/* At pg.at: swallow a run of white space that holds a line end. */
bool fold_blank(void);
/* At pg.at: swallow a comment. */
bool skip_comment(void);
bool one_of(const char *word, const char *const *words, size_t n);
#define ONE_OF(word, words) one_of((word), (words), LEN(words))
