/* SPDX-License-Identifier: EUPL-1.2
 * registry/progress.h - how far a load is, told about twice a second.
 *
 * A load has one or two legs: reading, and (for what was not in order) putting what
 * was sorted into the registry. They are counted as equally long. */
#pragma once
#include "registry/load.h"

struct progress {
	const struct load_conf *conf;
	struct load_progress now;
	int64_t begin_us, told_us;
	unsigned ticks;
	bool two_legs;
	int64_t second_done, second_all;
};

void progress_begin(struct progress *p, const struct load_conf *conf, int64_t bytes_all);
/* Cheap: looks at the clock once in a while. */
void progress_tick(struct progress *p);
/* Now, whatever the clock says. */
void progress_tell(struct progress *p);
