/* SPDX-License-Identifier: EUPL-1.2
 * journal/spread.h - how what was asked spreads: of one instansi over days, methods, outcomes,
 * grounds, hours and user ids; of all of them over days and instansi (P3.1a, J.V).
 *
 * The sums of usage.h and what was not counted yet, read as one: exactly what an export of the
 * journal of that moment would count. */
#pragma once
#include "base/base.h"

struct store;

/* inquiries = answered + refused; repeats are among them, and 15 is an answer without data
 * (DOMAIN 2). A hit that the silence of a system above cost is not among the hits: no outcome
 * says so (doc/relay.md). */
struct spread_sum {
	int64_t inquiries, repeats;
	int64_t hits;    /* that were charged: reached the registry and were no repeat */
	int64_t refused; /* parameter outcomes, and 503: a system above gave no answer */
};
struct spread_ask {
	int64_t instansi_id;
	struct day first, last; /* WIB days, both included; at most SPREAD_DAYS_MAX */
};
#define SPREAD_DAYS_MAX 366

struct spread_day { /* by day, then method */
	struct day day;
	struct str method; /* key of base/element.h; "" an unknown one */
	struct spread_sum sum;
};
struct spread_word { /* an outcome's code, a ground's key; "" none. By word */
	struct str word;
	int64_t n;
};
struct spread_user {     /* most inquiries first, then by user_no */
	int64_t user_no; /* 0: nobody that identity knows */
	struct spread_sum sum;
};
#define SPREAD_HOURS 24
struct spread {
	struct spread_sum sum;
	struct spread_day *days; /* those on which anything was asked */
	size_t days_n;
	struct spread_word *outcomes;
	size_t outcomes_n;
	struct spread_word *grounds;
	size_t grounds_n;
	struct spread_user *users;
	size_t users_n;
	int64_t hours[SPREAD_HOURS]; /* of the WIB day */
};
/* In `arena`. Reads in short transactions of its own.
 * RC_INVALID: more days. RC_LIMIT: as usage_read() */
MUST_USE enum rc spread_read(struct store *office, struct spread_ask ask, struct arena *arena, struct spread *ret, struct err *err);

struct spread_agency {       /* most inquiries first, then by instansi_id */
	int64_t instansi_id; /* 0: of no instansi */
	struct spread_sum sum;
};
struct spread_all {
	struct spread_sum sum;
	struct spread_day *days; /* by day; the method is "" */
	size_t days_n;
	struct spread_agency *agencies; /* those that asked anything */
	size_t agencies_n;
};
/* Of all instansi. The same. */
MUST_USE enum rc spread_read_all(struct store *office, struct day first, struct day last, struct arena *arena,
                                 struct spread_all *ret, struct err *err);

/* What inquiries of one outcome come to. */
struct spread_sum spread_sum_of(struct str outcome, int64_t n, int64_t repeats);
