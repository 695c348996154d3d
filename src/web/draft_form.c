/* SPDX-License-Identifier: EUPL-1.2
 * web/draft_form.c - see draft_form.h.
 *
 * A complaint names the member it is about; field_of_path() says which field that is,
 * and what is left of the name says which line, row or cell. */
#include "web/draft_form.h"

#include <stdio.h>

#include "agreement/field.h"
#include "web/words.h"

#define SECTIONS_MAX 24
#define EMPTY_ROWS 3 /* beside those that are filled */
#define VALUE_MAX ((size_t)16 << 10)
#define NAME_SIZE 80

/* ---- mistakes ---- */

/* "1.phone" behind "contacts", of a complaint about that field; NULL: not about it. */
static const char *rest_of(const struct shape_complaint *complaint, const struct field *field, char name[NAME_SIZE])
{
	if (field_of_path(complaint->path, name) != field)
		return NULL;
	const char *rest = name + strlen(field->path);
	return *rest == '.' ? rest + 1 : rest;
}

static struct str problem_at(const struct draft_form *form, const struct field *field, const char *where)
{
	char name[NAME_SIZE];
	for (size_t i = 0; i < form->complaints->n; i++) {
		const char *rest = rest_of(&form->complaints->at[i], field, name);
		if (rest && strcmp(rest, where) == 0)
			return words_sentence(form->arena, form->complaints->at[i].words);
	}
	return S("");
}

/* Of a list of lines or choices: the complaints of all of them, one a line. */
static struct str problems_of_lines(const struct draft_form *form, const struct field *field)
{
	BUF_AUTO out = BUF(VALUE_MAX);
	char name[NAME_SIZE];
	for (size_t i = 0; i < form->complaints->n; i++) {
		const char *rest = rest_of(&form->complaints->at[i], field, name);
		int64_t line;
		if (!rest)
			continue;
		buf_addz(&out, out.n ? "\n" : "");
		if (field->kind == FIELD_LINES && str_int(str_c(rest), 0, INT32_MAX, &line) == RC_OK)
			buf_addf(&out, "Baris %lld: ", (long long)line + 1);
		buf_addf(&out, "%s.", form->complaints->at[i].words);
	}
	return out.n ? arena_str(form->arena, buf_str(&out)) : S("");
}

static bool has_mistake(const struct draft_form *form, const struct field *field)
{
	char name[NAME_SIZE];
	for (size_t i = 0; i < form->complaints->n; i++)
		if (rest_of(&form->complaints->at[i], field, name))
			return true;
	return false;
}

static void put_troubles(const struct draft_form *form, struct page_draft *page)
{
	char name[NAME_SIZE];
	page->troubles = ARENA_ARRAY(form->arena, form->complaints->n + 1, struct page_draft_trouble);
	for (size_t i = 0; page->troubles && i < form->complaints->n; i++) {
		const struct shape_complaint *one = &form->complaints->at[i];
		const struct field *field = field_of_path(one->path, name);
		if (field && field->since <= form->number)
			continue;
		struct str words = words_sentence(form->arena, one->words);
		page->troubles[page->troubles_n++].text =
		        *one->path ? arena_printf(form->arena, "%s: %.*s", one->path, STR_ARG(words)) : words;
	}
}

/* ---- rows ---- */

static struct str cell_value(const struct draft_form *form, const struct field *field, size_t row, const struct field *column)
{
	BUF_AUTO out = BUF(VALUE_MAX);
	field_cell(form->terms, field, row, column, &out);
	return out.n ? arena_str(form->arena, buf_str(&out)) : S("");
}

static void put_options(const struct draft_form *form, const struct field *column, struct page_draft_cell *cell)
{
	size_t n = 0;
	while (field_choice_at(column, n).key)
		n++;
	cell->options = ARENA_ARRAY(form->arena, n + 1, struct page_draft_option);
	for (size_t i = 0; cell->options && i < n; i++) {
		struct field_choice choice = field_choice_at(column, i);
		cell->options[cell->options_n++] =
		        (struct page_draft_option){str_c(choice.key), str_c(choice.label), str_eq(cell->value, str_c(choice.key))};
	}
}

static void put_cells(const struct draft_form *form, const struct field *field, size_t at, struct page_draft_row *row)
{
	size_t n = 0;
	while (field->columns[n].path)
		n++;
	row->cells = ARENA_ARRAY(form->arena, n + 1, struct page_draft_cell);
	for (size_t i = 0; row->cells && i < n; i++) {
		const struct field *column = &field->columns[i];
		char where[NAME_SIZE];
		snprintf(where, sizeof where, "%zu.%s", at, column->path);
		struct page_draft_cell *cell = &row->cells[row->cells_n++];
		*cell = (struct page_draft_cell){
		        .path = arena_printf(form->arena, "%s.%s", field->path, where),
		        .label = str_c(column->label),
		        .problem = problem_at(form, field, where),
		        .value = cell_value(form, field, at, column),
		        .type = column->kind == FIELD_DAY ? S("date") : S("text"),
		};
		if (column->kind == FIELD_CHOICE)
			put_options(form, column, cell);
	}
}

static void put_rows(const struct draft_form *form, const struct field *field, struct page_draft_field *ret)
{
	size_t n = field_rows(form->terms, field) + EMPTY_ROWS;
	ret->rows = ARENA_ARRAY(form->arena, n, struct page_draft_row);
	for (size_t i = 0; ret->rows && i < n && i < (size_t)field->max + EMPTY_ROWS; i++) {
		char where[NAME_SIZE];
		snprintf(where, sizeof where, "%zu", i);
		struct page_draft_row *row = &ret->rows[ret->rows_n++];
		*row = (struct page_draft_row){.number = (int64_t)i + 1, .problem = problem_at(form, field, where)};
		put_cells(form, field, i, row);
	}
}

/* ---- fields ---- */

static void put_choices(const struct draft_form *form, const struct field *field, struct page_draft_field *ret)
{
	size_t n = 0;
	while (field_choice_at(field, n).key)
		n++;
	ret->choices = ARENA_ARRAY(form->arena, n + 1, struct page_draft_choice);
	for (size_t i = 0; ret->choices && i < n; i++) {
		struct field_choice choice = field_choice_at(field, i);
		bool on = field->kind == FIELD_SET ? field_has(form->terms, field, choice.key)
		                                   : str_eq(ret->value, str_c(choice.key));
		ret->choices[ret->choices_n++] = (struct page_draft_choice){str_c(choice.key), str_c(choice.label), on};
	}
}

static struct str value_of(const struct draft_form *form, const struct field *field)
{
	BUF_AUTO out = BUF(VALUE_MAX);
	if (field->kind == FIELD_SET || field->kind == FIELD_ROWS)
		return S("");
	field_raw(form->terms, field, &out);
	return out.n ? arena_str(form->arena, buf_str(&out)) : S("");
}

static struct page_draft_field field_of(const struct draft_form *form, const struct field *field)
{
	enum field_kind kind = field->kind;
	bool of_list = kind == FIELD_LINES || kind == FIELD_SET;
	struct page_draft_field ret = {
	        .path = str_c(field->path),
	        .label = str_c(field->label),
	        .hint = str_c(field->hint ? field->hint : ""),
	        .problem = of_list ? problems_of_lines(form, field) : problem_at(form, field, ""),
	        .value = value_of(form, field),
	        .type = kind == FIELD_DAY ? S("date") : S("text"),
	        .is_input = kind == FIELD_TEXT || kind == FIELD_DAY || kind == FIELD_INT || kind == FIELD_HITS,
	        .is_flag = kind == FIELD_FLAG,
	        .is_choice = kind == FIELD_CHOICE,
	        .is_set = kind == FIELD_SET,
	        .is_lines = kind == FIELD_LINES,
	        .is_rows = kind == FIELD_ROWS,
	};
	ret.on = ret.is_flag && str_eq(ret.value, S("1"));
	if (ret.is_choice || ret.is_set)
		put_choices(form, field, &ret);
	if (ret.is_rows)
		put_rows(form, field, &ret);
	return ret;
}

static size_t count_fields(void)
{
	size_t n = 0;
	while (field_at(n))
		n++;
	return n;
}

static struct page_draft_section *section_of(struct page_draft *page, const struct field *field, struct page_draft_field *at,
                                             struct arena *arena)
{
	struct page_draft_section *last = page->sections_n ? &page->sections[page->sections_n - 1] : NULL;
	if (last && str_eq(last->title, str_c(field->section)))
		return last;
	if (page->sections_n == SECTIONS_MAX)
		return NULL;
	last = &page->sections[page->sections_n++];
	*last = (struct page_draft_section){.title = str_c(field->section), .fields = at};
	last->link.s = arena_printf(arena, "#bagian-%zu", page->sections_n);
	last->anchor = str_sub(last->link.s, 1, last->link.s.n);
	return last;
}

enum rc draft_form_put(const struct draft_form *form, struct page_draft *page, struct err *err)
{
	size_t all = count_fields(), n = 0;
	struct page_draft_field *fields = ARENA_ARRAY(form->arena, all + 1, struct page_draft_field);
	page->sections = ARENA_ARRAY(form->arena, SECTIONS_MAX, struct page_draft_section);
	if (!fields || !page->sections)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < all; i++) {
		const struct field *field = field_at(i);
		struct page_draft_section *section =
		        field->since <= form->number ? section_of(page, field, &fields[n], form->arena) : NULL;
		if (!section)
			continue;
		fields[n++] = field_of(form, field);
		section->fields_n++;
		section->wrong = section->wrong || has_mistake(form, field);
	}
	put_troubles(form, page);
	page->mistakes = (int64_t)form->complaints->n;
	return form->arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}
