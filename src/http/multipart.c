/* SPDX-License-Identifier: EUPL-1.2
 * http/multipart.c - see multipart.h. */
#include "http/multipart.h"

#include <strings.h>

#define TOKEN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~"
#define BOUNDARY_OCTETS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'()+_,-./:=? "

struct part {
	struct str name, file_name; /* file_name.at == NULL: a field */
	struct str bytes;
	bool disposed; /* its Content-Disposition was seen */
};

static bool only(struct str s, const char *octets)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] == 0 || !strchr(octets, s.at[i]))
			return false;
	return s.n > 0;
}

/* ---- parameters: name=token or name="quoted" ---- */

/* Take a quoted text off *rest, which stands behind its first quote. Only a quote is
 * escaped by a backslash: older browsers send whole paths of Windows. */
static bool take_quoted(struct str *rest, struct str *ret)
{
	size_t i = 0;
	while (i < rest->n && rest->at[i] != '"')
		i += rest->at[i] == '\\' && i + 1 < rest->n && rest->at[i + 1] == '"' ? 2 : 1;
	if (i >= rest->n)
		return false;
	*ret = str_sub(*rest, 0, i);
	*rest = str_sub(*rest, i + 1, rest->n);
	return true;
}

/* The next parameter of *rest. false: malformed. */
static bool take_param(struct str *rest, struct str *ret_name, struct str *ret_value)
{
	size_t equals = str_index(*rest, '=');
	if (equals == rest->n)
		return false;
	*ret_name = str_trim(str_sub(*rest, 0, equals));
	*rest = str_sub(*rest, equals + 1, rest->n);
	bool quoted = rest->n > 0 && rest->at[0] == '"';
	if (quoted) {
		*rest = str_sub(*rest, 1, rest->n);
		if (!take_quoted(rest, ret_value))
			return false;
		*rest = str_trim(*rest);
		if (rest->n > 0 && rest->at[0] != ';')
			return false;
	} else {
		*ret_value = str_trim(str_sub(*rest, 0, str_index(*rest, ';')));
	}
	*rest = str_trim(str_sub(*rest, str_index(*rest, ';') + 1, rest->n));
	return only(*ret_name, TOKEN) && (quoted || only(*ret_value, TOKEN));
}

enum rc multipart_boundary(struct str params, struct str *ret)
{
	struct str name, value;
	*ret = (struct str){NULL, 0};
	for (params = str_trim(params); params.n;) {
		if (!take_param(&params, &name, &value))
			return RC_INVALID;
		if (!str_ieq(name, S("boundary")))
			continue;
		if (ret->at)
			return RC_INVALID;
		*ret = value;
	}
	bool fits = ret->n > 0 && ret->n <= MULTIPART_BOUNDARY_MAX && only(*ret, BOUNDARY_OCTETS);
	return fits && ret->at[ret->n - 1] != ' ' ? RC_OK : RC_INVALID;
}

/* ---- the head of a part ---- */

static bool take_disposition(struct str value, struct part *part)
{
	struct str name, text, kind = str_trim(str_sub(value, 0, str_index(value, ';')));
	struct str rest = str_trim(str_sub(value, str_index(value, ';') + 1, value.n));
	if (part->disposed || !str_ieq(kind, S("form-data")))
		return false;
	part->disposed = true;
	while (rest.n) {
		if (!take_param(&rest, &name, &text))
			return false;
		struct str *to = str_ieq(name, S("name")) ? &part->name : str_ieq(name, S("filename")) ? &part->file_name : NULL;
		if (str_ieq(name, S("filename*")) || (to && to->at)) /* RFC 7578 4.2 forbids the first */
			return false;
		if (to)
			*to = text;
	}
	return part->name.at != NULL;
}

/* Codings that change nothing (RFC 2045 6.2); RFC 7578 4.7 knows no other. */
static bool coding_is_plain(struct str coding)
{
	return str_ieq(coding, S("binary")) || str_ieq(coding, S("8bit")) || str_ieq(coding, S("7bit"));
}

static bool take_line(struct str line, struct part *part)
{
	struct str value = line;
	struct str name = str_split(&value, ':');
	if (!value.at || !only(name, TOKEN) || !str_is_text(line) || memchr(line.at, '\r', line.n) || memchr(line.at, '\n', line.n))
		return false;
	value = str_trim(value);
	if (str_ieq(name, S("Content-Disposition")))
		return take_disposition(value, part);
	if (str_ieq(name, S("Content-Transfer-Encoding")))
		return coding_is_plain(value);
	if (str_ieq(name, S("Content-Type")))
		return value.n < 10 || strncasecmp(value.at, "multipart/", 10) != 0;
	return true;
}

/* Take a head with its empty line off *rest. */
static bool take_head(struct str *rest, struct part *part)
{
	size_t window = rest->n < MULTIPART_HEAD_MAX ? rest->n : MULTIPART_HEAD_MAX;
	const char *end = memmem(rest->at, window, "\r\n\r\n", 4);
	if (!end)
		return false;
	struct str lines = str_sub(*rest, 0, (size_t)(end - rest->at));
	*rest = str_sub(*rest, lines.n + 4, rest->n);
	while (lines.n) {
		const char *stop = memmem(lines.at, lines.n, "\r\n", 2);
		size_t n = stop ? (size_t)(stop - lines.at) : lines.n;
		if (!take_line(str_sub(lines, 0, n), part))
			return false;
		lines = str_sub(lines, n + 2, lines.n);
	}
	return part->disposed;
}

/* ---- parts ---- */

/* What stands between two delimiters; *rest begins behind the second one. `delimiter`
 * is CRLF, two dashes and the boundary. */
static bool take_part(struct str *rest, struct str delimiter, struct part *part)
{
	*part = (struct part){0};
	if (!take_head(rest, part))
		return false;
	const char *end = rest->n ? memmem(rest->at, rest->n, delimiter.at, delimiter.n) : NULL;
	if (!end)
		return false;
	part->bytes = str_sub(*rest, 0, (size_t)(end - rest->at));
	*rest = str_sub(*rest, part->bytes.n + delimiter.n, rest->n);
	return true;
}

/* Behind a delimiter: CRLF and a part, or the end of it all. */
static bool take_end(struct str *rest)
{
	if (!str_starts(*rest, S("--")))
		return false;
	*rest = str_sub(*rest, 2, rest->n);
	if (str_eq(*rest, S("\r\n")))
		rest->n = 0;
	return true;
}

/* The last part of a path, of either system; \" and %22 (the way of browsers) are quotes. */
static struct str clean_name(struct str sent, struct arena *arena)
{
	size_t from = 0, n = 0;
	for (size_t i = 0; i < sent.n; i++)
		if (sent.at[i] == '/' || (sent.at[i] == '\\' && (i + 1 == sent.n || sent.at[i + 1] != '"')))
			from = i + 1;
	char *out = arena_alloc(arena, sent.n - from + 1);
	for (size_t i = from; out && i < sent.n; i++) {
		bool escaped = sent.at[i] == '\\';
		bool percent = i + 2 < sent.n && memcmp(sent.at + i, "%22", 3) == 0;
		out[n++] = escaped || percent ? '"' : sent.at[i];
		i += percent ? 2 : escaped;
	}
	return str_cut((struct str){out, n}, MULTIPART_NAME_MAX);
}

static bool add_file(struct form *form, const struct part *part, struct arena *arena)
{
	struct str name = clean_name(part->file_name, arena);
	if (!name.at)
		return false;
	form->files[form->files_n++] = (struct form_file){part->name, {name, part->bytes}};
	return true;
}

static bool add_part(struct form *form, const struct part *part, struct arena *arena)
{
	if (part->file_name.at)
		return add_file(form, part, arena);
	if (!str_is_text(part->bytes))
		return false;
	form->fields[form->n++] = (struct form_field){part->name, part->bytes};
	return true;
}

/* false: the body is not what multipart.h describes. `all_ok` tells of single parts. */
static bool read_parts(struct str rest, struct str delimiter, struct arena *arena, struct form *ret)
{
	struct part part;
	struct str first = str_sub(delimiter, 2, delimiter.n);
	if (!str_starts(rest, first))
		return false;
	rest = str_sub(rest, first.n, rest.n);
	for (int parts = 0; str_starts(rest, S("\r\n")); parts++) {
		rest = str_sub(rest, 2, rest.n);
		if (!take_part(&rest, delimiter, &part))
			return false;
		if (parts == MULTIPART_PARTS_MAX) {
			ret->ok = false;
			return true;
		}
		ret->ok &= add_part(ret, &part, arena);
	}
	return take_end(&rest) && rest.n == 0;
}

void multipart_parse(struct str body, struct str boundary, struct arena *arena, struct form *ret)
{
	*ret = (struct form){.ok = true};
	struct str delimiter = arena_printf(arena, "\r\n--%.*s", STR_ARG(boundary));
	ret->fields = ARENA_ARRAY(arena, MULTIPART_PARTS_MAX, struct form_field);
	ret->files = ARENA_ARRAY(arena, MULTIPART_PARTS_MAX, struct form_file);
	if (!delimiter.at || !ret->fields || !ret->files || !read_parts(body, delimiter, arena, ret))
		*ret = (struct form){0};
}
