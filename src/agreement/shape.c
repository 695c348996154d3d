/* SPDX-License-Identifier: EUPL-1.2
 * agreement/shape.c - see shape.h. */
#include "agreement/shape.h"

#include <stdio.h>

#include "agreement/position.h"

#define LINE_WIDTH 100 /* a list of plain values that fits stays on one line */
#define QUOTE_MAX 60   /* bytes of a value repeated in a message */

/* ---- complaints ---- */

/* Names come from the file: only plain characters of them go into a message. */
static void plain(char *path)
{
	for (; *path; path++)
		if (*path < 0x20 || *path > 0x7e)
			*path = '?';
}

static void collect(struct shape_complaints *all, const char *path, const char *words)
{
	if (all->n == SHAPE_COMPLAINTS_MAX)
		return;
	struct shape_complaint *one = &all->at[all->n++];
	snprintf(one->path, sizeof one->path, "%s", path);
	snprintf(one->words, sizeof one->words, "%s", words);
}

static enum rc complain(const struct shape_place *place, char *path, struct err *err, const char *words)
{
	if (place->all) {
		plain(path);
		collect(place->all, path, words);
		return RC_OK;
	}
	int line = position_line(place->source, path);
	plain(path);
	if (!*path)
		return FAIL(err, RC_INVALID, "baris %d: %s", line, words);
	return FAIL(err, RC_INVALID, "baris %d: %.80s: %s", line, path, words);
}

enum rc shape_fail(const struct shape_place *place, struct err *err, const char *fmt, ...)
{
	char words[120], path[sizeof place->path];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	memcpy(path, place->path, sizeof path);
	return complain(place, path, err, words);
}

enum rc shape_fail_at(const struct shape_place *place, const char *below, struct err *err, const char *fmt, ...)
{
	char words[120], path[sizeof place->path + 64];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	snprintf(path, sizeof path, "%s%s%.60s", place->path, *place->path && *below != '[' ? "." : "", below);
	return complain(place, path, err, words);
}

/* ---- checking ---- */

static struct str text_of(const json_t *value)
{
	return str_from(json_string_value(value), json_string_length(value));
}

/* A view that ends at a character. */
static struct str quote(struct str s)
{
	size_t n = s.n < QUOTE_MAX ? s.n : QUOTE_MAX;
	while (n < s.n && n > 0 && ((unsigned char)s.at[n] & 0xc0) == 0x80)
		n--;
	return str_sub(s, 0, n);
}

static enum rc check_text(const json_t *value, const struct shape *shape, const struct shape_place *place, struct err *err)
{
	if (!json_is_string(value))
		return shape_fail(place, err, "harus berupa teks");
	struct str s = text_of(value);
	if (!str_is_text(s) || str_index(s, '\n') < s.n || str_index(s, '\r') < s.n || str_index(s, '\t') < s.n)
		return shape_fail(place, err, "harus berupa teks satu baris");
	if (str_trim(s).n != s.n)
		return shape_fail(place, err, "tidak boleh berawal atau berakhir dengan spasi");
	if ((int64_t)s.n < shape->min)
		return shape_fail(place, err, "tidak boleh kosong");
	if ((int64_t)s.n > shape->max)
		return shape_fail(place, err, "terlalu panjang: paling banyak %lld huruf", (long long)shape->max);
	if (shape->is && !shape->is(s))
		return shape_fail(place, err, "%.*s %s", STR_ARG(quote(s)), shape->is_not);
	return RC_OK;
}

static enum rc check_int(const json_t *value, const struct shape *shape, const struct shape_place *place, struct err *err)
{
	if (!json_is_integer(value))
		return shape_fail(place, err, "harus berupa bilangan bulat");
	if (json_integer_value(value) < shape->min || json_integer_value(value) > shape->max)
		return shape_fail(place, err, "harus antara %lld dan %lld", (long long)shape->min, (long long)shape->max);
	return RC_OK;
}

static bool stands_before(const json_t *list, size_t end)
{
	struct str last = text_of(json_array_get(list, end));
	for (size_t i = 0; i < end; i++)
		if (str_eq(text_of(json_array_get(list, i)), last))
			return true;
	return false;
}

/* Go into a part of the value and come back: the path grows and shrinks. */
static enum rc check_part(const json_t *value, const struct shape *shape, struct shape_place *place, const char *name, size_t index,
                          struct err *err)
{
	size_t n = strlen(place->path), room = sizeof place->path - n;
	if (name)
		snprintf(place->path + n, room, "%s%.40s", n ? "." : "", name);
	else
		snprintf(place->path + n, room, "[%zu]", index);
	enum rc rc = shape_check(value, shape, place, err);
	place->path[n] = '\0';
	return rc;
}

static enum rc check_list(const json_t *value, const struct shape *shape, struct shape_place *place, struct err *err)
{
	if (!json_is_array(value))
		return shape_fail(place, err, "harus berupa daftar");
	size_t n = json_array_size(value);
	if ((int64_t)n < shape->min)
		return shape_fail(place, err, "paling sedikit %lld isi", (long long)shape->min);
	if ((int64_t)n > shape->max)
		return shape_fail(place, err, "paling banyak %lld isi", (long long)shape->max);
	for (size_t i = 0; i < n; i++) {
		TRY(check_part(json_array_get(value, i), shape->item, place, NULL, i, err));
		if (!shape->distinct || !stands_before(value, i))
			continue;
		char below[32];
		snprintf(below, sizeof below, "[%zu]", i);
		TRY(shape_fail_at(place, below, err, "%.*s ditulis dua kali", STR_ARG(quote(text_of(json_array_get(value, i))))));
	}
	return RC_OK;
}

static const struct shape_member *member_find(const struct shape *shape, const char *name)
{
	for (const struct shape_member *m = shape->members; m->name; m++)
		if (strcmp(m->name, name) == 0)
			return m;
	return NULL;
}

static enum rc check_object(const json_t *value, const struct shape *shape, struct shape_place *place, struct err *err)
{
	const char *name;
	json_t *part;
	if (!json_is_object(value))
		return shape_fail(place, err, "harus berupa objek");
	json_object_foreach ((json_t *)(uintptr_t)value, name, part) {
		const struct shape_member *m = member_find(shape, name);
		if (!m) {
			TRY(shape_fail_at(place, name, err, "anggota ini tidak dikenal"));
			continue;
		}
		TRY(check_part(part, m->shape, place, name, 0, err));
	}
	for (const struct shape_member *m = shape->members; m->name; m++)
		if (!m->optional && !json_object_get(value, m->name))
			TRY(shape_fail(place, err, "anggota \"%s\" tidak ada", m->name));
	return RC_OK;
}

enum rc shape_check(const json_t *value, const struct shape *shape, struct shape_place *place, struct err *err)
{
	switch (shape->kind) {
	case SHAPE_TEXT: return check_text(value, shape, place, err);
	case SHAPE_INT: return check_int(value, shape, place, err);
	case SHAPE_BOOL: return json_is_boolean(value) ? RC_OK : shape_fail(place, err, "harus true atau false");
	case SHAPE_LIST: return check_list(value, shape, place, err);
	case SHAPE_OBJECT: return check_object(value, shape, place, err);
	}
	return RC_BROKEN;
}

struct str shape_text(const json_t *object, const char *member)
{
	const json_t *value = json_object_get(object, member);
	return value ? text_of(value) : S("");
}

/* ---- writing ---- */

static void indent(struct buf *out, int depth)
{
	buf_addc(out, '\n');
	for (int i = 0; i < depth; i++)
		buf_addz(out, "  ");
}

static void write_items(const json_t *list, const struct shape *shape, int depth, bool lines, struct buf *out)
{
	size_t n = json_array_size(list);
	buf_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		buf_addz(out, i == 0 ? "" : lines ? "," : ", ");
		if (lines)
			indent(out, depth + 1);
		shape_write(json_array_get(list, i), shape->item, depth + 1, out);
	}
	if (lines && n)
		indent(out, depth);
	buf_addc(out, ']');
}

static void write_list(const json_t *list, const struct shape *shape, int depth, struct buf *out)
{
	bool plain = shape->item->kind != SHAPE_OBJECT && shape->item->kind != SHAPE_LIST;
	size_t from = out->n;
	write_items(list, shape, depth, !plain, out);
	if (!plain || out->n - from <= LINE_WIDTH)
		return;
	out->n = from;
	write_items(list, shape, depth, true, out);
}

static void write_object(const json_t *object, const struct shape *shape, int depth, struct buf *out)
{
	bool any = false;
	buf_addc(out, '{');
	for (const struct shape_member *m = shape->members; m->name; m++) {
		const json_t *value = json_object_get(object, m->name);
		if (!value)
			continue;
		buf_addz(out, any ? "," : "");
		indent(out, depth + 1);
		buf_add_json(out, str_c(m->name));
		buf_addz(out, ": ");
		shape_write(value, m->shape, depth + 1, out);
		any = true;
	}
	if (any)
		indent(out, depth);
	buf_addc(out, '}');
}

void shape_write(const json_t *value, const struct shape *shape, int depth, struct buf *out)
{
	switch (shape->kind) {
	case SHAPE_TEXT: buf_add_json(out, text_of(value)); break;
	case SHAPE_INT: buf_add_int(out, json_integer_value(value)); break;
	case SHAPE_BOOL: buf_addz(out, json_is_true(value) ? "true" : "false"); break;
	case SHAPE_LIST: write_list(value, shape, depth, out); break;
	case SHAPE_OBJECT: write_object(value, shape, depth, out); break;
	}
}
