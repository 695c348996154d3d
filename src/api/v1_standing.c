/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_standing.c - see v1_standing.h. */
#include "api/v1_standing.h"

#include "api/v1_reply.h"
#include "gate/allowance.h"
#include "gate/strip.h"

#define AGREEMENT_MAX ((size_t)48 << 10) /* contacts at their fullest */
#define QUOTA_MAX 4096

/* The card reader is not used (J.IV). */
static const char *const method_words[METHOD_COUNT] = {
        [METHOD_PORTAL] = "portal", [METHOD_CALL_NIK] = "verifikasi", [METHOD_VERIFY] = "kesesuaian"};

static const char *method_word(enum method method)
{
	return (unsigned)method < METHOD_COUNT ? method_words[method] : NULL;
}

const char *v1_method_word_of_key(struct str key)
{
	enum method method;
	return method_from_key(key, &method) == RC_OK ? method_word(method) : NULL;
}

const char *v1_standing_word(const struct standing *standing)
{
	switch (standing->state) {
	case INSTANSI_DRAFT: return "belum_aktif";
	case INSTANSI_SUSPENDED: return "dibekukan";
	case INSTANSI_ENDED: return "berakhir";
	case INSTANSI_REVOKED: return "dicabut";
	case INSTANSI_ACTIVE: break;
	}
	if (standing->terms)
		return "aktif";
	return standing->term_over ? "berakhir" : "belum_aktif";
}

int v1_days_left(const struct standing *standing, int64_t now_us)
{
	int left = standing->last_day.n - day_of_us(now_us).n + 1; /* the last day is included (P4) */
	return standing->last_day.n && left > 0 ? left : 0;
}

/* ---- quota ---- */

static void add_number(struct buf *out, const char *key, int64_t n)
{
	if (n < 0)
		buf_addf(out, ",\"%s\":null", key);
	else
		buf_addf(out, ",\"%s\":%lld", key, (long long)n);
}

static void add_allowance(struct buf *out, const struct gate_allowance *a)
{
	buf_addf(out, "{\"metode\":\"%s\",\"dibuka\":%s", method_word(a->method), a->open ? "true" : "false");
	add_number(out, "batas", a->limit);
	add_number(out, "terpakai", a->used);
	add_number(out, "sisa", a->left);
	buf_addz(out, ",\"pulih\":");
	v1_add_time(out, a->resets_us);
	buf_addc(out, '}');
}

enum rc v1_add_quotas(struct visit *v, struct buf *out, struct err *err)
{
	struct gate_allowance all[METHOD_COUNT];
	const char *between = "";
	TRY(gate_allowances(v, all, err));
	buf_addz(out, "\"kuota\":[");
	for (enum method m = 0; m < METHOD_COUNT; m++) {
		if (!method_word(m))
			continue;
		buf_addz(out, between);
		add_allowance(out, &all[m]);
		between = ",";
	}
	buf_addc(out, ']');
	return RC_OK;
}

enum rc v1_quota(struct visit *v, struct err *err)
{
	BUF_AUTO out = BUF(QUOTA_MAX);
	buf_addz(&out, "{\"tanggal\":");
	v1_add_day(&out, day_of_us(v->now_us));
	buf_addc(&out, ',');
	TRY(v1_add_quotas(v, &out, err));
	buf_addc(&out, '}');
	v1_reply(v, 200, V1_JSON, &out);
	return RC_OK;
}

/* ---- agreement ---- */

static void add_named(struct buf *out, const char *key, struct str text)
{
	buf_addf(out, "\"%s\":", key);
	v1_add_text(out, text);
}

static void add_paper(struct buf *out, const char *key, struct str number, struct day signed_on)
{
	buf_addf(out, ",\"%s\":{", key);
	add_named(out, "nomor", number);
	buf_addz(out, ",\"tanggal\":");
	v1_add_day(out, signed_on);
	buf_addc(out, '}');
}

static void add_instansi(struct buf *out, const struct standing *s)
{
	buf_addz(out, "\"instansi\":{");
	add_named(out, "kode", s->code);
	buf_addc(out, ',');
	add_named(out, "nama", s->name);
	buf_addf(out, ",\"keadaan\":\"%s\",\"sejak\":", v1_standing_word(s));
	v1_add_time(out, s->state_us);
	buf_addc(out, '}');
}

static void add_addendum(struct buf *out, const struct terms *terms)
{
	if (!terms || terms->addendum_number.n == 0) {
		buf_addz(out, ",\"adendum\":null");
		return;
	}
	add_paper(out, "adendum", terms->addendum_number, terms->addendum_signed);
	out->n--; /* one member more */
	buf_addc(out, ',');
	add_named(out, "perihal", terms->addendum_subject);
	buf_addc(out, '}');
}

static void add_term(struct buf *out, const struct visit *v, const struct terms *terms)
{
	const struct standing *s = &v->standing;
	buf_addz(out, ",\"versi\":");
	if (s->terms)
		buf_add_int(out, s->version_number);
	else
		buf_addz(out, "null");
	add_addendum(out, terms);
	buf_addz(out, ",\"mulai\":");
	v1_add_day(out, terms ? terms->begin : (struct day){0});
	buf_addz(out, ",\"berakhir\":");
	v1_add_day(out, s->last_day);
	buf_addf(out, ",\"sisa_hari\":%d", v1_days_left(s, v->now_us));
}

static void add_elements(struct buf *out, const struct terms *terms)
{
	const char *between = "";
	buf_addz(out, ",\"elemen\":[");
	for (size_t i = 0; terms && i < ELEMENT_COUNT; i++) {
		if (!(terms->elements & ELEMENT_BIT(i)))
			continue;
		buf_addf(out, "%s\"", between);
		for (const char *c = element_at(i)->key; *c; c++)
			buf_addc(out, *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c);
		buf_addc(out, '"');
		between = ",";
	}
	buf_addc(out, ']');
}

static enum rc add_methods(struct visit *v, struct buf *out, struct err *err)
{
	struct gate_allowance all[METHOD_COUNT];
	const char *between = "";
	TRY(gate_allowances(v, all, err));
	buf_addz(out, ",\"metode\":[");
	for (enum method m = 0; m < METHOD_COUNT; m++) {
		if (!method_word(m))
			continue;
		buf_addf(out, "%s{\"metode\":\"%s\",\"dibuka\":%s,\"poc_lulus\":%s", between, method_word(m),
		         all[m].open ? "true" : "false", all[m].poc_passed ? "true" : "false");
		add_number(out, "kuota", all[m].limit);
		buf_addc(out, '}');
		between = ",";
	}
	buf_addc(out, ']');
	return RC_OK;
}

static void add_contact(struct buf *out, const struct terms_contact *contact)
{
	const struct {
		const char *key;
		struct str text;
	} members[] = {
	        {"nama", contact->name}, {"jabatan", contact->position}, {"telepon", contact->phone}, {"surel", contact->email}};
	bool provider = str_eq(contact->side, S("provider"));
	buf_addf(out, "{\"pihak\":\"%s\"", provider ? "penyedia" : "instansi");
	for (size_t i = 0; i < LEN(members); i++) {
		buf_addc(out, ',');
		add_named(out, members[i].key, members[i].text);
	}
	buf_addc(out, '}');
}

/* The list that stands, or, when no version is in force, the last one's. */
static void add_contacts(struct buf *out, const struct standing *s, const struct terms *terms)
{
	const struct terms_contact *contacts = s->contacts_n || !terms ? s->contacts : terms->contacts;
	size_t n = s->contacts_n || !terms ? s->contacts_n : terms->contacts_n;
	buf_addz(out, ",\"kontak\":[");
	for (size_t i = 0; i < n; i++) {
		buf_addz(out, i ? "," : "");
		add_contact(out, &contacts[i]);
	}
	buf_addc(out, ']');
}

enum rc v1_agreement(struct visit *v, struct err *err)
{
	BUF_AUTO out = BUF(AGREEMENT_MAX);
	const struct standing *s = &v->standing;
	const struct terms *terms = s->terms;
	if (!terms)
		TRY(agreement_last_terms(gate_agreement(v), v->tx, s->instansi_id, v->now_us, &terms, err));
	buf_addc(&out, '{');
	add_instansi(&out, s);
	add_paper(&out, "pks", terms ? terms->pks_number : S(""), terms ? terms->pks_signed : (struct day){0});
	add_paper(&out, "juknis", terms ? terms->juknis_number : S(""), terms ? terms->juknis_signed : (struct day){0});
	add_term(&out, v, terms);
	add_elements(&out, terms);
	TRY(add_methods(v, &out, err));
	buf_addf(&out, ",\"dokumen\":{\"persetujuan_kementerian\":%s,\"sptjm\":%s}", s->ministry_approval ? "true" : "false",
	         s->sptjm ? "true" : "false");
	add_contacts(&out, s, terms);
	buf_addc(&out, '}');
	v1_reply(v, 200, V1_JSON, &out);
	return RC_OK;
}
