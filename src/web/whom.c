/* SPDX-License-Identifier: EUPL-1.2
 * web/whom.c - see whom.h. */
#include "web/whom.h"

#include "web/whom.page.h"

#define PERSONS 4

static bool wanted(const struct terms_contact *contact, unsigned sides)
{
	return str_eq(contact->side, S("provider")) ? sides & WHOM_PROVIDER : sides & WHOM_INSTANSI;
}

void whom_write(struct buf *out, const struct standing *standing, unsigned sides)
{
	struct page_whom_person persons[PERSONS];
	size_t n = 0;
	for (size_t i = 0; i < standing->contacts_n && n < PERSONS; i++) {
		const struct terms_contact *c = &standing->contacts[i];
		if (wanted(c, sides))
			persons[n++] = (struct page_whom_person){c->name, c->position, c->phone, c->email};
	}
	page_whom_write(out, &(struct page_whom){
		.people = persons,
		.people_n = n,
		.fallback = sides & WHOM_INSTANSI ? S("Hubungi kepala instansi Anda, atau Dinas Dukcapil setempat.")
	                                          : S("Hubungi Dinas Dukcapil setempat."),
	});
}
