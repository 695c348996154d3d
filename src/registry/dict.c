/* SPDX-License-Identifier: EUPL-1.2
 * registry/dict.c - see dict.h. FNV-1a over eight bytes at a time would be
 * needless: the texts are short and nobody hostile chooses a million of them
 * (DICT_MAX stands in front of that). */
#include "registry/dict.h"

#include <string.h>

#define PLACES_FIRST 1024
#define TEXTS_MAX ((size_t)512 << 20)

void dict_init(struct dict *dict)
{
	*dict = (struct dict){.entries = BUF((size_t)DICT_MAX * 2 * sizeof(struct str)),
	                      .places = BUF((size_t)DICT_MAX * 8 * sizeof(int32_t))};
	arena_init(&dict->arena, TEXTS_MAX);
}

void dict_free(struct dict *dict)
{
	arena_free(&dict->arena);
	buf_free(&dict->entries);
	buf_free(&dict->places);
	dict->n = 0;
}

static uint32_t hash(struct str s)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.at[i]) * 16777619u;
	return h ^ h >> 15;
}

static const struct str *entry(const struct dict *dict, int32_t id)
{
	return (const struct str *)dict->entries.at + (id - 1);
}

static size_t places_n(const struct dict *dict)
{
	return dict->places.n / sizeof(int32_t);
}

/* Where `text` stands, or the free place where it would. */
static int32_t *place(const struct dict *dict, struct str text)
{
	int32_t *places = (int32_t *)dict->places.at;
	size_t mask = places_n(dict) - 1, i = hash(text) & mask;
	while (places[i] && !str_eq(*entry(dict, places[i]), text))
		i = (i + 1) & mask;
	return &places[i];
}

static bool grow(struct dict *dict)
{
	size_t n = places_n(dict) ? places_n(dict) * 2 : PLACES_FIRST;
	buf_clear(&dict->places);
	if (!buf_room(&dict->places, n * sizeof(int32_t)))
		return false;
	dict->places.n = n * sizeof(int32_t);
	memset(dict->places.at, 0, dict->places.n);
	for (int32_t id = 1; id <= (int32_t)dict->n; id++)
		*place(dict, *entry(dict, id)) = id;
	return true;
}

enum rc dict_intern(struct dict *dict, struct str text, int32_t *ret)
{
	if (dict->n * 2 >= places_n(dict) && !grow(dict))
		return RC_LIMIT;
	int32_t *at = place(dict, text);
	*ret = *at;
	if (*at)
		return RC_OK;
	struct str kept = arena_str(&dict->arena, str_from(text.n ? text.at : "", text.n));
	if (dict->n == DICT_MAX || !kept.at)
		return RC_LIMIT;
	buf_add(&dict->entries, str_from((const char *)&kept, sizeof kept));
	if (!buf_ok(&dict->entries))
		return RC_LIMIT;
	*ret = *at = (int32_t)++dict->n;
	return RC_OK;
}

struct str dict_text(const struct dict *dict, int32_t id)
{
	return id >= 1 && (size_t)id <= dict->n ? *entry(dict, id) : (struct str){NULL, 0};
}
