/* SPDX-License-Identifier: EUPL-1.2
 * registry/registry.h - the population data, read-only while Padan serves.
 *
 * A database of its own. An import builds a new one beside it and renames it into
 * place; readers notice before the next tray and change over, so no inquiry fails
 * and none sees half of each. */
#pragma once
#include "policy/permit.h"
#include "registry/answer.h"

struct registry;

/* url as store_open(). RC_ABSENT: there is no registry yet. */
MUST_USE enum rc registry_open(const char *url, struct registry **ret, struct err *err);
void registry_close(struct registry *registry);
/* How long registry_answer() and registry_as_of() may wait for the database; NULL, as at first: as
 * long as it takes. It outlives the registry. */
struct patience;
void registry_patience(struct registry *registry, struct patience *patience);
/* As store_distrust(), from the thread of registry_answer(). */
void registry_distrust(struct registry *registry);

/* Answer n permits (NULL entries are skipped, ret[i] is NULL there): with the granted
 * elements, or, where the permit is for METHOD_VERIFY, with how its claim agrees. One
 * consistent view for all. Answers stand in `arena`. From one thread at a time.
 * RC_BROKEN: the registry cannot be read; nobody gets an answer. */
MUST_USE enum rc registry_answer(struct registry *registry, const struct permit *const *permits, size_t n,
                                 struct arena *arena, const struct answer **ret, struct err *err);

/* The day the newest data stands for. From the thread of registry_answer(). RC_BROKEN as there. */
MUST_USE enum rc registry_as_of(struct registry *registry, struct day *ret, struct err *err);

struct registry_stat {
	int64_t rows, by_status[4]; /* aktif, meninggal, ganda, nonaktif */
	struct day as_of;
	int64_t bytes;
};
MUST_USE enum rc registry_stat(const char *url, struct registry_stat *ret, struct err *err);
