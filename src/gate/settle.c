/* SPDX-License-Identifier: EUPL-1.2
 * gate/settle.c - see settle.h.
 *
 * The tray took the head of the log, and holds it until it is over, wherever it is being
 * carried out. Whoever has the head after it therefore sees either the entry, or a log that
 * will never hold it. And because taking the head is a write, committing it waits for
 * everything that a commit has to wait for, and for the tray's own before it. */
#include "gate/settle.h"

#include <time.h>

#include "store/store.h"

#define PAUSE_NS (20L * 1000 * 1000)

static enum rc look(struct gate *gate, const struct journal_mark *mark, int64_t left_us, bool *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct patience patience = {.us = left_us};
	TRY(tx_begin_within(gate->conf.office, TX_WRITE, &patience, &tx, err));
	enum rc rc = journal_stands(gate->conf.journal, tx, mark, ret, err);
	if (rc == RC_OK)
		rc = tx_commit(&tx, err);
	tx_rollback(&tx);
	return rc;
}

enum rc settle(struct gate *gate, const struct journal_mark *mark, int64_t until_us, struct err *err)
{
	const struct timespec pause = {.tv_nsec = PAUSE_NS};
	bool stands;
	for (int64_t left_us; (left_us = until_us - clock_steady_us()) > 0; nanosleep(&pause, NULL)) {
		*err = (struct err){0};
		if (look(gate, mark, left_us, &stands, err) == RC_OK)
			return stands ? RC_OK : FAIL(err, RC_ABSENT, "penyimpanan tidak terjadi");
	}
	return FAIL(err, RC_BROKEN, "tidak diketahui apakah nampan tersimpan");
}
