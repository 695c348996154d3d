/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as a body of data balikan: what is sound is whole, and within its ceilings; what
 * is not says so. The first byte chooses the encoding (a capital: with other names for the
 * keys); a form's parts end with a newline. */
#include "api/store_body.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(const struct store_body *body)
{
	assert(body->n <= STORE_ITEMS_MAX && body->lembaga_n <= STORE_NIK_MAX);
	for (size_t i = 0; i < body->flaws_n && i < STORE_FLAWS_MAX; i++)
		assert(body->flaws[i].why && body->flaws[i].nik_at >= -1 && body->flaws[i].nik_at < STORE_NIK_MAX);
	if (body->flaws_n || body->too_many)
		return;
	assert(body->n > 0 && body->lembaga_n > 0);
	for (size_t i = 0; i < body->n; i++) {
		const struct store_item *item = &body->items[i];
		assert(nik_check(item->nik.n) == NIK_FLAW_NONE);
		assert(item->jenis && item->keterangan < KETERANGAN_COUNT && item->house < HOUSE_COUNT);
		assert(item->content.n > 2 && item->kejadian.n <= STORE_KEJADIAN_MAX);
		assert(item->param_at >= 0 && item->param_at < STORE_PARAM_MAX);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena arena;
	struct store_body body;
	enum rc rc;
	if (n == 0)
		return 0;
	static const struct param_keys others = {{{"STATUS", 6}, {"BENCANA", 7}, {"", 0}, {"SEJAK", 5}, {"RUMAH", 5}}};
	const struct param_keys *keys = data[0] < 'a' ? &others : NULL;
	struct str rest = str_from((const char *)data + 1, n - 1);
	arena_init(&arena, (size_t)16 << 20);
	if (data[0] == 'f' || data[0] == 'F') {
		struct store_form form;
		form.nik = str_split(&rest, '\n');
		form.id_lembaga = str_split(&rest, '\n');
		form.param = rest;
		rc = store_body_form(&form, keys, &arena, &body, NULL);
	} else {
		rc = store_body_json(rest, keys, &arena, &body, NULL);
	}
	assert(rc == RC_OK);
	check(&body);
	arena_free(&arena);
	return 0;
}
