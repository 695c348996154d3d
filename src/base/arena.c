/* SPDX-License-Identifier: EUPL-1.2
 * base/arena.c - see arena.h. A chain of blocks; the first is kept over resets
 * so that a steady visit allocates nothing. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#define ALIGN _Alignof(max_align_t)
#define BLOCK_SIZE 8192

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	_Alignas(max_align_t) unsigned char at[];
};

void arena_init(struct arena *arena, size_t max)
{
	*arena = (struct arena){.max = max};
}

static void wipe_block(struct arena_block *block)
{
	explicit_bzero(block->at, block->used);
	block->used = 0;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *first = arena->first;
	for (struct arena_block *b = first ? first->next : NULL, *next; b; b = next) {
		next = b->next;
		wipe_block(b);
		free(b);
	}
	if (first) {
		wipe_block(first);
		first->next = NULL;
	}
	arena->now = first;
	arena->used = 0;
	arena->broken = false;
}

void arena_mend(struct arena *arena)
{
	arena->broken = false;
}

void arena_free(struct arena *arena)
{
	arena_reset(arena);
	free(arena->first);
	arena->first = arena->now = NULL;
}

static struct arena_block *block_add(struct arena *arena, size_t size)
{
	size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
	struct arena_block *b = malloc(sizeof *b + room);
	if (!b)
		return NULL;
	b->next = NULL;
	b->size = room;
	b->used = 0;
	if (arena->now)
		arena->now->next = b;
	else
		arena->first = b;
	arena->now = b;
	return b;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX / 2 || arena->broken)
		goto broken;
	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	if (size > arena->max - arena->used)
		goto broken;
	struct arena_block *b = arena->now;
	if (!b || b->size - b->used < size)
		b = block_add(arena, size);
	if (!b)
		goto broken;
	void *p = b->at + b->used;
	b->used += size;
	arena->used += size;
	return memset(p, 0, size);
broken:
	arena->broken = true;
	return NULL;
}

void *arena_array(struct arena *arena, size_t n, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(n, size, &total)) {
		arena->broken = true;
		return NULL;
	}
	return arena_alloc(arena, total);
}

struct str arena_str(struct arena *arena, struct str s)
{
	if (!s.at)
		return s;
	char *copy = arena_alloc(arena, s.n + 1);
	if (!copy)
		return (struct str){NULL, 0};
	if (s.n)
		memcpy(copy, s.at, s.n);
	return (struct str){copy, s.n};
}

/* Straight into what is left of the block under way: almost every text fits. What did
 * not fit is wiped, because only what counts as used is wiped later. */
PRINTF_LIKE(2, 0)
static bool print_here(struct arena *arena, const char *fmt, va_list ap, struct str *ret, int *ret_n)
{
	struct arena_block *b = arena->now;
	size_t left = b && !arena->broken ? b->size - b->used : 0;
	size_t room = left < arena->max - arena->used ? left : arena->max - arena->used;
	char *at = room ? (char *)b->at + b->used : NULL;
	*ret_n = vsnprintf(at, room, fmt, ap);
	size_t size = *ret_n < 0 ? 0 : ((size_t)*ret_n + ALIGN) / ALIGN * ALIGN; /* with its NUL */
	if (size == 0 || size > room) {
		if (room)
			explicit_bzero(at, room);
		return false;
	}
	b->used += size;
	arena->used += size;
	*ret = (struct str){at, (size_t)*ret_n};
	return true;
}

struct str arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list ap, again;
	struct str done;
	int n;
	va_start(ap, fmt);
	va_copy(again, ap);
	bool here = print_here(arena, fmt, ap, &done, &n);
	va_end(ap);
	char *at = here || n < 0 ? NULL : arena_alloc(arena, (size_t)n + 1);
	if (at)
		vsnprintf(at, (size_t)n + 1, fmt, again);
	va_end(again);
	if (here)
		return done;
	return at ? (struct str){at, (size_t)n} : (struct str){NULL, 0};
}
