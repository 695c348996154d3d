/* SPDX-License-Identifier: EUPL-1.2
 * policy/reservation.h - a hit that is charged before its outcome is known, because the
 * registry is a system above (doc/relay.md).
 *
 * The tray that lets an inquiry out opens a reservation beside the charge; the tray in which
 * it comes back ends it: the hit stays, or it is given back to the day it was taken from.
 * What nobody ended (the process died between the two) stays charged and is marked unknown.
 *
 * Inquiries of one hit, a first and its repeats, carry the same `hit`. At any moment at most one
 * of the open ones carries the charge: so whichever of them reaches the registry, in whatever
 * order they end, on whatever nodes, one hit is counted if any of them made it, and none
 * otherwise. Whoever calls reservation_settle() holds the quota rows of their instansi and
 * methods. */
#pragma once
#include "base/base.h"

struct tx;
#define RESERVATION_HIT 16

/* One inquiry that went out, and how it came back. */
struct reservation {
	int64_t journal_entry; /* that says it was asked; its name from now on */
	unsigned char hit[RESERVATION_HIT];
	int64_t instansi_id;
	enum method method;
	struct day day;        /* whose quota was charged */
	int64_t asked_us;
	bool charged;          /* at the beginning: it is no repeat */
	bool made;             /* at the end: the system above counts it as a hit */
	/* by reservation_settle() */
	bool refund;           /* a hit of `day` is to be given back */
	bool lost;             /* it was given up meanwhile: nobody may be answered from it */
};
MUST_USE enum rc reservation_open(struct tx *tx, const struct reservation *all, size_t n, int64_t node, struct err *err);
/* End n of them. */
MUST_USE enum rc reservation_settle(struct tx *tx, struct reservation *const *all, size_t n, struct err *err);

/* What a node left open and began before a moment is unknown from now on. */
struct reservation_left {
	int64_t journal_entry, instansi_id;
	enum method method;
	bool charged;
};
#define RESERVATION_LEFT_MAX 256 /* in one call */
/* *ret stands in tx_arena. */
MUST_USE enum rc reservation_give_up(struct tx *tx, int64_t node, int64_t before_us, const struct reservation_left **ret,
                                     size_t *ret_n, struct err *err);
struct reservation_count {
	int64_t open, old, unknown; /* old: of the open ones, begun before the moment asked for */
};
MUST_USE enum rc reservation_count(struct tx *tx, int64_t before_us, struct reservation_count *ret, struct err *err);
