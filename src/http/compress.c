/* SPDX-License-Identifier: EUPL-1.2
 * http/compress.c - see compress.h. The window is 8 KB and the hash table small:
 * pages are a few kilobytes, and what is allocated must also be wiped. */
#include "http/compress.h"

#include <zlib.h>

#define WINDOW_BITS 13 /* of a small page; a larger one looks back as far as it is long, up to 32 KB */
#define WINDOW_BITS_MAX 15
#define MEM_LEVEL 6
#define LEVEL 6
#define MEMORY_MAX (256 * 1024)
#define GZIP_WRAPPER 16 /* added to the window bits: a gzip header and trailer */

static voidpf from_arena(voidpf arena, uInt n, uInt size)
{
	return arena_array(arena, n, size);
}

static void to_arena(voidpf arena, voidpf at)
{
	(void)arena, (void)at; /* all at once, and wiped, in arena_free() */
}

static int window_bits(size_t n)
{
	int bits = WINDOW_BITS;
	while (bits < WINDOW_BITS_MAX && n > (size_t)1 << bits)
		bits++;
	return bits;
}

enum rc compress_gzip(struct str s, struct buf *out)
{
	struct arena arena;
	arena_init(&arena, MEMORY_MAX);
	z_stream z = {.zalloc = from_arena, .zfree = to_arena, .opaque = &arena};
	enum rc rc = RC_LIMIT;
	if (s.n > INT32_MAX || !buf_room(out, s.n) ||
	    deflateInit2(&z, LEVEL, Z_DEFLATED, window_bits(s.n) + GZIP_WRAPPER, MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
		goto out;
	z.next_in = (Bytef *)(uintptr_t)s.at;
	z.avail_in = (uInt)s.n;
	z.next_out = (Bytef *)out->at + out->n;
	z.avail_out = (uInt)s.n;
	if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
		out->n += s.n - z.avail_out;
		rc = RC_OK;
	}
	deflateEnd(&z);
out:
	arena_free(&arena);
	return rc;
}
