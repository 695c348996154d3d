/* SPDX-License-Identifier: EUPL-1.2
 * test/arena.h - one arena for all tests of a file; ARENA_MAX before it says how large. */
#pragma once
#include "base/base.h"

static struct arena arena;

static inline int open_arena(void **state)
{
	(void)state;
	arena_init(&arena, ARENA_MAX);
	return 0;
}

static inline int close_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}
