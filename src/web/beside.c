/* SPDX-License-Identifier: EUPL-1.2
 * web/beside.c - see beside.h. */
#include "web/beside.h"

#include "web/beside.page.h"
#include "web/link.h"

static const struct {
	const char *path, *label;
} places[] = {
        {"/perjanjian", "Perjanjian"},
        {"/pengguna", "Pengguna"},
        {"/layanan", "Layanan"},
        {"/dokumen", "Dokumen"},
        {"/pejabat", "Pejabat dan narahubung"},
        {"/balikan/instansi", "Data balikan"},
};

struct html beside_write(struct buf *out, struct visit *v, const struct office_subject *subject, const char *at)
{
	struct page_beside_place rows[LEN(places)];
	struct page_beside page = {.places = rows};
	if (!subject->own)
		page.name = arena_printf(v->arena, "%.*s \xc2\xb7 %.*s", STR_ARG(subject->row.code), STR_ARG(subject->row.name));
	for (size_t i = 0; i < LEN(places); i++)
		if (link_open(v, HTTP_GET, places[i].path))
			rows[page.places_n++] = (struct page_beside_place){.url = link_about(v, places[i].path, subject->row.code),
			                                                   .label = str_c(places[i].label),
			                                                   .now = strcmp(places[i].path, at) == 0};
	page_beside_write(out, &page);
	return html_from_buf(out);
}
