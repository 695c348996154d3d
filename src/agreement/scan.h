/* SPDX-License-Identifier: EUPL-1.2
 * agreement/scan.h - scanned papers: what they are by their bytes, and kept so that a
 * copied database shows none of them (decision 0012).
 *
 * Three steps, so that nobody waits for five million bytes: scan_seal() looks and seals
 * without any transaction; scan_stage() writes a piece, each in a short transaction of
 * its own; scan_put() claims what was staged and files it, in the transaction that
 * decides. Pieces that nobody claims are swept after an hour. (gate/upload.h does all of
 * it for a page.)
 *
 * Each scan has a random key, which is sealed under the office key together with what
 * stands in the scan's row: pieces that were moved, lost or put in another order, and a
 * row that was changed, do not open. */
#pragma once
#include "agreement/scan_type.h"
#include "base/base.h"

struct tx;

#define SCAN_MAX (5 * 1024 * 1024)
#define SCAN_BODY_MAX (SCAN_MAX + 512 * 1024) /* for route.body_max: a form with one scan */
#define SCANS_MAX 2000                        /* of one instansi; two nodes may pass it by what both file at once */
#define SCAN_NAME_MAX 200                     /* bytes */

#define SCAN_PIECE (128 * 1024) /* bytes of a scan in one piece */
#define SCAN_PIECES_MAX (SCAN_MAX / SCAN_PIECE)
#define SCANS_STAGED_MAX 100 /* not yet filed, of all together */
#define SCANS_STAGED_OWN 6   /* of one user; one more takes the place of his oldest */
#define SCAN_STAGE_LIFE_US (INT64_C(3600) * US_PER_S)

/* A scan before it is filed; its memory is the arena's. */
struct scan_sealed {
	enum scan_type type;
	size_t bytes;
	size_t pieces_n;
	unsigned char sha256[32]; /* of the bytes as they are kept */
	unsigned char key[SEAL_KEY_SIZE];
	unsigned char stage[16];
	struct str pieces[SCAN_PIECES_MAX];
	int64_t owner; /* who stages it; the caller sets it. 0: nobody in particular */
};
/* Look at the bytes and seal them. `arena` needs bytes.n and a few KB of room.
 * RC_INVALID: none of the three, or not wholly; err says what is wrong, for the form.
 * RC_LIMIT: more than SCAN_MAX, or the arena is full. */
MUST_USE enum rc scan_seal(struct arena *arena, struct str bytes, struct scan_sealed *ret, struct err *err);
/* Write one piece; the first comes first. RC_LIMIT: SCANS_STAGED_MAX wait already, which
 * no single user can bring about: what he leaves unclaimed makes room for his next. */
MUST_USE enum rc scan_stage(struct tx *tx, const struct scan_sealed *sealed, size_t piece, int64_t now_us, struct err *err);
/* Drop the oldest one that nobody claimed; *ret_gone false: there was none. */
MUST_USE enum rc scan_sweep(struct tx *tx, int64_t now_us, bool *ret_gone, struct err *err);

struct scan_new {
	int64_t instansi_id; /* must exist */
	int64_t user;        /* who files it */
	struct str name;     /* as sent; cut to SCAN_NAME_MAX, digits of a NIK made unreadable. May be "" */
	struct str bytes;    /* sealed and staged here, unless they are already: */
	const struct scan_sealed *sealed;
};
/* Whether that user may is the caller's to know. RC_INVALID, RC_LIMIT: as scan_seal(),
 * or the instansi has SCANS_MAX already. RC_ABSENT: what was staged is gone, or was
 * claimed already. */
MUST_USE enum rc scan_put(struct tx *tx, const struct secret *office_key, const struct scan_new *scan, int64_t now_us,
                          int64_t *ret_scan_id, struct err *err);

/* Its row and its bytes go. For one that nothing names any more: the caller knows. */
MUST_USE enum rc scan_drop(struct tx *tx, int64_t scan_id, struct err *err);

struct scan_meta {
	int64_t instansi_id, user, filed_us, bytes;
	enum scan_type type;
	struct str name; /* with the suffix of its type; "" becomes "pindaian" */
	unsigned char sha256[32];
};
/* What is told about a scan; texts in the transaction's arena. RC_ABSENT: no such scan. */
MUST_USE enum rc scan_meta(struct tx *tx, int64_t scan_id, struct scan_meta *ret, struct err *err);
/* Append the bytes to `out` (ceiling SCAN_MAX).
 * RC_ABSENT: no such scan. RC_REFUSED: another office key, or altered rows. */
MUST_USE enum rc scan_open(struct tx *tx, const struct secret *office_key, int64_t scan_id, struct buf *out, struct err *err);
