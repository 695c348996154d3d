/* SPDX-License-Identifier: EUPL-1.2
 * web/page_request.c - one request: what was asked, the line of its steps, a form for
 * each step that the visitor may take now, and the taking of one. */
#include "identity/user.h"
#include "procedure/letters.h"
#include "web/clause.h"
#include "web/envelope.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/request.page.h"
#include "web/request_form.h"
#include "web/request_seen.h"
#include "web/request_told.h"
#include "web/when.h"
#include "web/words.h"

#define FORMS_MAX 6
#define LONG_WORDS 60
#define SEALED_MAX 4096

/* What was tried and refused; step NULL: nothing. */
struct attempt {
	const struct step_row *step;
	const struct ask_flaws *flaws;
	struct str conflict;
};

/* One drawing. */
struct sheet {
	struct visit *v;
	struct desk desk;
	struct request_seen *seen;
	const struct attempt *attempt;
	struct page_request page;
};

/* ---- what was asked, what was said ---- */

static enum rc words_of(const struct sheet *s, const struct request_step *step, const struct request_value *value,
                        const struct ask *ask, struct str *ret, struct err *err)
{
	BUF_AUTO clear = BUF(SEALED_MAX);
	struct nik nik;
	*ret = ask_words(ask, value->value, s->seen->standing.terms, s->v->arena);
	if (!value->sealed.n)
		return RC_OK;
	TRY(request_unseal(&s->desk, s->seen->request.request_id, step, value, &clear, err));
	if (nik_from_str(buf_str(&clear), &nik, NULL) != RC_OK)
		return FAIL(err, RC_BROKEN, "isian tersegel bukan NIK");
	*ret = arena_str(s->v->arena, str_c(request_seen_reveals(s->v, s->seen) ? nik_grouped(nik).z : nik_masked(nik).z));
	return RC_OK;
}

static const struct ask *asks_of(const struct sheet *s, const struct request_step *step)
{
	return step->step ? step->step->asks : s->seen->request.kind->asks;
}

static enum rc put_facts(struct sheet *s, struct err *err)
{
	const struct request_step *opening = &s->seen->steps[0];
	s->page.facts = ARENA_ARRAY(tx_arena(s->v->tx), opening->values_n + 1, struct page_request_fact);
	if (!s->page.facts)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < opening->values_n; i++) {
		const struct request_value *value = &opening->values[i];
		const struct ask *ask = ask_find(asks_of(s, opening), value->name);
		if (!ask || ask->type == ASK_SCAN)
			continue;
		struct page_request_fact *fact = &s->page.facts[s->page.facts_n++];
		fact->label = str_c(ask->label);
		TRY(words_of(s, opening, value, ask, &fact->words, err));
		fact->prose = ask->type == ASK_LINES || ask->type == ASK_CONTACTS || fact->words.n > LONG_WORDS;
	}
	return RC_OK;
}

static struct url paper_url(const struct sheet *s, const char *path, int64_t number, const char *name, const char *value)
{
	struct arena *arena = s->v->arena;
	struct url_pair pairs[] = {{"nomor", arena_printf(arena, "%lld", (long long)s->seen->request.request_id)},
	                           {"langkah", arena_printf(arena, "%lld", (long long)number)},
	                           {name ? name : "x", str_c(value)}};
	return url_path(arena, path, pairs, value ? 3 : 2);
}

/* Letters of a step and what was attached to it; at most two each. */
struct links {
	struct {
		struct url url;
		struct str label;
	} at[4];
	size_t n;
};

static void add_letter(const struct sheet *s, const struct request_step *step, const char *key, const char *part,
                       struct links *links)
{
	enum letter letter;
	if (letter_from_key(str_c(key), &letter) != RC_OK)
		return;
	links->at[links->n].url = paper_url(s, "/permohonan/surat", step->number, "lembar", part);
	links->at[links->n++].label = arena_printf(s->v->arena, "%s (PDF)", letter_at(letter)->name);
}

static void add_scan(const struct sheet *s, const struct request_step *step, const char *name, struct links *links)
{
	const struct ask *ask = ask_find(asks_of(s, step), str_c(name));
	if (!ask || !request_step_value(step, name).n)
		return;
	links->at[links->n].url = paper_url(s, "/permohonan/lampiran", step->number, "berkas", name);
	links->at[links->n++].label = str_c(ask->label);
}

static struct links links_of(const struct sheet *s, const struct request_step *step)
{
	struct links links = {.n = 0};
	const struct kind_row *kind = s->seen->request.kind;
	add_letter(s, step, step->step ? step->step->letter : kind->letter, NULL, &links);
	if (!step->step)
		add_letter(s, step, kind->form, "formulir", &links);
	add_scan(s, step, "berkas", &links);
	add_scan(s, step, "kajian", &links);
	return links;
}

static enum rc put_papers(struct sheet *s, struct err *err)
{
	struct links links = links_of(s, &s->seen->steps[0]);
	s->page.papers = ARENA_ARRAY(s->v->arena, links.n + 1, struct page_request_paper);
	if (!s->page.papers)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < links.n; i++)
		s->page.papers[s->page.papers_n++] = (struct page_request_paper){links.at[i].url, links.at[i].label};
	return RC_OK;
}

/* ---- the line ---- */

static enum rc put_said(struct sheet *s, const struct request_step *step, struct page_request_moment *moment, struct err *err)
{
	struct links links = links_of(s, step);
	moment->said = ARENA_ARRAY(tx_arena(s->v->tx), step->values_n + 1, struct page_request_fact2);
	moment->made = ARENA_ARRAY(tx_arena(s->v->tx), links.n + 1, struct page_request_paper2);
	if (!moment->said || !moment->made)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < step->values_n; i++) {
		const struct ask *ask = ask_find(step->step->asks, step->values[i].name);
		bool version = !ask && str_eq(step->values[i].name, S("versi"));
		if (ask && ask->type != ASK_SCAN)
			moment->said[moment->said_n++] = (struct page_request_fact2){
			        str_c(ask->label), ask_words(ask, step->values[i].value, s->seen->standing.terms, s->v->arena)};
		else if (version)
			moment->said[moment->said_n++] = (struct page_request_fact2){S("Versi perjanjian"), step->values[i].value};
	}
	for (size_t i = 0; i < links.n; i++)
		moment->made[moment->made_n++] = (struct page_request_paper2){links.at[i].url, links.at[i].label};
	return RC_OK;
}

static enum rc put_line(struct sheet *s, struct err *err)
{
	s->page.line = ARENA_ARRAY(tx_arena(s->v->tx), s->seen->steps_n, struct page_request_moment);
	if (!s->page.line)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < s->seen->steps_n; i++) {
		const struct request_step *step = &s->seen->steps[i];
		struct page_request_moment *moment = &s->page.line[s->page.line_n++];
		moment->when = arena_str(s->v->arena, str_c(when_row(step->at_us).z));
		moment->by = step->by;
		moment->title = str_c(step->step ? step->step->done : "Diajukan");
		if (step->step)
			TRY(put_said(s, step, moment, err));
	}
	return RC_OK;
}

/* ---- what can happen next ---- */

static enum rc put_step(struct sheet *s, const struct step_row *row, struct buf *fields, struct err *err)
{
	bool tried = s->attempt->step == row;
	struct page_request_step *step = &s->page.steps[s->page.steps_n];
	struct request_form form = {.asks = row->asks,
	                            .prefix = row->key,
	                            .instansi_id = s->seen->request.instansi_id,
	                            .flaws = tried ? s->attempt->flaws : NULL,
	                            .steps = s->seen->steps,
	                            .steps_n = s->seen->steps_n};
	TRY(request_form_write(s->v, &form, fields, err));
	*step = (struct page_request_step){
	        .key = str_c(row->key),
	        .label = str_c(row->label),
	        .problem = tried ? request_form_problem(s->v, s->attempt->flaws) : S(""),
	        .open = s->attempt->step ? tried : s->page.steps_n == 0 && s->page.mine,
	        .only = s->page.steps_n == 0,
	        .file = request_form_has_file(row->asks),
	        .fields = html_from_buf(fields),
	};
	s->page.steps_n++;
	return RC_OK;
}

static enum rc put_steps(struct sheet *s, struct buf fields[FORMS_MAX], struct err *err)
{
	struct request_actor by = request_actor(s->v);
	const struct request *r = &s->seen->request;
	for (size_t i = 0; step_at(i) && s->page.steps_n < FORMS_MAX; i++) {
		const struct step_row *row = step_at(i);
		bool here = row->kind == r->kind->kind && strcmp(row->from, r->state->key) == 0;
		if (here && request_may(r, row, &by))
			TRY(put_step(s, row, &fields[s->page.steps_n], err));
	}
	return RC_OK;
}

/* ---- the page ---- */

static void put_head(struct sheet *s)
{
	const struct request *r = &s->seen->request;
	struct arena *arena = s->v->arena;
	enum turn turn = r->state->turn;
	bool waits = r->waits_from.n <= day_of_us(s->v->now_us).n;
	s->page.kind = str_c(r->kind->label);
	s->page.clause = clause_words(arena, str_c(r->kind->clause));
	s->page.number = s->page.id = arena_printf(arena, "%lld", (long long)r->request_id);
	s->page.rev = arena_printf(arena, "%lld", (long long)r->rev);
	s->page.code = s->seen->standing.code;
	s->page.name = s->seen->standing.name;
	s->page.provider = principal_instansi(s->v->who) == 0;
	s->page.state = str_c(r->state->label);
	s->page.good = r->state->tone == TONE_GOOD;
	s->page.bad = r->state->tone == TONE_BAD;
	s->page.late = r->late;
	s->page.turn = turn == TURN_NOBODY ? S("") : turn == TURN_PROVIDER ? S("Dinas Dukcapil") : s->seen->standing.code;
	s->page.mine =
	        waits && turn != TURN_NOBODY && principal_role(s->v->who) == (turn == TURN_PROVIDER ? ROLE_ADMIN : ROLE_KEPALA);
	s->page.from = waits ? S("") : arena_str(arena, str_c(day_long(r->waits_from).z));
}

static enum rc fill(struct sheet *s, struct buf fields[FORMS_MAX], struct err *err)
{
	put_head(s);
	TRY(put_facts(s, err));
	TRY(put_papers(s, err));
	TRY(put_line(s, err));
	return put_steps(s, fields, err);
}

static enum rc draw(struct visit *v, int64_t id, const struct attempt *attempt, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct buf fields[FORMS_MAX];
	struct page_request_step steps[FORMS_MAX];
	struct request_seen seen;
	struct sheet s = {.v = v, .desk = request_desk(v), .seen = &seen, .attempt = attempt};
	TRY(request_seen_find(v, id, &seen, err));
	for (size_t i = 0; i < FORMS_MAX; i++)
		fields[i] = BUF(PAGE_MAX);
	s.page = (struct page_request){
	        .notice = words_notice(v), .conflict = attempt->conflict, .csrf = visit_csrf(v), .steps = steps};
	enum rc rc = fill(&s, fields, err);
	if (rc == RC_OK)
		page_request_write(&body, &s.page);
	for (size_t i = 0; i < FORMS_MAX; i++)
		buf_free(&fields[i]);
	TRY(rc);
	return frame_page(v, &(struct frame){.title = seen.request.kind->label, .at = "/permohonan"}, status, &body, err);
}

enum rc page_request_get(struct visit *v, struct err *err)
{
	int64_t id;
	TRY(request_seen_number(http_query(v->rq, "nomor"), &id, err));
	return draw(v, id, &(struct attempt){0}, 200, err);
}

/* ---- taking a step ---- */

/* Only one step wants a password: nobody pays for Argon2 otherwise. */
enum rc page_request_step_slow(struct visit *v, struct err *err)
{
	bool password = false;
	struct str key = http_form(v->rq, "langkah");
	for (size_t i = 0; step_at(i); i++)
		password = password || (step_at(i)->password && str_eq(key, str_c(step_at(i)->key)));
	return request_form_slow(v, password, err);
}

struct taking_page {
	int64_t id, rev;
	const struct step_row *step; /* NULL: no such step from where it stands */
	struct ask_flaws flaws;
	struct request_taken taken;
	struct str password;
};

static enum rc take(struct visit *v, struct taking_page *t, struct err *err)
{
	struct request request;
	struct ask_source source = request_form_source(v);
	struct desk desk = request_desk(v);
	struct request_advance ask = {
	        .request_id = t->id, .rev = t->rev, .step = http_form(v->rq, "langkah"), .by = request_actor(v)};
	TRY(request_get(v->tx, t->id, &request, err));
	t->step = step_find(request.kind->kind, str_c(request.state->key), ask.step);
	if (t->step && request_may(&request, t->step, &ask.by))
		TRY(request_form_file(v, t->step->asks, request.instansi_id, &t->flaws, err));
	ask.source = &source;
	ask.password_hash = request_form_hash(v, &t->password);
	return request_advance(&desk, &ask, &t->taken, &t->flaws, err);
}

/* The password is shown in the answer to the form itself, and never again. */
static enum rc answer(struct visit *v, struct taking_page *t, struct err *err)
{
	struct user user;
	TRY(request_journal(v, &t->taken, err));
	if (t->step->password) {
		TRY(user_find(v->tx, http_form(v->rq, "pengguna.user_id"), &user, err));
		struct url_pair pair = {"nomor", arena_printf(v->arena, "%lld", (long long)t->id)};
		return envelope_draw(v, &user, t->password, url_path(v->arena, "/permohonan/isi", &pair, 1), err);
	}
	visit_redirect(v, arena_printf(v->arena, "/permohonan/isi?nomor=%lld&catatan=langkah-dicatat", (long long)t->id));
	return RC_OK;
}

enum rc page_request_step_post(struct visit *v, struct err *err)
{
	struct taking_page t = {0};
	struct desk desk = request_desk(v);
	struct attempt attempt = {.flaws = &t.flaws};
	if (!http_form_ok(v->rq) || str_int(http_form(v->rq, "rev"), 0, INT64_MAX, &t.rev) != RC_OK)
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(request_seen_number(http_form(v->rq, "nomor_permohonan"), &t.id, err));
	TRY(desk_attempt(&desk, err));
	enum rc rc = take(v, &t, err);
	TRY(desk_settle(&desk, rc, err));
	if (rc == RC_INVALID) {
		attempt.step = t.step;
		return draw(v, t.id, &attempt, 400, err);
	}
	if (rc == RC_CONFLICT) {
		attempt.conflict = arena_str(v->arena, str_c(err->what));
		return draw(v, t.id, &attempt, 409, err);
	}
	TRY(rc);
	return answer(v, &t, err);
}
