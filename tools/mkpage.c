/* SPDX-License-Identifier: EUPL-1.2
 * tools/mkpage.c - an HTML template becomes a typed struct and a writer.
 *
 *   mkpage IN.html OUT.h OUT.c          (the language: doc/mkpage.md)
 *
 * One pass: the declarations in the leading <!--page ... --> comment fill a tree of
 * scopes; then the body is walked byte by byte through a small HTML state machine
 * while C is written into memory. The machine knows at every {{field}} whether it
 * stands in text, in a quoted attribute (and which), or somewhere no escaping is
 * safe; that is what refuses a field in a script, an unquoted or an on... attribute.
 * The branches of an {{if}} must leave the machine where they found it, so the
 * answer holds whatever branch runs.
 *
 * A mistake is `file:line: message`, exit 1, and neither output file is touched. */
#include "mkpage.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct page pg;

static int line_at(const char *at)
{
	int line = 1;
	for (const char *p = pg.start; p < at; p++)
		line += *p == '\n';
	return line;
}

_Noreturn void die(const char *at, const char *fmt, ...)
{
	va_list ap;
	fprintf(stderr, "%s:%d: ", pg.file, at ? line_at(at) : 1);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

/* ---- names ---- */
static const char *const type_words[] = {"text", "flag", "int", "html", "url", "list"};

static const char *const reserved[] = {
        "auto",   "break",    "case",     "char",   "const",  "continue", "default", "do",       "double",   "else",   "enum",
        "extern", "float",    "for",      "goto",   "if",     "inline",   "int",     "long",     "register", "return", "short",
        "signed", "sizeof",   "static",   "struct", "switch", "typedef",  "union",   "unsigned", "void",     "while",  "asm",
        "typeof", "restrict", "volatile", "bool",   "true",   "false",    "not",     "each",     "end",      "unix",   "linux",
};

static bool is_name(const char *at, size_t n)
{
	if (n == 0 || n >= NAME_MAX_N || !islower((unsigned char)at[0]))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!islower((unsigned char)at[i]) && !isdigit((unsigned char)at[i]) && at[i] != '_')
			return false;
	for (size_t i = 0; i < LEN(reserved); i++)
		if (strlen(reserved[i]) == n && memcmp(reserved[i], at, n) == 0)
			return false;
	return true;
}

static struct field *field_in(struct scope *scope, const char *name)
{
	for (int i = 0; i < scope->n; i++)
		if (strcmp(scope->fields[i].name, name) == 0)
			return &scope->fields[i];
	return NULL;
}

/* ---- declarations ---- */
static char *next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " \t\r");
	char *end = word + strcspn(word, " \t\r");
	*rest = *end ? end + 1 : end;
	*end = 0;
	return word;
}

static struct scope *scope_new(const char *at, const char *row)
{
	for (int i = 0; i < pg.scopes_n; i++)
		if (strcmp(pg.scopes[i].row, row) == 0)
			die(at, "row '%s' is declared twice", row);
	if (pg.scopes_n == SCOPES_MAX)
		die(at, "more than %d lists", SCOPES_MAX - 1);
	struct scope *scope = &pg.scopes[pg.scopes_n++];
	snprintf(scope->row, sizeof scope->row, "%s", row);
	scope->around = pg.now;
	return scope;
}

static struct field *field_new(const char *at, enum type type, const char *name)
{
	char count[NAME_MAX_N + 2];
	if (!is_name(name, strlen(name)))
		die(at, "'%s' is not a field name (a-z, 0-9, _; no word of C)", name);
	if (field_in(pg.now, name))
		die(at, "field '%s' is declared twice", name);
	snprintf(count, sizeof count, "%s_n", name);
	size_t n = strlen(name);
	for (int i = 0; i < pg.now->n; i++) {
		const struct field *f = &pg.now->fields[i];
		bool taken = type == TYPE_LIST && strcmp(f->name, count) == 0;
		bool takes = f->type == TYPE_LIST && n > 2 && strcmp(name + n - 2, "_n") == 0 && strlen(f->name) == n - 2 &&
		             memcmp(f->name, name, n - 2) == 0;
		if (taken || takes)
			die(at, "'%s' and '%s' would share a member", name, f->name);
	}
	if (pg.now->n == FIELDS_MAX)
		die(at, "more than %d fields", FIELDS_MAX);
	struct field *f = &pg.now->fields[pg.now->n++];
	f->type = type;
	snprintf(f->name, sizeof f->name, "%s", name);
	return f;
}

static void declare_list(const char *at, char *rest)
{
	char *row = next_word(&rest), *name = next_word(&rest);
	if (!is_name(row, strlen(row)))
		die(at, "'%s' is not a row name", row);
	struct field *f = field_new(at, TYPE_LIST, name);
	f->rows = scope_new(at, row);
	pg.now = f->rows;
}

static void declare(const char *at, char *line)
{
	char *rest = line;
	if (strncmp(line + strspn(line, " \t"), "about:", 6) == 0) {
		size_t n = strlen(pg.about);
		snprintf(pg.about + n, sizeof pg.about - n, "%s", line + strspn(line, " \t") + 6);
		return;
	}
	char *word = next_word(&rest);
	if (!*word)
		return;
	if (strcmp(word, "end") == 0) {
		if (!pg.now->around)
			die(at, "'end' without 'list'");
		if (pg.now->n == 0)
			die(at, "list of '%s' has no fields", pg.now->row);
		pg.now = pg.now->around;
		return;
	}
	for (size_t i = 0; i < LEN(type_words); i++) {
		if (strcmp(word, type_words[i]) != 0)
			continue;
		if (i == TYPE_LIST)
			declare_list(at, rest);
		else
			field_new(at, (enum type)i, next_word(&rest));
		return;
	}
	die(at, "'%s' is not one of text, flag, int, html, url, list, end", word);
}

bool at_is(const char *at, const char *word)
{
	size_t n = strlen(word);
	return (size_t)(pg.end - at) >= n && memcmp(at, word, n) == 0;
}

/* White space and comments may stand before <!--page. */
static void skip_to_header(void)
{
	for (;;) {
		while (pg.at < pg.end && isspace((unsigned char)*pg.at))
			pg.at++;
		if (at_is(pg.at, "<!--page "))
			return;
		if (!at_is(pg.at, "<!--"))
			die(pg.at, "a template begins with <!--page NAME");
		const char *close = memmem(pg.at, (size_t)(pg.end - pg.at), "-->", 3);
		if (!close)
			die(pg.at, "comment without -->");
		pg.at = close + 3;
	}
}

static void read_header(void)
{
	skip_to_header();
	const char *close = memmem(pg.at, (size_t)(pg.end - pg.at), "-->", 3);
	if (!close)
		die(pg.at, "<!--page without -->");
	pg.now = scope_new(pg.at, "");
	pg.at += strlen("<!--page ");
	for (bool first = true; pg.at < close; first = false) {
		const char *eol = memchr(pg.at, '\n', (size_t)(close - pg.at));
		if (!eol)
			eol = close;
		char line[400];
		if ((size_t)(eol - pg.at) >= sizeof line)
			die(pg.at, "declaration longer than %zu bytes", sizeof line - 1);
		snprintf(line, sizeof line, "%.*s", (int)(eol - pg.at), pg.at);
		char *rest = line;
		if (!first) {
			declare(pg.at, line);
		} else {
			char *name = next_word(&rest);
			if (!is_name(name, strlen(name)))
				die(pg.at, "'%s' is not a page name", name);
			snprintf(pg.name, sizeof pg.name, "%s", name);
		}
		pg.at = eol < close ? eol + 1 : close;
	}
	if (pg.now->around)
		die(close, "list of '%s' has no 'end'", pg.now->row);
	pg.at = close + 3;
}

/* ---- writing C ---- */
static void tabs(FILE *to)
{
	for (int i = 0; i <= pg.indent; i++)
		fputc('\t', to);
}

static void put_c_char(FILE *to, unsigned char c)
{
	if (c == '"' || c == '\\')
		fprintf(to, "\\%c", c);
	else if (c == '\n')
		fputs("\\n", to);
	else if (c < 0x20 || c >= 0x7f)
		fprintf(to, "\\%03o", c);
	else
		fputc(c, to);
}

static void flush_literal(void)
{
	if (pg.lit_n == 0)
		return;
	tabs(pg.body);
	fputs("buf_add(out, S(\"", pg.body);
	for (size_t i = 0, col = 0; i < pg.lit_n; i++, col++) {
		if (col >= 96 && i + 1 < pg.lit_n) {
			fputs("\"\n", pg.body);
			tabs(pg.body);
			fputs("\t\"", pg.body);
			col = 0;
		}
		put_c_char(pg.body, (unsigned char)pg.lit[i]);
	}
	fputs("\"));\n", pg.body);
	pg.lit_n = 0;
}

void literal(char c)
{
	pg.lit[pg.lit_n++] = c; /* as large as the file */
}

/* "page" or "r2", whose member `f` is. */
static void put_owner(FILE *to, int depth)
{
	if (depth == 0)
		fputs("page", to);
	else
		fprintf(to, "r%d", depth);
}

static void put_struct(FILE *to, const struct scope *scope)
{
	fprintf(to, "struct page_%s%s%s", pg.name, scope->row[0] ? "_" : "", scope->row);
}

/* ---- fields ---- */
static const char *const url_attrs[] = {"href", "action", "src"};
static const char *const refused_attrs[] = {
        "style",      "srcdoc",     "formaction",  "poster",   "cite",    "background", "data",    "manifest", "ping",    "srcset",
        "xlink:href", "http-equiv", "imagesrcset", "codebase", "classid", "longdesc",   "profile", "usemap",   "archive",
};

/* The name, from the innermost row outwards; *ret_depth says whose it is. */
static struct field *find_field(const char *at, const char *name, int *ret_depth)
{
	int depth = pg.depth;
	for (struct scope *scope = pg.now; scope; scope = scope->around, depth--) {
		struct field *f = field_in(scope, name);
		*ret_depth = depth;
		if (f)
			return f;
	}
	die(at, "no field '%s' here", name);
}

static void check_attr(const char *at, const struct field *f)
{
	const struct spot *spot = &pg.spot;
	if (strncmp(spot->attr, "on", 2) == 0)
		die(at, "a field in the event attribute '%s' cannot be made safe", spot->attr);
	if (ONE_OF(spot->attr, refused_attrs))
		die(at, "a field in the attribute '%s' cannot be made safe", spot->attr);
	if (strcmp(spot->tag, "meta") == 0 && strcmp(spot->attr, "content") == 0 && f->type != TYPE_INT)
		die(at, "only an int may stand in the content of <meta>");
	bool is_url = ONE_OF(spot->attr, url_attrs);
	if (is_url && f->type != TYPE_URL)
		die(at, "'%s' takes a url, '%s' is a %s", spot->attr, f->name, type_words[f->type]);
	if (!is_url && f->type == TYPE_URL)
		die(at, "url '%s' may only stand in href, action or src", f->name);
	if (is_url && spot->value_begun)
		die(at, "url '%s' must begin the value of '%s'", f->name, spot->attr);
	if (f->type == TYPE_HTML)
		die(at, "html '%s' cannot stand in an attribute", f->name);
}

static void check_place(const char *at, const struct field *f)
{
	const char *tag = pg.spot.tag;
	switch (pg.spot.place) {
	case AT_TEXT:
		if (f->type == TYPE_URL)
			die(at, "url '%s' may only stand in href, action or src", f->name);
		return;
	case AT_VALUE: check_attr(at, f); return;
	case AT_RAW:
		if (strcmp(tag, "title") != 0 && strcmp(tag, "textarea") != 0)
			die(at, "a field inside <%s> cannot be made safe", tag);
		if (f->type != TYPE_TEXT && f->type != TYPE_INT)
			die(at, "only a text or an int may stand in <%s>", tag);
		return;
	case AT_TAG_NAME:
	case AT_TAG:
	case AT_ATTR_NAME:
	case AT_ATTR_DONE: die(at, "a field cannot make a tag or attribute name");
	case AT_BEFORE_VALUE:
	case AT_VALUE_BARE: die(at, "put the value of '%s' in double quotes", pg.spot.attr);
	case AT_VALUE_SINGLE: die(at, "a field needs double quotes, '%s' has single ones", pg.spot.attr);
	case AT_DECL: die(at, "a field inside <!...>");
	}
}

static void write_field(const char *at, const char *name)
{
	int depth;
	struct field *f = find_field(at, name, &depth);
	if (f->type == TYPE_LIST || f->type == TYPE_FLAG)
		die(at, "%s '%s' has no text of its own; use {{%s %s}}", type_words[f->type], name,
		    f->type == TYPE_LIST ? "each" : "if", name);
	check_place(at, f);
	flush_literal();
	tabs(pg.body);
	fprintf(pg.body, "%s(out, ", f->type == TYPE_INT ? "buf_add_int" : f->type == TYPE_HTML ? "buf_add" : "buf_add_html");
	put_owner(pg.body, depth);
	fprintf(pg.body, "->%s%s);\n", name, f->type == TYPE_HTML || f->type == TYPE_URL ? ".s" : "");
	pg.spot.value_begun = true;
	pg.spot.after_block = false;
}

/* ---- if, each, else, end ---- */
static void check_control(const char *at)
{
	enum place p = pg.spot.place;
	bool name_ok = p == AT_TAG_NAME && !pg.spot.closing && pg.spot.tag[0];
	bool raw_ok = p == AT_RAW && (strcmp(pg.spot.tag, "title") == 0 || strcmp(pg.spot.tag, "textarea") == 0);
	if (p != AT_TEXT && p != AT_TAG && p != AT_ATTR_NAME && p != AT_ATTR_DONE && p != AT_VALUE && !raw_ok && !name_ok)
		die(at, "{{...}} cannot stand here");
}

static struct open_block *block_open(const char *at, enum word word)
{
	if (pg.open_n == DEPTH_MAX)
		die(at, "nested deeper than %d", DEPTH_MAX);
	if (pg.spot.place == AT_ATTR_NAME || pg.spot.place == AT_TAG_NAME)
		pg.spot.place = AT_ATTR_DONE; /* <option{{if ...}} selected{{end}}> */
	struct open_block *b = &pg.open[pg.open_n++];
	*b = (struct open_block){.word = word, .line = line_at(at), .at_open = pg.spot, .scope = pg.now};
	return b;
}

static void write_if(const char *at, char *rest)
{
	char *name = next_word(&rest);
	bool not = strcmp(name, "not") == 0;
	if (not )
		name = next_word(&rest);
	if (*next_word(&rest))
		die(at, "{{if}} takes one field");
	static const char *const test[] = {".n != 0", "", " != 0", ".s.n != 0", ".s.n != 0", "_n != 0"};
	int depth;
	struct field *f = find_field(at, name, &depth);
	flush_literal();
	block_open(at, WORD_IF);
	tabs(pg.body);
	fprintf(pg.body, "if (%s", not ? "!(" : "");
	put_owner(pg.body, depth);
	fprintf(pg.body, "->%s%s%s) {\n", name, test[f->type], not ? ")" : "");
	pg.indent++;
}

static void write_each(const char *at, char *rest)
{
	char *name = next_word(&rest);
	if (*next_word(&rest))
		die(at, "{{each}} takes one list");
	int depth;
	struct field *f = find_field(at, name, &depth);
	if (f->type != TYPE_LIST)
		die(at, "'%s' is a %s, not a list", name, type_words[f->type]);
	if (depth != pg.depth)
		die(at, "list '%s' belongs to a row further out; rows are walked from their own", name);
	flush_literal();
	block_open(at, WORD_EACH);
	int row = ++pg.depth;
	tabs(pg.body);
	fprintf(pg.body, "for (size_t i%d = 0; i%d < ", row, row);
	put_owner(pg.body, depth);
	fprintf(pg.body, "->%s_n; i%d++) {\n", name, row);
	pg.indent++;
	tabs(pg.body);
	fputs("const ", pg.body);
	put_struct(pg.body, f->rows);
	fprintf(pg.body, " *r%d = &", row);
	put_owner(pg.body, depth);
	fprintf(pg.body, "->%s[i%d];\n", name, row);
	tabs(pg.body);
	fprintf(pg.body, "(void)r%d;\n", row);
	pg.now = f->rows;
}

static bool in_tag(enum place p)
{
	return p == AT_TAG || p == AT_ATTR_NAME || p == AT_ATTR_DONE;
}

/* Both ways to get here must stand at the same place. */
static void merge(const char *at, const struct open_block *b, struct spot other)
{
	struct spot *mine = &pg.spot;
	bool same = mine->place == other.place || (in_tag(mine->place) && in_tag(other.place));
	bool tag_matters = other.place != AT_TEXT;
	bool attr_matters = other.place == AT_VALUE;
	if (!same || (tag_matters && strcmp(mine->tag, other.tag) != 0) || (attr_matters && strcmp(mine->attr, other.attr) != 0) ||
	    mine->pre != other.pre)
		die(at, "the branches of {{%s}} (line %d) do not end at the same place in the HTML",
		    b->word == WORD_IF ? "if" : "each", b->line);
	if (in_tag(mine->place) && (mine->place != AT_TAG || other.place != AT_TAG))
		mine->place = AT_ATTR_DONE;
	mine->value_begun |= other.value_begun;
	mine->after_block &= other.after_block;
}

static void write_else(const char *at)
{
	struct open_block *b = pg.open_n ? &pg.open[pg.open_n - 1] : NULL;
	if (!b || b->word != WORD_IF || b->has_else)
		die(at, "{{else}} without {{if}}");
	flush_literal();
	b->has_else = true;
	b->at_else = pg.spot;
	pg.spot = b->at_open;
	pg.indent--;
	tabs(pg.body);
	fputs("} else {\n", pg.body);
	pg.indent++;
}

static void write_end(const char *at)
{
	if (pg.open_n == 0)
		die(at, "{{end}} without {{if}} or {{each}}");
	flush_literal();
	struct open_block *b = &pg.open[--pg.open_n];
	merge(at, b, b->has_else ? b->at_else : b->at_open);
	if (b->word == WORD_EACH)
		pg.depth--;
	pg.now = b->scope;
	pg.indent--;
	tabs(pg.body);
	fputs("}\n", pg.body);
}

static bool note(const char *at)
{
	if (!at_is(at, "{{--"))
		return false;
	const char *close = memmem(at, (size_t)(pg.end - at), "--}}", 4);
	if (!close)
		die(at, "{{-- without --}}");
	pg.at = close + 4;
	return true;
}

static void mark(void)
{
	const char *at = pg.at;
	if (note(at))
		return;
	const char *close = memmem(at, (size_t)(pg.end - at), "}}", 2);
	char inside[200];
	if (!close || memchr(at, '\n', (size_t)(close - at)))
		die(at, "{{ without }} on the same line");
	if ((size_t)(close - at - 2) >= sizeof inside)
		die(at, "{{...}} longer than %zu bytes", sizeof inside - 1);
	snprintf(inside, sizeof inside, "%.*s", (int)(close - at - 2), at + 2);
	char *rest = inside, *word = next_word(&rest);
	bool control =
	        strcmp(word, "if") == 0 || strcmp(word, "each") == 0 || strcmp(word, "else") == 0 || strcmp(word, "end") == 0;
	if (control)
		check_control(at);
	if (strcmp(word, "if") == 0)
		write_if(at, rest);
	else if (strcmp(word, "each") == 0)
		write_each(at, rest);
	else if (*next_word(&rest))
		die(at, "'{{%s ...}}' is neither a field nor if, each, else, end", word);
	else if (strcmp(word, "else") == 0)
		write_else(at);
	else if (strcmp(word, "end") == 0)
		write_end(at);
	else
		write_field(at, word);
	pg.at = close + 2;
}

static void read_body(void)
{
	pg.spot.after_block = true;
	while (pg.at < pg.end) {
		if (at_is(pg.at, "{{")) {
			mark();
		} else if (!fold_blank() && !skip_comment()) {
			step(pg.at, *pg.at);
			literal(*pg.at++);
		}
	}
	if (pg.open_n)
		die(pg.end, "{{%s}} of line %d has no {{end}}", pg.open[pg.open_n - 1].word == WORD_IF ? "if" : "each",
		    pg.open[pg.open_n - 1].line);
	if (pg.spot.place != AT_TEXT)
		die(pg.end, "the page ends inside <%s>", pg.spot.tag);
	flush_literal();
}

/* ---- the two files ---- */
static const char *c_type(enum type type)
{
	static const char *const words[] = {"struct str ", "bool ", "int64_t ", "struct html ", "struct url ", ""};
	return words[type];
}

static void put_members(FILE *to, const struct scope *scope)
{
	put_struct(to, scope);
	fputs(" {\n", to);
	for (int i = 0; i < scope->n; i++) {
		const struct field *f = &scope->fields[i];
		fputc('\t', to);
		if (f->type == TYPE_LIST) {
			put_struct(to, f->rows);
			fprintf(to, " *%s;\n\tsize_t %s_n;\n", f->name, f->name);
		} else {
			fprintf(to, "%s%s;\n", c_type(f->type), f->name);
		}
	}
	if (scope->n == 0)
		fputs("\tchar none; /* the page has no fields */\n", to);
	fputs("};\n", to);
}

static void write_h(FILE *to)
{
	fprintf(to, "/* Made by mkpage from %s; do not edit. */\n#pragma once\n", pg.file);
	fputs("#include \"base/base.h\"\n#include \"http/html.h\"\n\n", to);
	for (int i = pg.scopes_n - 1; i >= 0; i--) /* inner rows first */
		put_members(to, &pg.scopes[i]);
	if (pg.about[0] && !strstr(pg.about, "*/"))
		fprintf(to, "/*%s */\n", pg.about);
	fprintf(to, "void page_%s_write(struct buf *out, const struct page_%s *page);\n", pg.name, pg.name);
}

/* build/gen/web/login.page.h is included as "web/login.page.h". */
static const char *include_name(const char *path)
{
	const char *base = strrchr(path, '/');
	if (!base)
		return path;
	for (base--; base >= path && *base != '/'; base--)
		;
	return base + 1;
}

static void write_c(FILE *to, const char *h_path, const char *body)
{
	fprintf(to, "/* Made by mkpage from %s; do not edit. */\n#include \"%s\"\n\n", pg.file, include_name(h_path));
	fprintf(to, "void page_%s_write(struct buf *out, const struct page_%s *page)\n{\n", pg.name, pg.name);
	fprintf(to, "\t(void)out;\n\t(void)page;\n%s}\n", body);
}

static void read_file(const char *path)
{
	FILE *from = fopen(path, "rb");
	char *at = malloc(FILE_MAX + 1);
	pg.file = path;
	if (!from || !at)
		die(NULL, "%s", strerror(errno));
	size_t n = fread(at, 1, FILE_MAX + 1, from);
	if (ferror(from) || n > FILE_MAX)
		die(NULL, "unreadable, or larger than %d bytes", FILE_MAX);
	fclose(from);
	pg.start = pg.at = at;
	pg.end = at + n;
	pg.lit = malloc(n + 1);
	if (!pg.lit)
		die(NULL, "out of memory");
	const char *nul = memchr(at, 0, n);
	if (nul)
		die(nul, "a NUL byte");
}

static void save(const char *path, const char *text)
{
	char part[4096];
	if ((size_t)snprintf(part, sizeof part, "%s.part", path) >= sizeof part)
		die(NULL, "%s: name too long", path);
	FILE *to = fopen(part, "wb");
	bool ok = to && fputs(text, to) >= 0;
	if (to && fclose(to) != 0)
		ok = false;
	if (!ok || rename(part, path) != 0) {
		int why = errno;
		unlink(part);
		die(NULL, "%s: %s", path, strerror(why));
	}
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: mkpage IN.html OUT.h OUT.c\n", stderr);
		return 100;
	}
	char *body = NULL, *h = NULL, *c = NULL;
	size_t body_n, h_n, c_n;
	read_file(argv[1]);
	pg.body = open_memstream(&body, &body_n);
	if (!pg.body)
		die(NULL, "out of memory");
	read_header();
	read_body();
	fclose(pg.body);
	FILE *to_h = open_memstream(&h, &h_n), *to_c = open_memstream(&c, &c_n);
	if (!to_h || !to_c)
		die(NULL, "out of memory");
	write_h(to_h);
	write_c(to_c, argv[2], body);
	fclose(to_h);
	fclose(to_c);
	save(argv[2], h);
	save(argv[3], c);
	free(body);
	free(h);
	free(c);
	return 0;
}
