/* SPDX-License-Identifier: EUPL-1.2
 * agreement/kejadian.h - the purpose an inquiry serves: for BPBD, a disaster. */
#pragma once
#include "base/base.h"

struct tx;

struct kejadian {
	int64_t kejadian_id, instansi_id;
	struct str jenis; /* Banjir, Tanah longsor, ... (DOMAIN 6) */
	struct str name, place;
	struct str note; /* "" none; one line */
	struct day on;
	bool open;
	int64_t opened_us, closed_us; /* closed_us 0: it is open */
};
/* The editable list of DOMAIN 6; NULL past the end. */
const char *kejadian_jenis_at(size_t i);
#define KEJADIAN_TEXT_MAX 120 /* bytes of name and place */
#define KEJADIAN_NOTE_MAX 300
#define KEJADIAN_OPEN_MAX 100 /* of one instansi at once; more would push the real ones off every list */
/* What is to be said of one, for whoever tells what is wrong with which. */
enum kejadian_part { KEJADIAN_JENIS, KEJADIAN_NAME, KEJADIAN_PLACE, KEJADIAN_NOTE, KEJADIAN_DAY, KEJADIAN_PARTS };
/* RC_INVALID: unknown jenis, empty or over-long text, or one with a NIK in it, a day to come. */
MUST_USE enum rc kejadian_check(const struct kejadian *kejadian, enum kejadian_part part, int64_t now_us, struct err *err);
/* RC_INVALID: kejadian_check() of a part.
 * RC_LIMIT: KEJADIAN_OPEN_MAX are open. */
MUST_USE enum rc kejadian_open(struct tx *tx, const struct kejadian *kejadian, int64_t now_us, int64_t *ret, struct err *err);
MUST_USE enum rc kejadian_close(struct tx *tx, int64_t instansi_id, int64_t kejadian_id, int64_t now_us, struct err *err);
/* RC_ABSENT also when it is another instansi's. */
MUST_USE enum rc kejadian_get(struct tx *tx, int64_t instansi_id, int64_t kejadian_id, struct kejadian *ret, struct err *err);
/* The same for n at once; found[i] is false where kejadian_get says RC_ABSENT. */
struct kejadian_key {
	int64_t instansi_id, kejadian_id;
};
MUST_USE enum rc kejadian_find(struct tx *tx, const struct kejadian_key *keys, size_t n, struct kejadian *ret, bool *found,
                               struct err *err);
/* Open ones first, newest first, at most 200. */
MUST_USE enum rc kejadian_list(struct tx *tx, int64_t instansi_id, struct kejadian **ret, size_t *ret_n, struct err *err);
/* The closed ones, last closed first; most <= KEJADIAN_PAGE_MAX. */
#define KEJADIAN_PAGE_MAX 200
struct kejadian_archive {
	struct kejadian *at;
	size_t n;
	int64_t all; /* closed ones, wherever the page stands */
};
MUST_USE enum rc kejadian_archive(struct tx *tx, int64_t instansi_id, int64_t skip, int64_t most, struct kejadian_archive *ret,
                                  struct err *err);
/* Those with smaller numbers than `before`, the latest first: whatever is opened or closed
 * meanwhile, none comes twice. */
enum kejadian_which { KEJADIAN_CLOSED, KEJADIAN_OPEN, KEJADIAN_ANY };
struct kejadian_before_ask {
	int64_t instansi_id;
	enum kejadian_which which;
	int64_t before; /* INT64_MAX: from the latest on */
	int64_t most;   /* <= KEJADIAN_BEFORE_MAX */
};
#define KEJADIAN_BEFORE_MAX 201
MUST_USE enum rc kejadian_before(struct tx *tx, const struct kejadian_before_ask *ask, struct kejadian **ret, size_t *ret_n,
                                 struct err *err);
