/* SPDX-License-Identifier: EUPL-1.2
 * registry/view.h - one state of the registry: what registry_meta says, and the
 * dictionaries in memory. Shared by the answering side and the loader. */
#pragma once
#include "registry/dict.h"
#include "registry/registry.sql.h"

#define VIEW_FORMAT 1 /* of the rows; another one is refused */
#define VIEW_SLOT INT64_C(10000000000000000)

struct view {
	struct sql_registry_meta_find meta;
	struct dict words;   /* birthplaces and occupations; ids as in table word */
	struct dict regions; /* "CODE<tab>PROVINSI<tab>KABUPATEN<tab>KECAMATAN<tab>DESA" */
};

void view_init(struct view *view);
void view_free(struct view *view);
/* registry_meta as it stands. RC_ABSENT: nothing was ever loaded. RC_REFUSED: a
 * newer Padan wrote it. */
MUST_USE enum rc view_meta(struct tx *tx, struct sql_registry_meta_find *ret, struct err *err);
/* Read what the dictionaries do not have yet. They only grow. */
MUST_USE enum rc view_dictionaries(struct tx *tx, struct view *view, struct err *err);
static inline int64_t view_key(int64_t slot, struct nik nik)
{
	return slot * VIEW_SLOT + nik.n;
}
