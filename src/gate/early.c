/* SPDX-License-Identifier: EUPL-1.2
 * gate/early.c - see early.h. The tray's thread touches the visit only while the worker
 * sleeps in gate_errand(). */
#include "gate/early.h"

#include "gate/walk.h"

static enum rc run(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	return walk_early(arg, tx, now_us, err);
}

enum rc visit_early(struct visit *v, enum rc (*step)(struct visit *v, void *arg, struct err *err), void *arg, bool *ret_entered,
                    struct err *err)
{
	struct walk_early early = {.call = call_of_visit(v), .step = step, .arg = arg};
	enum rc rc = gate_errand(v->gate, run, &early, err);
	*ret_entered = early.entered;
	return rc;
}
