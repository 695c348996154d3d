/* SPDX-License-Identifier: EUPL-1.2
 * pdf/naskah_run.c - the words of one line: {{fields}}, **bold**, \ before a
 * character that would mean something. */
#include <stdarg.h>
#include <stdio.h>

#include "pdf/naskah_inside.h"

enum rc naskah_wrong(struct parse *parse, const char *fmt, ...)
{
	char what[sizeof parse->err->what];
	va_list args;
	va_start(args, fmt);
	vsnprintf(what, sizeof what, fmt, args);
	va_end(args);
	return FAIL(parse->err, RC_INVALID, "baris %d: %s", parse->line, what);
}

enum rc naskah_add_run(struct parse *parse, struct run run)
{
	struct naskah *to = parse->to;
	if (to->runs_n == to->runs_max)
		return FAIL(parse->err, RC_LIMIT, "naskah terlalu rumit");
	to->runs[to->runs_n++] = run;
	return RC_OK;
}

static enum rc add_words(struct parse *parse, struct str text)
{
	if (!text.n)
		return RC_OK;
	return naskah_add_run(parse, (struct run){.text = text, .field = FIELD_NONE, .bold = parse->bold});
}

/* ---- fields ---- */

static bool name_is_formed(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.at[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'))
			return false;
	}
	return name.n > 0 && name.n <= NASKAH_NAME_MAX;
}

/* Whose field it is; NULL: of none. */
static const struct naskah_list *list_of(const struct naskah_names *names, size_t field)
{
	for (size_t i = 0; i < names->lists_n; i++)
		if (field >= names->lists[i].from && field < names->lists[i].to)
			return &names->lists[i];
	return NULL;
}

enum rc naskah_name(struct parse *parse, struct str name, size_t *ret)
{
	const struct naskah_names *names = parse->to->names;
	if (!name_is_formed(name))
		return NASKAH_FAIL(parse, "{{%.*s}} bukan nama isian", STR_ARG(str_cut(name, NASKAH_NAME_MAX)));
	for (size_t i = 0; i < names->lists_n; i++) {
		if (!str_eq(name, str_c(names->lists[i].name)))
			continue;
		*ret = FIELD_LIST(i);
		return RC_OK;
	}
	for (size_t i = 0; i < names->n; i++) {
		if (!str_eq(name, str_c(names->at[i])))
			continue;
		const struct naskah_list *list = list_of(names, i);
		if (list && parse->each != list)
			return NASKAH_FAIL(parse, "isian {{%.*s}} hanya dikenal di dalam {{each %s}}", STR_ARG(name), list->name);
		*ret = i;
		return RC_OK;
	}
	return NASKAH_FAIL(parse, "isian {{%.*s}} tidak dikenal dalam naskah ini", STR_ARG(name));
}

static bool is_control(struct str name)
{
	return str_starts(name, S("if ")) || str_starts(name, S("each ")) || str_eq(name, S("else")) || str_eq(name, S("end"));
}

static size_t find_close(struct str text, size_t from)
{
	for (size_t i = from; i + 1 < text.n; i++)
		if (text.at[i] == '}' && text.at[i + 1] == '}')
			return i;
	return text.n;
}

/* `*at` stands on {{ and goes behind }}. */
static enum rc read_field(struct parse *parse, struct str text, size_t *at)
{
	struct run run = {.bold = parse->bold};
	size_t close = find_close(text, *at + 2);
	if (close == text.n)
		return NASKAH_FAIL(parse, "{{ tidak ditutup dengan }}");
	struct str name = str_sub(text, *at + 2, close - *at - 2);
	if (is_control(name))
		return NASKAH_FAIL(parse, "{{%.*s}} harus sendiri dalam satu baris", STR_ARG(str_cut(name, NASKAH_NAME_MAX)));
	if (name.n && name.at[name.n - 1] == '?') {
		run.optional = true;
		name.n--;
	}
	TRY(naskah_name(parse, name, &run.field));
	if (field_is_list(run.field))
		return NASKAH_FAIL(parse, "{{%.*s}} adalah daftar; pakai {{each %.*s}}", STR_ARG(name), STR_ARG(name));
	*at = close + 2;
	return naskah_add_run(parse, run);
}

/* ---- the line ---- */

static bool at_pair(struct str text, size_t i, char c)
{
	return i + 1 < text.n && text.at[i] == c && text.at[i + 1] == c;
}

/* `*at` stands on a backslash. At the end of the line it begins a new one. */
static enum rc read_escape(struct parse *parse, struct str text, size_t *at)
{
	struct str next = str_sub(text, *at + 1, 1);
	if (!next.n) {
		(*at)++;
		return add_words(parse, S("\n"));
	}
	if (!strchr("*{}|:\\", next.at[0]))
		return NASKAH_FAIL(parse, "setelah \\ hanya boleh * { } | : atau \\");
	*at += 2;
	return add_words(parse, next);
}

static enum rc read_special(struct parse *parse, struct str text, size_t *at)
{
	if (text.at[*at] == '\\')
		return read_escape(parse, text, at);
	if (text.at[*at] == '{')
		return read_field(parse, text, at);
	if (text.at[*at] == '}')
		return NASKAH_FAIL(parse, "}} tanpa {{");
	parse->bold = !parse->bold;
	*at += 2;
	return RC_OK;
}

static bool is_special(struct str text, size_t i)
{
	return text.at[i] == '\\' || at_pair(text, i, '{') || at_pair(text, i, '}') || at_pair(text, i, '*');
}

enum rc naskah_runs(struct parse *parse, struct str text)
{
	size_t from = 0, at = 0;
	while (at < text.n) {
		if (!is_special(text, at)) {
			at++;
			continue;
		}
		TRY(add_words(parse, str_sub(text, from, at - from)));
		TRY(read_special(parse, text, &at));
		from = at;
	}
	return add_words(parse, str_sub(text, from, text.n - from));
}

enum rc naskah_runs_end(struct parse *parse)
{
	if (parse->bold)
		return NASKAH_FAIL(parse, "huruf tebal ** tidak ditutup");
	return RC_OK;
}
