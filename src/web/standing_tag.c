/* SPDX-License-Identifier: EUPL-1.2
 * web/standing_tag.c - see standing_tag.h. */
#include "web/standing_tag.h"

static const struct standing_tag tags[] = {
        [PAPER_MISSING] = {"belum ada", "no"},
        [PAPER_WAITING] = {"menunggu", "warn"},
        [PAPER_OVER] = {"habis", "no"},
        [PAPER_ON_FILE] = {"ada", "ok"},
};

struct standing_tag standing_tag(enum paper_standing standing)
{
	return tags[standing];
}

struct str standing_words(struct arena *arena, const struct paper_stand *stand)
{
	if (stand->standing == PAPER_ON_FILE && stand->valid_until.n)
		return arena_printf(arena, "ada, sampai %s", day_short(stand->valid_until).z);
	if (stand->standing == PAPER_OVER)
		return arena_printf(arena, "habis setelah %s", day_short(stand->valid_until).z);
	return str_c(tags[stand->standing].word);
}
