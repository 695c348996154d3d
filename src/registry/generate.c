/* SPDX-License-Identifier: EUPL-1.2
 * registry/generate.c - load_generate() and load_generate_csv() of load.h. */
#include <errno.h>
#include <unistd.h>

#include "registry/jobs.h"
#include "registry/load.h"
#include "registry/loader.h"
#include "registry/population.h"
#include "registry/row.h"

#define POPULATION_ROOM ((size_t)8 << 20)
#define WRITE_ROOM ((size_t)1 << 18)

/* Read here as: residents. The second leg is told by the loader. */
static enum rc put_all(struct loader *l, struct population *p, struct err *err)
{
	struct person person;
	while (population_next(p, &person)) {
		l->result.rows++;
		l->progress.now.rows = l->progress.now.bytes_done = l->result.rows;
		TRY(loader_put(l, &person, err));
	}
	return loader_publish(l, err);
}

enum rc load_generate(const struct load_conf *conf, const struct generate_conf *generate, struct load_result *ret,
                      struct err *err)
{
	struct arena arena;
	struct population *p;
	struct loader l;
	arena_init(&arena, POPULATION_ROOM);
	enum rc rc = population_new(generate->residents, generate->seed, &arena, &p, err);
	if (rc == RC_OK) {
		rc = loader_begin(&l, conf, generate->residents, err);
		if (rc == RC_OK)
			rc = put_all(&l, p, err);
		*ret = l.result;
		loader_end(&l);
	}
	arena_free(&arena);
	return rc;
}

/* ---- as CSV ---- */

static enum rc write_all(int fd, struct buf *b, struct err *err)
{
	size_t at = 0;
	while (at < b->n) {
		ssize_t n = write(fd, b->at + at, b->n - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FAIL(err, RC_BROKEN, "Berkas CSV tidak dapat ditulis");
		at += (size_t)n;
	}
	buf_clear(b);
	return RC_OK;
}

static enum rc write_csv(struct population *p, int fd, struct buf *b, struct err *err)
{
	struct person person;
	row_write_header(b);
	while (population_next(p, &person)) {
		row_write(b, &person);
		if (b->n > WRITE_ROOM)
			TRY(write_all(fd, b, err));
	}
	return write_all(fd, b, err);
}

enum rc load_generate_csv(const struct generate_conf *generate, int fd, struct err *err)
{
	struct arena arena;
	struct population *p;
	BUF_AUTO b = BUF(WRITE_ROOM * 2);
	arena_init(&arena, POPULATION_ROOM);
	enum rc rc = population_new(generate->residents, generate->seed, &arena, &p, err);
	if (rc == RC_OK)
		rc = write_csv(p, fd, &b, err);
	arena_free(&arena);
	return rc;
}
