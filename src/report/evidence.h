/* SPDX-License-Identifier: EUPL-1.2
 * report/evidence.h - the facts an evaluation's checklist is filled from (J.V): the figures
 * of its run, and beside them duties, papers and data balikan as they stand at that moment. */
#pragma once
#include "report/checklist.h"

struct evidence_ask {
	struct agreement *agreement;
	int64_t instansi_id;
	const struct figures *figures;
	struct str semester; /* "" any period */
	int64_t now_us;
};
/* Texts in tx_arena. */
MUST_USE enum rc evidence_read(struct tx *tx, const struct evidence_ask *ask, struct evidence *ret, struct err *err);
