/* SPDX-License-Identifier: EUPL-1.2
 * api/store.c - see store.h.
 *
 * Who sends it is known before a byte of the body is read, so that strangers cost next to
 * nothing. Then every step may refuse, and only the last one writes. */
#include "api/store.h"

#include "api/content.h"
#include "api/reply.h"
#include "api/store_body.h"
#include "api/tell.h"
#include "gate/bearer.h"

#define REPLY_MAX 16384
#define AUTHENTICATE "Bearer realm=\"data balikan\""

#define SUCCESS "Success"
#define SENT_BEFORE "Data sudah pernah dikirim"
#define WRONG_LEMBAGA "id_lembaga bukan milik token ini."
#define WRONG_TYPE "Content-Type harus application/json (UTF-8), multipart/form-data, atau application/x-www-form-urlencoded."
#define BAD_FORM "Formulir tidak dapat dibaca utuh sebagai teks UTF-8."
#define SEVERAL "Lebih dari satu kejadian terbuka bernama itu; sebutkan nomornya."
#define UNKNOWN "Kejadian tidak dikenal, dan token ini tidak mempunyai kejadian tetap."
#define NONE "Harus diisi: token ini tidak mempunyai kejadian tetap."
#define FLAWED "Data tidak sesuai format; tidak ada yang disimpan."

/* The kejadian one item is about. */
struct choice {
	const struct kejadian *kejadian;
	bool named;   /* by the sender; else it is the token's own */
	bool several; /* and more than one open one has that name */
};

/* One request under way. */
struct request {
	struct visit *v;
	struct arena *arena;
	struct bearer bearer;
	struct store_body body;
	struct record *records;
	struct kejadian *kejadian; /* of the instansi; open ones first */
	size_t kejadian_n;
	struct choice *choices;          /* by item */
	const struct kejadian *standing; /* the token's own; NULL: none */
	bool over;                       /* an answer is drawn */
	bool rehearsal;                  /* a sandbox user id: nothing real is read or written (J.II.D) */
};

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- refusing ---- */

static enum rc refuse(struct request *q, int status, const char *words, const char *ground, struct err *err)
{
	q->over = true;
	reply_message(q->v, status, str_c(words));
	return bearer_refused(q->v, ground, err);
}

static void add_flaw(struct buf *out, const struct store_flaw *flaw)
{
	buf_addz(out, "{\"item\":");
	if (flaw->nik_at < 0)
		buf_addz(out, "null");
	else
		buf_add_int(out, flaw->nik_at);
	if (flaw->param_at >= 0)
		buf_addf(out, ",\"param\":%d", flaw->param_at);
	if (flaw->field) {
		buf_addz(out, ",\"field\":");
		buf_add_json(out, str_c(flaw->field));
	}
	if (flaw->line)
		buf_addf(out, ",\"line\":%d,\"column\":%d", flaw->line, flaw->column);
	buf_addz(out, ",\"reason\":");
	buf_add_json(out, str_c(flaw->why));
	buf_addc(out, '}');
}

static enum rc refuse_flaws(struct request *q, struct err *err)
{
	BUF_AUTO out = BUF(REPLY_MAX);
	const struct store_body *body = &q->body;
	buf_addz(&out, "{\"message\":");
	buf_add_json(&out, S(FLAWED));
	buf_addz(&out, ",\"errors\":[");
	for (size_t i = 0; i < body->flaws_n && i < STORE_FLAWS_MAX; i++) {
		buf_addz(&out, i ? "," : "");
		add_flaw(&out, &body->flaws[i]);
	}
	buf_addc(&out, ']');
	if (body->flaws_n > STORE_FLAWS_MAX)
		buf_addf(&out, ",\"more\":%zu", body->flaws_n - STORE_FLAWS_MAX);
	buf_addc(&out, '}');
	q->over = true;
	reply_json(q->v, 422, &out);
	return bearer_refused(q->v, "malformed", err);
}

static void flaw(struct request *q, size_t i, const char *field, const char *why)
{
	const struct store_item *item = &q->body.items[i];
	struct store_flaw found = {.nik_at = item->nik_at, .param_at = item->param_at, .field = field, .why = why};
	store_flaw_add(&q->body, found);
}

/* ---- who ---- */

static enum rc enter(struct request *q, struct err *err)
{
	struct visit *v = q->v;
	TRY(bearer_enter(v, &q->bearer, err));
	q->rehearsal = v->who && principal_is_sandbox(v->who);
	if (q->bearer.status == 0)
		return RC_OK;
	q->over = true;
	reply_message(v, q->bearer.status, str_c(q->bearer.what));
	if (q->bearer.status == 401)
		http_add_header(&v->out, "WWW-Authenticate", S(AUTHENTICATE));
	if (q->bearer.wait_s)
		http_add_header(&v->out, "Retry-After", arena_printf(v->arena, "%d", q->bearer.wait_s));
	return RC_OK;
}

/* ---- the body ---- */

static const struct param_keys *keys_of(const struct request *q)
{
	return &q->bearer.terms->param_keys;
}

/* Clients write the names of fields small or in capitals. */
static struct str field(const struct visit *v, const char *small, const char *capital)
{
	struct str value = http_form(v->rq, small);
	return value.at ? value : http_form(v->rq, capital);
}

static enum rc read_form(struct request *q, struct err *err)
{
	const struct visit *v = q->v;
	const struct store_form form = {field(v, "nik", "NIK"), field(v, "id_lembaga", "ID_LEMBAGA"), field(v, "param", "PARAM")};
	TRY(store_body_form(&form, keys_of(q), q->arena, &q->body, err));
	if (!http_form_ok(v->rq))
		store_flaw_add(&q->body, (struct store_flaw){.nik_at = -1, .param_at = -1, .why = BAD_FORM});
	return RC_OK;
}

static enum rc read_body(struct request *q, struct err *err)
{
	enum content content = content_of(q->v);
	if (content == CONTENT_OTHER)
		return refuse(q, 415, WRONG_TYPE, "content_type", err);
	if (content == CONTENT_JSON)
		TRY(store_body_json(http_body(q->v->rq), keys_of(q), q->arena, &q->body, err));
	else
		TRY(read_form(q, err));
	if (q->body.too_many)
		return refuse(q, 413, q->body.too_many, "too_many", err);
	for (size_t i = 0; i < q->body.lembaga_n; i++)
		if (!str_eq(q->body.lembaga[i], q->bearer.terms->lembaga_id))
			return refuse(q, 403, WRONG_LEMBAGA, "lembaga", err);
	return q->body.flaws_n ? refuse_flaws(q, err) : RC_OK;
}

/* ---- which kejadian ---- */

/* Those that were named by their numbers, of all there ever were; the rest stays 0. */
static enum rc read_numbered(struct request *q, struct err *err)
{
	size_t n = q->body.n;
	int64_t *ids = ARENA_ARRAY(q->arena, n, int64_t);
	const struct kejadian **found = ARENA_ARRAY(q->arena, n, const struct kejadian *);
	if (!ids || !found)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		if (str_int(q->body.items[i].kejadian, 1, INT64_MAX, &ids[i]) != RC_OK)
			ids[i] = 0;
	TRY(tell_numbered(q->v, ids, n, found, err));
	for (size_t i = 0; i < n; i++)
		if (found[i])
			q->choices[i] = (struct choice){.kejadian = found[i], .named = true};
	return RC_OK;
}

/* "Banjir Contoh", or in full as our own outbox writes it: "Banjir Contoh, Desa Contoh, 2026-01-31". */
static bool is_named(const struct kejadian *k, struct str text)
{
	struct str name = str_sub(text, 0, k->name.n), rest = str_sub(text, k->name.n, text.n);
	if (!str_ieq(name, k->name))
		return false;
	if (rest.n == 0)
		return true;
	struct str place = str_sub(rest, 2, k->place.n), day = str_sub(rest, k->place.n + 4, rest.n);
	return str_starts(rest, S(", ")) && str_ieq(place, k->place) && str_eq(str_sub(rest, k->place.n + 2, 2), S(", ")) &&
	       str_eq(day, str_c(day_iso(k->on).z));
}

/* The list begins with the open ones, the latest first: of several of one name that one is
 * meant, unless several are open. */
static struct choice find_named(const struct request *q, struct str text)
{
	struct choice found = {0};
	for (size_t i = 0; text.n && i < q->kejadian_n; i++) {
		const struct kejadian *k = &q->kejadian[i];
		if (!is_named(k, text))
			continue;
		if (found.kejadian)
			return (struct choice){found.kejadian, true, found.kejadian->open && k->open};
		found = (struct choice){k, true, false};
	}
	return found;
}

/* Mostly all items of a request name the same one, or none. */
static struct choice choose(const struct request *q, size_t i)
{
	const struct store_item *items = q->body.items;
	if (q->choices[i].kejadian)
		return q->choices[i];
	if (i > 0 && str_eq(items[i].kejadian, items[i - 1].kejadian))
		return q->choices[i - 1];
	struct choice found = find_named(q, items[i].kejadian);
	return found.kejadian ? found : (struct choice){.kejadian = q->standing};
}

static enum rc choose_all(struct request *q, struct err *err)
{
	q->choices = ARENA_ARRAY(q->arena, q->body.n, struct choice);
	if (!q->choices)
		return no_memory(err);
	if (q->rehearsal) /* whatever it is called: there is none */
		return RC_OK;
	TRY(kejadian_list(q->v->tx, principal_instansi(q->v->who), &q->kejadian, &q->kejadian_n, err));
	TRY(tell_standing(q->v, &q->standing, err));
	TRY(read_numbered(q, err));
	const char *name = param_key_shown(keys_of(q), PARAM_KEJADIAN);
	for (size_t i = 0; i < q->body.n; i++) {
		q->choices[i] = choose(q, i);
		if (q->choices[i].several)
			flaw(q, i, name, SEVERAL);
		if (!q->choices[i].kejadian)
			flaw(q, i, name, q->body.items[i].kejadian.n ? UNKNOWN : NONE);
	}
	return q->body.flaws_n ? refuse_flaws(q, err) : RC_OK;
}

/* ---- what is told ---- */

/* What the sender calls it, where it is filed under another disaster than he says. */
static struct str note_of(struct request *q, const struct store_item *item, const struct choice *choice)
{
	struct str jenis = str_eq(str_c(item->jenis), choice->kejadian->jenis) ? S("") : str_c(item->jenis);
	struct str name = choice->named ? S("") : item->kejadian;
	if (jenis.n + name.n == 0)
		return S("");
	return str_cut(arena_printf(q->arena, "Menurut pengirim: %.*s%s%.*s", STR_ARG(jenis), jenis.n && name.n ? "; " : "",
	                            STR_ARG(name)),
	               TOLD_NOTE_MAX);
}

static void check(struct request *q, size_t i)
{
	struct err why = {0};
	if (told_check(&q->records[i].told, q->v->now_us, &why) == RC_OK)
		return;
	struct str words = arena_str(q->arena, str_c(why.what));
	flaw(q, i, NULL, words.at ? words.at : FLAWED);
}

static enum rc make_records(struct request *q, struct err *err)
{
	q->records = ARENA_ARRAY(q->arena, q->body.n, struct record);
	if (!q->records)
		return no_memory(err);
	for (size_t i = 0; i < q->body.n; i++) {
		const struct store_item *item = &q->body.items[i];
		const struct choice *choice = &q->choices[i];
		q->records[i] = (struct record){
		        .instansi_id = principal_instansi(q->v->who),
		        .kejadian_id = choice->kejadian ? choice->kejadian->kejadian_id : 0,
		        .nik = item->nik,
		        .told = {.kind = TOLD_VICTIM,
		                 .keterangan = item->keterangan,
		                 .house = item->house,
		                 .note = choice->kejadian ? note_of(q, item, choice) : S(""),
		                 .on = item->on},
		        .content = item->content,
		};
		check(q, i);
	}
	if (q->arena->broken)
		return no_memory(err);
	return q->body.flaws_n ? refuse_flaws(q, err) : RC_OK;
}

static bool all_same(const enum record_fate *fates, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fates[i] != RECORD_SAME)
			return false;
	return true;
}

static enum rc tell(struct request *q, struct err *err)
{
	enum record_fate *fates = ARENA_ARRAY(q->arena, q->body.n, enum record_fate);
	if (!fates)
		return no_memory(err);
	if (q->rehearsal)
		TRY(tell_rehearsed(q->v, q->records, q->body.n, fates, err));
	else
		TRY(tell_records(q->v, q->records, q->body.n, fates, err));
	if (all_same(fates, q->body.n))
		reply_message(q->v, 400, S(SENT_BEFORE));
	else
		reply_message(q->v, 200, S(SUCCESS));
	return RC_OK;
}

enum rc api_store(struct visit *v, struct err *err)
{
	static enum rc (*const steps[])(struct request *, struct err *) = {enter, read_body, choose_all, make_records, tell};
	struct request q = {.v = v, .arena = visit_page_arena(v)};
	for (size_t i = 0; i < LEN(steps) && !q.over; i++)
		TRY(steps[i](&q, err));
	return RC_OK;
}
