/* SPDX-License-Identifier: EUPL-1.2
 * agreement/param_key.c - see param_key.h. */
#include "agreement/param_key.h"

#include <assert.h>

static const char *const names[PARAM_KEY_COUNT] = {
        [PARAM_KETERANGAN] = "KETERANGAN_KORBAN", [PARAM_JENIS] = "JENIS_BENCANA",
        [PARAM_KEJADIAN] = "KEJADIAN",            [PARAM_TANGGAL] = "TANGGAL",
        [PARAM_RUMAH] = "KERUSAKAN_RUMAH",
};

const char *param_key_name(size_t i)
{
	return i < LEN(names) ? names[i] : NULL;
}

enum param_key param_key_of(const struct param_keys *keys, struct str written)
{
	for (size_t i = 0; i < PARAM_KEY_COUNT; i++)
		if (str_ieq(written, str_c(names[i])))
			return (enum param_key)i;
	for (size_t i = 0; keys && i < PARAM_KEY_COUNT; i++)
		if (keys->alias[i].n && str_ieq(written, keys->alias[i]))
			return (enum param_key)i;
	return PARAM_KEY_COUNT;
}

const char *param_key_shown(const struct param_keys *keys, enum param_key key)
{
	assert(key < PARAM_KEY_COUNT);
	return keys && keys->alias[key].n ? keys->alias[key].at : names[key];
}

/* Found as something else: ours come first, and an earlier one of theirs before a later. */
enum param_key param_keys_clash(const struct param_keys *keys)
{
	for (size_t i = 0; i < PARAM_KEY_COUNT; i++)
		if (keys->alias[i].n && param_key_of(keys, keys->alias[i]) != (enum param_key)i)
			return (enum param_key)i;
	return PARAM_KEY_COUNT;
}
