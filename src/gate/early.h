/* SPDX-License-Identifier: EUPL-1.2
 * gate/early.h - for a route's `slow`: a step in a tray of its own, before the page.
 *
 * For work that a stranger must not cause, or that is written down before the page has its
 * turn, so that nobody's inquiry waits for many bytes. The page asks and decides anew. */
#pragma once
#include "gate/visit.h"

/* Whatever the tray asks of a page is asked here (session, CSRF, role, instansi); if this
 * visitor would come as far as the page, `step` runs with v->tx, v->who, v->standing and
 * v->now_us as the page has them. All of it is gone afterwards; what the step keeps must be
 * copied into v->arena. What it wrote is durable when RC_OK comes back, and undone
 * otherwise. *ret_entered false: he would not, and `step` was not called; the tray will
 * say so in its own words.
 * What `step` returned, or RC_BROKEN or RC_LIMIT: the store failed, or too much waits. */
MUST_USE enum rc visit_early(struct visit *v, enum rc (*step)(struct visit *v, void *arg, struct err *err), void *arg,
                             bool *ret_entered, struct err *err);
