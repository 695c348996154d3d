/* SPDX-License-Identifier: EUPL-1.2
 * gate/logbook.c - see logbook.h. */
#include "gate/logbook.h"

#include "gate/call.h"
#include "journal/pin.h"
#include "journal/tile.h"
#include "journal/verify.h"

int logbook_own(const struct visit *v)
{
	return (int)v->gate->conf.node; /* a node writes the log of its number */
}

enum rc logbook_browse(struct visit *v, const struct browse_ask *ask, struct arena *arena, struct browse *ret, struct err *err)
{
	return browse_read(v->gate->conf.office, ask, arena, ret, err);
}

enum rc logbook_find(struct visit *v, struct str ref, int *ret_log, int64_t *ret_place, struct err *err)
{
	struct journal_seen seen;
	TRY(journal_find_ref(v->gate->conf.journal, v->tx, ref, &seen, err));
	*ret_log = (int)(seen.seq >> NUMBER_PLACE_BITS);
	*ret_place = seen.seq - number_of(*ret_log, 0);
	return RC_OK;
}

enum rc logbook_sign(struct visit *v, struct err *err)
{
	struct pin pins[PINS_MAX];
	size_t n;
	enum rc rc = pin_all(v->gate->conf.journal, v->tx, v->now_us, pins, &n, err);
	return rc == RC_REFUSED ? RC_CONFLICT : rc;
}

enum rc logbook_export(struct visit *v, int log_id, struct buf *out, struct err *err)
{
	return verify_export_text(v->gate->conf.office, log_id, out, err);
}

enum rc logbook_prove(struct visit *v, int log_id, int64_t place, struct buf *out, struct err *err)
{
	return verify_prove(v->gate->conf.office, log_id, place, out, err);
}
