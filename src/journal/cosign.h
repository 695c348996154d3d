/* SPDX-License-Identifier: EUPL-1.2
 * journal/cosign.h - signatures of others under our checkpoints, and the keys they are made with.
 *
 * The head of an agency, or the provider's second person, keeps an Ed25519 key away from here
 * (note_secret.h), and names its public half; the provider confirms by its fingerprint that it is
 * his. From then on a checkpoint that he signed at home is taken: its text must be, byte for
 * byte, the one kept here, so that what stands under it is never about anything else. Signatures
 * are only added; a key that is ended signs nothing more and takes none away (decision 0039). */
#pragma once
#include "journal/note_secret.h"

struct tx;

#define COSIGN_PROVIDER 0 /* instansi_id of the provider's own */
#define COSIGN_ANY (-1)
struct cosign_key {
	int64_t key_id, instansi_id;
	struct str vkey;
	struct note_key key;
	struct note_fingerprint fingerprint;
	int64_t made_us, confirmed_us, ended_us; /* 0: not */
	struct str made_by, confirmed_by, ended_by;
};
/* Name a key; `vkey` may have blanks around it. *ret_id is its number.
 * RC_INVALID   not a verifier key of a note, or one of our own logs'
 * RC_CONFLICT  it was named before, by whomever and under whatever name
 * RC_LIMIT     COSIGN_KEYS_MAX of the agency are in use or wait */
#define COSIGN_KEYS_MAX 4
struct cosign_new {
	int64_t instansi_id;
	struct str vkey, by;
};
MUST_USE enum rc cosign_key_add(struct tx *tx, const struct cosign_new *key, int64_t now_us, int64_t *ret_id, struct err *err);
/* RC_ABSENT. The row is locked. Texts in tx_arena. */
MUST_USE enum rc cosign_key_get(struct tx *tx, int64_t key_id, struct cosign_key *ret, struct err *err);
/* RC_CONFLICT: confirmed before, or ended. RC_REFUSED: `by` named it himself. */
MUST_USE enum rc cosign_key_confirm(struct tx *tx, int64_t key_id, struct str by, int64_t now_us, struct err *err);
/* RC_CONFLICT: ended before. */
MUST_USE enum rc cosign_key_end(struct tx *tx, int64_t key_id, struct str by, int64_t now_us, struct err *err);
/* Of one agency, or COSIGN_ANY; those not ended first. In tx_arena; 200 at most. */
MUST_USE enum rc cosign_keys(struct tx *tx, int64_t instansi_id, struct cosign_key **ret, size_t *ret_n, struct err *err);

/* Take a signed note. On RC_OK and RC_CONFLICT log and size are filled.
 * RC_INVALID   not a checkpoint in a signed note
 * RC_ABSENT    of another log; or of ours, but no checkpoint of that size is kept: *ret_ours then
 *              says that the log's own key signed it all the same
 * RC_CONFLICT  it says something else than the one kept here; *ret_ours as above
 * RC_REFUSED   no key that the agency may use signed it
 * RC_LIMIT     COSIGN_MOST others signed it already */
#define COSIGN_MOST 8
struct cosign_offer {
	int64_t instansi_id;
	struct str note, by;
};
struct cosign_taken {
	int log_id;
	int64_t size, key_id;
	bool before; /* it was here already; nothing changed */
	bool ours;
};
MUST_USE enum rc cosign_take(struct tx *tx, const struct cosign_offer *offer, int64_t now_us, struct cosign_taken *ret,
                             struct err *err);

struct cosign_line {
	int64_t instansi_id, made_us;
	struct str name, made_by; /* name of the key */
};
/* Who else signed a checkpoint; in tx_arena, COSIGN_MOST at most. */
MUST_USE enum rc cosign_lines(struct tx *tx, int log_id, int64_t size, struct cosign_line **ret, size_t *ret_n, struct err *err);
/* The checkpoint as it is kept, and all other signatures behind ours. RC_ABSENT. */
MUST_USE enum rc cosign_note(struct tx *tx, int log_id, int64_t size, struct buf *out, struct err *err);
/* The size of the newest one that others signed; -1: none. */
MUST_USE enum rc cosign_last(struct tx *tx, int log_id, int64_t *ret, struct err *err);
