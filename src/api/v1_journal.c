/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_journal.c - see v1_journal.h. */
#include "api/v1_journal.h"

#include "api/v1_cursor.h"
#include "api/v1_days.h"
#include "api/v1_reply.h"
#include "api/v1_standing.h"
#include "gate/ledger.h"
#include "journal/verify.h"

#define ROW_MAX 512
#define ROWS_MAX ((size_t)4 << 20) /* what the list is made from */
#define WAIT_S 60
#define LIST_MAX ((size_t)V1_PAGE_MAX * ROW_MAX)
#define PROOF_MAX ((size_t)VERIFY_PROOF_MAX + ROW_MAX)

/* ---- the list ---- */

static void add_number(struct buf *out, const char *key, int64_t n)
{
	buf_addf(out, ",\"%s\":", key);
	if (n > 0)
		buf_add_int(out, n);
	else
		buf_addz(out, "null");
}

static void add_word(struct buf *out, const char *key, struct str word)
{
	buf_addf(out, ",\"%s\":", key);
	v1_add_text(out, word);
}

static void add_row(const struct visit *v, struct buf *out, const struct own_row *row, int version)
{
	buf_addf(out, "{\"referensi\":\"%s\",\"waktu\":", ledger_ref(v, row->seq).z);
	v1_add_time(out, row->time_us);
	add_word(out, "metode", str_c(v1_method_word_of_key(row->method)));
	add_word(out, "kode", row->outcome);
	add_word(out, "dasar", row->ground);
	add_word(out, "pasal", row->clause);
	add_number(out, "versi", version);
	add_number(out, "kejadian", row->kejadian_id);
	buf_addf(out, ",\"ulangan\":%s}", row->repeat ? "true" : "false");
}

static void reply(struct visit *v, const struct ledger_list *list, const struct v1_page *page)
{
	BUF_AUTO out = BUF(LIST_MAX);
	const struct own_list *own = &list->own;
	buf_addz(&out, "{\"jurnal\":[");
	for (size_t i = 0; i < own->n; i++) {
		buf_addz(&out, i ? "," : "");
		add_row(v, &out, &own->at[i], list->versions[i]);
	}
	buf_addz(&out, "],");
	const struct own_row *last = own->more ? &own->at[own->n - 1] : NULL;
	v1_page_add(v, &out, page, last ? &(struct v1_cursor){{last->time_us, last->seq}} : NULL);
	if (own->archived_us) {
		buf_addz(&out, ",\"diarsipkan_sebelum\":");
		v1_add_time(&out, own->archived_us);
	}
	buf_addc(&out, '}');
	v1_reply(v, 200, V1_JSON, &out);
}

/* From the tray to what comes after it. */
struct asked {
	struct own_ask ask;
	struct v1_page page;
};

/* Whose list it is, and of which days. */
static struct str filters_of(struct visit *v, const struct v1_days *days)
{
	return arena_printf(v->arena, "%lld %d %d", (long long)principal_user(v->who), days->from.n, days->until.n);
}

enum rc v1_journal(struct visit *v, struct err *err)
{
	struct v1_body query = V1_QUERY(v);
	struct v1_days days;
	struct asked *asked = ARENA_NEW(v->arena, struct asked);
	if (!asked)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v1_days_read(v, &query, &days);
	v1_page_read(v, filters_of(v, &days), &query, &asked->page);
	if (v1_refuse_flaws(v, &query))
		return RC_OK;
	asked->ask = (struct own_ask){.user = principal_user(v->who),
	                              .from_us = day_begin_us(days.from),
	                              .until_us = day_begin_us((struct day){days.until.n + 1}),
	                              .after = {asked->page.after.at[0], asked->page.after.at[1]},
	                              .most = asked->page.most};
	v->own = asked;
	return RC_OK;
}

enum rc v1_journal_after(struct visit *v, struct err *err)
{
	const struct asked *asked = v->own;
	struct ledger_list list;
	struct arena arena;
	arena_init(&arena, ROWS_MAX);
	enum rc rc = ledger_inquiries(v, &asked->ask, &arena, &list, err);
	if (rc == RC_OK)
		reply(v, &list, &asked->page);
	if (rc == RC_LIMIT) /* the lists are far behind the journal: after a restore, or the first time */
		problem_reply(v, &(struct problem_told){.problem = PROBLEM_UNAVAILABLE, .wait_s = WAIT_S});
	arena_free(&arena);
	return rc == RC_LIMIT ? RC_OK : rc;
}

/* ---- the proof ---- */

enum rc v1_proof(struct visit *v, struct err *err)
{
	int64_t *user = ARENA_NEW(v->arena, int64_t);
	if (!user)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	*user = principal_user(v->who);
	v->own = user;
	return RC_OK;
}

enum rc v1_proof_after(struct visit *v, struct err *err)
{
	BUF_AUTO out = BUF(PROOF_MAX);
	BUF_AUTO proof = BUF(VERIFY_PROOF_MAX);
	struct journal_seen seen;
	bool is_signed;
	const int64_t *user = v->own;
	struct str path = http_path(v->rq), ref = str_sub(path, sizeof V1_JOURNAL, path.n);
	TRY(ledger_find(v, *user, ref, &seen, err));
	TRY(ledger_prove(v, seen.seq, &proof, &is_signed, err));
	buf_addf(&out, "{\"referensi\":\"%s\",\"waktu\":", ledger_ref(v, seen.seq).z);
	v1_add_time(&out, seen.time_us);
	add_word(&out, "kode", str_c(seen.outcome));
	buf_addz(&out, ",\"bukti\":");
	buf_add(&out, is_signed ? str_trim(buf_str(&proof)) : S("null"));
	buf_addc(&out, '}');
	v1_reply(v, 200, V1_JSON, &out);
	return RC_OK;
}
