/* SPDX-License-Identifier: EUPL-1.2
 * report/office.h - what the journal does not say about an instansi in a period: terms,
 * papers, NDAs, kejadian, debts, holds; as they stood when the period ended, whenever it is
 * asked (P8, J.V).
 *
 * The tables know what is so, not always what was. A paper counts when its dates cover the
 * last day; one that was put on file after it is marked so. A debt is open when nothing was
 * told before the end. Of a period that is not over, the end is now.
 *
 * Plain data in the arena given, but for what `letter` borrows from the program itself. Reads
 * every person of the instansi's kejadian (some seconds for a million): not in the tray. */
#pragma once
#include "agreement/agreement.h"
#include "agreement/paper.h"
#include "pdf/letter.h"

struct tx;

struct office_ask {
	struct agreement *agreement;
	int64_t instansi_id;
	struct day first, last; /* WIB days, both included */
	int64_t now_us;
	int64_t signed_us; /* who heads the agency then signs; 0: who heads it now */
};

enum office_paper_state { OFFICE_PAPER_NONE, OFFICE_PAPER_OVER, OFFICE_PAPER_VALID };
struct office_paper {
	enum office_paper_state state;
	struct str number, signer;         /* "" when there is none */
	struct day signed_on, valid_until; /* valid_until.n == 0: without limit */
	bool late;                         /* put on file after the end */
};
struct office_version {
	int64_t version_id;
	int number;
	struct day begin, end;
	struct str addendum_number, addendum_ground, addendum_subject; /* "" of the base agreement */
	element_set elements;
	bool granted[METHOD_COUNT];
};
/* Days in a row with one version and one quota. Days without a version are in none. */
struct office_span {
	struct day first, last;
	size_t version;              /* in `versions` */
	int64_t quota[METHOD_COUNT]; /* hits a day, as PoC results stood; < 0: unlimited; 0 where not granted */
	int64_t limit;               /* of all methods together; < 0: unlimited */
};
struct office_poc {
	struct str name; /* of the application, or of the method */
	struct office_paper paper;
};
struct office_user {
	int64_t user_no;
	struct str user_id, role; /* key of identity/principal.h */
	bool closed;
	struct office_paper nda;
};
#define OFFICE_AGES 4 /* up to 7 days, 30, 90, more */
struct office_debt {
	int64_t answered, open, closed, waived; /* NIK whose data was accessed, and what became of them */
	int64_t age[OFFICE_AGES];               /* of the open ones */
};
struct office_kejadian {
	int64_t kejadian_id;
	struct str jenis, name, place;
	struct office_debt debt;
};
struct office_told { /* in the order of feedback/words.h */
	bool waiver;
	const char *label;
	int64_t n; /* told within the period */
};
struct office_hold { /* of the pattern guard, within the period; as they began */
	int64_t held_us;
	struct str user_id, reason;
	const char *state; /* label of policy/hold.h */
};
struct office_incident { /* that became known within the period; as far as it had come at its end */
	int64_t found_us;
	const char *kind;              /* label of procedure/incident.h */
	int64_t authority_us, people_us, ended_us; /* 0: not yet */
	bool dismissed;                /* with ended_us: found to be none */
};
struct office_step { /* what the provider did to the instansi within the period; as they came */
	int64_t at_us;
	const char *label, *clause;
	struct str letter_number;
};

struct office {
	int64_t instansi_id;
	struct day first, last;
	int64_t end_us; /* the moment it is all about */
	struct str code, name;
	const char *state;               /* label */
	struct day begin, end;           /* of the first version, of the one that reaches furthest; n == 0: none had begun */
	struct office_version *versions; /* in force within the period, by number */
	size_t versions_n;
	struct office_span *spans; /* in order */
	size_t spans_n;
	struct office_paper sptjm, iso, ministry;
	struct office_poc *pocs;
	size_t pocs_n;
	struct office_user *users; /* there within the period, by user_no; without those of the rehearsal */
	size_t users_n;
	struct office_kejadian *kejadian; /* opened before the end, by kejadian_id */
	size_t kejadian_n;
	struct office_debt debt; /* of all of them */
	struct office_told *told;
	size_t told_n;
	struct office_hold *holds;
	size_t holds_n;
	struct office_incident *incidents;
	size_t incidents_n;
	struct office_step *steps;
	size_t steps_n;
	const struct letter_ask *letter; /* letterhead, parties, the layout as it was edited */
};

/* RC_ABSENT   no such instansi
 * RC_INVALID  a period that is none, or longer than FIGURES_DAYS_MAX
 * RC_LIMIT    more kejadian, user ids, holds or incidents than OFFICE_ROWS_MAX */
#define OFFICE_ROWS_MAX 10000
MUST_USE enum rc office_read(struct tx *tx, const struct office_ask *ask, struct arena *arena, struct office **ret,
                             struct err *err);
/* The quota of all methods on a day; < 0: unlimited, or no version was in force. */
int64_t office_limit(const struct office *office, struct day day);
/* Of all days from `first` to `last` together; < 0: unlimited on one of them. Days without a version give nothing. */
int64_t office_limits(const struct office *office, struct day first, struct day last);
const struct office_kejadian *office_kejadian_find(const struct office *office, int64_t kejadian_id);
