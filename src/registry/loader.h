/* SPDX-License-Identifier: EUPL-1.2
 * registry/loader.h - one load from its first resident to the swap.
 *
 * Residents may come in any order; the later of two with one NIK counts. What comes
 * in order of NIK goes straight to the sink; the rest waits in a sorter. */
#pragma once
#include "registry/load.h"
#include "registry/person.h"
#include "registry/progress.h"
#include "registry/sink.h"
#include "registry/sorter.h"

enum loader_mode {
	LOADER_LOOKING, /* the first rows wait, to see whether they are in order */
	LOADER_DIRECT,  /* they are; stragglers wait for the end */
	LOADER_SORTING  /* they are not, or this is a delta */
};

struct loader {
	const struct load_conf *conf;
	struct sink *sink;
	struct sorter *sorter;
	enum loader_mode mode;
	bool ordered; /* so far */
	int64_t last;
	unsigned ticks;
	struct load_result result;
	struct progress progress;
	char directory[1024];
};

/* bytes_all: what will be read, 0 when unknown. Call loader_end() whatever comes back. */
MUST_USE enum rc loader_begin(struct loader *l, const struct load_conf *conf, int64_t bytes_all, struct err *err);
/* Fills the ids of the person on the way. */
MUST_USE enum rc loader_put(struct loader *l, struct person *person, struct err *err);
/* Everything in place. Only then is the new registry in use. */
MUST_USE enum rc loader_publish(struct loader *l, struct err *err);
/* Release; throws away what was not published. */
void loader_end(struct loader *l);
