/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as an uploaded field list: a row without a flaw can be told, a row with one has
 * a reason, no NIK is fine twice, and what is packed comes back the same. The rest of the
 * bytes is unpacked as if it had been sealed. */
#include "feedback/list.h"

#include <assert.h>

#define NOW_US (INT64_C(1795500000) * US_PER_S) /* November 2026 */

static void check_rows(const struct list *list, struct arena *arena)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct list_row *row = &list->rows[i];
		assert((row->flaw != LIST_FINE) == (row->fate == LIST_WRONG));
		assert((list_reason(row, arena).n > 0) == (row->fate != LIST_READY));
		assert(i == 0 || row->number > list->rows[i - 1].number);
		for (size_t k = 0; k < LIST_COLUMNS; k++)
			assert(row->typed[k].n <= LIST_TYPED_MAX && str_is_text(row->typed[k]));
		if (row->fate != LIST_READY)
			continue;
		assert(nik_check(row->nik.n) == NIK_FLAW_NONE);
		assert(told_check(&row->told, NOW_US, NULL) == RC_OK);
		for (size_t k = 0; k < i; k++)
			assert(list->rows[k].fate != LIST_READY || list->rows[k].nik.n != row->nik.n);
	}
}

static void check_pack(const struct list *list, struct arena *arena)
{
	BUF_AUTO packed = BUF(LIST_PACKED_MAX);
	BUF_AUTO again = BUF(LIST_PACKED_MAX);
	struct list back;
	list_pack(list, &packed);
	assert(buf_ok(&packed) && list_unpack(buf_str(&packed), arena, &back, NULL) == RC_OK);
	list_pack(&back, &again);
	assert(str_eq(buf_str(&packed), buf_str(&again)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str bytes = str_from((const char *)data, n);
	struct arena arena;
	struct sheet sheet;
	struct list list;
	arena_init(&arena, SHEET_ARENA_MAX + ((size_t)16 << 20));
	if (list_unpack(bytes, &arena, &list, NULL) == RC_OK)
		check_pack(&list, &arena);
	if (sheet_read(bytes, &arena, &sheet, NULL) == RC_OK && list_read(&sheet, NOW_US, &arena, &list, NULL) == RC_OK) {
		check_rows(&list, &arena);
		check_pack(&list, &arena);
	}
	arena_free(&arena);
	return 0;
}
