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
	        "embed_" #name "_begin:\n"                                                                             \
	        ".incbin \"" path "\"\n"                                                                               \
	        "embed_" #name "_end:\n"                                                                               \
	        ".byte 0\n"                                                                                            \
	        ".popsection\n");                                                                                      \
	extern const char embed_##name##_begin[] __attribute__((visibility("hidden")));                                \
	extern const char embed_##name##_end[] __attribute__((visibility("hidden")))
#define EMBEDDED(name) str_from(embed_##name##_begin, (size_t)(embed_##name##_end - embed_##name##_begin))
