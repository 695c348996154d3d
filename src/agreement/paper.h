/* SPDX-License-Identifier: EUPL-1.2
 * agreement/paper.h - papers on file: SPTJM, NDA, ministry approval, PoC result.
 * (The agreement office adds scans, BAST and letters to this.) */
#pragma once
#include "base/base.h"

struct tx;

enum paper_kind { PAPER_SPTJM, PAPER_NDA, PAPER_MINISTRY, PAPER_POC, PAPER_ISO27001, PAPER_COUNT };
struct paper_row {
	enum paper_kind kind;
	const char *key, *label, *clause;
};
const struct paper_row *paper_at(size_t i);

struct paper {
	enum paper_kind kind;
	int64_t instansi_id;
	struct str subject;    /* NDA: the user id; PoC: the method key; else "" */
	struct str number;     /* of the letter */
	struct str signer;
	struct day signed_on;
	struct day valid_until; /* the last day; n == 0: without limit */
};
/* PAPER_COUNT: no such kind. */
enum paper_kind paper_kind_of(struct str key);
/* RC_INVALID: texts missing or too long, a subject that does not fit the kind, a
 * last day before the first. */
MUST_USE enum rc paper_check(const struct paper *paper, struct err *err);
/* A paper of the same instansi, kind, subject and number is brought up to date;
 * *ret_changed is false when all of it was on file already. */
MUST_USE enum rc paper_put(struct tx *tx, const struct paper *paper, int64_t now_us, bool *ret_changed, struct err *err);
/* The same, for those who do not ask what changed. */
MUST_USE enum rc paper_file(struct tx *tx, const struct paper *paper, int64_t now_us, struct err *err);
/* Is a paper of that kind and subject on file and valid on that day? */
MUST_USE enum rc paper_valid(struct tx *tx, int64_t instansi_id, enum paper_kind kind, struct str subject, struct day on, bool *ret,
                             struct err *err);
/* All of an instansi, at most 1000, newest first. */
MUST_USE enum rc paper_list(struct tx *tx, int64_t instansi_id, struct paper **ret, size_t *ret_n, struct err *err);
/* Valid NDAs of n user ids at once (J.VI.E). */
struct paper_nda {
	int64_t instansi_id;
	struct str user_id;
};
MUST_USE enum rc paper_nda_valid(struct tx *tx, const struct paper_nda *asks, size_t n, struct day on, bool *ret, struct err *err);
