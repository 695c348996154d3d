/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_kejadian.c - see v1_kejadian.h. */
#include "api/v1_kejadian.h"

#include "agreement/kejadian.h"
#include "api/v1_cursor.h"
#include "api/v1_key.h"
#include "api/v1_reply.h"
#include "feedback/debt.h"
#include "gate/made.h"

#define LIST_MAX (1 << 18) /* bytes of a page: V1_PAGE_MAX rows with the longest texts */
#define ONE_MAX 4096
#define CLOSE "/tutup"
#define PURPOSE "kejadian"

/* ---- writing ---- */

static void add_figures(struct buf *out, const struct debt_figures *f)
{
	buf_addf(out, "{\"diminta\":%lld,\"terbuka\":%lld,\"ditutup\":%lld,\"dibebaskan\":%lld}", (long long)f->answered,
	         (long long)f->open, (long long)f->closed, (long long)f->waived);
}

static void add_kejadian(struct buf *out, const struct kejadian *k, const struct debt_figures *figures)
{
	buf_addf(out, "{\"id\":%lld,\"jenis\":", (long long)k->kejadian_id);
	buf_add_json(out, k->jenis);
	buf_addz(out, ",\"nama\":");
	buf_add_json(out, k->name);
	buf_addz(out, ",\"tempat\":");
	buf_add_json(out, k->place);
	buf_addz(out, ",\"tanggal\":");
	v1_add_day(out, k->on);
	buf_addz(out, ",\"catatan\":");
	v1_add_text(out, k->note);
	buf_addf(out, ",\"keadaan\":\"%s\",\"dibuka\":", k->open ? "terbuka" : "tertutup");
	v1_add_time(out, k->opened_us);
	buf_addz(out, ",\"ditutup\":");
	v1_add_time(out, k->closed_us);
	buf_addz(out, ",\"balikan\":");
	add_figures(out, figures);
	buf_addc(out, '}');
}

/* As it stands now. RC_ABSENT: another agency's too; the gate answers 404. */
static enum rc reply_one(struct visit *v, int64_t id, int status, struct err *err)
{
	BUF_AUTO out = BUF(ONE_MAX);
	struct kejadian kejadian;
	struct debt_figures figures;
	TRY(kejadian_get(v->tx, principal_instansi(v->who), id, &kejadian, err));
	TRY(debt_figures(v->tx, id, &figures, err));
	add_kejadian(&out, &kejadian, &figures);
	v1_reply(v, status, V1_JSON, &out);
	return RC_OK;
}

static enum rc journal(struct visit *v, int64_t id, const char *about, struct err *err)
{
	struct entry entry = {.act = ACT_KEJADIAN, .outcome = "ok", .kejadian_id = id, .about = str_c(about)};
	return visit_journal(v, entry, NULL, err);
}

/* ---- many ---- */

static bool read_which(struct str text, enum kejadian_which *ret)
{
	*ret = str_eq(text, S("terbuka")) ? KEJADIAN_OPEN : str_eq(text, S("tertutup")) ? KEJADIAN_CLOSED : KEJADIAN_ANY;
	return *ret != KEJADIAN_ANY || !text.at || str_eq(text, S("semua"));
}

/* false: a problem was answered. */
static bool read_ask(struct visit *v, struct v1_page *page, struct kejadian_before_ask *ret)
{
	struct v1_body query = V1_QUERY(v);
	*ret = (struct kejadian_before_ask){.instansi_id = principal_instansi(v->who)};
	if (!read_which(http_query(v->rq, "keadaan"), &ret->which))
		v1_body_parameter(&query, "keadaan", "Pilih terbuka, tertutup, atau semua.");
	v1_page_read(v, arena_printf(v->arena, "%d", ret->which), &query, page);
	ret->before = page->begun ? page->after.at[0] : INT64_MAX;
	ret->most = page->most + 1; /* one more tells whether there is a next page */
	return !v1_refuse_flaws(v, &query);
}

static enum rc figures_of(struct visit *v, const struct kejadian *list, size_t n, struct debt_figures **ret, struct err *err)
{
	int64_t *ids = ARENA_ARRAY(visit_page_arena(v), n + 1, int64_t);
	*ret = ARENA_ARRAY(visit_page_arena(v), n + 1, struct debt_figures);
	if (!ids || !*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		ids[i] = list[i].kejadian_id;
	return debt_figures_each(v->tx, ids, n, *ret, err);
}

enum rc v1_kejadian_list(struct visit *v, struct err *err)
{
	BUF_AUTO out = BUF(LIST_MAX);
	struct v1_page page;
	struct kejadian_before_ask ask;
	struct kejadian *list;
	struct debt_figures *figures;
	size_t n;
	if (!read_ask(v, &page, &ask))
		return RC_OK;
	TRY(kejadian_before(v->tx, &ask, &list, &n, err));
	bool more = n > (size_t)page.most;
	size_t shown = more ? (size_t)page.most : n;
	TRY(figures_of(v, list, shown, &figures, err));
	buf_addz(&out, "{\"kejadian\":[");
	for (size_t i = 0; i < shown; i++) {
		buf_addz(&out, i ? "," : "");
		add_kejadian(&out, &list[i], &figures[i]);
	}
	buf_addz(&out, "],");
	struct v1_cursor last = {{shown ? list[shown - 1].kejadian_id : 0, 0}};
	v1_page_add(v, &out, &page, more ? &last : NULL);
	buf_addc(&out, '}');
	v1_reply(v, 200, V1_JSON, &out);
	return RC_OK;
}

/* ---- one ---- */

/* What follows V1_KEJADIAN/; *ret_close: the closing of one. RC_ABSENT: neither. */
static enum rc read_path(const struct visit *v, int64_t *ret, bool *ret_close)
{
	struct str path = http_path(v->rq), rest = str_sub(path, sizeof V1_KEJADIAN, path.n), id = rest;
	size_t tail = sizeof CLOSE - 1;
	*ret_close = rest.n > tail && str_eq(str_sub(rest, rest.n - tail, tail), S(CLOSE));
	if (*ret_close)
		id = str_sub(rest, 0, rest.n - tail);
	return str_int(id, 1, INT64_MAX, ret) == RC_OK ? RC_OK : RC_ABSENT;
}

/* false: a problem was answered. The rows of the two methods end alike, in a '*'. */
static bool is_at(struct visit *v, bool closing, int64_t *ret)
{
	bool named;
	if (read_path(v, ret, &named) != RC_OK) {
		problem_reply_plain(v, PROBLEM_ABSENT);
		return false;
	}
	if (named != closing) {
		problem_reply_plain(v, PROBLEM_METHOD);
		http_add_header(&v->out, "Allow", named ? S("POST") : S("GET, HEAD"));
		return false;
	}
	return true;
}

enum rc v1_kejadian_get(struct visit *v, struct err *err)
{
	int64_t id;
	return is_at(v, false, &id) ? reply_one(v, id, 200, err) : RC_OK;
}

/* ---- closing ---- */

static enum rc close(struct visit *v, int64_t id, struct err *err)
{
	struct kejadian kejadian;
	TRY(kejadian_get(v->tx, principal_instansi(v->who), id, &kejadian, err));
	enum rc rc = kejadian_close(v->tx, principal_instansi(v->who), id, v->now_us, err);
	if (rc == RC_ABSENT) { /* it is there, so it was closed, perhaps this moment by another */
		problem_reply_plain(v, PROBLEM_CLOSED_BEFORE);
		return RC_OK;
	}
	TRY(rc);
	TRY(journal(v, id, "tutup", err));
	return reply_one(v, id, 200, err);
}

enum rc v1_kejadian_close(struct visit *v, struct err *err)
{
	V1_BODY_AUTO body = {.root = NULL};
	int64_t id;
	bool over;
	if (!is_at(v, true, &id))
		return RC_OK;
	TRY(v1_read(v, NULL, 0, &body, &over, err));
	return over || v1_refuse_flaws(v, &body) ? RC_OK : close(v, id, err);
}

/* ---- opening ---- */

static const struct v1_field fields[] = {
        {"jenis", V1_TEXT, true, KEJADIAN_TEXT_MAX},    {"nama", V1_TEXT, true, KEJADIAN_TEXT_MAX},
        {"tempat", V1_TEXT, true, KEJADIAN_TEXT_MAX},   {"tanggal", V1_TEXT, true, KEJADIAN_TEXT_MAX},
        {"catatan", V1_TEXT, false, KEJADIAN_NOTE_MAX},
};
static const char *const field_of[KEJADIAN_PARTS] = {
        [KEJADIAN_JENIS] = "jenis",  [KEJADIAN_NAME] = "nama",   [KEJADIAN_PLACE] = "tempat",
        [KEJADIAN_NOTE] = "catatan", [KEJADIAN_DAY] = "tanggal",
};

static void check(const struct visit *v, struct v1_body *body, const struct kejadian *kejadian)
{
	for (enum kejadian_part part = 0; part < KEJADIAN_PARTS; part++) {
		struct err why = {0};
		if (!v1_text(body->root, field_of[part]).n) /* absent or of another kind: told already */
			continue;
		if (kejadian_check(kejadian, part, v->now_us, &why) == RC_OK)
			continue;
		struct str words = arena_str(body->arena, str_c(why.what));
		v1_body_flaw(body, S(""), field_of[part], words.at ? words.at : "Tidak valid.");
	}
}

static struct kejadian read_kejadian(const struct visit *v, struct v1_body *body)
{
	struct str day = v1_text(body->root, "tanggal"), note = v1_text(body->root, "catatan");
	struct kejadian k = {
	        .instansi_id = principal_instansi(v->who),
	        .jenis = v1_text(body->root, "jenis"),
	        .name = v1_text(body->root, "nama"),
	        .place = v1_text(body->root, "tempat"),
	        .note = note.n ? note : S(""),
	};
	if (day.n && day_from_str(day, &k.on) != RC_OK)
		v1_body_flaw(body, S(""), "tanggal", "Bukan tanggal (TTTT-BB-HH).");
	check(v, body, &k);
	return k;
}

static enum rc reply_made(struct visit *v, int64_t id, struct err *err)
{
	TRY(reply_one(v, id, 201, err));
	http_add_header(&v->out, "Location", arena_printf(v->arena, V1_KEJADIAN "/%lld", (long long)id));
	return RC_OK;
}

/* `made` NULL: no key came with it. */
static enum rc open_new(struct visit *v, const struct kejadian *kejadian, const struct made *made, struct err *err)
{
	int64_t id;
	enum rc rc = kejadian_open(v->tx, kejadian, v->now_us, &id, err);
	if (rc == RC_LIMIT) {
		problem_reply_plain(v, PROBLEM_EXISTS);
		return made ? made_drop(v, made, err) : RC_OK;
	}
	TRY(rc);
	TRY(journal(v, id, "buka", err));
	if (made)
		TRY(made_set(v, made, id, err));
	return reply_made(v, id, err);
}

static enum rc open_once(struct visit *v, const struct kejadian *kejadian, struct str key, struct err *err)
{
	struct made made;
	if (!key.n)
		return open_new(v, kejadian, NULL, err);
	TRY(made_hold(v, PURPOSE, key, http_body(v->rq), &made, err));
	if (made.clash) {
		problem_reply_plain(v, PROBLEM_KEY_USED);
		return RC_OK;
	}
	return made.made_id ? reply_made(v, made.made_id, err) : open_new(v, kejadian, &made, err);
}

enum rc v1_kejadian_open(struct visit *v, struct err *err)
{
	V1_BODY_AUTO body = {.root = NULL};
	struct str header = http_header(v->rq, V1_KEY), key = {NULL, 0};
	bool over;
	TRY(v1_read(v, fields, LEN(fields), &body, &over, err));
	if (over)
		return RC_OK;
	struct kejadian kejadian = read_kejadian(v, &body);
	enum rc rc = header.at ? v1_key_read(header, v->arena, &key) : RC_OK;
	if (rc == RC_INVALID)
		v1_body_parameter(&body, V1_KEY, V1_KEY_WHY);
	else if (rc != RC_OK)
		return FAIL(err, rc, "memori tidak cukup");
	return v1_refuse_flaws(v, &body) ? RC_OK : open_once(v, &kejadian, key, err);
}
