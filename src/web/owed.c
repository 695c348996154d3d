/* SPDX-License-Identifier: EUPL-1.2
 * web/owed.c - see owed.h. */
#include "web/owed.h"

#include "agreement/kejadian.h"
#include "gate/strip.h"
#include "web/frame.h"
#include "web/owed.page.h"
#include "web/owed_alert.page.h"
#include "web/pager.h"
#include "web/when.h"

#define ROWS 5
#define OWN_MAX 1000 /* beyond it nobody counts by hand, and the page does not either */

enum rc owed_account(struct visit *v, int64_t instansi_id, struct owed_account *ret, struct err *err)
{
	struct gate_instansi agency;
	struct debt_total total;
	TRY(gate_instansi_get(v, instansi_id, &agency, err));
	TRY(debt_totals(v->tx, &instansi_id, 1, &total, err));
	TRY(reconcile_of(v->tx, &instansi_id, 1, &ret->of, err));
	ret->owed = gate_owed(&agency.standing, total, v->now_us);
	ret->oldest_us = total.oldest_us;
	return RC_OK;
}

struct str owed_age(struct visit *v, int days)
{
	return arena_str(v->arena, str_c(when_days(days).z));
}

struct str owed_words(struct visit *v, const struct gate_owed *owed)
{
	if (owed->n == 0)
		return S("");
	return arena_printf(v->arena, "%.*s terutang, tertua %.*s", STR_ARG(pager_count(v->arena, owed->n)),
	                    STR_ARG(owed_age(v, owed->days)));
}

struct str owed_limit(struct visit *v, const struct gate_owed *owed)
{
	if (owed->open_max == 0)
		return S("");
	return arena_printf(v->arena, "%.*s NIK atau %d hari", STR_ARG(pager_count(v->arena, owed->open_max)), owed->age_days_max);
}

struct str owed_tag(const struct gate_owed *owed)
{
	if (owed->refuses)
		return S("verifikasi ditolak");
	return owed->over ? S("melewati batas") : S("");
}

void owed_alert_write(struct visit *v, const struct gate_owed *owed, struct buf *out)
{
	if (owed->over)
		page_owed_alert_write(out, &(struct page_owed_alert){.words = owed_words(v, owed),
		                                                     .limit = owed_limit(v, owed),
		                                                     .refuses = owed->refuses});
}

/* ---- cards ---- */

static enum rc names_of(struct visit *v, const struct reconcile *list, size_t n, struct kejadian **ret, struct err *err)
{
	struct kejadian_key *keys = ARENA_ARRAY(v->arena, n + 1, struct kejadian_key);
	bool *found = ARENA_ARRAY(v->arena, n + 1, bool);
	*ret = ARENA_ARRAY(v->arena, n + 1, struct kejadian);
	if (!keys || !found || !*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		keys[i] = (struct kejadian_key){list[i].instansi_id, list[i].sum.kejadian_id};
	return kejadian_find(v->tx, keys, n, *ret, found, err);
}

static struct page_owed_kejadian row_of(struct visit *v, const struct reconcile *r, const struct kejadian *kejadian)
{
	int days = day_of_us(v->now_us).n - day_of_us(r->sum.oldest_us).n;
	return (struct page_owed_kejadian){
	        .name = kejadian->name,
	        .n = pager_count(v->arena, r->sum.open),
	        .age = owed_age(v, r->sum.oldest_us ? days : 0),
	};
}

/* Of the kejadian the visitor serves now: that is where he can still remember. */
static enum rc put_own(struct visit *v, struct page_owed *page, struct err *err)
{
	struct debt_figures figures;
	int64_t own, kejadian_id = principal_kejadian(v->who);
	if (!kejadian_id)
		return RC_OK;
	TRY(debt_figures(v->tx, kejadian_id, &figures, err));
	if (figures.open == 0 || figures.open > OWN_MAX)
		return RC_OK;
	TRY(reconcile_own(v->tx, kejadian_id, principal_user_id(v->who), OWN_MAX, &own, err));
	if (own)
		page->own = arena_printf(v->arena, "Pada kejadian yang Anda pilih, %lld dari %lld Anda periksa sendiri",
		                         (long long)own, (long long)figures.open);
	return RC_OK;
}

enum rc owed_card_write(struct visit *v, const struct gate_owed *owed, struct buf *out, struct err *err)
{
	struct page_owed_kejadian rows[ROWS];
	struct page_owed page = {
	        .title = S("Data balikan"), .all = URL("/korban"), .all_label = S("Buka daftar korban"), .rows = rows};
	struct reconcile *list;
	struct kejadian *names;
	size_t n;
	page.lead = owed_words(v, owed);
	TRY(reconcile_owing(v->tx, v->standing.instansi_id, ROWS + 1, &list, &n, err));
	TRY(names_of(v, list, n, &names, err));
	for (size_t i = 0; i < n && i < ROWS; i++) {
		struct url_pair pairs[] = {{"kejadian", arena_printf(v->arena, "%lld", (long long)list[i].sum.kejadian_id)},
		                           {"status", S("open")}};
		rows[i] = row_of(v, &list[i], &names[i]);
		rows[i].url = url_path(v->arena, "/korban", pairs, LEN(pairs));
		rows[i].note = arena_printf(v->arena, "%.*s, %.*s", STR_ARG(names[i].jenis), STR_ARG(names[i].place));
		page.rows_n++;
	}
	page.more = n > ROWS;
	TRY(put_own(v, &page, err));
	page_owed_write(out, &page);
	return RC_OK;
}

/* ---- the provider's ---- */

static enum rc put_agencies(struct visit *v, const struct reconcile *list, size_t n, struct page_owed_kejadian *rows,
                            struct err *err)
{
	struct gate_instansi agencies[ROWS];
	struct debt_total totals[ROWS];
	int64_t ids[ROWS];
	for (size_t i = 0; i < n; i++)
		ids[i] = list[i].instansi_id;
	TRY(gate_instansi_list(v, ids, n, agencies, err));
	TRY(debt_totals(v->tx, ids, n, totals, err));
	for (size_t i = 0; i < n; i++) {
		struct gate_owed owed = gate_owed(&agencies[i].standing, totals[i], v->now_us);
		struct url_pair pair = {"instansi", agencies[i].standing.code};
		rows[i].url = url_path(v->arena, "/balikan/instansi", &pair, 1);
		rows[i].note = rows[i].name;
		rows[i].name = agencies[i].standing.code;
		rows[i].tag = owed_tag(&owed);
	}
	return RC_OK;
}

enum rc owed_most_write(struct visit *v, struct buf *out, struct err *err)
{
	struct page_owed_kejadian rows[ROWS];
	struct page_owed page = {.title = S("Data balikan yang terutang"),
	                         .lead = S("Kejadian dengan NIK terbanyak yang sudah dijawab dan belum dilaporkan"),
	                         .all = URL("/balikan"),
	                         .all_label = S("Semua instansi"),
	                         .rows = rows};
	struct reconcile *list;
	struct kejadian *names;
	size_t n;
	TRY(reconcile_owing(v->tx, 0, ROWS, &list, &n, err));
	if (n == 0)
		return RC_OK;
	TRY(names_of(v, list, n, &names, err));
	for (size_t i = 0; i < n; i++)
		rows[i] = row_of(v, &list[i], &names[i]);
	page.rows_n = n;
	TRY(put_agencies(v, list, n, rows, err));
	page_owed_write(out, &page);
	return RC_OK;
}
