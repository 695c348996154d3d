/* SPDX-License-Identifier: EUPL-1.2
 * web/glance.h - the provider's people may see of whom an agency told (P3.1b), and each
 * time they open a page with NIK it is in the journal. Those whose data balikan it is leave
 * no entry: they work with it. */
#pragma once
#include "gate/visit.h"

struct glance {
	int64_t instansi_id, kejadian_id; /* kejadian_id 0: of several */
	struct nik nik;                   /* of one person; n == 0: of many */
	const char *what;                 /* machine words: "daftar korban" */
};
/* Nothing for people of an agency. */
MUST_USE enum rc glance_journal(struct visit *v, const struct glance *glance, struct err *err);
