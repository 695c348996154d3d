/* SPDX-License-Identifier: EUPL-1.2
 * base/arena.h - memory that is given back all at once.
 *
 * One arena has one owner (a visit, a transaction, a command) and one thread.
 * It has a ceiling; past it, or out of memory, allocation gives NULL and the
 * arena stays `broken`, so a caller may ask once at the end. Everything handed
 * out is zeroed, aligned for any type, and wiped when the arena is reset. */
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena_block;
struct arena {
	struct arena_block *first, *now;
	size_t used, max;
	bool broken;
};

/* `max` bytes in all, at most. Allocates nothing yet. */
void arena_init(struct arena *arena, size_t max);
/* Wipe and release everything; the arena may be used again. */
void arena_reset(struct arena *arena);
/* Whoever asked for too much was refused; others may ask again. What was handed out stays. */
void arena_mend(struct arena *arena);
/* As arena_reset, and the first block goes back to the system too. */
void arena_free(struct arena *arena);
void *arena_alloc(struct arena *arena, size_t size) __attribute__((malloc, alloc_size(2)));
/* n * size, NULL on overflow. */
void *arena_array(struct arena *arena, size_t n, size_t size);
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, n, type) ((type *)arena_array((arena), (n), sizeof(type)))
/* A copy that lives as long as the arena, with a NUL after it for C callers.
 * An absent text stays absent; out of memory gives the absent text too. */
struct str arena_str(struct arena *arena, struct str s);
struct str arena_printf(struct arena *arena, const char *fmt, ...) PRINTF_LIKE(2, 3);
