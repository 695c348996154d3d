/* SPDX-License-Identifier: EUPL-1.2
 * jobs/mail.h - the outbox: mail that was put in a transaction and goes out later.
 *
 * mail_put() stands in the transaction of whatever the mail tells about, under a key
 * that says what that is ("renewal:12:2027-03-20"): the same is never queued twice.
 * One row goes to one address, so that each has its own fate. The sender
 * (jobs/mailer.h) claims a row, speaks SMTP outside of any transaction, and marks it.
 * Killed in between, it sends it again: the Message-ID is made from key and address,
 * so it is the same message to whoever keeps them apart.
 *
 * Texts are stored and sent in the clear. They must hold no personal data, never a NIK
 * nor what an answer said: names of offices, numbers of letters, days, a link. */
#pragma once
#include "base/base.h"

struct tx;

#define MAIL_TO_MAX 20
#define MAIL_KEY_MAX 120
#define MAIL_ADDRESS_MAX 254
#define MAIL_SUBJECT_MAX 200
#define MAIL_BODY_MAX ((size_t)16 << 10)
#define MAIL_LEASE_US (300 * US_PER_S)       /* one conversation takes less (jobs/smtp.h) */
#define MAIL_PATIENCE_US (5 * US_PER_DAY)    /* then it is given up */
#define MAIL_KEPT_US (90 * US_PER_DAY)       /* how long one that is over can be seen */

struct mail {
	struct str key;     /* [a-z0-9:._-]; what it is about, once */
	const struct str *to;
	size_t to_n;        /* 1..MAIL_TO_MAX; one named twice gets one */
	struct str subject; /* one line */
	struct str body;    /* lines end with \n */
};
/* RC_OK also when it was put before: the first one stands.
 * RC_INVALID  an address, the key or a text is not one; nothing was put
 * RC_LIMIT    too many addresses, or a text is too long */
MUST_USE enum rc mail_put(struct tx *tx, const struct mail *mail, int64_t now_us, struct err *err);
/* local@domain in ASCII letters (RFC 5321 4.1.2, dot-atom and host name only). */
bool mail_address_is_valid(struct str address);

/* ---- for the sender ---- */

struct mail_due {
	int64_t mail_id, tries /* this one included */, put_us;
	struct str key, address, subject, body; /* in tx_arena */
};
/* Whose turn it is, reading only. RC_ABSENT: nobody's. */
MUST_USE enum rc mail_next(struct tx *tx, int64_t now_us, struct mail_due *ret, struct err *err);
/* Take it for MAIL_LEASE_US. RC_CONFLICT: somebody was quicker. */
MUST_USE enum rc mail_claim(struct tx *tx, int64_t node, const struct mail_due *due, int64_t now_us, struct err *err);
/* What this node had in hand when it last ended is anybody's again. */
MUST_USE enum rc mail_release(struct tx *tx, int64_t node, int64_t now_us, struct err *err);
enum mail_fate { MAIL_SENT, MAIL_LATER, MAIL_FAILED };
/* What became of it; `trouble` is a word of jobs/smtp.h, "" when it was sent. LATER: 1 minute
 * after the first try, doubling to 6 hours; past MAIL_PATIENCE_US it is FAILED. Nothing
 * happens when the claim was lost meanwhile. */
MUST_USE enum rc mail_settle(struct tx *tx, const struct mail_due *due, enum mail_fate fate, struct str trouble, int64_t now_us,
                             struct err *err);
int64_t mail_pause_us(int64_t tries);

/* ---- for those who watch ---- */

struct mail_count {
	int64_t waiting, sent, failed; /* sent and failed: of the last MAIL_KEPT_US */
};
MUST_USE enum rc mail_count(struct tx *tx, struct mail_count *ret, struct err *err);
struct mail_seen {
	int64_t mail_id, tries, put_us, next_us, over_us;
	struct str key, address, state, trouble;
};
/* What has not arrived first, newest first, at most 200. */
MUST_USE enum rc mail_list(struct tx *tx, struct mail_seen **ret, size_t *ret_n, struct err *err);

/* One bite: give up what waited too long, forget what has been over for long. */
MUST_USE enum rc mail_sweep(struct tx *tx, int64_t now_us, bool *ret_more, struct err *err);
