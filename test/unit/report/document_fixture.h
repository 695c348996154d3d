/* SPDX-License-Identifier: EUPL-1.2
 * Figures and an office as a report gets them, made up of a rule: every inquiry of every
 * day is one step of it, so that all sums agree. Needs cmocka. */
#pragma once
#include <stdlib.h>

#include "report/document.h"

struct shape {
	struct day first, last;
	int per_day; /* inquiries on the busiest days; 0: an empty period */
	int users, kejadian;
	bool long_names;
};
struct fixture {
	struct arena arena;
	struct figures f;
	struct office o;
	struct letter_ask letter;
	struct document_ask ask;
};

static const struct str fixture_head[] = {S("Pemerintah Kabupaten Contoh"), S("Badan Penanggulangan Bencana Daerah"),
                                          S("Jalan Contoh Nomor 2")};
static const struct letter_field fixture_fields[] = {
        {"instansi.nama", S("BPBD Kabupaten Contoh")},
        {"instansi.alamat", S("Jalan Contoh Nomor 2")},
        {"penyedia.nama", S("Dinas Kependudukan dan Pencatatan Sipil Kabupaten Contoh")},
        {"kepala.nama", S("Ratna Contoh, S.Sos., M.M.")},
        {"kepala.nip", S("19720202 200001 2 999")},
        {"kepala.jabatan", S("Kepala Pelaksana")},
        {"pks.nomor", S("470/01/PKS/2025")},
        {"pks.tanggal", S("20 Mei 2025")},
        {"juknis.nomor", S("470/02/JUKNIS/2025")},
        {"juknis.tanggal", S("20 Mei 2025")},
        {"tempat", S("Contoh")},
};
#define FIXTURE_LONG                                                                                                               \
	"Tanah longsor, banjir bandang, dan angin kencang di Kecamatan Karangkobar, Kecamatan Pagentan, dan sekitarnya Contoh"

static const int fixture_codes[] = {1, 1, 1, 1, 1, 1, 11, 13, 14, 15, 5, 3, 12, 1, 1, 1, 17};
static const struct {
	int code;
	const char *key;
} fixture_grounds[] = {{5, "quota"}, {3, "credential_wrong"}, {17, "user_dormant"}, {15, "nik_format"}};

static inline void fixture_count(struct figures_sum *sum, int code, bool repeat)
{
	bool refused = code < 11 ? code != 1 : code > 15;
	sum->inquiries++;
	sum->repeats += repeat;
	sum->refused += refused;
	sum->hits += !refused && code != 15 && !repeat;
}

static inline void fixture_ground(struct figures *f, const struct figures_month *month, int code)
{
	for (size_t g = 0; g < LEN(fixture_grounds); g++) {
		if (fixture_grounds[g].code != code)
			continue;
		struct str key = str_c(fixture_grounds[g].key);
		size_t i = 0;
		while (i < f->grounds_n && !(f->grounds[i].year == month->year && f->grounds[i].month == month->month &&
		                             str_eq(f->grounds[i].key, key)))
			i++;
		f->grounds[i].year = month->year;
		f->grounds[i].month = month->month;
		f->grounds[i].key = key;
		f->grounds[i].n++;
		f->grounds_n += i == f->grounds_n;
	}
}

static inline void fixture_inquiry(const struct shape *shape, struct fixture *x, struct figures_day *day, uint64_t seed)
{
	struct figures *f = &x->f;
	struct figures_month *month = &f->months[f->months_n - 1];
	int code = fixture_codes[seed % LEN(fixture_codes)];
	bool repeat = code == 1 && seed % 31 == 0;
	size_t user = (size_t)(seed / 7 % (uint64_t)shape->users), event = (size_t)(seed / 5 % (uint64_t)shape->kejadian);
	struct figures_sum *sums[] = {&f->sum,
	                              &day->sum,
	                              &month->sum,
	                              &f->users[user].sum,
	                              &f->kejadian[event].sum,
	                              &f->methods[0].sum,
	                              &f->versions[0].sum};
	for (size_t i = 0; i < LEN(sums); i++)
		fixture_count(sums[i], code, repeat);
	f->code_n[code]++;
	month->code_n[code]++;
	f->hours[7 + seed / 3 % 11]++;
	f->users[user].last_us = day_begin_us(day->day) + 10 * US_PER_HOUR;
	fixture_ground(f, month, code);
}

static inline void fixture_day(const struct shape *shape, struct fixture *x, struct day day)
{
	struct figures *f = &x->f;
	int year, month, mday;
	day_to_ymd(day, &year, &month, &mday);
	if (!f->months_n || f->months[f->months_n - 1].month != month)
		f->months[f->months_n++] = (struct figures_month){.year = year, .month = month};
	struct figures_day *to = &f->days[f->days_n++];
	to->day = day;
	uint64_t seed = (uint64_t)day.n * 2654435761U;
	int n = day_weekday(day) >= 5 ? shape->per_day / 9 : (int)(seed % (uint64_t)(shape->per_day + 1));
	for (int i = 0; i < n; i++)
		fixture_inquiry(shape, x, to, (seed = seed * 6364136223846793005U + 1442695040888963407U) >> 20);
}

static inline void fixture_office(const struct shape *shape, struct fixture *x)
{
	struct arena *a = &x->arena;
	struct office *o = &x->o;
	struct day middle = {(shape->first.n + shape->last.n) / 2};
	static struct office_version versions[2] = {
	        {.version_id = 11, .number = 1, .elements = ELEMENT_SET_BASE, .granted = {true}},
	        {.version_id = 12,
	         .number = 2,
	         .elements = ELEMENT_SET_BASE,
	         .granted = {true},
	         .addendum_number = {"470/09/ADD/2026", 15},
	         .addendum_ground = {"P6", 2}}};
	static struct office_told told[] = {{false, "Mengungsi", 41}, {false, "Luka / Sakit", 7}, {true, "Salah ketik", 3}};
	struct office_span spans[] = {{shape->first, middle, 0, {200}, 200}, {{middle.n + 1}, shape->last, 1, {1000}, 1000}};
	*o = (struct office){.instansi_id = 3,
	                     .first = shape->first,
	                     .last = shape->last,
	                     .code = S("BPBD"),
	                     .state = "Aktif",
	                     .begin = day_from_ymd(2025, 5, 20),
	                     .end = day_from_ymd(2027, 5, 20),
	                     .letter = &x->letter};
	o->name = S("BPBD Kabupaten Contoh");
	o->versions = versions;
	o->versions_n = 2;
	o->spans = ARENA_ARRAY(a, 2, struct office_span);
	memcpy(o->spans, spans, sizeof spans);
	o->spans_n = 2;
	o->sptjm = (struct office_paper){
	        OFFICE_PAPER_VALID, S("360/12/SPTJM/2025"), S("Ratna"), day_from_ymd(2025, 5, 20), {0}, false};
	o->iso = (struct office_paper){.number = S(""), .signer = S("")};
	o->ministry =
	        (struct office_paper){OFFICE_PAPER_VALID, S("400.8/0456/Dukcapil"), S("x"), day_from_ymd(2025, 5, 5), {0}, true};
	o->users = ARENA_ARRAY(a, (size_t)shape->users, struct office_user);
	o->users_n = (size_t)shape->users;
	for (size_t i = 0; i < o->users_n; i++) {
		o->users[i] = (struct office_user){
		        .user_no = (int64_t)i + 1, .user_id = x->f.users[i].user_id, .role = i ? S("operator") : S("kepala")};
		o->users[i].nda.state = i % 5 == 4 ? OFFICE_PAPER_NONE : OFFICE_PAPER_VALID;
	}
	o->kejadian = ARENA_ARRAY(a, (size_t)shape->kejadian, struct office_kejadian);
	o->kejadian_n = (size_t)shape->kejadian;
	for (size_t i = 0; i < o->kejadian_n; i++)
		o->kejadian[i] = (struct office_kejadian){
		        .kejadian_id = (int64_t)i + 1,
		        .jenis = S("Tanah longsor"),
		        .place = S("Contoh"),
		        .name = shape->long_names ? S(FIXTURE_LONG) : arena_printf(a, "Longsor Desa Contoh %zu", i + 1),
		        .debt = {.answered = 60 + (int64_t)i,
		                 .open = 5,
		                 .closed = 50 + (int64_t)i,
		                 .waived = 5,
		                 .age = {1, 1, 1, 2}}};
	for (size_t i = 0; i < o->kejadian_n; i++) {
		o->debt.answered += o->kejadian[i].debt.answered;
		o->debt.open += 5;
		o->debt.closed += o->kejadian[i].debt.closed;
		o->debt.waived += 5;
		for (size_t j = 0; j < OFFICE_AGES; j++)
			o->debt.age[j] += o->kejadian[i].debt.age[j];
	}
	o->told = told;
	o->told_n = LEN(told);
	if (!shape->per_day)
		return;
	o->holds = ARENA_ARRAY(a, 1, struct office_hold);
	o->holds[0] = (struct office_hold){day_begin_us(middle), S("bpbd-operator4"), S("berurutan"), "Dilepas"};
	o->holds_n = 1;
}

static inline void fixture_open(struct fixture *x, const struct shape *shape)
{
	static struct figures_log logs[] = {
	        {1, 4821133, S("padan.contoh.example/1"), S("Qm9vayBvZiBleGFtcGxlcyBvbmx5IQ8J7r1x2y3z4A0="), 2904}};
	size_t days = (size_t)(shape->last.n - shape->first.n) + 1;
	*x = (struct fixture){.f = {.ask = {3, shape->first, shape->last}, .logs = logs, .logs_n = 1}};
	arena_init(&x->arena, (size_t)64 << 20);
	x->f.months = ARENA_ARRAY(&x->arena, days / 28 + 2, struct figures_month);
	x->f.days = ARENA_ARRAY(&x->arena, days, struct figures_day);
	x->f.grounds = ARENA_ARRAY(&x->arena, (days / 28 + 2) * LEN(fixture_grounds), struct figures_ground);
	x->f.users = ARENA_ARRAY(&x->arena, (size_t)shape->users, struct figures_user);
	x->f.kejadian = ARENA_ARRAY(&x->arena, (size_t)shape->kejadian, struct figures_kejadian);
	x->f.methods = ARENA_ARRAY(&x->arena, 1, struct figures_method);
	x->f.versions = ARENA_ARRAY(&x->arena, 1, struct figures_version);
	x->f.methods[0].key = S("portal");
	x->f.versions[0].version_id = 11;
	x->f.users_n = (size_t)shape->users;
	for (int i = 0; i < shape->users; i++)
		x->f.users[i] =
		        (struct figures_user){.user_no = i + 1, .user_id = arena_printf(&x->arena, "bpbd-operator%d", i + 1)};
	for (int i = 0; i < shape->kejadian; i++)
		x->f.kejadian[i].kejadian_id = i + 1;
	for (struct day day = shape->first; day.n <= shape->last.n; day.n++)
		fixture_day(shape, x, day);
	x->f.methods_n = x->f.versions_n = shape->per_day > 0;
	x->f.kejadian_n = shape->per_day ? (size_t)shape->kejadian : 0;
	x->f.users_n = shape->per_day ? x->f.users_n : 0;
	fixture_office(shape, x);
	x->letter = (struct letter_ask){.letter = LETTER_LAPORAN_SEMESTER,
	                                .letterhead = fixture_head,
	                                .letterhead_n = LEN(fixture_head),
	                                .fields = fixture_fields,
	                                .fields_n = LEN(fixture_fields)};
	x->ask = (struct document_ask){.figures = &x->f,
	                               .office = &x->o,
	                               .obstacles = S("Sambungan terputus dua kali.\nTelah pulih."),
	                               .proposals = S("Kuota ditambah pada masa tanggap darurat."),
	                               .number = S("360/77/2026"),
	                               .made_on = day_from_ymd(2026, 7, 8)};
}

static inline void fixture_close(struct fixture *x)
{
	arena_free(&x->arena);
}
