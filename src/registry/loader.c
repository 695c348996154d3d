/* SPDX-License-Identifier: EUPL-1.2
 * registry/loader.c - see loader.h. */
#include "registry/loader.h"

#include "registry/intake.h"
#include "store/bulk.h"

#define KEEP_ROWS 1024
#define LOOK_ROWS 50000 /* rows in order that make us believe in the rest */

static enum rc new_sorter(struct loader *l, struct err *err)
{
	int64_t memory = l->conf->memory_max ? l->conf->memory_max : LOAD_MEMORY_MAX;
	sorter_close(l->sorter);
	return sorter_open(l->directory, memory, &l->sorter, err);
}

enum rc loader_begin(struct loader *l, const struct load_conf *conf, int64_t bytes_all, struct err *err)
{
	*l = (struct loader){.conf = conf, .mode = conf->delta ? LOADER_SORTING : LOADER_LOOKING, .ordered = true};
	progress_begin(&l->progress, conf, bytes_all);
	l->progress.two_legs = conf->delta;
	if (!store_directory(conf->url, l->directory, sizeof l->directory))
		return FAIL(err, RC_INVALID, "Alamat basis data terlalu panjang");
	TRY(sink_open(conf->url, conf->delta, conf->as_of, &l->sink, err));
	return new_sorter(l, err);
}

void loader_end(struct loader *l)
{
	sorter_close(l->sorter);
	sink_close(l->sink);
	l->sorter = NULL;
	l->sink = NULL;
}

/* A resident has gone by: time to tell, or to say that we are still here. */
static enum rc tick(struct loader *l, struct err *err)
{
	progress_tick(&l->progress);
	return ++l->ticks % KEEP_ROWS == 0 ? sink_keep(l->sink, err) : RC_OK;
}

/* Everything that waits, in order, into the sink. */
static enum rc drain(struct loader *l, bool upsert, struct err *err)
{
	struct resident r;
	enum rc rc;
	l->progress.second_all = sorter_n(l->sorter);
	l->progress.second_done = 0;
	TRY(sorter_turn(l->sorter, err));
	while ((rc = sorter_next(l->sorter, &r, err)) == RC_OK) {
		TRY(upsert ? sink_upsert(l->sink, &r, err) : sink_insert(l->sink, &r, err));
		l->progress.second_done++;
		TRY(tick(l, err));
	}
	return rc == RC_ABSENT ? RC_OK : rc;
}

/* Enough rows have been seen: were they in order? */
static enum rc decide(struct loader *l, struct err *err)
{
	if (!l->ordered) {
		l->mode = LOADER_SORTING;
		l->progress.two_legs = true;
		return RC_OK;
	}
	l->mode = LOADER_DIRECT;
	TRY(drain(l, false, err));
	return new_sorter(l, err);
}

enum rc loader_put(struct loader *l, struct person *person, struct err *err)
{
	struct resident *r = &person->resident;
	TRY(intake(sink_view(l->sink), person, err));
	TRY(tick(l, err));
	bool ahead = r->nik.n > l->last;
	if (ahead)
		l->last = r->nik.n;
	else
		l->ordered = false;
	if (l->mode == LOADER_DIRECT && ahead)
		return sink_insert(l->sink, r, err);
	TRY(sorter_add(l->sorter, r, err));
	return l->mode == LOADER_LOOKING && sorter_n(l->sorter) == LOOK_ROWS ? decide(l, err) : RC_OK;
}

enum rc loader_publish(struct loader *l, struct err *err)
{
	struct sink_counts counts;
	bool upsert = l->conf->delta || l->mode == LOADER_DIRECT;
	int64_t taken = l->result.rows - l->result.bad;
	TRY(drain(l, upsert, err));
	TRY(sink_publish(l->sink, &counts, err));
	l->result.inserted = counts.inserted;
	l->result.updated = taken - counts.inserted;
	progress_tell(&l->progress);
	return RC_OK;
}
