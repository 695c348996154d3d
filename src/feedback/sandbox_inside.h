/* SPDX-License-Identifier: EUPL-1.2
 * feedback/sandbox_inside.h - what a node remembers of the rehearsal; for the room
 * `feedback` alone. Bounded: a hash has one cell it may stand in, the newer pushes out the
 * older. */
#pragma once
#include "feedback/feedback_inside.h"

#define SANDBOX_CELLS 4096

struct sandbox_cell {
	int64_t instansi_id, told_us;
	struct told_hash hash;
};
struct sandbox {
	struct sandbox_cell cells[SANDBOX_CELLS];
};
