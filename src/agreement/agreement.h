/* SPDX-License-Identifier: EUPL-1.2
 * agreement/agreement.h - instansi, and the version of their agreement in force.
 *
 * A version is immutable: an addendum (P9.2) makes the next one. Its terms are
 * parsed once and kept for the life of the process; what can change from one
 * moment to the next (state of the instansi, papers, PoC results) is read inside
 * the caller's transaction, so a revocation acts on the very next inquiry. */
#pragma once
#include "agreement/param_key.h"
#include "base/base.h"

struct agreement; /* the parsed versions of this process; shared by threads */
struct tx;

MUST_USE enum rc agreement_open(struct agreement **ret, struct err *err);
void agreement_close(struct agreement *agreement);

#define TERMS_ALLOW_MAX 64
#define TERMS_CONTACTS_MAX 16

struct terms_method {
	bool granted;
	int64_t quota_before_poc, quota_after_poc; /* hits per WIB day; < 0: unlimited (J.II.B) */
};
/* Thresholds of the pattern guard (J.II.E1), in thousandths of a nat and by clue in the
 * order of terms_guard_clue_at(); 0: the version does not say, the default holds. */
#define TERMS_GUARD_CLUES 6
struct terms_guard {
	int32_t user[TERMS_GUARD_CLUES], instansi[TERMS_GUARD_CLUES];
	int32_t warn, note; /* thousandths of a threshold */
};
#define TERMS_GUARD_WARN 700 /* the defaults of the last two */
#define TERMS_GUARD_NOTE 450
/* "walk", "spread", ...; NULL past the end. */
const char *terms_guard_clue_at(size_t i);
struct terms_contact {
	struct str side; /* "provider" or "instansi" */
	struct str name, position, phone, email;
};
/* An application of the agency beside the one each method begins with; its own PoC is
 * due before the method's quota is lifted (J.II.D). */
struct terms_application {
	struct str code, name;
	enum method method;
};
#define TERMS_APPLICATIONS_MAX 16
/* When data balikan that is owed warns, or refuses further inquiries (P2.2b). */
struct terms_debt {
	bool refuse;
	int64_t open_max;  /* so many open */
	int age_days_max;  /* the oldest open for more than so many days */
};
/* What one version says. Never changes, lives as long as the process. */
struct terms {
	struct str pks_number, juknis_number, addendum_number;
	struct day pks_signed, juknis_signed, addendum_signed;
	struct str addendum_ground, addendum_subject; /* "" in version 1 */
	struct str ministry_number, network_letter;
	struct str provider_office, provider_address, provider_position; /* of who signs */
	struct str instansi_office, instansi_address, instansi_position;
	struct day begin, end; /* the last day is included (P4) */
	element_set elements;
	struct terms_method methods[METHOD_COUNT];
	struct cidr allow[TERMS_ALLOW_MAX];
	size_t allow_n;
	bool peer_must_match; /* IP_USER is compared with the real peer */
	struct terms_contact contacts[TERMS_CONTACTS_MAX];
	size_t contacts_n;
	struct terms_application applications[TERMS_APPLICATIONS_MAX];
	size_t applications_n;
	bool balikan;                   /* data balikan is open (J.III) */
	struct str lembaga_id, lembaga; /* as the wire names the agency (DOMAIN 4.2) */
	struct param_keys param_keys;   /* and how its programs call what they tell */
	struct terms_debt debt;
	struct terms_guard guard_portal, guard_service; /* the second for web services after their PoC */
};

/* Life of an instansi's agreement; `ended` by term is not stored, it follows
 * from the last day. */
enum instansi_state { INSTANSI_DRAFT, INSTANSI_ACTIVE, INSTANSI_SUSPENDED, INSTANSI_ENDED, INSTANSI_REVOKED };
struct instansi_state_row {
	enum instansi_state state;
	const char *key, *label;
};
const struct instansi_state_row *instansi_state_at(size_t i);
MUST_USE enum rc instansi_state_from_key(struct str key, enum instansi_state *ret);

/* How an instansi stands at one moment. Texts in tx_arena. */
struct standing {
	int64_t instansi_id;
	struct str code, name; /* "BPBD", full name */
	enum instansi_state state;
	int64_t state_us;   /* since when it is so */
	int64_t version_id; /* 0: none in force now */
	int version_number;
	const struct terms *terms;     /* NULL: none in force now */
	bool term_over;                /* none in force now, but one was: its last day has passed (P4) */
	struct day last_day;           /* the last day any version reaches; n == 0: there is none */
	bool ministry_approval;        /* the approval letter the version rests on is on file (P4, J.VI.F-G) */
	bool sptjm;                    /* of the head, on file and valid (J.VI.D) */
	bool poc_passed[METHOD_COUNT]; /* surat hasil PoC of every application on file (J.II.B, D) */
	const struct terms_contact *contacts; /* the latest list, or the version's (J.VI.B); lives as terms do */
	size_t contacts_n;
};

/* RC_ABSENT: no such instansi. An instansi without a version in force is RC_OK
 * with terms == NULL. */
MUST_USE enum rc agreement_standing(struct agreement *agreement, struct tx *tx, int64_t instansi_id, int64_t now_us,
                                    struct standing *ret, struct err *err);
/* The same for n instansi in one round trip. RC_ABSENT: one of them is none. */
MUST_USE enum rc agreement_standings(struct agreement *agreement, struct tx *tx, const int64_t *instansi_ids, size_t n,
                                     int64_t now_us, struct standing *ret, struct err *err);
bool terms_allow(const struct terms *terms, const struct addr *peer);
/* Is the address in the allow-list of the version in force, or (none in force) of the
 * last one that was, or (none was) of the first to come: so that the head of an ended
 * instansi, or of one not yet active, gets in and is told so (P2.1b). */
MUST_USE enum rc agreement_allows(struct agreement *agreement, struct tx *tx, int64_t instansi_id, const struct addr *peer,
                                  int64_t now_us, bool *ret, struct err *err);
/* The terms of that version, for what a stopped instansi still may do. NULL: none. */
MUST_USE enum rc agreement_last_terms(struct agreement *agreement, struct tx *tx, int64_t instansi_id, int64_t now_us,
                                      const struct terms **ret, struct err *err);
/* Is the address in the allow-list of any instansi at all? */
MUST_USE enum rc agreement_knows_peer(struct agreement *agreement, struct tx *tx, const struct addr *peer, int64_t now_us,
                                      bool *ret, struct err *err);
/* The mark of everything this room keeps (tx_mark in store/store.h): while it stands,
 * standings, papers and kejadian of the same day stand too. */
MUST_USE enum rc agreement_mark(struct tx *tx, int64_t *ret, struct err *err);
/* Case does not matter. RC_ABSENT. */
MUST_USE enum rc instansi_find(struct tx *tx, struct str code, int64_t *ret, struct err *err);
struct instansi_row {
	int64_t instansi_id;
	struct str code, name;
	enum instansi_state state;
};
MUST_USE enum rc instansi_list(struct tx *tx, struct instansi_row **ret, size_t *ret_n, struct err *err);
/* A new one, without an agreement yet. RC_INVALID: code or name not well formed.
 * RC_CONFLICT: the code is taken. */
MUST_USE enum rc instansi_add(struct tx *tx, struct str code, struct str name, int64_t now_us, int64_t *ret, struct err *err);
/* One of them. RC_ABSENT. */
MUST_USE enum rc instansi_get(struct tx *tx, int64_t instansi_id, struct instansi_row *ret, struct err *err);
/* The same, and locked until the transaction ends. RC_ABSENT. */
MUST_USE enum rc instansi_lock(struct tx *tx, int64_t instansi_id, struct instansi_row *ret, struct err *err);
/* Does the lifecycle table have that step? */
bool instansi_step_allowed(enum instansi_state from, enum instansi_state to);
/* Suspend, resume, end, revoke: only the steps the lifecycle table allows.
 * RC_REFUSED otherwise. Nothing is said about the ground: agreement/life.h does that. */
MUST_USE enum rc instansi_set_state(struct tx *tx, int64_t instansi_id, enum instansi_state state, int64_t now_us, struct err *err);

/* ---- versions ---- */
struct version {
	int64_t version_id, made_us;
	int number;
	struct day begin, end;
	const struct terms *terms;
};
/* All of an instansi, latest first. */
MUST_USE enum rc agreement_versions(struct agreement *agreement, struct tx *tx, int64_t instansi_id, struct version **ret,
                                    size_t *ret_n, struct err *err);
struct version_list {
	struct version *at;
	size_t n;
	int64_t all; /* on record, wherever the page stands */
};
/* The same, a page at a time; most <= VERSION_PAGE_MAX. */
#define VERSION_PAGE_MAX 200
MUST_USE enum rc agreement_version_page(struct agreement *agreement, struct tx *tx, int64_t instansi_id, int64_t skip, int64_t most,
                                        struct version_list *ret, struct err *err);
/* One of them. RC_ABSENT. */
MUST_USE enum rc agreement_version(struct agreement *agreement, struct tx *tx, int64_t instansi_id, int number, struct version *ret,
                                   struct err *err);
/* What number a version has that a journal entry names. RC_ABSENT. */
MUST_USE enum rc agreement_version_number(struct tx *tx, int64_t version_id, int *ret, struct err *err);
/* The version that one of that number is, or would be, written from: of those before it
 * the one that reaches furthest, of several the latest; an emergency quota that ends
 * early is not it. *ret 0: there is none. */
MUST_USE enum rc agreement_base(struct tx *tx, int64_t instansi_id, int number, int *ret, struct err *err);
/* The canonical text of the terms of one version. RC_ABSENT. */
MUST_USE enum rc agreement_terms_json(struct tx *tx, int64_t instansi_id, int number, struct str *ret, struct err *err);
/* The list of contact persons that stands for the version's from now on (J.VI.B).
 * `json` is a list as in the agreement file. RC_INVALID names member and reason. */
MUST_USE enum rc agreement_set_contacts(struct tx *tx, int64_t instansi_id, struct str json, int64_t now_us, struct err *err);
