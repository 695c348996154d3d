/* SPDX-License-Identifier: EUPL-1.2
 * web/print.c - see print.h. */
#include "web/print.h"

#include <assert.h>

#include "agreement/official.h"
#include "agreement/paper.h"
#include "gate/strip.h"

void print_add(struct visit *v, const char *name, struct str value)
{
	struct print *p = v->own;
	assert(p && p->fields_n < PRINT_FIELDS_MAX);
	if (value.n)
		p->fields[p->fields_n++] = (struct letter_field){name, arena_str(v->arena, value)};
}

static void add_day(struct visit *v, const char *name, struct day day)
{
	if (day.n)
		print_add(v, name, str_c(day_long(day).z));
}

/* Only some letters know a field; giving it to another would be refused. */
static bool knows(enum letter letter, const char *name)
{
	const struct letter_name *row;
	for (size_t i = 0; (row = letter_name_at(letter, i)); i++)
		if (strcmp(row->name, name) == 0)
			return true;
	return false;
}

static void add_known(struct visit *v, const char *name, struct str value)
{
	const struct print *p = v->own;
	if (knows(p->letter, name))
		print_add(v, name, value);
}

static void add_parties(struct visit *v, const struct standing *s)
{
	const struct terms *t = s->terms;
	print_add(v, "instansi.nama", t && t->instansi_office.n ? t->instansi_office : s->name);
	if (!t)
		return;
	print_add(v, "instansi.alamat", t->instansi_address);
	print_add(v, "penyedia.nama", t->provider_office);
	print_add(v, "penyedia.alamat", t->provider_address);
	print_add(v, "penyedia.jabatan", t->provider_position);
	print_add(v, "pks.nomor", t->pks_number);
	add_day(v, "pks.tanggal", t->pks_signed);
	print_add(v, "juknis.nomor", t->juknis_number);
	add_day(v, "juknis.tanggal", t->juknis_signed);
	print_add(v, "versi", arena_printf(v->arena, "%d", s->version_number));
	add_known(v, "persetujuan.nomor", t->ministry_number);
}

static enum rc add_ministry(struct visit *v, const struct standing *s, struct err *err)
{
	struct paper paper;
	const struct print *p = v->own;
	if (!s->terms || !knows(p->letter, "persetujuan.tanggal"))
		return RC_OK;
	enum rc rc = paper_latest(v->tx, s->instansi_id, PAPER_MINISTRY, S(""), &paper, err);
	if (rc == RC_OK && str_eq(paper.number, s->terms->ministry_number))
		add_day(v, "persetujuan.tanggal", paper.signed_on);
	return rc == RC_ABSENT ? RC_OK : rc;
}

static enum rc add_head(struct visit *v, int64_t instansi_id, struct err *err)
{
	struct official head;
	enum rc rc = official_on(v->tx, instansi_id, day_of_us(v->now_us), &head, err);
	if (rc == RC_ABSENT)
		return RC_OK;
	TRY(rc);
	print_add(v, "kepala.nama", head.name);
	print_add(v, "kepala.nip", head.nip);
	print_add(v, "kepala.jabatan", head.position);
	return RC_OK;
}

static void add_letterhead(struct visit *v, const struct terms *t)
{
	struct print *p = v->own;
	enum letter_side side = letter_at(p->letter)->side;
	if (!t || side == LETTER_SIDE_NONE)
		return;
	bool provider = side == LETTER_SIDE_PENYEDIA;
	struct str office = provider ? t->provider_office : t->instansi_office;
	struct str address = provider ? t->provider_address : t->instansi_address;
	if (!office.n)
		return;
	p->letterhead[p->letterhead_n++] = S("PEMERINTAH DAERAH");
	p->letterhead[p->letterhead_n++] = arena_str(v->arena, office);
	if (address.n)
		p->letterhead[p->letterhead_n++] = arena_str(v->arena, address);
}

static void add_user(struct visit *v, const struct user *user)
{
	add_known(v, "pengguna.nama", user->holder);
	add_known(v, "pengguna.jabatan", user->position);
	add_known(v, "pengguna.user_id", user->user_id);
}

enum rc print_begin(struct visit *v, enum letter letter, int64_t instansi_id, const struct user *user, struct err *err)
{
	struct gate_instansi one;
	struct print *p = ARENA_NEW(v->arena, struct print);
	if (!p)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	p->letter = letter;
	v->own = p;
	TRY(gate_instansi_get(v, instansi_id, &one, err));
	add_parties(v, &one.standing);
	add_letterhead(v, one.standing.terms);
	TRY(add_ministry(v, &one.standing, err));
	TRY(add_head(v, instansi_id, err));
	if (user)
		add_user(v, user);
	struct str key = str_c(letter_at(letter)->key), whose = user ? user->user_id : one.standing.code;
	p->filename = arena_printf(v->arena, "%.*s-%.*s.pdf", STR_ARG(key), STR_ARG(whose));
	return v->arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

enum rc print_after(struct visit *v, struct err *err)
{
	const struct print *p = v->own;
	BUF_AUTO out = BUF(LETTER_PDF_MAX);
	struct letter_ask ask = {.letter = p->letter,
	                         .letterhead = p->letterhead,
	                         .letterhead_n = p->letterhead_n,
	                         .fields = p->fields,
	                         .fields_n = p->fields_n};
	enum rc rc = letter_write(&ask, &out, err);
	if (rc == RC_INVALID || rc == RC_LIMIT) /* what the office holds does not fit the letter: no fault of the visitor */
		return FAIL(err, RC_BROKEN, "Naskah tidak dapat disusun.");
	TRY(rc);
	visit_file(v, "application/pdf", p->filename, &out);
	return RC_OK;
}
