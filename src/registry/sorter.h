/* SPDX-License-Identifier: EUPL-1.2
 * registry/sorter.h - residents by NIK, however many, in bounded memory.
 *
 * What does not fit is sorted and spilt to one file without a name, which is gone
 * with the process. Of several with the same NIK the one added last comes out. */
#pragma once
#include "registry/resident.h"

struct sorter;

#define SORTER_MEMORY_MIN ((int64_t)1 << 20)
/* `dir`: where the file goes. RC_BROKEN: no memory. */
MUST_USE enum rc sorter_open(const char *dir, int64_t memory_max, struct sorter **ret, struct err *err);
void sorter_close(struct sorter *sorter);
/* RC_BROKEN: the file cannot be written (disk full). RC_LIMIT: far too many for
 * so little memory. */
MUST_USE enum rc sorter_add(struct sorter *sorter, const struct resident *r, struct err *err);
int64_t sorter_n(const struct sorter *sorter); /* added, doubles included */
/* No more will be added: sorter_next gives them in order. */
MUST_USE enum rc sorter_turn(struct sorter *sorter, struct err *err);
/* RC_ABSENT: that was the last. Texts stay valid until the call after. */
MUST_USE enum rc sorter_next(struct sorter *sorter, struct resident *ret, struct err *err);
