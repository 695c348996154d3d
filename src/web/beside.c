/* SPDX-License-Identifier: EUPL-1.2
 * web/beside.c - see beside.h. */
#include "web/beside.h"

#include "web/beside.page.h"

static const struct {
	const char *path, *label;
} places[] = {
	{"/perjanjian", "Perjanjian"},
	{"/pengguna", "Pengguna"},
	{"/dokumen", "Dokumen"},
	{"/pejabat", "Pejabat dan narahubung"},
};

struct url beside_url(struct arena *arena, const struct office_subject *subject, const char *path)
{
	struct url_pair pair = {"instansi", subject->row.code};
	return url_path(arena, path, &pair, subject->own || !subject->row.instansi_id ? 0 : 1);
}

struct html beside_write(struct buf *out, struct visit *v, const struct office_subject *subject, const char *at)
{
	struct page_beside_place rows[LEN(places)];
	struct page_beside page = {.places = rows, .places_n = LEN(places)};
	if (!subject->own)
		page.name = arena_printf(v->arena, "%.*s \xc2\xb7 %.*s", STR_ARG(subject->row.code), STR_ARG(subject->row.name));
	for (size_t i = 0; i < LEN(places); i++)
		rows[i] = (struct page_beside_place){.url = beside_url(v->arena, subject, places[i].path),
		                                     .label = str_c(places[i].label),
		                                     .now = strcmp(places[i].path, at) == 0};
	page_beside_write(out, &page);
	return html_from_buf(out);
}
