/* SPDX-License-Identifier: EUPL-1.2
 * web/terms_view.c - see terms_view.h. */
#include "web/terms_view.h"

#include "agreement/change.h"
#include "agreement/field.h"
#include "web/changes.page.h"
#include "web/terms.page.h"

#define WORDS_MAX ((size_t)64 << 10)
#define SECTIONS_MAX 24

/* ---- all terms ---- */

/* Quotas of a method that is not granted say nothing. */
static bool is_idle(const json_t *terms, const struct field *field)
{
	struct str path = str_c(field->path), rest = path;
	if (!str_eq(str_split(&rest, '.'), S("methods")))
		return false;
	struct str method = str_split(&rest, '.');
	const json_t *row = json_object_getn(json_object_get(terms, "methods"), method.at, method.n);
	return !str_eq(rest, S("granted")) && !json_is_true(json_object_get(row, "granted"));
}

static enum rc put_field(struct arena *arena, const json_t *terms, const struct field *field, struct page_terms_field *ret,
                         struct err *err)
{
	BUF_AUTO words = BUF(WORDS_MAX);
	field_words(terms, field, &words);
	if (!buf_ok(&words))
		return FAIL(err, RC_BROKEN, "isi perjanjian terlalu panjang");
	*ret = (struct page_terms_field){str_c(field->label), arena_str(arena, buf_str(&words))};
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

static struct page_terms_section *section_of(struct page_terms *page, const struct field *field, struct page_terms_field *at)
{
	struct page_terms_section *last = page->sections_n ? &page->sections[page->sections_n - 1] : NULL;
	if (last && str_eq(last->title, str_c(field->section)))
		return last;
	if (page->sections_n == SECTIONS_MAX)
		return NULL;
	last = &page->sections[page->sections_n++];
	*last = (struct page_terms_section){.title = str_c(field->section), .fields = at};
	return last;
}

/* J.IV: the form has no such field, since it is never granted. */
static void put_card_reader(struct page_terms *page, struct page_terms_field *at)
{
	struct page_terms_section *last = &page->sections[page->sections_n - 1];
	*at = (struct page_terms_field){S("Alat pembaca KTP-el"), S("tidak dipakai (Juknis angka IV)")};
	last->fields_n++;
}

static size_t count_fields(void)
{
	size_t n = 0;
	while (field_at(n))
		n++;
	return n;
}

static bool ends_methods(size_t i)
{
	const struct field *now = field_at(i), *next = field_at(i + 1);
	return str_starts(str_c(now->path), S("methods.")) && (!next || !str_starts(str_c(next->path), S("methods.")));
}

static enum rc put_terms(struct arena *arena, const json_t *terms, int number, struct page_terms *page, struct err *err)
{
	struct page_terms_field *fields = ARENA_ARRAY(arena, count_fields() + 2, struct page_terms_field);
	size_t n = 0;
	if (!fields)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; field_at(i); i++) {
		const struct field *field = field_at(i);
		struct page_terms_section *section = field->since <= number ? section_of(page, field, &fields[n]) : NULL;
		if (section && !is_idle(terms, field)) {
			TRY(put_field(arena, terms, field, &fields[n], err));
			section->fields_n++;
			n++;
		}
		if (ends_methods(i))
			put_card_reader(page, &fields[n++]);
	}
	return RC_OK;
}

enum rc terms_view_write(struct visit *v, struct str json, int number, struct buf *out, struct err *err)
{
	struct arena *arena = visit_page_arena(v);
	json_t *terms = json_loadb(json.at ? json.at : "", json.n, 0, NULL);
	struct page_terms page = {.sections = ARENA_ARRAY(arena, SECTIONS_MAX, struct page_terms_section)};
	enum rc rc = terms && page.sections ? put_terms(arena, terms, number, &page, err)
	                                    : FAIL(err, RC_BROKEN, "isi perjanjian tidak dapat dibaca");
	if (rc == RC_OK)
		page_terms_write(out, &page);
	json_decref(terms);
	return rc;
}

/* ---- what changed ---- */

enum rc terms_view_changes(struct visit *v, const struct terms_pair *pair, struct buf *out, size_t *ret_n, struct err *err)
{
	struct arena *arena = visit_page_arena(v);
	struct change *list;
	struct page_changes page = {.empty = str_c(pair->empty)};
	TRY(change_list(pair->before, pair->after, arena, &list, &page.changes_n, err));
	page.changes = ARENA_ARRAY(arena, page.changes_n + 1, struct page_changes_change);
	if (!page.changes)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < page.changes_n; i++)
		page.changes[i] =
		        (struct page_changes_change){str_c(list[i].section), str_c(list[i].label), list[i].before, list[i].after};
	page_changes_write(out, &page);
	if (ret_n)
		*ret_n = page.changes_n;
	return RC_OK;
}
