/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as an import file: the reader comes to an end without reading past one,
 * and a row that was taken is written and read back as the same person. */
#include "registry/row.h"

#include <assert.h>

struct source {
	const uint8_t *at;
	size_t n, step;
};

static ssize_t read_source(void *arg, char *out, size_t max)
{
	struct source *s = arg;
	size_t n = s->n < s->step ? s->n : s->step;
	n = n < max ? n : max;
	if (n)
		memcpy(out, s->at, n);
	s->at += n;
	s->n -= n;
	return (ssize_t)n;
}

static void plain_map(struct row_map *ret)
{
	struct csv_record header = {.n = FIELD_COUNT};
	for (size_t i = 0; i < FIELD_COUNT; i++)
		header.field[i] = row_field_name((enum row_field)i);
	assert(row_map_make(&header, ret, NULL) == RC_OK);
}

static enum row_flaw parse(const struct row_map *map, const struct csv_record *r, struct row_room *room, struct person *ret)
{
	enum row_field field;
	return row_parse(map, r, day_from_ymd(2199, 12, 31), room, ret, &field);
}

static void read_back(const struct person *p)
{
	static struct row_room room;
	struct arena arena;
	struct csv *csv;
	static struct csv_record r;
	enum csv_flaw flaw;
	struct row_map map;
	struct person again;
	BUF_AUTO b = BUF(1 << 16), c = BUF(1 << 16);
	row_write(&b, p);
	struct source source = {(const uint8_t *)b.at, b.n, SIZE_MAX};
	arena_init(&arena, (size_t)2 << 20);
	plain_map(&map);
	assert(csv_open(read_source, &source, &arena, &csv) == RC_OK);
	assert(csv_next(csv, &r, &flaw) == RC_OK);
	assert(parse(&map, &r, &room, &again) == ROW_OK);
	row_write(&c, &again);
	assert(str_eq(buf_str(&b), buf_str(&c)));
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct csv_record r;
	static struct row_room room;
	struct arena arena;
	struct csv *csv;
	struct row_map map;
	struct person p;
	enum csv_flaw flaw;
	enum rc rc;
	struct source source = {data, n, n % 3 ? SIZE_MAX : 7};
	int64_t line = 0;
	arena_init(&arena, (size_t)2 << 20);
	plain_map(&map);
	assert(csv_open(read_source, &source, &arena, &csv) == RC_OK);
	while ((rc = csv_next(csv, &r, &flaw)) == RC_OK || rc == RC_INVALID) {
		assert(r.line > line);
		line = r.line;
		if (rc == RC_INVALID)
			continue;
		if (row_map_make(&r, &map, NULL) != RC_OK)
			plain_map(&map);
		else
			continue;
		if (parse(&map, &r, &room, &p) == ROW_OK)
			read_back(&p);
	}
	assert(rc == RC_ABSENT && csv_bytes(csv) == (int64_t)n);
	arena_free(&arena);
	return 0;
}
