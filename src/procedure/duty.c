/* SPDX-License-Identifier: EUPL-1.2
 * procedure/duty.c - see duty.h. One function a duty looks at the facts and adds its
 * items; the table says which function. */
#include "procedure/duty.h"

#include <assert.h>
#include <stdlib.h>

#include "agreement/paper.h"
#include "agreement/workday.h"
#include "identity/credential.h"
#include "identity/user.h"
#include "procedure/incident.h"
#include "procedure/request.h"
#include "store/store.h"

#define ISO_MONTHS 6
#define RENEWAL_MONTHS 2
#define SEMESTERS_SHOWN 8

/* What the functions of one call share. */
struct look {
	struct tx *tx;
	const struct duty_ask *ask;
	struct day today;
	int64_t now_us;
	struct standing standing;
	struct version *versions; /* latest first */
	size_t versions_n;
	struct day begin, end; /* of the whole agreement: first and last day of any version */
	struct workdays calendar;
	struct duty_item *items;
	size_t n;
	struct err *err;
};

static const struct duty_state_row states[] = {
        {DUTY_LATE, "late", "Terlambat"},
        {DUTY_NEAR, "near", "Segera jatuh tempo"},
        {DUTY_OPEN, "open", "Belum dipenuhi"},
        {DUTY_DONE, "done", "Terpenuhi"},
};

const struct duty_state_row *duty_state_at(size_t i)
{
	return i < LEN(states) ? &states[i] : NULL;
}

/* ---- semesters (P8) ---- */

struct semester semester_of(struct day day)
{
	int year, month, mday;
	day_to_ymd(day, &year, &month, &mday);
	return (struct semester){year, month <= 6 ? 1 : 2};
}

struct day semester_end(struct semester s)
{
	return s.half == 1 ? day_from_ymd(s.year, 6, 30) : day_from_ymd(s.year, 12, 31);
}

struct semester semester_next(struct semester s)
{
	return s.half == 1 ? (struct semester){s.year, 2} : (struct semester){s.year + 1, 1};
}

/* ---- adding items ---- */

static struct str key_of(enum duty duty)
{
	const struct duty_row *row = duty_at(duty);
	assert(row);
	return str_c(row->key);
}

static struct duty_item *add(struct look *l, enum duty duty, enum duty_state state)
{
	static const struct str none = {"", 0};
	if (l->n == DUTY_ITEMS_MAX)
		return &l->items[DUTY_ITEMS_MAX]; /* one beyond, never shown */
	l->items[l->n] = (struct duty_item){
	        .duty = duty, .state = state, .subject = none, .evidence = none, .remark = none, .due_certain = true};
	return &l->items[l->n++];
}

static int year_of(struct day day)
{
	int year, month, mday;
	day_to_ymd(day, &year, &month, &mday);
	return year;
}

static void put_due(const struct look *l, struct duty_item *item, struct day plain)
{
	item->due_plain = plain;
	item->due = workday_or_before(&l->calendar, plain);
	item->due_certain = workday_year_known(&l->calendar, year_of(plain));
}

/* What has a day and was not done. */
static enum duty_state state_by_day(const struct look *l, struct day due)
{
	if (due.n < l->today.n)
		return DUTY_LATE;
	return due.n - l->today.n <= DUTY_NEAR_DAYS ? DUTY_NEAR : DUTY_OPEN;
}

static void put_paper(struct duty_item *item, const struct paper *paper)
{
	item->evidence = paper->number;
	item->paper_id = paper->paper_id;
}

/* The paper that lasts longest, if there is one. */
static enum rc latest(struct look *l, enum paper_kind kind, struct str subject, struct paper *ret, bool *ret_found)
{
	enum rc rc = paper_latest(l->tx, l->ask->instansi_id, kind, subject, ret, l->err);
	*ret_found = rc == RC_OK;
	return rc == RC_ABSENT ? RC_OK : rc;
}

/* ---- papers that open the access ---- */

static enum rc look_ministry(struct look *l)
{
	struct paper paper;
	bool found;
	struct duty_item *item = add(l, DUTY_MINISTRY, l->standing.ministry_approval ? DUTY_DONE : DUTY_LATE);
	if (!l->standing.terms) {
		item->state = DUTY_OPEN;
		return RC_OK;
	}
	TRY(latest(l, PAPER_MINISTRY, S(""), &paper, &found));
	if (l->standing.ministry_approval && found)
		put_paper(item, &paper);
	else
		item->remark = arena_printf(tx_arena(l->tx), "Surat nomor %.*s belum tercatat; akses tertutup sampai tercatat.",
		                            STR_ARG(l->standing.terms->ministry_number));
	return RC_OK;
}

static enum rc look_sptjm(struct look *l)
{
	struct paper paper;
	bool found;
	struct duty_item *item = add(l, DUTY_SPTJM, l->standing.sptjm ? DUTY_DONE : DUTY_LATE);
	TRY(latest(l, PAPER_SPTJM, S(""), &paper, &found));
	if (l->standing.sptjm && found)
		put_paper(item, &paper);
	else
		item->remark = found ? S("SPTJM yang tercatat sudah tidak berlaku, atau ditandatangani pimpinan sebelumnya.")
		                     : S("Tanpa SPTJM seluruh instansi tidak dapat melakukan verifikasi.");
	return RC_OK;
}

/* ---- papers of user ids ---- */

static enum rc open_users(struct look *l, struct paper_nda **ret, size_t *ret_n)
{
	struct user_filter filter = {.instansi_id = l->ask->instansi_id, .which = USER_WHICH_OPEN, .text = S(""), .after = S("")};
	struct user *users;
	size_t n;
	TRY(user_list(l->tx, &filter, &users, &n, l->err));
	*ret = ARENA_ARRAY(tx_arena(l->tx), n + 1, struct paper_nda);
	if (!*ret)
		return FAIL(l->err, RC_BROKEN, "memori tidak cukup");
	*ret_n = 0;
	for (size_t i = 0; i < n; i++)
		if (users[i].role != ROLE_SERVICE) /* papers are signed by persons */
			(*ret)[(*ret_n)++] = (struct paper_nda){l->ask->instansi_id, users[i].user_id};
	return RC_OK;
}

/* One item for all user ids; the first few that lack the paper are named. */
static enum rc look_users(struct look *l, enum duty duty, enum paper_kind kind)
{
	struct arena *arena = tx_arena(l->tx);
	struct paper_nda *users;
	size_t n, missing = 0;
	struct str names = S("");
	TRY(open_users(l, &users, &n));
	bool *valid = ARENA_ARRAY(arena, n + 1, bool);
	if (!valid)
		return FAIL(l->err, RC_BROKEN, "memori tidak cukup");
	TRY(paper_valid_each(l->tx, kind, users, n, l->today, valid, l->err));
	for (size_t i = 0; i < n; i++) {
		if (valid[i])
			continue;
		if (missing++ < 3)
			names = arena_printf(arena, "%.*s%s%.*s", STR_ARG(names), names.n ? ", " : "", STR_ARG(users[i].user_id));
	}
	struct duty_item *item = add(l, duty, missing ? DUTY_OPEN : DUTY_DONE);
	item->subject = arena_printf(arena, "%zu dari %zu User ID", n - missing, n);
	if (missing)
		item->remark = arena_printf(arena, "Belum: %.*s%s", STR_ARG(names), missing > 3 ? " dan lainnya" : "");
	return RC_OK;
}

static enum rc look_nda(struct look *l)
{
	return look_users(l, DUTY_NDA, PAPER_NDA);
}

static enum rc look_bast(struct look *l)
{
	return look_users(l, DUTY_BAST, PAPER_BAST);
}

/* ---- PoC (J.II.D) ---- */

static enum rc look_application(struct look *l, struct str code, const char *name)
{
	struct paper paper;
	bool found;
	TRY(latest(l, PAPER_POC, code, &paper, &found));
	bool valid = found && (paper.valid_until.n == 0 || paper.valid_until.n >= l->today.n) && paper.signed_on.n <= l->today.n;
	struct duty_item *item = add(l, DUTY_POC, valid ? DUTY_DONE : DUTY_OPEN);
	item->subject = arena_str(tx_arena(l->tx), str_c(name));
	if (valid)
		put_paper(item, &paper);
	else
		item->remark = S("Sampai hasil PoC tercatat, kuota sebelum PoC yang berlaku.");
	return RC_OK;
}

static enum rc look_poc(struct look *l)
{
	const struct terms *terms = l->standing.terms;
	for (size_t i = 0; terms && method_at(i); i++)
		if (terms->methods[i].granted)
			TRY(look_application(l, str_c(method_at(i)->key), method_at(i)->label));
	for (size_t i = 0; terms && i < terms->applications_n; i++)
		TRY(look_application(l, terms->applications[i].code, terms->applications[i].name.at));
	return RC_OK;
}

/* ---- ISO/IEC 27001 (P2.2i) ---- */

static enum rc look_iso(struct look *l)
{
	struct paper paper;
	bool found;
	struct day signed_on = l->versions[l->versions_n - 1].terms->pks_signed;
	TRY(latest(l, PAPER_ISO27001, S(""), &paper, &found));
	struct duty_item *item = add(l, DUTY_ISO27001, DUTY_DONE);
	if (found)
		put_paper(item, &paper);
	if (found && paper.valid_until.n == 0)
		return RC_OK;
	put_due(l, item, found ? paper.valid_until : day_add_months(signed_on, ISO_MONTHS));
	item->state = state_by_day(l, item->due);
	if (found && item->state == DUTY_OPEN)
		item->state = DUTY_DONE; /* certified, and not to be renewed soon */
	item->remark = found ? S("Sertifikat harus diperbarui sebelum berakhir.") : S("Enam bulan sejak penandatanganan.");
	return RC_OK;
}

/* ---- duties with evidence ---- */

static enum rc look_evidence(struct look *l, enum duty duty)
{
	struct paper paper;
	bool found;
	TRY(latest(l, PAPER_EVIDENCE, key_of(duty), &paper, &found));
	bool valid = found && (paper.valid_until.n == 0 || paper.valid_until.n >= l->today.n);
	struct duty_item *item = add(l, duty, valid ? DUTY_DONE : DUTY_OPEN);
	if (valid)
		put_paper(item, &paper);
	return RC_OK;
}

static enum rc look_staff(struct look *l)
{
	return look_evidence(l, DUTY_STAFF);
}

static enum rc look_publicity(struct look *l)
{
	return look_evidence(l, DUTY_PUBLICITY);
}

static enum rc look_security(struct look *l)
{
	return look_evidence(l, DUTY_SECURITY);
}

/* J.I.B: the letter is part of the terms. */
static enum rc look_network(struct look *l)
{
	struct duty_item *item = add(l, DUTY_NETWORK, l->standing.terms ? DUTY_DONE : DUTY_OPEN);
	if (l->standing.terms)
		item->evidence = l->standing.terms->network_letter;
	return RC_OK;
}

/* ---- reports and their evaluation (P8, J.V) ---- */

static struct str semester_text(struct look *l, struct semester s)
{
	return arena_printf(tx_arena(l->tx), "%d-%d", s.year, s.half);
}

static enum rc look_evaluated(struct look *l, struct str semester)
{
	struct paper paper;
	bool found;
	struct str subject = arena_printf(tx_arena(l->tx), "%.*s %.*s", STR_ARG(key_of(DUTY_EVALUATION)), STR_ARG(semester));
	TRY(latest(l, PAPER_EVIDENCE, subject, &paper, &found));
	struct duty_item *item = add(l, DUTY_EVALUATION, found ? DUTY_DONE : DUTY_OPEN);
	item->subject = semester;
	if (found)
		put_paper(item, &paper);
	return RC_OK;
}

static enum rc look_semester(struct look *l, struct semester s)
{
	struct paper paper;
	bool found;
	struct str name = semester_text(l, s);
	TRY(latest(l, PAPER_REPORT, name, &paper, &found));
	struct duty_item *item = add(l, DUTY_REPORT, DUTY_DONE);
	item->subject = name;
	item->due = item->due_plain = workday_after(&l->calendar, semester_end(s), REPORT_WORKDAYS);
	item->due_certain = workday_year_known(&l->calendar, year_of(item->due));
	if (!found) {
		item->state = state_by_day(l, item->due);
		return RC_OK;
	}
	put_paper(item, &paper);
	if (paper.signed_on.n > item->due.n)
		item->remark = S("Disampaikan sesudah jatuh tempo.");
	return look_evaluated(l, name);
}

/* From the semester the agreement began in to the one that runs; the last few. */
static enum rc look_reports(struct look *l)
{
	struct day until = l->end.n < l->today.n ? l->end : l->today;
	struct semester s = semester_of(l->begin), last = semester_of(until);
	int all = (last.year - s.year) * 2 + last.half - s.half + 1;
	for (; all > SEMESTERS_SHOWN; all--)
		s = semester_next(s);
	for (; all > 0; all--, s = semester_next(s))
		TRY(look_semester(l, s));
	return RC_OK;
}

/* ---- renewal (P4, J.VI.F) ---- */

static enum rc look_renewal(struct look *l)
{
	bool asked;
	struct duty_item *item = add(l, DUTY_RENEWAL, DUTY_DONE);
	item->term_end = l->end;
	put_due(l, item, day_add_months(l->end, -RENEWAL_MONTHS));
	TRY(request_renewal_of_term(l->tx, l->ask->instansi_id, l->end, &asked, l->err));
	if (asked) {
		item->remark = S("Permohonan perpanjangan sedang berjalan.");
		return RC_OK;
	}
	item->state = state_by_day(l, item->due);
	item->remark = arena_printf(tx_arena(l->tx), "Perjanjian berakhir %s.", day_long(l->end).z);
	return RC_OK;
}

/* ---- secrets of programs (P2.1c) ---- */

/* An item for each program that is left without one: nothing to say of the others. The day
 * stays where it is, since it is the day on which the program stops. */
static enum rc look_credential(struct look *l)
{
	struct credential_ending *rows;
	size_t n;
	int64_t until_us = day_begin_us((struct day){l->today.n + DUTY_NEAR_DAYS + 2});
	TRY(credential_ending(l->tx, l->ask->instansi_id, until_us, &rows, &n, l->err));
	for (size_t i = 0; i < n; i++) {
		struct day last = day_of_us(rows[i].last_us - 1);
		struct duty_item *item = add(l, DUTY_CREDENTIAL, state_by_day(l, last));
		item->subject = rows[i].user_id;
		item->due = item->due_plain = last;
		item->remark = last.n < l->today.n ? S("Program itu ditolak sampai ada kredensial baru, atau user ID-nya ditutup.")
		                                   : S("Sesudah hari itu program ditolak.");
	}
	return RC_OK;
}

/* ---- leaks (P2.2g) ---- */

/* Hours of the calendar: the day of the deadline stays where it is. */
static enum rc look_leak(struct look *l)
{
	struct arena *arena = tx_arena(l->tx);
	struct incident list[INCIDENT_RUNNING_MAX];
	size_t n;
	TRY(incident_running(l->tx, l->ask->instansi_id, list, &n, l->err));
	for (size_t i = 0; i < n; i++) {
		int64_t until_us = incident_deadline_us(&list[i]);
		bool runs = incident_clock_runs(&list[i]);
		struct duty_item *item = add(l, DUTY_LEAK, !runs ? DUTY_OPEN : l->now_us > until_us ? DUTY_LATE : DUTY_NEAR);
		item->subject = arena_printf(arena, "insiden %lld", (long long)list[i].incident_id);
		item->remark = S("Semua telah diberi tahu; pulihkan dan tutup insidennya.");
		if (!runs)
			continue;
		item->due = item->due_plain = day_of_us(until_us);
		item->remark = arena_printf(arena, "Batas %s; belum diberi tahu: %s%s%s.", clock_short_wib(until_us).z,
		                            list[i].authority_us ? "" : "lembaga",
		                            list[i].authority_us || list[i].people_us ? "" : " dan ",
		                            list[i].people_us ? "" : "subjek data");
	}
	return RC_OK;
}

/* ---- the table ---- */

static const struct {
	struct duty_row row;
	enum rc (*look)(struct look *l); /* NULL: another one adds its items */
} rows[DUTY_COUNT] = {
        {{DUTY_MINISTRY, "ministry", "Surat persetujuan Direktur Jenderal", "P4 / J.VI.G", DUTY_OF_PROVIDER,
          "Versi perjanjian berlaku atas dasar surat persetujuan kementerian."},
         look_ministry},
        {{DUTY_SPTJM, "sptjm", "SPTJM pimpinan", "J.VI.D / J.VI.H", DUTY_OF_INSTANSI,
          "Pimpinan menandatangani SPTJM bermeterai; pimpinan baru menandatangani yang baru."},
         look_sptjm},
        {{DUTY_NDA, "nda", "NDA setiap pemegang User ID", "J.VI.E", DUTY_OF_INSTANSI,
          "Setiap pemegang User ID menandatangani NDA bermeterai."},
         look_nda},
        {{DUTY_BAST, "bast", "BAST setiap User ID", "P2.1c / J.II.B", DUTY_OF_PROVIDER,
          "User ID dan kata sandi diserahkan dengan berita acara serah terima."},
         look_bast},
        {{DUTY_POC, "poc", "Proof of Concept", "J.II.D", DUTY_OF_INSTANSI,
          "Setiap aplikasi menjalani PoC; hasilnya mencabut batas kuota."},
         look_poc},
        {{DUTY_ISO27001, "iso27001", "Sertifikat ISO/IEC 27001", "P2.2i / J.II.E3", DUTY_OF_INSTANSI,
          "Instansi bersertifikat ISO/IEC 27001 paling lambat enam bulan sejak penandatanganan."},
         look_iso},
        {{DUTY_NETWORK, "network", "Surat jaringan dan lebar pita", "J.I.B", DUTY_OF_INSTANSI,
          "Instansi memberitahukan penyedia jaringan, lebar pita, dan penanggung biaya."},
         look_network},
        {{DUTY_STAFF, "P2.2d", "Petugas teknis", "P2.2d", DUTY_OF_INSTANSI, "Instansi menyediakan petugas teknis yang cakap."},
         look_staff},
        {{DUTY_PUBLICITY, "P2.2f", "Sosialisasi KTP-el dan IKD", "P2.2f", DUTY_OF_INSTANSI,
          "Instansi membantu menyosialisasikan penggunaan KTP-el dan IKD melalui media cetak atau elektronik."},
         look_publicity},
        {{DUTY_SECURITY, "P2.2h", "Pengamanan sistem dan data", "P2.2g / P2.2h / P3.1c", DUTY_OF_INSTANSI,
          "Instansi mengamankan sistem, data, jaringan, dan program yang dipakainya."},
         look_security},
        {{DUTY_REPORT, "report", "Laporan semester", "P8 / J.V", DUTY_OF_INSTANSI,
          "Laporan pemanfaatan disampaikan setiap semester, paling lambat sepuluh hari kerja sesudahnya."},
         look_reports},
        {{DUTY_EVALUATION, "P8-evaluasi", "Evaluasi laporan semester", "P8 / J.V", DUTY_OF_PROVIDER,
          "Dinas Dukcapil mengevaluasi laporan dan meneruskan hasilnya."},
         NULL},
        {{DUTY_RENEWAL, "renewal", "Permohonan perpanjangan", "P4 / J.VI.F", DUTY_OF_INSTANSI,
          "Perpanjangan dimohonkan paling lambat dua bulan sebelum perjanjian berakhir."},
         look_renewal},
        {{DUTY_CREDENTIAL, "kredensial", "Kredensial layanan", "P2.1c", DUTY_OF_INSTANSI,
          "Kredensial pengganti diminta kepada Dinas Dukcapil dan dipasang sebelum yang terakhir berakhir."},
         look_credential},
        {{DUTY_LEAK, "P2.2g", "Pemberitahuan kebocoran data", "P2.2g", DUTY_OF_INSTANSI,
          "Lembaga dan subjek data diberi tahu secara tertulis dalam 3 x 24 jam sejak kebocoran diketahui (UU 27/2022 Pasal 46)."},
         look_leak},
};

const struct duty_row *duty_at(size_t i)
{
	return i < DUTY_COUNT ? &rows[i].row : NULL;
}

enum duty duty_of(struct str key)
{
	size_t i = 0;
	while (i < DUTY_COUNT && !str_eq(key, str_c(rows[i].row.key)))
		i++;
	return (enum duty)i;
}

/* ---- all of them ---- */

static int by_haste(const void *left, const void *right)
{
	const struct duty_item *a = left, *b = right;
	if (a->state != b->state)
		return (a->state > b->state) - (a->state < b->state);
	int64_t x = a->due.n ? a->due.n : INT32_MAX, y = b->due.n ? b->due.n : INT32_MAX;
	if (x != y)
		return x < y ? -1 : 1;
	return (a->duty > b->duty) - (a->duty < b->duty);
}

static enum rc look_begin(struct look *l, int64_t now_us)
{
	TRY(agreement_versions(l->ask->agreement, l->tx, l->ask->instansi_id, &l->versions, &l->versions_n, l->err));
	if (l->versions_n == 0)
		return RC_OK;
	TRY(agreement_standing(l->ask->agreement, l->tx, l->ask->instansi_id, now_us, &l->standing, l->err));
	l->begin = l->versions[0].begin;
	l->end = l->versions[0].end;
	for (size_t i = 1; i < l->versions_n; i++) {
		l->begin.n = l->versions[i].begin.n < l->begin.n ? l->versions[i].begin.n : l->begin.n;
		l->end.n = l->versions[i].end.n > l->end.n ? l->versions[i].end.n : l->end.n;
	}
	int last = year_of(l->end) > year_of(l->today) ? year_of(l->end) : year_of(l->today);
	int first = last - year_of(l->begin) >= WORKDAY_SPAN_MAX - 2 ? last - WORKDAY_SPAN_MAX + 3 : year_of(l->begin);
	l->items = ARENA_ARRAY(tx_arena(l->tx), DUTY_ITEMS_MAX + 1, struct duty_item);
	if (!l->items)
		return FAIL(l->err, RC_BROKEN, "memori tidak cukup");
	return workdays_load(l->tx, first, last, &l->calendar, l->err);
}

enum rc duty_list(struct tx *tx, const struct duty_ask *ask, int64_t now_us, struct duty_item **ret, size_t *ret_n, struct err *err)
{
	struct look l = {.tx = tx, .ask = ask, .today = day_of_us(now_us), .now_us = now_us, .err = err};
	TRY(look_begin(&l, now_us));
	for (size_t i = 0; l.versions_n && i < DUTY_COUNT; i++)
		if (rows[i].look)
			TRY(rows[i].look(&l));
	if (l.n)
		qsort(l.items, l.n, sizeof *l.items, by_haste);
	*ret = l.items;
	*ret_n = l.n;
	return RC_OK;
}
