/* SPDX-License-Identifier: EUPL-1.2
 * report/figures.h - what an instansi did in a period, as the journal has it (P8, J.V).
 *
 * The figures come from journal entries alone: of every log, the entries below one signed
 * checkpoint, and of those the ones whose moment lies in the period. Same period, same
 * checkpoints: same figures, and the same bytes of figures_write(). What the journal does not
 * say (papers, terms, debts) stands in report/office.h.
 *
 * Everything here is plain data in an arena; lists are sorted as their comments say, so that
 * two ways of counting give the same bytes. */
#pragma once
#include "base/base.h"

struct figures_ask {
	int64_t instansi_id;
	struct day first, last; /* WIB days, both included */
};
#define FIGURES_DAYS_MAX 1100 /* three years */

/* What was asked, and what became of it. `inquiries` counts every one, repeats too;
 * answered + refused = inquiries, where 15 is among the answered (DOMAIN 2: an answer without
 * data) and costs no hit. Behind a system above a hit may stand without its inquiry
 * (doc/report.md). */
struct figures_sum {
	int64_t inquiries, repeats;
	int64_t hits;    /* that were charged: reached the registry and were no repeat */
	int64_t refused; /* parameter outcomes: 03 04 05 07 09 10 16 17; and 503, no answer from above */
};
#define FIGURES_CODES 18 /* outcome codes are their own index: 01 to 17; 0 is 503 */
struct figures_month {
	int year, month;
	struct figures_sum sum;
	int64_t code_n[FIGURES_CODES]; /* inquiries by outcome code, repeats too */
};
struct figures_ground { /* by month, then key */
	int year, month;
	struct str key;     /* journal word of policy/decide.h: "quota" */
	int64_t n;
};
struct figures_day {
	struct day day;
	struct figures_sum sum;
};
struct figures_method { /* by key */
	struct str key;     /* of base/element.h; "" an unknown one */
	struct figures_sum sum;
};
struct figures_user { /* by user_no */
	int64_t user_no;  /* 0: nobody that identity knows */
	struct str user_id;
	struct figures_sum sum;
	int64_t last_us;  /* of his last inquiry */
};
struct figures_kejadian { /* by kejadian_id; 0: none */
	int64_t kejadian_id;
	struct figures_sum sum;
};
struct figures_version { /* by version_id; 0: refused before any version counted */
	int64_t version_id;
	struct figures_sum sum;
	int64_t first_us, last_us;
};
/* Entries other than inquiries, by what they say: act, outcome and the first words of `about`.
 * For guard, feedback, slip, login and incident; sorted by act, outcome, words. */
struct figures_act {
	struct str act, outcome, words; /* "guard", "", "hold berurutan"; "feedback", "ok", "form mengungsi" */
	int64_t n;
};
/* What the figures rest on. */
struct figures_log {
	int64_t log_id, size;    /* entries below `size` were looked at */
	struct str origin, root; /* of the checkpoint; root in base64, as the note has it */
	int64_t entries;         /* of the instansi, in the period */
};

struct figures {
	struct figures_ask ask;
	struct figures_sum sum;
	int64_t code_n[FIGURES_CODES];
	struct figures_month *months; /* every month of the period, in order */
	size_t months_n;
	struct figures_day *days;     /* every day of the period, in order */
	size_t days_n;
	int64_t hours[24];            /* inquiries by hour of the WIB day */
	struct figures_ground *grounds;
	size_t grounds_n;
	struct figures_method *methods;
	size_t methods_n;
	struct figures_user *users;
	size_t users_n;
	struct figures_kejadian *kejadian;
	size_t kejadian_n;
	struct figures_version *versions;
	size_t versions_n;
	struct figures_act *acts;
	size_t acts_n;
	struct figures_log *logs;     /* by log_id */
	size_t logs_n;
};

/* One canonical text (JSON, sorted keys, no blanks): what is stored, compared and hashed. */
#define FIGURES_TEXT_MAX ((size_t)4 << 20)
void figures_write(struct buf *out, const struct figures *figures);
/* Back again, in `arena`. RC_INVALID: figures_write() cannot have written it. */
MUST_USE enum rc figures_read(struct str text, struct arena *arena, struct figures *ret, struct err *err);

/* Sum of the acts whose words begin so; "" every one. */
int64_t figures_acts(const struct figures *figures, const char *act, const char *outcome, const char *words);
