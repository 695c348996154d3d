/* SPDX-License-Identifier: EUPL-1.2
 * journal/trace.h - everything the journal says about one entry, for whoever asks where
 * something that leaked came from (P2.2g). It names nobody who was asked about. */
#pragma once
#include "journal/journal.h"

struct tx;

#define TRACE_BESIDE_MAX 20
#define TRACE_REPEAT_US (15 * 60 * US_PER_S) /* a repeat is accepted for ten minutes (DOMAIN 2) */
#define TRACE_PRINT_US US_PER_DAY            /* prints are looked for a day long ... */
#define TRACE_PRINT_ENTRIES 65536            /* ... and that many entries of each log */
struct trace_beside {
	int64_t seq, time_us;
	struct str user_id;
};
struct trace {
	int64_t seq, time_us;
	enum act act;
	int64_t instansi_id, user, version_id, session, kejadian_id;         /* 0: none */
	struct str outcome, ground, clause, user_id, method, document, peer; /* absent: none */
	bool nik_known;                                                      /* about somebody, and the key of its month is there */
	bool repeat;
	int64_t repeat_of;                             /* with `repeat`; also where `repeats` begin */
	struct trace_beside repeats[TRACE_BESIDE_MAX]; /* of the same first one, this one aside */
	size_t repeats_n;
	struct trace_beside prints[TRACE_BESIDE_MAX];
	size_t prints_n;
	bool archived; /* repeats that came before it may be archived (archive.h), and are not here */
};
/* By its reference, as typed. Texts in `arena`. Repeats that were not counted yet
 * (journal/usage.h) come a few seconds later. RC_ABSENT. */
MUST_USE enum rc trace_find(struct journal *journal, struct tx *tx, struct str ref, struct arena *arena, struct trace *ret,
                            struct err *err);
