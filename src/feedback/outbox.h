/* SPDX-License-Identifier: EUPL-1.2
 * feedback/outbox.h - what was told about victims on its way to the system above (J.III,
 * DOMAIN 4.2): put in the transaction of the telling, sent later, never given up.
 *
 * An entry is delivered exactly once as the other side sees it: what travels is written
 * down once and sent to the byte until the other side has said that it has it, and
 * "Data sudah pernah dikirim" says so too (doc/decision/0023). Entries about one person
 * arrive in the order in which they were told. Reasons why somebody is no victim, and
 * notes, never leave; and what was told of him before, and has not left, stays here too.
 *
 * Each instansi has a lane of its own. The sender (jobs/courier.h) claims a lane for a
 * while, loads what is next in it, speaks to the other side outside of any transaction,
 * and settles. */
#pragma once
#include "feedback/words.h"

struct feedback;
struct tx;

#define OUTBOX_BATCH_MAX 100                /* entries in one request */
#define OUTBOX_LEASE_US (300 * US_PER_S)    /* one conversation takes less (jobs/post.h) */
#define OUTBOX_PAUSE_FIRST_US (5 * US_PER_S) /* after a failure; doubling */
#define OUTBOX_PAUSE_MOST_US (900 * US_PER_S)
#define OUTBOX_ASKED_MOST_US US_PER_DAY     /* the longest Retry-After that is believed */
#define OUTBOX_REASON_MAX 120               /* bytes */

/* What record_tell() just wrote, and only of a victim. */
struct outbox_new {
	int64_t entry_id, person_id, instansi_id, kejadian_id;
	enum keterangan keterangan;
	enum house house;
	struct day on;
	int64_t told_us;
};
/* All of different persons. What was put before is left as it is. */
MUST_USE enum rc outbox_put(struct tx *tx, const struct outbox_new *entries, size_t n, int64_t now_us, struct err *err);
/* He is no victim after all: what the other side does not have of him is not sent any more. What is on
 * its way this moment may still arrive. */
MUST_USE enum rc outbox_withdraw(struct tx *tx, const int64_t *person_ids, size_t n, struct err *err);
/* Entries that were told while nothing was sent on: a thousand at most, behind *after
 * (-1 at first), which moves on; *ret_n 0: there are no more. What was overtaken by something the other
 * side already has, or taken back, stays where it is. */
MUST_USE enum rc outbox_put_missing(struct tx *tx, int64_t *after, int64_t now_us, size_t *ret_n, struct err *err);

/* ---- for the sender ---- */

struct outbox_lane {
	int64_t instansi_id;
	int64_t turn; /* of this claim */
	int64_t most;
};
/* Whose turn it is, reading only. RC_ABSENT: nobody's. */
MUST_USE enum rc outbox_next(struct tx *tx, int64_t now_us, struct outbox_lane *ret, struct err *err);
/* Take it for OUTBOX_LEASE_US. RC_CONFLICT: somebody was quicker. */
MUST_USE enum rc outbox_claim(struct tx *tx, int64_t node, const struct outbox_lane *lane, int64_t now_us, struct err *err);
struct outbox_item {
	int64_t entry_id;
	struct nik nik;
	struct str param; /* JSON object */
};
struct outbox_batch {
	struct outbox_lane lane;
	struct outbox_item items[OUTBOX_BATCH_MAX]; /* every NIK once */
	size_t n;
};
/* What goes into the next request of a lane that was claimed, reading only; texts in
 * `arena`. Holds NIK: the caller wipes it. */
MUST_USE enum rc outbox_load(const struct feedback *feedback, struct tx *tx, const struct outbox_lane *lane, struct arena *arena,
                             struct outbox_batch *ret, struct err *err);
/* As the wire names the agency. */
struct outbox_agency {
	struct str id, name;
};
#define OUTBOX_BODY_MAX ((size_t)1 << 20)
/* The body of the request; sticky, as buf.h. */
void outbox_write(struct buf *out, const struct outbox_agency *agency, const struct outbox_batch *batch);

enum outbox_end {
	OUTBOX_DELIVERED, /* all of them */
	OUTBOX_REFUSED,   /* those named; the others again, at once */
	OUTBOX_DIVIDED,   /* one of them, nobody says which: again with fewer; alone it is refused */
	OUTBOX_LATER      /* none, for a reason that lies elsewhere */
};
struct outbox_refused {
	size_t item;
	struct str reason; /* what the other side says; cut, and long numbers taken out of it */
};
struct outbox_result {
	enum outbox_end end;
	const struct outbox_refused *refused; /* REFUSED: some; DIVIDED: one, with the reason alone */
	size_t refused_n;
	struct str trouble; /* LATER: a word of jobs/courier.h */
	int status;         /* of HTTP; 0: there was none */
	int64_t asked_us;   /* LATER: how long the other side asked us to wait; 0: it did not */
};
/* What became of it, and what that means for the lane. Nothing happens when the claim was
 * lost meanwhile. */
struct outbox_settled {
	bool began, ended; /* the lane's trouble */
};
MUST_USE enum rc outbox_settle(struct tx *tx, const struct outbox_batch *batch, const struct outbox_result *result, int64_t now_us,
                               struct outbox_settled *ret, struct err *err);
/* What this node had in hand when it last ended is anybody's again. */
MUST_USE enum rc outbox_release(struct tx *tx, int64_t node, int64_t now_us, struct err *err);
/* No lane waits any longer for what it met: settings were changed, or somebody asks for it. */
MUST_USE enum rc outbox_wake(struct tx *tx, int64_t now_us, struct err *err);
int64_t outbox_pause_us(int64_t fails);

/* ---- for those who watch ---- */

struct outbox_count {
	int64_t waiting, delivered, refused;
	int64_t oldest_us; /* when the first that waits was put; 0: none waits */
};
MUST_USE enum rc outbox_count(struct tx *tx, struct outbox_count *ret, struct err *err);
struct outbox_lane_seen {
	int64_t instansi_id, waiting, refused, delivered;
	int64_t oldest_us, sent_us; /* 0: none waits; nothing was delivered yet */
	bool in_hand;
	int64_t next_us, fails, since_us;
	struct str trouble; /* "" none */
	int status;
};
#define OUTBOX_LANES_MAX 1000
MUST_USE enum rc outbox_lanes(struct tx *tx, struct outbox_lane_seen **ret, size_t *ret_n, struct err *err);

enum outbox_state { OUTBOX_WAITING, OUTBOX_OVER, OUTBOX_TURNED_AWAY };
struct outbox_state_row {
	enum outbox_state state;
	const char *key, *label; /* "waiting", "Menunggu" */
};
const struct outbox_state_row *outbox_state_at(size_t i); /* NULL past the end */
MUST_USE enum rc outbox_state_from_key(struct str key, enum outbox_state *ret);

#define OUTBOX_PAGE_MAX 200
struct outbox_ask {
	enum outbox_state state;
	int64_t instansi_id; /* 0: all */
	int64_t skip, most;  /* most <= OUTBOX_PAGE_MAX */
};
struct outbox_seen {
	int64_t entry_id, instansi_id, tries, told_us, put_us, over_us, next_us;
	bool in_hand;
	struct nik nik;
	enum keterangan keterangan;
	enum house house;
	struct str reason; /* why it was refused */
};
struct outbox_list {
	struct outbox_seen *at;
	size_t n;
	int64_t all;
};
/* Latest first. */
MUST_USE enum rc outbox_page(const struct feedback *feedback, struct tx *tx, const struct outbox_ask *ask, struct outbox_list *ret,
                             struct err *err);
/* Refused ones wait again, of one instansi or (0) of all, unless something later about the
 * same person was delivered; *ret: how many. Wakes the lanes too. */
MUST_USE enum rc outbox_retry(struct tx *tx, int64_t instansi_id, int64_t now_us, int64_t *ret, struct err *err);
