/* SPDX-License-Identifier: EUPL-1.2
 * sheet/shared.c - see shared.h. A text in several formats is written in runs, which
 * join; the reading aid of East Asian texts (rPh) is no part of it. */
#include "sheet/shared.h"

#include "sheet/escape.h"

struct reading {
	struct shared *shared;
	struct grid *grid;
	bool in_item, in_text, in_aid;
	struct raw raw;
};

static enum rc begin(void *arg, const struct xml_tag *tag)
{
	struct reading *r = arg;
	if (strcmp(tag->name, "si") == 0) {
		r->in_item = true;
		raw_clear(&r->raw);
	} else if (strcmp(tag->name, "rPh") == 0) {
		r->in_aid = true;
	} else if (strcmp(tag->name, "t") == 0) {
		r->in_text = r->in_item && !r->in_aid;
	}
	return RC_OK;
}

static enum rc add(struct reading *r)
{
	struct shared *shared = r->shared;
	struct str **block = &shared->blocks[shared->n / SHARED_BLOCK];
	if (shared->n == SHARED_MAX)
		return FAIL(r->grid->err, RC_LIMIT,
		            "Berkas memuat terlalu banyak teks, mungkin pada lembar lain. Salin daftarnya ke buku "
		            "kerja baru, lalu unggah.");
	if (!*block && !(*block = ARENA_ARRAY(r->grid->arena, SHARED_BLOCK, struct str)))
		return FAIL(r->grid->err, RC_BROKEN, "memori habis");
	escape_off(&r->raw);
	return grid_keep(r->grid, &r->raw, &(*block)[shared->n++ % SHARED_BLOCK]);
}

static enum rc end(void *arg, const char *name)
{
	struct reading *r = arg;
	if (strcmp(name, "t") == 0)
		r->in_text = false;
	else if (strcmp(name, "rPh") == 0)
		r->in_aid = false;
	else if (strcmp(name, "si") == 0 && r->in_item) {
		r->in_item = false;
		return add(r);
	}
	return RC_OK;
}

static enum rc text(void *arg, struct str piece)
{
	struct reading *r = arg;
	if (r->in_text)
		raw_add(&r->raw, piece);
	return RC_OK;
}

enum rc shared_read(struct package *package, struct str part, struct grid *grid, struct shared *ret)
{
	static const struct xml_ear ear = {begin, end, text};
	struct reading reading = {.shared = ret, .grid = grid};
	return xml_read(package, part, PACKAGE_LARGE_MAX, &ear, &reading);
}

enum rc shared_get(const struct shared *shared, struct str number, struct str *ret)
{
	int64_t n;
	if (str_int(str_trim(number), 0, SHARED_MAX, &n) != RC_OK || (size_t)n >= shared->n)
		return RC_ABSENT;
	*ret = shared->blocks[n / SHARED_BLOCK][n % SHARED_BLOCK];
	return RC_OK;
}
