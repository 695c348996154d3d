/* SPDX-License-Identifier: EUPL-1.2
 * web/page_officials.c - who heads the agency (J.VI.H), as a timeline that the admin adds
 * to; a new definitive head stops the access until his SPTJM is accepted, and the page
 * says so beforehand. Below, whom to call (J.VI.B): contacts.c changes them. */
#include "agreement/official.h"
#include "gate/strip.h"
#include "web/beside.h"
#include "web/blame.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/officials.page.h"
#include "web/pages.h"
#include "web/words.h"

#define PATH "/pejabat"
#define NIP_TYPED 40

struct attempt {
	struct official official;
	struct str acting, begin, end; /* as typed */
	struct blame blame;
};

/* ---- drawing ---- */

static struct str term_of(struct visit *v, const struct official *list, size_t i)
{
	const struct official *o = &list[i];
	struct day end = o->end;
	for (size_t later = i; !end.n && later-- > 0;) /* ends with the next definitive one; the list is latest first */
		if (list[later].acting == ACTING_NONE)
			end.n = list[later].begin.n - 1;
	if (!end.n)
		return arena_printf(v->arena, "sejak %s", day_short(o->begin).z);
	return arena_printf(v->arena, "%s s.d. %s", day_short(o->begin).z, day_short(end).z);
}

static struct str more_of(struct visit *v, const struct official *o)
{
	if (o->nip.n)
		return arena_printf(v->arena, "NIP %.*s. Surat nomor %.*s.", STR_ARG(o->nip), STR_ARG(o->letter_number));
	return arena_printf(v->arena, "Surat nomor %.*s.", STR_ARG(o->letter_number));
}

static enum rc put_officials(struct visit *v, int64_t instansi_id, struct page_officials *page, struct err *err)
{
	struct official *list, present = {0};
	size_t n;
	struct day today = day_of_us(v->now_us);
	TRY(official_list(v->tx, instansi_id, &list, &n, err));
	enum rc rc = official_on(v->tx, instansi_id, today, &present, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	page->officials = ARENA_ARRAY(v->arena, n + 1, struct page_officials_official);
	if (!page->officials)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		page->officials[page->officials_n++] = (struct page_officials_official){
		        .term = term_of(v, list, i),
		        .name = list[i].name,
		        .position = list[i].position,
		        .acting = list[i].acting == ACTING_NONE ? S("") : str_c(acting_at(list[i].acting)->label),
		        .more = more_of(v, &list[i]),
		        .now = rc == RC_OK && list[i].official_id == present.official_id,
		        .next = list[i].begin.n > today.n,
		};
	return RC_OK;
}

/* J.VI.H: today's definitive head has none, or the next one will need one. */
static enum rc put_due(struct visit *v, const struct office_subject *subject, const struct standing *s, struct page_officials *page,
                       struct err *err)
{
	struct official head;
	struct day today = day_of_us(v->now_us);
	enum rc rc = official_definitive(v->tx, subject->row.instansi_id, today, &head, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	if (rc == RC_OK && !s->sptjm)
		page->due = arena_printf(
		        v->arena,
		        "%.*s menjabat sejak %s dan belum mempunyai SPTJM yang berlaku. Akses terhenti sampai SPTJM-nya diterima.",
		        STR_ARG(head.name), day_long(head.begin).z);
	for (size_t i = 0; !page->due.n && i < page->officials_n; i++)
		if (page->officials[i].next && !page->officials[i].acting.n)
			page->due = arena_printf(
			        v->arena, "%.*s mulai menjabat: %.*s. Akses terhenti sejak hari itu sampai SPTJM-nya diterima.",
			        STR_ARG(page->officials[i].name), STR_ARG(page->officials[i].term));
	if (principal_role(v->who) == ROLE_AUDITOR)
		return RC_OK;
	struct url_pair pairs[] = {{"jenis", S("sptjm")}, {"instansi", subject->own ? (struct str){0} : subject->row.code}};
	page->print_sptjm = url_path(v->arena, "/dokumen/cetak", pairs, LEN(pairs));
	page->file_sptjm = url_path(v->arena, "/dokumen/baru", pairs, LEN(pairs));
	return RC_OK;
}

static enum rc put_contacts(struct visit *v, const struct standing *s, struct page_officials *page, struct err *err)
{
	page->contacts = ARENA_ARRAY(v->arena, s->contacts_n + 1, struct page_officials_contact);
	if (!page->contacts)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < s->contacts_n; i++) {
		const struct terms_contact *c = &s->contacts[i];
		struct str side = str_eq(c->side, S("provider")) ? S("Dinas Dukcapil") : s->code;
		page->contacts[page->contacts_n++] =
		        (struct page_officials_contact){side, c->name, c->position, c->phone, c->email};
	}
	return RC_OK;
}

static void put_form(struct visit *v, const struct attempt *a, struct page_officials *page)
{
	const struct blame *b = &a->blame;
	page->actings = ARENA_ARRAY(v->arena, ACTING_COUNT, struct page_officials_acting);
	for (size_t i = 0; page->actings && acting_at(i); i++)
		page->actings[page->actings_n++] = (struct page_officials_acting){
		        str_c(acting_at(i)->key), str_c(acting_at(i)->label), str_eq(a->acting, str_c(acting_at(i)->key))};
	page->name = a->official.name;
	page->nip = a->official.nip;
	page->position = a->official.position;
	page->begin = a->begin;
	page->end_day = a->end;
	page->letter = a->official.letter_number;
	page->problem = blame_of(b, "");
	page->p_name = blame_of(b, "nama");
	page->p_nip = blame_of(b, "nip");
	page->p_position = blame_of(b, "jabatan");
	page->p_begin = blame_of(b, "mulai");
	page->p_end = blame_of(b, "akhir");
	page->p_letter = blame_of(b, "surat");
}

static enum rc draw(struct visit *v, const struct office_subject *subject, const struct attempt *a, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO beside = BUF(PAGE_MAX);
	struct gate_instansi one;
	struct page_officials page = {
	        .csrf = visit_csrf(v), .code = subject->row.code, .may = principal_role(v->who) == ROLE_ADMIN};
	TRY(gate_instansi_get(v, subject->row.instansi_id, &one, err));
	TRY(put_officials(v, subject->row.instansi_id, &page, err));
	TRY(put_due(v, subject, &one.standing, &page, err));
	TRY(put_contacts(v, &one.standing, &page, err));
	put_form(v, a, &page);
	page.notice = a->blame.field ? S("") : words_notice(v);
	if (page.may && one.standing.terms)
		page.edit = link_about(v, "/pejabat/narahubung", subject->row.code);
	page.beside = beside_write(&beside, v, subject, PATH);
	page_officials_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Pejabat", .at = link_menu(v)}, status, &body, err);
}

enum rc page_officials_get(struct visit *v, struct err *err)
{
	struct office_subject subject;
	TRY(office_subject(v, &subject, err));
	return draw(v, &subject, &(struct attempt){0}, 200, err);
}

/* ---- adding ---- */

/* A NIP is often typed in groups. */
static struct str digits_of(struct arena *arena, struct str typed)
{
	char digits[NIP_TYPED];
	size_t n = 0;
	for (size_t i = 0; i < typed.n && n < sizeof digits; i++)
		if (typed.at[i] != ' ')
			digits[n++] = typed.at[i];
	return arena_str(arena, str_from(digits, n));
}

static struct attempt attempt_of(struct visit *v, int64_t instansi_id)
{
	struct attempt a = {.acting = http_form(v->rq, "status"),
	                    .begin = str_trim(http_form(v->rq, "mulai")),
	                    .end = str_trim(http_form(v->rq, "akhir"))};
	a.official = (struct official){.instansi_id = instansi_id,
	                               .name = str_trim(http_form(v->rq, "nama")),
	                               .nip = digits_of(v->arena, str_trim(http_form(v->rq, "nip"))),
	                               .position = str_trim(http_form(v->rq, "jabatan")),
	                               .acting = acting_of(a.acting),
	                               .letter_number = str_trim(http_form(v->rq, "surat"))};
	return a;
}

static void check(struct attempt *a)
{
	static const char form[] = "Tanggal tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-23.";
	struct official *o = &a->official;
	if (!o->name.n)
		blame_set(&a->blame, "nama", "Nama pejabat harus diisi.");
	if (!o->position.n)
		blame_set(&a->blame, "jabatan", "Jabatan harus diisi.");
	if (o->acting == ACTING_COUNT)
		blame_set(&a->blame, "", "Status jabatan tidak dikenal.");
	if (day_from_str(a->begin, &o->begin) != RC_OK)
		blame_set(&a->blame, "mulai", form);
	if (a->end.n && day_from_str(a->end, &o->end) != RC_OK)
		blame_set(&a->blame, "akhir", form);
	if (!o->letter_number.n)
		blame_set(&a->blame, "surat", "Nomor surat pengangkatan atau penunjukan harus diisi.");
}

/* Which field a complaint of agreement/official.h is about. */
static const char *field_of(const struct err *reason)
{
	static const struct {
		const char *words, *field;
	} known[] = {{"nama pejabat", "nama"},   {"jabatan ", "jabatan"},        {"NIP", "nip"},           {"nomor surat", "surat"},
	             {"tanggal akhir", "akhir"}, {"pejabat sementara", "akhir"}, {"pejabat baru", "mulai"}};
	for (size_t i = 0; i < LEN(known); i++)
		if (str_starts(str_c(reason->what), str_c(known[i].words)))
			return known[i].field;
	return "";
}

static enum rc added(struct visit *v, const struct office_subject *subject, const struct official *o, struct err *err)
{
	struct str about = arena_printf(v->arena, "official add %s %s",
	                                o->acting == ACTING_NONE ? "definitif" : acting_at(o->acting)->key, day_iso(o->begin).z);
	struct entry entry = {.act = ACT_INSTANSI, .outcome = "ok", .instansi_id = subject->row.instansi_id, .about = about};
	TRY(visit_journal(v, entry, NULL, err));
	visit_redirect(v, arena_printf(v->arena, "/pejabat?instansi=%.*s&catatan=pejabat-catat", STR_ARG(subject->row.code)));
	return RC_OK;
}

enum rc page_officials_post(struct visit *v, struct err *err)
{
	struct office_subject subject;
	struct err reason = {0};
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(office_subject(v, &subject, err));
	struct attempt a = attempt_of(v, subject.row.instansi_id);
	check(&a);
	if (a.blame.field)
		return draw(v, &subject, &a, 400, err);
	enum rc rc = official_add(v->tx, &a.official, v->now_us, &reason);
	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		blame_err(&a.blame, field_of(&reason), &reason, v->arena);
		return draw(v, &subject, &a, rc == RC_INVALID ? 400 : 409, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	return added(v, &subject, &a.official, err);
}
