/* SPDX-License-Identifier: EUPL-1.2
 * agreement/paper.h - papers on file: SPTJM, NDA, ministry approval, PoC result, ISO
 * certificate, BAST, minutes, letters, evidence of duties.
 *
 * The agency files a paper, the provider accepts or declines it; what the provider
 * enters himself is accepted at once. Only accepted papers open anything. */
#pragma once
#include "base/base.h"

struct tx;

enum paper_kind {
	PAPER_SPTJM, PAPER_NDA, PAPER_MINISTRY, PAPER_POC, PAPER_ISO27001,
	PAPER_BAST, PAPER_MINUTES, PAPER_LETTER, PAPER_EVIDENCE, PAPER_REPORT, PAPER_COUNT
};
struct paper_row {
	enum paper_kind kind;
	const char *key, *label, *clause;
	const char *subject; /* what `subject` names, Indonesian; NULL: the kind has none */
	bool agency;         /* the agency may file it; else only the provider enters it */
};
/* NULL past the end. */
const struct paper_row *paper_at(size_t i);

enum paper_state { PAPER_FILED, PAPER_ACCEPTED, PAPER_DECLINED };
struct paper_state_row {
	enum paper_state state;
	const char *key, *label;
};
const struct paper_state_row *paper_state_at(size_t i);

struct paper {
	enum paper_kind kind;
	int64_t instansi_id;
	struct str subject;     /* NDA, BAST: the user id; PoC: method or application; evidence: the duty; report: the period */
	struct str number;      /* of the letter */
	struct str signer;
	struct day signed_on;
	struct day valid_until; /* the last day; n == 0: without limit */
	int64_t scan_id;        /* agreement/scan.h; 0: none */
	/* read only */
	int64_t paper_id, filed_us;
	enum paper_state state;
	struct str note;                  /* why it was declined */
	struct str filed_by, decided_by;  /* user ids; "" from an agreement file */
};
/* PAPER_COUNT: no such kind. */
enum paper_kind paper_kind_of(struct str key);
/* RC_INVALID: texts missing or too long, a subject that does not fit the kind, a
 * last day before the first. */
MUST_USE enum rc paper_check(const struct paper *paper, struct err *err);
/* On file and accepted, entered by `by` ("" from an agreement file). A paper of the
 * same instansi, kind, subject and number is brought up to date; *ret_changed is false
 * when all of it was so already. */
MUST_USE enum rc paper_put(struct tx *tx, const struct paper *paper, struct str by, int64_t now_us, bool *ret_changed,
                           struct err *err);
/* The same, for those who do not ask what changed. */
MUST_USE enum rc paper_file(struct tx *tx, const struct paper *paper, int64_t now_us, struct err *err);
/* The agency files one; it waits for the provider. Again after it was declined.
 * RC_CONFLICT: one of that number was accepted. RC_REFUSED: a kind only the provider
 * enters. RC_LIMIT: too many wait. */
#define PAPER_WAITING_MAX 200
MUST_USE enum rc paper_submit(struct tx *tx, const struct paper *paper, struct str by, int64_t now_us, struct err *err);
/* The same for the provider, of any kind: where two persons must agree (office.two_persons)
 * one enters it, and paper_decide() is the other's. */
MUST_USE enum rc paper_propose(struct tx *tx, const struct paper *paper, struct str by, int64_t now_us, struct err *err);
struct paper_decision {
	int64_t paper_id, seen_us; /* which one, and the `filed_us` of what was looked at */
	bool accept;
	struct str note; /* why not; needed to decline */
	struct str by;
};
/* Accept or decline. RC_CONFLICT: somebody decided before, or the agency filed it anew
 * meanwhile, so that what was looked at is not what is there. */
MUST_USE enum rc paper_decide(struct tx *tx, const struct paper_decision *decision, struct err *err);

/* Is an accepted paper of that kind and subject on file and valid on that day? */
MUST_USE enum rc paper_valid(struct tx *tx, int64_t instansi_id, enum paper_kind kind, struct str subject, struct day on, bool *ret,
                             struct err *err);
/* The accepted one that lasts longest, over or not. RC_ABSENT. */
MUST_USE enum rc paper_latest(struct tx *tx, int64_t instansi_id, enum paper_kind kind, struct str subject, struct paper *ret,
                              struct err *err);
/* RC_ABSENT. Of any instansi: the caller asks whose it is. */
MUST_USE enum rc paper_get(struct tx *tx, int64_t paper_id, struct paper *ret, struct err *err);
/* All accepted ones of an instansi, at most 1000, newest first. */
MUST_USE enum rc paper_list(struct tx *tx, int64_t instansi_id, struct paper **ret, size_t *ret_n, struct err *err);
/* What waits first, then newest first. kind PAPER_COUNT: all kinds. */
#define PAPER_PAGE_MAX 200
struct paper_page {
	int64_t instansi_id;
	enum paper_kind kind;
	struct str state;   /* its key; "" any */
	struct str subject; /* with a kind only; "" any */
	int64_t skip, most; /* most <= PAPER_PAGE_MAX */
};
MUST_USE enum rc paper_page(struct tx *tx, const struct paper_page *ask, struct paper **ret, size_t *ret_n, int64_t *ret_all,
                            struct err *err);
/* What waits, of every agency, longest first. How many there are is paper_waiting(). */
struct paper_inbox {
	struct paper *papers;
	struct str *codes; /* of their agencies */
	size_t n;
};
MUST_USE enum rc paper_inbox(struct tx *tx, int64_t skip, int64_t most, struct paper_inbox *ret, struct err *err);
/* The number of the paper with this instansi, kind, subject and number of letter. RC_ABSENT. */
MUST_USE enum rc paper_id_of(struct tx *tx, const struct paper *paper, int64_t *ret, struct err *err);
/* How many wait to be decided; instansi_id 0: of everyone. */
MUST_USE enum rc paper_waiting(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err);
/* Papers of one kind (NDA, BAST) for n user ids at once: is a valid one on file? */
struct paper_nda {
	int64_t instansi_id;
	struct str user_id;
};
MUST_USE enum rc paper_valid_each(struct tx *tx, enum paper_kind kind, const struct paper_nda *asks, size_t n, struct day on,
                                  bool *ret, struct err *err);
/* The NDAs (J.VI.E). */
MUST_USE enum rc paper_nda_valid(struct tx *tx, const struct paper_nda *asks, size_t n, struct day on, bool *ret, struct err *err);

/* How the papers of one kind of n user ids stand, at once. */
enum paper_standing { PAPER_MISSING, PAPER_WAITING, PAPER_OVER, PAPER_ON_FILE };
struct paper_stand_ask {
	int64_t instansi_id;
	struct str user_id;
	int64_t since_us; /* a BAST counts when it was signed on or after that day, and filed since */
};
struct paper_stand {
	enum paper_standing standing;
	struct day valid_until; /* n == 0: without limit; of PAPER_ON_FILE and PAPER_OVER */
};
struct paper_stand_list {
	enum paper_kind kind;
	struct day on;
	const struct paper_stand_ask *asks;
	size_t n;
};
MUST_USE enum rc paper_stands(struct tx *tx, const struct paper_stand_list *list, struct paper_stand *ret, struct err *err);
