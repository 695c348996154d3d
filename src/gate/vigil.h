/* SPDX-License-Identifier: EUPL-1.2
 * gate/vigil.h - the tray's thread may have to wait for a database; nobody else waits with
 * it for longer than its patience (decision 0043). For the files of gate.
 *
 * A thread of its own looks every 50 ms. Once the database has been silent for the gate's
 * patience, whoever waits in the queue gets 503, and whoever arrives gets it at once, until
 * the silence ends. When no tray is under way it puts a small one on, so that it is known
 * without any visitor that the database is away, or back. Those who come back from a system
 * above stay in the queue: their hit is reserved, and only a tray can settle it. */
#pragma once
#include "base/base.h"

struct gate;
struct vigil;

MUST_USE enum rc vigil_start(struct gate *gate, struct vigil **ret, struct err *err);
/* End the thread. The tray must still run, or have run dry, until vigil_free(). NULL is allowed. */
void vigil_stop(struct vigil *vigil);
void vigil_free(struct vigil *vigil);

/* Has the database been silent for longer than the gate has patience? */
bool vigil_is_stuck(const struct gate *gate);
/* Give 503 to everyone that waits. */
void vigil_refuse_waiting(struct gate *gate);
/* The tray's thread: a tray came to nothing. Said once, until the database is well again. */
void vigil_note(struct gate *gate, const struct err *err);
