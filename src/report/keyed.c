/* SPDX-License-Identifier: EUPL-1.2
 * report/keyed.c - see keyed.h. Open addressing; both grow by doubling, and what they grew out
 * of stays in the arena: twice what is needed, at most. */
#include "report/keyed.h"

#define ROOM_FIRST 16

void keyed_init(struct keyed *keyed, struct arena *arena, size_t row_size)
{
	*keyed = (struct keyed){.arena = arena, .row_size = row_size};
}

/* FNV-1a: keys are ids and machine words, nobody chooses them to collide. */
static size_t hash_of(struct str key)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < key.n; i++)
		hash = (hash ^ (unsigned char)key.at[i]) * UINT64_C(1099511628211);
	return (size_t)(hash ^ hash >> 32);
}

/* Where the key stands, or would. */
static uint32_t *slot_of(const struct keyed *keyed, struct str key)
{
	size_t mask = keyed->slots_n - 1;
	for (size_t i = hash_of(key) & mask;; i = (i + 1) & mask) {
		uint32_t *slot = &keyed->slots[i];
		if (*slot == 0 || str_eq(keyed->keys[*slot - 1], key))
			return slot;
	}
}

static enum rc grow(struct keyed *keyed, struct err *err)
{
	size_t room = keyed->room ? 2 * keyed->room : ROOM_FIRST;
	char *rows = arena_array(keyed->arena, room, keyed->row_size);
	struct str *keys = ARENA_ARRAY(keyed->arena, room, struct str);
	uint32_t *slots = ARENA_ARRAY(keyed->arena, 2 * room, uint32_t);
	if (!rows || !keys || !slots)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	if (keyed->n) {
		memcpy(rows, keyed->rows, keyed->n * keyed->row_size);
		memcpy(keys, keyed->keys, keyed->n * sizeof *keys);
	}
	keyed->rows = rows;
	keyed->keys = keys;
	keyed->slots = slots;
	keyed->room = room;
	keyed->slots_n = 2 * room;
	for (size_t i = 0; i < keyed->n; i++)
		*slot_of(keyed, keys[i]) = (uint32_t)i + 1;
	return RC_OK;
}

static enum rc make(struct keyed *keyed, struct str key, size_t *ret, struct err *err)
{
	if (keyed->n == KEYED_MAX)
		return FAIL(err, RC_LIMIT, "Lebih dari %d baris dalam satu tabel laporan", KEYED_MAX);
	struct str kept = arena_str(keyed->arena, key);
	if (!kept.at && key.n)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	*ret = keyed->n++;
	keyed->keys[*ret] = kept;
	*slot_of(keyed, key) = (uint32_t)*ret + 1;
	return RC_OK;
}

enum rc keyed_row(struct keyed *keyed, struct str key, void **ret, struct str *ret_key, struct err *err)
{
	size_t i;
	if (keyed->n == keyed->room)
		TRY(grow(keyed, err));
	uint32_t slot = *slot_of(keyed, key);
	if (slot)
		i = slot - 1;
	else
		TRY(make(keyed, key, &i, err));
	*ret = keyed->rows + i * keyed->row_size;
	if (ret_key)
		*ret_key = keyed->keys[i];
	return RC_OK;
}
