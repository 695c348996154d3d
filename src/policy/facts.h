/* SPDX-License-Identifier: EUPL-1.2
 * policy/facts.h - what a tray must know before anything can be decided; for the
 * room `policy` alone.
 *
 * Facts are read inside the tray's transaction, each distinct thing once: every
 * instansi in ascending order of its id, all NDAs in one call, every kejadian once;
 * or not at all, when policy/recall.h knows it and nothing has changed since.
 * They judge nothing; policy/grounds.h does. */
#pragma once
#include "policy/policy.h"
#include "policy/recall.h"

/* What is asked, where and when; everything below works on one of these. */
struct policy_tray {
	struct agreement *agreement;
	struct recall *recall;
	struct moment moment;
	struct tx *tx;
	const struct policy_ask *asks;
	size_t n;
	int64_t now_us;
};

/* What is known about one ask. */
struct fact {
	const struct place *home; /* of the principal; NULL: nobody, or the provider */
	const struct place *path; /* named by the path; NULL: none named */
	bool peer_allowed;        /* P2.1b: the peer is in the allow-list that applies */
	bool nda;                 /* J.VI.E: of the principal, valid today */
	int64_t kejadian_id;      /* of the principal's own instansi, open or not; 0 none */
	bool kejadian_open;
};

/* Only operators, the head and services look up; they, and only they, need an NDA. */
bool facts_may_look_up(const struct principal *who);
/* An array of tray->n in tx_arena; kejadian is left out. */
MUST_USE enum rc facts_read(const struct policy_tray *tray, struct fact **ret, struct err *err);
/* Fill in the kejadian each ask names, or else that of its principal. */
MUST_USE enum rc facts_read_kejadian(const struct policy_tray *tray, struct fact *facts, struct err *err);

/* Indexes of asks grouped by two numbers, ascending; a run is one distinct pair. */
struct fact_key {
	int64_t a, b;
	size_t at;
};
void fact_keys_sort(struct fact_key *keys, size_t n);
/* Where the run that begins at `from` ends. */
size_t fact_keys_run(const struct fact_key *keys, size_t n, size_t from);
