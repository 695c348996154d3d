/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_owed.c - see v1_owed.h. Rows come in the order of their numbers, whatever becomes
 * of them meanwhile: who is asked for while somebody reads stands behind the others. */
#include "api/v1_owed.h"

#include "agreement/kejadian.h"
#include "api/v1_cursor.h"
#include "api/v1_reply.h"
#include "feedback/person.h"
#include "gate/owed.h"

#define LIST_MAX (1 << 17) /* bytes of a page: V1_PAGE_MAX rows */
#define SUM_MAX 512

static const struct state_word {
	const char *word;
	enum debt_state state;
} words[] = {{"terbuka", DEBT_OPEN}, {"ditutup", DEBT_CLOSED}, {"dibebaskan", DEBT_WAIVED}};

/* What of which kejadian is asked for. */
struct look {
	struct v1_page page;
	struct person_part part;
};

/* "" for any. */
static bool read_state(struct str text, struct str *ret)
{
	*ret = S("");
	for (size_t i = 0; i < LEN(words); i++)
		if (str_eq(text, str_c(words[i].word)))
			*ret = str_c(debt_state_at(words[i].state)->key);
	return ret->n || !text.at || str_eq(text, S("semua"));
}

/* false: a problem was answered. */
static bool read_look(struct visit *v, struct look *ret)
{
	struct v1_body query = V1_QUERY(v);
	struct person_part *part = &ret->part;
	*part = (struct person_part){.last = INT64_MAX};
	if (str_int(http_query(v->rq, "kejadian"), 1, INT64_MAX, &part->kejadian_id) != RC_OK)
		v1_body_parameter(&query, "kejadian", "Harus diisi dengan nomor kejadian.");
	if (!read_state(http_query(v->rq, "keadaan"), &part->state))
		v1_body_parameter(&query, "keadaan", "Pilih terbuka, ditutup, dibebaskan, atau semua.");
	struct str filters = arena_printf(v->arena, "%lld %.*s", (long long)part->kejadian_id, STR_ARG(part->state));
	v1_page_read(v, filters, &query, &ret->page);
	part->most = ret->page.most + 1; /* one more tells whether there is a next page */
	part->after = ret->page.after.at[0];
	return !v1_refuse_flaws(v, &query);
}

static void add_person(struct buf *out, const struct person *p)
{
	bool told = p->told_us != 0;
	buf_addf(out, "{\"nik\":\"%s\",\"keadaan\":\"%s\",\"diminta\":", nik_digits(p->nik).z, words[p->state].word);
	v1_add_time(out, p->asked_us);
	buf_addz(out, ",\"diminta_oleh\":");
	v1_add_text(out, p->asked_by);
	buf_addz(out, ",\"keterangan\":");
	v1_add_text(out, p->victim ? str_c(keterangan_at(p->keterangan)->key) : S(""));
	buf_addz(out, ",\"rumah\":");
	v1_add_text(out, p->victim ? str_c(house_at(p->house)->key) : S(""));
	buf_addz(out, ",\"tanggal\":");
	v1_add_day(out, told ? p->on : (struct day){0});
	buf_addz(out, ",\"disampaikan\":");
	v1_add_time(out, p->told_us);
	buf_addz(out, ",\"disampaikan_oleh\":");
	v1_add_text(out, p->told_by);
	buf_addc(out, '}');
}

static void reply_list(struct visit *v, const struct look *look, const struct person *list, size_t n)
{
	BUF_AUTO out = BUF(LIST_MAX);
	bool more = n > (size_t)look->page.most;
	size_t shown = more ? (size_t)look->page.most : n;
	struct v1_cursor last = {{shown ? list[shown - 1].person_id : 0, 0}};
	buf_addz(&out, "{\"balikan\":[");
	for (size_t i = 0; i < shown; i++) {
		buf_addz(&out, i ? "," : "");
		add_person(&out, &list[i]);
	}
	buf_addz(&out, "],");
	v1_page_add(v, &out, &look->page, more ? &last : NULL);
	buf_addc(&out, '}');
	v1_reply(v, 200, V1_JSON, &out);
}

enum rc v1_owed_list(struct visit *v, struct err *err)
{
	struct look look;
	struct kejadian kejadian;
	struct person *list;
	size_t n;
	if (!read_look(v, &look))
		return RC_OK;
	TRY(kejadian_get(v->tx, principal_instansi(v->who), look.part.kejadian_id, &kejadian, err)); /* RC_ABSENT: 404 */
	TRY(person_part(visit_feedback(v), v->tx, &look.part, &list, &n, err));
	struct entry entry = {
	        .act = ACT_FEEDBACK, .outcome = "ok", .kejadian_id = kejadian.kejadian_id, .about = S("lihat daftar korban")};
	if (n)
		TRY(visit_journal(v, entry, NULL, err));
	reply_list(v, &look, list, n);
	return RC_OK;
}

/* ---- what is owed in all ---- */

static void add_limit(struct buf *out, const char *key, int64_t limit)
{
	buf_addf(out, ",\"%s\":", key);
	if (limit)
		buf_add_int(out, limit);
	else
		buf_addz(out, "null");
}

enum rc v1_owed_sum(struct visit *v, struct err *err)
{
	BUF_AUTO out = BUF(SUM_MAX);
	struct debt_total total;
	int64_t id = principal_instansi(v->who);
	TRY(debt_totals(v->tx, &id, 1, &total, err));
	struct gate_owed owed = gate_owed(&v->standing, total, v->now_us);
	buf_addf(&out, "{\"utang\":{\"terbuka\":%lld,\"tertua\":", (long long)total.n);
	v1_add_time(&out, total.oldest_us);
	add_limit(&out, "batas", owed.open_max);
	add_limit(&out, "batas_hari", owed.age_days_max);
	buf_addf(&out, ",\"melewati\":%s,\"menolak\":%s}}", owed.over ? "true" : "false", owed.refuses ? "true" : "false");
	v1_reply(v, 200, V1_JSON, &out);
	return RC_OK;
}
