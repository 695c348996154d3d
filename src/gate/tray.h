/* SPDX-License-Identifier: EUPL-1.2
 * gate/tray.h - group commit: what waits while one transaction is under way is
 * taken together into the next.
 *
 * One thread. Items are intrusive (`struct tray_item` is their first member) and
 * are handed to `walk` in the order they came, up to `most` at a time. A lone item
 * is a tray of one: nothing ever waits for company. The queue has a ceiling. */
#pragma once
#include "base/base.h"

struct tray;
struct tray_item {
	struct tray_item *next;
};
struct tray_conf {
	size_t most;      /* items in one tray */
	size_t waiting_max;
	/* Takes `n` items, and must dispose of every one of them, or put it back. */
	void (*walk)(void *arg, struct tray_item **items, size_t n);
	void *arg;
};
MUST_USE enum rc tray_start(const struct tray_conf *conf, struct tray **ret, struct err *err);
/* RC_LIMIT: too many wait. RC_REFUSED: stopping. The item is still the caller's then. */
MUST_USE enum rc tray_put(struct tray *tray, struct tray_item *item);
/* For `walk` alone: n of the items it was handed, in their order, go before everything that
 * waits. They are taken next, also when the tray is stopping. */
void tray_put_back(struct tray *tray, struct tray_item **items, size_t n);
/* Take out of the queue whatever `which` wants, in its order, linked by `next`. From any thread;
 * the items are the caller's then. */
struct tray_item *tray_take_out(struct tray *tray, bool (*which)(const struct tray_item *item));
/* Refuse what comes from now on, walk what waits, end the thread, free. */
void tray_stop(struct tray *tray);
/* For what has been here before and comes back, as many as the caller lets out at most: the
 * ceiling does not count, and it is never refused. Not after tray_stop(). */
void tray_return(struct tray *tray, struct tray_item *item);
int64_t tray_waiting(const struct tray *tray);
