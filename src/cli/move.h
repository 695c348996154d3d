/* SPDX-License-Identifier: EUPL-1.2
 * cli/move.h - an office on its way from one database to another: what `padan migrate`
 * does, a step a function. store/transfer.h copies; here stands what only the whole
 * office knows: which state of the journal is moved, whether it arrived whole, and when
 * the source must not be used any more.
 *
 * The order is what keeps an office from living twice. The source is marked as left in one
 * transaction with a last look at its journal; only then the target may be used; only then
 * padan.conf names it. Killed between any two of them, the next run goes on. */
#pragma once
#include "cli/app.h"
#include "cli/meter.h"
#include "journal/pin.h"
#include "store/transfer.h"

struct move {
	struct app *app;   /* opened to APP_KEYS */
	struct conf *conf; /* as padan.conf will be */
	struct store *from, *to;
	struct journal *journal, *arrived; /* of either side */
	struct transfer *transfer;
	struct meter meter;
	struct pin pins[PINS_MAX]; /* every log as it is moved, signed; texts in `arena` */
	size_t pins_n;
	struct arena arena;
	struct transfer_mark left;      /* on the source */
	struct transfer_mark came;      /* on the target */
	char place[TRANSFER_PLACE_MAX]; /* of the target, as it may be shown */
};

/* Both sides, and the journal as it is moved.
 * RC_REFUSED  the source is in use, or was moved elsewhere; the target holds something else
 * RC_CONFLICT the source is not as it was when it was left */
MUST_USE enum rc move_open(struct move *move, struct err *err);
void move_close(struct move *move);
#define MOVE_AUTO __attribute__((cleanup(move_close))) struct move

/* Every row that is not there yet, then all of both compared. */
MUST_USE enum rc move_copy(struct move *move, struct err *err);
/* The same of any transfer; what came of it goes to stdout, a line each. */
MUST_USE enum rc move_copy_all(struct transfer *transfer, struct meter *meter, struct err *err);
/* The target answers every query, and every log is whole and under the checkpoint of the source. */
MUST_USE enum rc move_verify(struct move *move, struct err *err);
/* The source is left: nobody opens it any more. RC_CONFLICT: something was written to it meanwhile. */
MUST_USE enum rc move_leave(struct move *move, struct err *err);
/* The target is the office from now on, and its journal says so. */
MUST_USE enum rc move_arrive(struct move *move, struct err *err);
/* The population data, of whatever engine, in the place that `conf` names. */
MUST_USE enum rc move_registry(struct move *move, struct err *err);
