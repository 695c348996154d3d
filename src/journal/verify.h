/* SPDX-License-Identifier: EUPL-1.2
 * journal/verify.h - is the log whole? Over the office store, or over an export alone.
 *
 * Every leaf is hashed again, every tile and the head are built again, every
 * kept checkpoint's signature and root are checked, sequence numbers have no hole,
 * index columns say what the line says. The first bad entry is named. What was archived
 * (archive.h) is read from the archives, where they are given. */
#pragma once
#include "base/base.h"

struct store;

struct verify_conf {
	const char *checkpoint; /* text of a signed note kept elsewhere; NULL none: a cut tail shows only against one */
	const char *vkey;       /* NULL: the one stored with the log (an export carries one too) */
	const char *cosigner;   /* verifier key of another who must have signed `checkpoint` too; NULL: nobody */
	const int *archives;    /* open files, in order, of all that is archived of the log (archive.h), perhaps among those of
	                         * others; none of it: it is not read, and the result says so */
	size_t archives_n;
	void (*progress)(void *arg, int64_t done, int64_t all);
	bool (*goes_on)(void *arg); /* verify_store: false ends it with RC_LIMIT; NULL: to the end */
	void *arg;
};
struct verify_result {
	int64_t entries, checkpoints; /* that were read */
	int64_t archived;       /* entries before them that were not, because no archive was given; a checkpoint covers them */
	int64_t bad_seq;        /* first bad entry; -1 none */
	char reason[160];       /* Indonesian, for the report */
	int64_t signed_size;    /* what the newest good checkpoint covers; later entries are not signed yet */
	unsigned char root[32];
};
/* RC_OK       whole
 * RC_REFUSED  not; see *ret
 * RC_LIMIT    conf->goes_on said no
 * RC_ABSENT   there is no such log
 * RC_INVALID  conf: not a checkpoint, not a verifier key, or a cosigner of no checkpoint
 * RC_BROKEN   could not be read
 * The store is read in short transactions, so that a running server is not held
 * up; entries appended meanwhile are left for the next time. */
MUST_USE enum rc verify_store(struct store *office, int log_id, const struct verify_conf *conf, struct verify_result *ret,
                              struct err *err);
/* Which logs there are, by number. RC_REFUSED: there are entries, or a head, of one that is not registered. */
#define VERIFY_LOGS_MAX 64
MUST_USE enum rc verify_logs(struct store *office, int ret[VERIFY_LOGS_MAX], size_t *ret_n, struct err *err);
MUST_USE enum rc verify_export(int fd, const struct verify_conf *conf, struct verify_result *ret, struct err *err);
/* The log as lines of text (doc/journal.md): header, then entries, each checkpoint
 * behind the last entry it covers. */
MUST_USE enum rc verify_export_write(struct store *office, int log_id, int fd, struct err *err);
/* The same into memory. RC_LIMIT: it does not fit the buffer's ceiling. */
MUST_USE enum rc verify_export_text(struct store *office, int log_id, struct buf *out, struct err *err);
/* `seq` is the place in that log. RC_ABSENT: no such entry, or none signed yet.
 * Inclusion proof of one entry against the newest checkpoint that covers it (of those that
 * others signed too, where one of them does: cosign.h), as JSON that doc/journal.md describes;
 * and its check, which needs nothing else. */
#define VERIFY_PROOF_MAX 32768
MUST_USE enum rc verify_prove(struct store *office, int log_id, int64_t seq, struct buf *out, struct err *err);
/* RC_REFUSED: the proof does not hold. RC_INVALID: it is not a proof. With vkey NULL
 * the key inside the proof is believed, which proves only that it fits itself. */
struct verify_keys {
	const char *vkey;     /* NULL: as said */
	const char *cosigner; /* verifier key of another who must have signed it too; NULL: nobody */
};
MUST_USE enum rc verify_proof(struct str json, const struct verify_keys *keys, struct err *err);
