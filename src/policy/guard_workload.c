/* SPDX-License-Identifier: EUPL-1.2
 * policy/guard_workload.c - the list of workloads, and putting one on the table. */
#include <assert.h>
#include <stdlib.h>

#include "policy/guard_workload.h"

const struct workload *workload_at(size_t i)
{
	if (i < workloads_honest_n)
		return &workloads_honest[i];
	i -= workloads_honest_n;
	return i < workloads_hostile_n ? &workloads_hostile[i] : NULL;
}

const struct workload *workload_find(struct str name)
{
	const struct workload *w;
	for (size_t i = 0; (w = workload_at(i)); i++)
		if (str_eq(name, str_c(w->name)))
			return w;
	return NULL;
}

static int earlier(const void *a, const void *b)
{
	const struct workload_row *x = a, *y = b;
	if (x->time_us != y->time_us)
		return x->time_us < y->time_us ? -1 : 1;
	return x->user - y->user;
}

size_t workload_make(const struct workload *workload, uint64_t seed, struct workload_row *rows)
{
	size_t i = 0;
	assert(workload);
	while (workload_at(i) != workload)
		i++;
	struct workload_script script = {.world = world_of(seed, i), .rows = rows};
	workload->make(&script, workload->about);
	qsort(rows, script.n, sizeof *rows, earlier);
	return script.n;
}

void workload_ask(struct workload_script *script, struct workload_row row)
{
	if (script->n == WORKLOAD_ROWS)
		return;
	row.instansi = row.instansi ? row.instansi : 1;
	if (!row.outcome)
		row.outcome = world_ask(&script->world, row.typed);
	script->rows[script->n++] = row;
}
