/* SPDX-License-Identifier: EUPL-1.2
 * report/checklist.c - see checklist.h. Each function measures one point: the larger the
 * measure, the worse. The thresholds stand in the table alone. */
#include "report/checklist.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "journal/sha256.h"
#include "policy/decide.h"

/* Shares of fewer inquiries say nothing. */
#define INQUIRIES_LEAST 20
#define GROUNDS_TOLD 3 /* of refusals, the most frequent ones */

static const struct rating_row ratings[RATING_COUNT] = {
        {RATING_GOOD, "sesuai", "Sesuai"},
        {RATING_ATTENTION, "perhatian", "Perlu perhatian"},
        {RATING_BREACH, "tidak-sesuai", "Tidak sesuai"},
        {RATING_NONE, "tidak-dinilai", "Tidak dinilai"},
};

const struct rating_row *rating_at(size_t i)
{
	return i < LEN(ratings) ? &ratings[i] : NULL;
}

enum rating rating_of(struct str key)
{
	size_t i = 0;
	while (i < RATING_COUNT && !str_eq(key, str_c(ratings[i].key)))
		i++;
	return (enum rating)i;
}

/* One point being measured. */
struct measure {
	const struct evidence *e;
	struct arena *arena;
	struct str words;
	int64_t value;
	bool none; /* there is nothing to judge */
};
struct count_text {
	char z[28];
};

/* "12.345", as an official writes it. */
static struct count_text count(int64_t n)
{
	struct count_text t;
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)(n < 0 ? 0 : n)), out = 0;
	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			t.z[out++] = '.';
		t.z[out++] = digits[i];
	}
	t.z[out] = '\0';
	return t;
}

static int64_t permil(int64_t part, int64_t all)
{
	return all > 0 ? part * 1000 / all : 0;
}

/* "12,5%" */
static struct count_text percent(int64_t part, int64_t all)
{
	struct count_text t;
	int64_t share = permil(part, all);
	snprintf(t.z, sizeof t.z, "%lld,%lld%%", (long long)(share / 10), (long long)(share % 10));
	return t;
}

/* ---- from the journal ---- */

static void of_quota(struct measure *m)
{
	const struct evidence *e = m->e;
	int64_t refused = e->figures->code_n[5];
	m->none = e->used_days == 0;
	m->value = permil(e->full_days, e->used_days);
	m->words =
	        e->quota < 0 && e->full_days == 0
	                ? arena_printf(m->arena, "%s hit; kuota harian tidak dibatasi.", count(e->figures->sum.hits).z)
	                : arena_printf(m->arena, "%s hit; kuota habis pada %s dari %s hari pemakaian (%s), %s permintaan ditolak.",
	                               count(e->figures->sum.hits).z, count(e->full_days).z, count(e->used_days).z,
	                               percent(e->full_days, e->used_days).z, count(refused).z);
}

/* A share of all inquiries, when there are enough of them. */
static void of_share(struct measure *m, int64_t part, const char *what)
{
	int64_t all = m->e->figures->sum.inquiries;
	m->none = all < INQUIRIES_LEAST;
	m->value = permil(part, all);
	m->words =
	        arena_printf(m->arena, "%s dari %s permintaan %s (%s).", count(part).z, count(all).z, what, percent(part, all).z);
}

/* How often that ground refused, in all months. */
static int64_t refused_by(const struct figures *f, const char *key)
{
	int64_t n = 0;
	for (size_t i = 0; i < f->grounds_n; i++)
		if (str_eq(f->grounds[i].key, str_c(key)))
			n += f->grounds[i].n;
	return n;
}

/* The most frequent ground but those told already; NULL: there is no other. */
static const struct decide_row *next_ground(const struct figures *f, ground_set told, int64_t *ret_n)
{
	const struct decide_row *row, *most = NULL;
	*ret_n = 0;
	for (size_t i = 0; (row = decide_at(i)); i++) {
		int64_t n = refused_by(f, row->key);
		if (row->outcome == OUTCOME_FORMAT || told & GROUND_BIT(row->ground) || n <= *ret_n)
			continue; /* 15 is an answer */
		most = row;
		*ret_n = n;
	}
	return most;
}

/* "Sebab terbanyak: kuota hari ini telah habis (31)." */
static void put_grounds(struct measure *m)
{
	ground_set told = 0;
	int64_t n;
	for (int i = 0; i < GROUNDS_TOLD; i++) {
		const struct decide_row *row = next_ground(m->e->figures, told, &n);
		if (!row)
			break;
		told |= GROUND_BIT(row->ground);
		size_t len = strcspn(row->reason, ".");
		m->words = arena_printf(m->arena, "%.*s%s%.*s (%s)", STR_ARG(m->words), i ? "; " : " Sebab terbanyak: ", (int)len,
		                        row->reason, count(n).z);
	}
	if (told)
		m->words = arena_printf(m->arena, "%.*s.", STR_ARG(m->words));
}

static void of_refused(struct measure *m)
{
	of_share(m, m->e->figures->sum.refused, "ditolak");
	put_grounds(m);
}

static void of_unfound(struct measure *m)
{
	of_share(m, m->e->figures->code_n[13] + m->e->figures->code_n[15], "tidak ditemukan atau tidak sesuai format");
}

static void of_holds(struct measure *m)
{
	const struct figures *f = m->e->figures;
	int64_t warned = figures_acts(f, "guard", "", "warn");
	m->value = figures_acts(f, "guard", "", "hold");
	m->words = arena_printf(m->arena, "%s penahanan User ID, %s peringatan.", count(m->value).z, count(warned).z);
}

static void of_confirmed(struct measure *m)
{
	const struct figures *f = m->e->figures;
	int64_t released = figures_acts(f, "guard", "ok", "release");
	m->value = figures_acts(f, "guard", "ok", "confirm");
	m->words = arena_printf(m->arena, "%s penahanan dibenarkan, %s dilepas.", count(m->value).z, count(released).z);
}

static void of_incidents(struct measure *m)
{
	m->value = figures_acts(m->e->figures, "incident", "ok", "open ");
	m->words = arena_printf(m->arena, "%s insiden dibuka dalam masa itu.", count(m->value).z);
}

/* ---- data balikan ---- */

static void of_feedback(struct measure *m)
{
	const struct evidence *e = m->e;
	m->none = e->answered == 0;
	m->value = permil(e->owed, e->answered);
	m->words = m->none ? S("Belum ada akses yang memerlukan data balikan.")
	                   : arena_printf(m->arena, "%s dari %s NIK dilaporkan (%s), %s belum.", count(e->settled).z,
	                                  count(e->answered).z, percent(e->settled, e->answered).z, count(e->owed).z);
}

static void of_debt(struct measure *m)
{
	const struct evidence *e = m->e;
	m->value = e->owed ? e->oldest_days : 0;
	m->words = e->owed ? arena_printf(m->arena, "Tertua %s hari.", count(e->oldest_days).z) : S("Tidak ada yang terutang.");
}

/* ---- duties ---- */

static enum duty_state worse(enum duty_state a, enum duty_state b)
{
	return a < b ? a : b; /* late comes first */
}

/* Done, near or open, late: 0, 1, 2. */
static void of_duty(struct measure *m, enum duty duty)
{
	static const int64_t values[] = {[DUTY_LATE] = 2, [DUTY_NEAR] = 1, [DUTY_OPEN] = 1, [DUTY_DONE] = 0};
	enum duty_state state = DUTY_DONE;
	m->none = true;
	m->words = S("");
	for (size_t i = 0; i < m->e->duties_n; i++) {
		const struct duty_item *d = &m->e->duties[i];
		if (d->duty != duty)
			continue;
		state = m->none ? d->state : worse(state, d->state);
		m->none = false;
		struct str about = d->subject.n ? d->subject : d->evidence;
		m->words = arena_printf(m->arena, "%s%s%.*s. %.*s", duty_state_at(d->state)->label, about.n ? ": " : "",
		                        STR_ARG(about), STR_ARG(d->remark));
	}
	m->value = values[state];
	m->words = m->none ? S("Tidak ada kewajiban.") : str_trim(m->words);
}

static void of_nda(struct measure *m)
{
	of_duty(m, DUTY_NDA);
}

static void of_sptjm(struct measure *m)
{
	of_duty(m, DUTY_SPTJM);
}

static void of_iso(struct measure *m)
{
	of_duty(m, DUTY_ISO27001);
}

static void of_bast(struct measure *m)
{
	of_duty(m, DUTY_BAST);
}

static void of_network(struct measure *m)
{
	of_duty(m, DUTY_NETWORK);
}

static void of_staff(struct measure *m)
{
	of_duty(m, DUTY_STAFF);
}

static void of_publicity(struct measure *m)
{
	of_duty(m, DUTY_PUBLICITY);
}

static void of_security(struct measure *m)
{
	of_duty(m, DUTY_SECURITY);
}

static void of_reports(struct measure *m)
{
	const struct evidence_reports *r = &m->e->reports;
	m->none = r->due == 0;
	m->value = r->missing ? 2 : r->late ? 1 : 0;
	m->words = m->none ? S("Belum ada laporan yang jatuh tempo.")
	                   : arena_printf(m->arena, "%s laporan jatuh tempo: %s tepat waktu, %s terlambat, %s belum diterima.",
	                                  count(r->due).z, count(r->due - r->late - r->missing).z, count(r->late).z,
	                                  count(r->missing).z);
}

/* ---- the table ---- */

#define BY_STATE "Terpenuhi: sesuai. Belum: perlu perhatian. Terlambat: tidak sesuai."
#define MUST_BE "Terpenuhi: sesuai. Belum atau terlambat: tidak sesuai."
static const struct {
	struct point_row row;
	void (*measure)(struct measure *m);
} points[POINT_COUNT] = {
        {{POINT_QUOTA, "kuota", "Pemakaian kuota", "J.II.B", "Kuota habis pada 25% hari pemakaian atau lebih: perlu perhatian.",
          250, POINT_NEVER},
         of_quota},
        {{POINT_REFUSED, "penolakan", "Permintaan yang ditolak", "P2.1b / J.I.A",
          "10% atau lebih: perlu perhatian; 30%: tidak sesuai. Kurang dari 20 permintaan tidak dinilai.", 100, 300},
         of_refused},
        {{POINT_UNFOUND, "hasil-13-15", "NIK tidak ditemukan (13) atau tidak sesuai format (15)", "J.II.E1",
          "10% atau lebih: perlu perhatian; 30%: tidak sesuai. Kurang dari 20 permintaan tidak dinilai.", 100, 300},
         of_unfound},
        {{POINT_HOLDS, "penjaga", "Peringatan dan penahanan penjaga pola", "J.II.E1", "Satu penahanan atau lebih: perlu perhatian.",
          1, POINT_NEVER},
         of_holds},
        {{POINT_CONFIRMED, "penahanan", "Penahanan yang dibenarkan", "J.II.E1", "Satu atau lebih: tidak sesuai.", 1, 1},
         of_confirmed},
        {{POINT_FEEDBACK, "balikan", "Cakupan data balikan", "P2.2b / J.III",
          "10% atau lebih belum dilaporkan: perlu perhatian; 50%: tidak sesuai.", 100, 500},
         of_feedback},
        {{POINT_DEBT, "utang", "Umur data balikan terutang", "P2.2b / J.III",
          "30 hari atau lebih: perlu perhatian; 90 hari: tidak sesuai.", 30, 90},
         of_debt},
        {{POINT_NDA, "nda", "NDA setiap pemegang User ID", "J.VI.E", MUST_BE, 1, 1}, of_nda},
        {{POINT_SPTJM, "sptjm", "SPTJM pimpinan", "J.VI.D", MUST_BE, 1, 1}, of_sptjm},
        {{POINT_ISO27001, "iso27001", "Sertifikat ISO/IEC 27001", "P2.2i / J.II.E3", BY_STATE, 1, 2}, of_iso},
        {{POINT_REPORT, "laporan", "Ketepatan waktu laporan", "P8",
          "Satu terlambat: perlu perhatian; satu belum diterima: tidak sesuai.", 1, 2},
         of_reports},
        {{POINT_BAST, "bast", "BAST setiap User ID", "P2.1c / J.II.B", BY_STATE, 1, 2}, of_bast},
        {{POINT_NETWORK, "jaringan", "Surat jaringan dan lebar pita", "J.I.B", BY_STATE, 1, 2}, of_network},
        {{POINT_STAFF, "petugas", "Petugas teknis", "P2.2d", BY_STATE, 1, 2}, of_staff},
        {{POINT_PUBLICITY, "sosialisasi", "Sosialisasi KTP-el dan IKD", "P2.2f", BY_STATE, 1, 2}, of_publicity},
        {{POINT_SECURITY, "pengamanan", "Pengamanan sistem dan data", "P2.2g / P2.2h / P3.1c", BY_STATE, 1, 2}, of_security},
        {{POINT_INCIDENT, "insiden", "Insiden kebocoran", "P2.2g", "Satu atau lebih: perlu perhatian.", 1, POINT_NEVER},
         of_incidents},
};

const struct point_row *point_at(size_t i)
{
	return i < POINT_COUNT ? &points[i].row : NULL;
}

enum point point_of(struct str key)
{
	size_t i = 0;
	while (i < POINT_COUNT && !str_eq(key, str_c(points[i].row.key)))
		i++;
	return (enum point)i;
}

static enum rating rating_by(const struct point_row *row, const struct measure *m)
{
	if (m->none)
		return RATING_NONE;
	if (m->value >= row->breach)
		return RATING_BREACH;
	return m->value >= row->attention ? RATING_ATTENTION : RATING_GOOD;
}

enum rc checklist_fill(const struct evidence *evidence, struct arena *arena, struct finding ret[POINT_COUNT], struct err *err)
{
	for (size_t i = 0; i < POINT_COUNT; i++) {
		struct measure m = {.e = evidence, .arena = arena};
		points[i].measure(&m);
		ret[i] =
		        (struct finding){.point = points[i].row.point, .proposed = rating_by(&points[i].row, &m), .words = m.words};
	}
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

struct checklist_mark checklist_mark(const struct finding findings[POINT_COUNT])
{
	static const char digits[] = "0123456789abcdef";
	struct checklist_mark mark;
	struct str parts[POINT_COUNT * 2];
	unsigned char hash[SHA256_SIZE];
	for (size_t i = 0; i < POINT_COUNT; i++) {
		parts[2 * i] = str_c(ratings[findings[i].proposed].key);
		parts[2 * i + 1] = findings[i].words;
	}
	sha256(parts, LEN(parts), hash);
	for (size_t i = 0; i < 8; i++) {
		mark.z[2 * i] = digits[hash[i] >> 4];
		mark.z[2 * i + 1] = digits[hash[i] & 15];
	}
	mark.z[16] = '\0';
	return mark;
}
