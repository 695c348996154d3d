/* SPDX-License-Identifier: EUPL-1.2
 * journal/journal.h - the append-only log of everything that matters.
 *
 * Entries are canonical JSON lines and leaves of an RFC 6962 Merkle tree. They
 * hold no population data: a NIK appears only as a hash keyed by the epoch's key
 * (epoch = WIB month; destroying the key anonymises the epoch, and the tree still
 * verifies). Appending happens in the caller's transaction, so an answer and its
 * entry become durable together or not at all. One log per node.
 *
 * `seq` on this door is an entry's number among all logs: log * 2^34 + its place.
 * Log 0 (a single machine) counts 0, 1, 2, ... */
#pragma once
#include "base/base.h"

struct journal;
struct store;
struct tx;

#define JOURNAL_LOG_MAX 63
struct journal_conf {
	const char *origin;   /* first line of a checkpoint, "padan.example/1" (C2SP tlog-checkpoint) */
	int log_id;           /* 0..JOURNAL_LOG_MAX: which node's log */
	int64_t fence;        /* of the lease it was taken under (lease.h); 0: none, appends are always taken */
	struct secret master; /* 32 bytes, borrowed; wraps the epoch keys and the signing key */
};
/* Makes the log's keys on first use, in a transaction of its own.
 * RC_REFUSED  the master key is not the one the stored keys were wrapped with
 * RC_CONFLICT the stored log has another origin, or was taken by another after this lease
 * RC_INVALID  log_id, origin or the master key's length */
MUST_USE enum rc journal_open(struct store *office, const struct journal_conf *conf, int64_t now_us, struct journal **ret,
                              struct err *err);
void journal_close(struct journal *journal);
/* Another process took this log after us: it takes nothing of ours any more, and ours must end.
 * From any thread. */
bool journal_is_lost(const struct journal *journal);

/* What happened. One row each in a table with key and Indonesian label. */
enum act {
	ACT_LOOKUP,
	ACT_SLIP,
	ACT_LOGIN,
	ACT_LOGOUT,
	ACT_SESSION_END,
	ACT_PASSWORD,
	ACT_CHOOSE, /* kejadian chosen */
	ACT_USER,
	ACT_AGREEMENT,
	ACT_INSTANSI,
	ACT_PAPER,
	ACT_KEJADIAN,
	ACT_CREDENTIAL,
	ACT_REGISTRY,
	ACT_CHECKPOINT,
	ACT_EXPORT,
	ACT_START,
	ACT_STOP,
	ACT_KEY, /* an epoch's key destroyed */
	ACT_CALENDAR, /* working days */
	ACT_CODE, /* one-time codes */
	ACT_GUARD, /* notes, warnings and holds of the pattern guard */
	ACT_REQUEST,
	ACT_FEEDBACK, /* data balikan told, and lists of it opened */
	ACT_SANDBOX,  /* whatever a user id of the rehearsal does (J.II.D): about nobody, and counted nowhere */
	ACT_OUTAGE,   /* planned outages */
	ACT_REPORT,     /* semester reports and those on request (P8) */
	ACT_EVALUATION, /* J.V */
	ACT_INCIDENT,   /* P2.2g: a leak that is being dealt with */
	ACT_HISTORY,    /* who looked at a NIK was asked: the search, never the NIK in words */
	ACT_TRACE,      /* where something that leaked came from was asked */
	ACT_COSIGN,     /* the other party's signature under a checkpoint */
	ACT_RELAY, /* a system above is asked, or what it said will never be known */
	ACT_RESTORE, /* the office was put back from a backup, or before an upgrade */
	ACT_MOVE,  /* the office came here from another database */
	ACT_ARCHIVE, /* entries lie in an archive from now on, and may be taken out of the database */
	ACT_COUNT
};
struct act_row {
	enum act act;
	const char *key, *label;
};
const struct act_row *act_at(size_t i);
/* RC_INVALID: no such key. */
MUST_USE enum rc act_from_key(struct str key, enum act *ret);

/* What the caller knows; zero and absent members are left out of the line. */
struct entry {
	enum act act;
	int64_t time_us;
	const char *outcome;  /* "01", or "ok"/"refused" for acts that are no inquiry; NULL none */
	const char *ground;   /* journal word of policy/decide.h; NULL none */
	const char *clause;
	int64_t instansi_id, version_id, user, session, kejadian_id;
	struct str user_id;   /* as known to identity; never what a stranger typed */
	const char *method, *document;
	struct addr peer;
	struct nik nik;       /* hashed, never written */
	bool repeat;
	int64_t repeat_of;    /* seq of the first */
	size_t repeat_back;   /* or: so many entries before this one in the same call; 0: see repeat_of */
	struct str about;     /* machine words or names of offices; never personal data */
};

/* The fourth paper: it is in the journal. Opaque, only journal_append makes one;
 * lives in tx_arena. Worth something only after the transaction committed. */
struct receipt;
struct ref_text {
	char z[12]; /* "7K2M-94QX": Crockford base32 of a keyed permutation of log and seq */
};
int64_t receipt_seq(const struct receipt *r);
int64_t receipt_time_us(const struct receipt *r);
struct ref_text receipt_ref(const struct receipt *r);

/* Append n entries in order; ret[i] is the receipt of entries[i].
 * RC_LIMIT    more than JOURNAL_TRAY_MAX, or one whose line would pass 4096 bytes
 * RC_REFUSED  the master key does not open the epoch's key
 * RC_BROKEN   the store failed, the log is not as it was left, or it is lost (journal_is_lost)
 * Whatever it is but RC_OK: roll back, nobody may be answered. */
#define JOURNAL_TRAY_MAX 1024
MUST_USE enum rc journal_append(struct journal *journal, struct tx *tx, const struct entry *entries, size_t n,
                                const struct receipt **ret, struct err *err);

/* The last entry that was appended through this door, whatever became of its transaction: to
 * find out after a COMMIT of which nobody knows (decision 0043). Appending is for one thread
 * at a time; so is this. */
struct journal_mark {
	int64_t times; /* how often was appended; another number: another mark */
	int64_t seq;
	unsigned char leaf[32];
};
struct journal_mark journal_mark(const struct journal *journal);
/* Does that entry stand in the log? Takes the log's head for the rest of the transaction, and so
 * waits for whoever is appending still. It writes: once `tx` is committed, what it saw is as
 * durable as its own commit, on a synchronous standby too. */
MUST_USE enum rc journal_stands(struct journal *journal, struct tx *tx, const struct journal_mark *mark, bool *ret,
                                struct err *err);

/* The reference of an entry by its number, without looking whether there is one. */
struct ref_text journal_ref(const struct journal *journal, int64_t seq);

/* One entry as it can be asked for again. */
struct journal_seen {
	int64_t seq, time_us, instansi_id, user, version_id;
	enum act act;
	char outcome[8];
	bool nik_known; /* false: no NIK in it, or the epoch key was destroyed */
};
/* By reference (dashes, blanks and case do not matter). RC_ABSENT. */
MUST_USE enum rc journal_find_ref(struct journal *journal, struct tx *tx, struct str ref, struct journal_seen *ret,
                                  struct err *err);
/* Is it the reference of an entry that is archived (archive.h), and so is not found? */
MUST_USE enum rc journal_is_archived(struct journal *journal, struct tx *tx, struct str ref, bool *ret, struct err *err);
/* Is the entry about this NIK? RC_REFUSED if not. RC_ABSENT: no such entry, or the
 * epoch's key was destroyed ("dianonimkan"), so nobody can tell any more. */
MUST_USE enum rc journal_is_about(struct journal *journal, struct tx *tx, int64_t seq, struct nik nik, struct err *err);
/* The check value a slip carries beside its reference: 10 base32 characters, MAC
 * under a key of its own over reference, NIK and outcome. */
struct slip_mac {
	char z[12];
};
struct slip_mac journal_slip_mac(struct journal *journal, struct ref_text ref, struct nik nik, const char *outcome);

struct journal_head {
	int64_t size;
	unsigned char root[32];
};
MUST_USE enum rc journal_head(struct journal *journal, struct tx *tx, struct journal_head *ret, struct err *err);
/* Sign the present head and keep the note (C2SP signed note, Ed25519). The text
 * stands in tx_arena; show it to nobody before the transaction committed. *ret_size
 * is the size it speaks of. Signing the same head again gives the note kept first. */
MUST_USE enum rc journal_checkpoint(struct journal *journal, struct tx *tx, int64_t now_us, struct str *ret_note, int64_t *ret_size,
                                    struct err *err);
/* The verifier key line that outsiders need ("origin+hash+base64"). Lives as long
 * as the journal. */
struct str journal_vkey(const struct journal *journal);

/* Destroy the key of an epoch (YYYYMM): its NIK hashes can never be matched again,
 * the tree verifies as before. It also appends the ACT_KEY entry: `by` says who and
 * when, act and about are set here. That the retention term is over and that two
 * persons asked for it is the caller's to see to.
 * RC_INVALID  no such month      RC_REFUSED  the epoch is not over yet
 * RC_ABSENT   no key: never made, or destroyed before */
MUST_USE enum rc journal_epoch_destroy(struct journal *journal, struct tx *tx, int epoch, const struct entry *by, struct err *err);
