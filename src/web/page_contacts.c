/* SPDX-License-Identifier: EUPL-1.2
 * web/page_contacts.c - the list of contact persons of both sides (J.VI.B), changed as a
 * whole by the admin; the agreement's own list stays as it was signed. */
#include <stdio.h>

#include "gate/strip.h"
#include "web/beside.h"
#include "web/blame.h"
#include "web/contacts.page.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pages.h"

#define ROWS_EMPTY 2
#define JSON_MAX ((size_t)32 << 10)
#define FIELD_NAME 16

struct attempt {
	struct office_subject subject;
	struct terms_contact rows[TERMS_CONTACTS_MAX];
	size_t n;
	struct str problem;                   /* of the list */
	struct str wrong[TERMS_CONTACTS_MAX]; /* of a row */
	bool bad;
};

static bool is_empty(const struct terms_contact *c)
{
	return !c->name.n && !c->position.n && !c->phone.n && !c->email.n;
}

/* ---- drawing ---- */

static enum rc draw(struct visit *v, const struct attempt *a, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO beside = BUF(PAGE_MAX);
	struct page_contacts page = {.csrf = visit_csrf(v),
	                             .code = a->subject.row.code,
	                             .problem = a->problem,
	                             .back = link_about(v, "/pejabat", a->subject.row.code)};
	page.rows = ARENA_ARRAY(v->arena, TERMS_CONTACTS_MAX, struct page_contacts_row);
	if (!page.rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	size_t n = a->n + ROWS_EMPTY < TERMS_CONTACTS_MAX ? a->n + ROWS_EMPTY : TERMS_CONTACTS_MAX;
	for (size_t i = 0; i < n; i++) {
		const struct terms_contact *c = &a->rows[i];
		page.rows[page.rows_n++] = (struct page_contacts_row){.n = (int64_t)i + 1,
		                                                      .ours = str_eq(c->side, S("provider")),
		                                                      .name = c->name,
		                                                      .position = c->position,
		                                                      .phone = c->phone,
		                                                      .email = c->email,
		                                                      .problem = a->wrong[i]};
	}
	page.beside = beside_write(&beside, v, &a->subject, "/pejabat");
	page_contacts_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Narahubung", .at = link_menu(v)}, status, &body, err);
}

enum rc page_contacts_get(struct visit *v, struct err *err)
{
	struct attempt a = {0};
	struct gate_instansi one;
	TRY(office_subject(v, &a.subject, err));
	TRY(gate_instansi_get(v, a.subject.row.instansi_id, &one, err));
	for (; a.n < one.standing.contacts_n && a.n < TERMS_CONTACTS_MAX; a.n++)
		a.rows[a.n] = one.standing.contacts[a.n];
	return draw(v, &a, 200, err);
}

/* ---- changing ---- */

static struct str cell(struct visit *v, const char *column, size_t row)
{
	char name[FIELD_NAME];
	snprintf(name, sizeof name, "%s%zu", column, row + 1);
	return str_trim(http_form(v->rq, name));
}

/* Rows without a word are left out. */
static void take(struct visit *v, struct attempt *a)
{
	for (size_t i = 0; i < TERMS_CONTACTS_MAX; i++) {
		struct str side = cell(v, "pihak", i);
		struct terms_contact c = {.side = str_eq(side, S("provider")) ? S("provider") : S("instansi"),
		                          .name = cell(v, "nama", i),
		                          .position = cell(v, "jabatan", i),
		                          .phone = cell(v, "telepon", i),
		                          .email = cell(v, "surel", i)};
		if (!is_empty(&c))
			a->rows[a->n++] = c;
	}
}

static void check(struct attempt *a)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct terms_contact *c = &a->rows[i];
		if (!c->name.n || !c->position.n)
			a->wrong[i] = S("Nama dan jabatan harus diisi.");
		else if (!c->phone.n || !c->email.n)
			a->wrong[i] = S("Telepon dan surel harus diisi.");
		a->bad = a->bad || a->wrong[i].n;
	}
}

static void write_json(const struct attempt *a, struct buf *out)
{
	buf_addc(out, '[');
	for (size_t i = 0; i < a->n; i++) {
		const struct terms_contact *c = &a->rows[i];
		const struct str cells[] = {c->side, c->name, c->position, c->phone, c->email};
		static const char *const names[] = {"side", "name", "position", "phone", "email"};
		buf_addz(out, i ? ",{" : "{");
		for (size_t k = 0; k < LEN(names); k++) {
			buf_addf(out, "%s\"%s\":", k ? "," : "", names[k]);
			buf_add_json(out, cells[k]);
		}
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

static enum rc changed(struct visit *v, const struct attempt *a, struct err *err)
{
	struct entry entry = {.act = ACT_INSTANSI,
	                      .outcome = "ok",
	                      .instansi_id = a->subject.row.instansi_id,
	                      .about = arena_printf(v->arena, "contacts set %zu", a->n)};
	TRY(visit_journal(v, entry, NULL, err));
	visit_redirect(v, arena_printf(v->arena, "/pejabat?instansi=%.*s&catatan=narahubung-ubah", STR_ARG(a->subject.row.code)));
	return RC_OK;
}

enum rc page_contacts_post(struct visit *v, struct err *err)
{
	BUF_AUTO json = BUF(JSON_MAX);
	struct attempt a = {0};
	struct blame blame = {0};
	struct err reason = {0};
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(office_subject(v, &a.subject, err));
	take(v, &a);
	check(&a);
	if (a.bad)
		return draw(v, &a, 400, err);
	write_json(&a, &json);
	if (!buf_ok(&json))
		return FAIL(err, RC_INVALID, "Isian terlalu panjang.");
	enum rc rc = agreement_set_contacts(v->tx, a.subject.row.instansi_id, buf_str(&json), v->now_us, &reason);
	if (rc == RC_INVALID || rc == RC_LIMIT) {
		blame_err(&blame, "", &reason, v->arena);
		a.problem = blame.what;
		return draw(v, &a, 400, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	return changed(v, &a, err);
}
