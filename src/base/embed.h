/* SPDX-License-Identifier: EUPL-1.2
 * base/embed.h - a data file inside the program, as a view.
 *
 *     EMBED(workday, "data/workday.csv");      at file level, once
 *     struct str text = EMBEDDED(workday);
 *
 * The path is seen from the top of the source tree, where make runs; the object
 * depends on it by a line of its own in the Makefile (the compiler cannot know). */
#pragma once
#include "base/str.h"

#define EMBED(name, path)                                                                                              \
	__asm__(".pushsection .rodata\n"                                                                               \
	        "embed_" #name "_at:\n"                                                                                \
	        ".incbin \"" path "\"\n"                                                                               \
	        "embed_" #name "_end:\n"                                                                               \
	        ".balign 8\n"                                                                                          \
	        "embed_" #name "_size:\n"                                                                              \
	        ".quad embed_" #name "_end - embed_" #name "_at\n"                                                     \
	        ".popsection\n");                                                                                      \
	extern const char embed_##name##_at[] __attribute__((visibility("hidden")));                                   \
	extern const uint64_t embed_##name##_size __attribute__((visibility("hidden")))
#define EMBEDDED(name) str_from(embed_##name##_at, (size_t)embed_##name##_size)
