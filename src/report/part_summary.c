/* SPDX-License-Identifier: EUPL-1.2
 * report/part_summary.c - what the report is about, and its figures in a few lines. */
#include "report/part.h"

static void say(struct part_make *m, const char *name, struct part_cell value)
{
	part_row(m, (const struct part_cell[]){part_z(name), value});
}

static void say_words(struct part_make *m, const char *name, struct str words)
{
	say(m, name, part_text(words));
}

static struct str letter_value(const struct part_make *m, const char *name)
{
	const struct letter_ask *letter = m->o->letter;
	for (size_t i = 0; letter && i < letter->fields_n; i++)
		if (strcmp(letter->fields[i].name, name) == 0)
			return letter->fields[i].value;
	return S("");
}

void part_make_identity(struct part_make *m)
{
	const struct document_ask *d = m->document;
	struct document_digest digest = {{0}};
	say_words(m, "Instansi", m->o->name);
	say_words(m, "Kode", m->o->code);
	say_words(m, "Periode", document_period(m->arena, m->o->first, m->o->last));
	say(m, "Hari pertama", part_day(m->o->first));
	say(m, "Hari terakhir", part_day(m->o->last));
	say_words(m, "Perjanjian Kerja Sama", letter_value(m, "pks.nomor"));
	say_words(m, "Petunjuk Teknis", letter_value(m, "juknis.nomor"));
	say(m, "Berlaku mulai", part_day(m->o->begin));
	say(m, "Berlaku sampai", part_day(m->o->end));
	say_words(m, "Keadaan pada akhir periode", str_c(m->o->state));
	say_words(m, "Nomor laporan", d->number);
	say(m, "Dibuat", part_day(d->made_on));
	say_words(m, "Kendala", d->obstacles);
	say_words(m, "Usul", d->proposals);
	if (document_digest(m->f, &digest, NULL) != RC_OK)
		m->arena->broken = true;
	say_words(m, "Sidik angka (SHA-256)", arena_str(m->arena, str_c(digest.z)));
}

static int64_t days_used(const struct figures *f)
{
	int64_t n = 0;
	for (size_t i = 0; i < f->days_n; i++)
		n += f->days[i].sum.inquiries > 0;
	return n;
}

static const struct figures_day *busiest(const struct figures *f)
{
	const struct figures_day *most = NULL;
	for (size_t i = 0; i < f->days_n; i++)
		if (f->days[i].sum.hits > (most ? most->sum.hits : 0))
			most = &f->days[i];
	return most;
}

static void say_busiest(struct part_make *m)
{
	const struct figures_day *day = busiest(m->f);
	if (!day)
		return;
	int64_t limit = office_limit(m->o, day->day);
	struct str hits = part_number_words(m->arena, day->sum.hits), quota = part_number_words(m->arena, limit);
	say(m, "Hari tersibuk", part_day(day->day));
	if (limit < 0)
		say(m, "Hit pada hari tersibuk", part_number(day->sum.hits));
	else
		say_words(m, "Hit pada hari tersibuk terhadap kuota",
		          arena_printf(m->arena, "%.*s dari %.*s (%.*s)", STR_ARG(hits), STR_ARG(quota),
		                       STR_ARG(part_share_words(m->arena, day->sum.hits, limit))));
}

static int64_t empty_answers(const struct figures *f)
{
	return f->code_n[11] + f->code_n[12] + f->code_n[13] + f->code_n[14] + f->code_n[15];
}

static int64_t users_active(const struct figures *f)
{
	int64_t n = 0;
	for (size_t i = 0; i < f->users_n; i++)
		n += f->users[i].user_no > 0 && f->users[i].sum.inquiries > 0;
	return n;
}

static int64_t kejadian_served(const struct figures *f)
{
	int64_t n = 0;
	for (size_t i = 0; i < f->kejadian_n; i++)
		n += f->kejadian[i].kejadian_id > 0 && f->kejadian[i].sum.inquiries > 0;
	return n;
}

void part_make_summary(struct part_make *m)
{
	const struct office_debt *debt = &m->o->debt;
	say(m, "Permintaan", part_number(m->f->sum.inquiries));
	say(m, "Di antaranya ulangan", part_number(m->f->sum.repeats));
	say(m, "Hit", part_number(m->f->sum.hits));
	say(m, "Jawaban dengan data (01)", part_number(m->f->code_n[1]));
	say(m, "Jawaban tanpa data (11 sampai 15)", part_number(empty_answers(m->f)));
	say(m, "Ditolak", part_number(m->f->sum.refused));
	say(m, "Di antaranya karena kuota habis (05)", part_number(m->f->code_n[5]));
	say(m, "Hari dengan permintaan", part_number(days_used(m->f)));
	say_busiest(m);
	say(m, "User ID yang meminta data", part_number(users_active(m->f)));
	say(m, "Kejadian yang dilayani", part_number(kejadian_served(m->f)));
	say(m, "NIK yang datanya diakses, sampai akhir periode", part_number(debt->answered));
	say(m, "Data balikan yang belum disampaikan", part_number(debt->open));
	say_words(m, "Cakupan data balikan", part_share_words(m->arena, debt->closed + debt->waived, debt->answered));
	say(m, "User ID yang ditahan oleh penjaga pola", part_number((int64_t)m->o->holds_n));
}
