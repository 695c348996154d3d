/* SPDX-License-Identifier: EUPL-1.2
 * procedure/ask.c - see ask.h: one function a type, from what was typed to what is
 * kept. */
#include "procedure/ask.h"

#include <stdarg.h>
#include <stdio.h>

#include "agreement/words.h"

#define NIP_DIGITS 18
#define CONTACTS_SIDE_MAX (TERMS_CONTACTS_MAX / 2)
#define CONTACT_PARTS 4
#define CONTACT_TEXT_MAX 120

enum rc ask_flaw_add(struct ask_flaws *flaws, const char *name, struct err *err, const char *fmt, ...)
{
	char words[sizeof flaws->at[0].words];
	va_list args;
	va_start(args, fmt);
	vsnprintf(words, sizeof words, fmt, args);
	va_end(args);
	if (flaws->n < ASKS_MAX) {
		struct ask_flaw *flaw = &flaws->at[flaws->n++];
		flaw->name = name;
		snprintf(flaw->words, sizeof flaw->words, "%s", words);
	}
	return FAIL(err, RC_INVALID, "%s", words);
}

/* One text on its way: what was typed, and what is kept of it. */
struct typed {
	const struct asking *asking;
	const struct ask *ask;
	struct str text; /* trimmed, not empty */
	struct str kept;
	struct ask_flaws *flaws;
	struct err *err;
};
#define WRONG(t, ...) ask_flaw((t)->flaws, (t)->ask->name, (t)->err, __VA_ARGS__)

static struct arena *arena_of(const struct typed *t)
{
	return tx_arena(t->asking->desk->tx);
}

/* ---- texts ---- */

static enum rc take_lines(struct typed *t)
{
	size_t n = 0;
	char *out = arena_alloc(arena_of(t), t->text.n + 1);
	if (!out)
		return FAIL(t->err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < t->text.n; i++)
		if (t->text.at[i] != '\r')
			out[n++] = t->text.at[i];
	t->kept = str_from(out, n);
	if ((int64_t)n > t->ask->max)
		return WRONG(t, "paling banyak %lld huruf", (long long)t->ask->max);
	return RC_OK;
}

static enum rc take_text(struct typed *t)
{
	if ((int64_t)t->text.n > t->ask->max)
		return WRONG(t, "paling banyak %lld huruf", (long long)t->ask->max);
	for (size_t i = 0; i < t->text.n; i++)
		if (t->text.at[i] == '\n' || t->text.at[i] == '\r' || t->text.at[i] == '\t')
			return WRONG(t, "harus satu baris");
	return RC_OK;
}

/* The digits of a number that people group with blanks, dots and dashes. */
static enum rc take_digits(struct typed *t, size_t n, const char *what)
{
	char *out = arena_alloc(arena_of(t), n + 2);
	size_t got = out ? nik_strip(t->text, out, n + 1) : 0;
	bool digits = got == n;
	for (size_t i = 0; i < got && i < n; i++)
		digits = digits && out[i] >= '0' && out[i] <= '9';
	if (!digits)
		return WRONG(t, "%s terdiri atas %zu angka", what, n);
	t->kept = str_from(out, n);
	return RC_OK;
}

static enum rc take_nip(struct typed *t)
{
	return take_digits(t, NIP_DIGITS, "NIP");
}

static enum rc take_nik(struct typed *t)
{
	struct nik nik;
	TRY(take_digits(t, 16, "NIK"));
	if (nik_from_str(t->kept, &nik, NULL) != RC_OK)
		return WRONG(t, "NIK tidak sesuai format; periksa kembali angkanya");
	return RC_OK;
}

static enum rc take_user_id(struct typed *t)
{
	bool good = t->text.n > 0 && t->text.n <= (size_t)t->ask->max && t->text.at[0] >= 'a' && t->text.at[0] <= 'z';
	for (size_t i = 0; good && i < t->text.n; i++) {
		char c = t->text.at[i];
		good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
	}
	return good ? RC_OK
	            : WRONG(t, "user ID memakai huruf kecil, angka, titik, atau strip, diawali huruf, paling banyak %lld",
	                    (long long)t->ask->max);
}

static enum rc take_code(struct typed *t)
{
	return word_is_application(t->text) ? RC_OK : WRONG(t, "kode memakai huruf kecil, angka, dan strip, diawali huruf");
}

/* 33.04 or 33.04.13: two, or three, groups of two digits. */
static enum rc take_region(struct typed *t)
{
	bool good = t->text.n == 5 || t->text.n == 8;
	for (size_t i = 0; good && i < t->text.n; i++)
		good = i % 3 == 2 ? t->text.at[i] == '.' : t->text.at[i] >= '0' && t->text.at[i] <= '9';
	return good ? RC_OK : WRONG(t, "kode wilayah ditulis seperti 33.04 atau 33.04.13");
}

static enum rc take_clock(struct typed *t)
{
	struct str s = t->text;
	bool good = s.n == 5 && (s.at[2] == '.' || s.at[2] == ':') && s.at[0] >= '0' && s.at[0] <= '2' && s.at[1] >= '0' &&
	            s.at[1] <= '9' && s.at[3] >= '0' && s.at[3] <= '5' && s.at[4] >= '0' && s.at[4] <= '9';
	if (!good || (s.at[0] == '2' && s.at[1] > '3'))
		return WRONG(t, "waktu ditulis seperti 09.00");
	t->kept = arena_printf(arena_of(t), "%.2s.%.2s", s.at, s.at + 3);
	return RC_OK;
}

static enum rc take_nets(struct typed *t)
{
	struct str rest = t->text;
	struct cidr cidr;
	TRY(take_text(t));
	while (rest.at)
		if (cidr_from_str(str_trim(str_split(&rest, ',')), &cidr) != RC_OK)
			return WRONG(t, "tulis alamat jaringan (CIDR) dengan koma di antaranya, misalnya 192.0.2.0/28");
	return RC_OK;
}

/* ---- numbers, days, choices ---- */

static enum rc take_int(struct typed *t)
{
	int64_t n;
	char room[24];
	size_t got = 0;
	for (size_t i = 0; i < t->text.n && got < sizeof room; i++) /* "1.000" is how people write it */
		if (t->text.at[i] != '.')
			room[got++] = t->text.at[i];
	if (str_int(str_from(room, got), t->ask->min, t->ask->max, &n) != RC_OK)
		return WRONG(t, "harus angka dari %lld sampai %lld", (long long)t->ask->min, (long long)t->ask->max);
	t->kept = arena_printf(arena_of(t), "%lld", (long long)n);
	return RC_OK;
}

static enum rc take_day(struct typed *t)
{
	struct day day, today = desk_today(t->asking->desk);
	if (day_from_str(t->text, &day) != RC_OK)
		return WRONG(t, "tanggal tidak dapat dibaca; tulis tahun-bulan-tanggal, misalnya %s", day_iso(today).z);
	if (t->ask->when == ASK_PAST && day.n > today.n)
		return WRONG(t, "tanggal ini belum tiba");
	if (t->ask->when == ASK_COMING && day.n < today.n)
		return WRONG(t, "tanggal ini sudah lewat");
	return RC_OK;
}

static enum rc take_choice(struct typed *t)
{
	struct choice_row *rows;
	size_t n;
	TRY(choice_list(t->asking->desk, t->asking->instansi_id, t->ask->choice, &rows, &n, t->err));
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].key, t->text))
			return RC_OK;
	return WRONG(t, "pilih salah satu dari daftar");
}

static enum rc take_scan(struct typed *t)
{
	int64_t id;
	return str_int(t->text, 1, INT64_MAX, &id) == RC_OK ? RC_OK : WRONG(t, "berkas tidak dapat dibaca");
}

/* ---- contact persons ---- */

static bool is_contact(struct str line)
{
	size_t n = 0;
	for (struct str rest = line; rest.at; n++) {
		struct str part = str_trim(str_split(&rest, ';'));
		if (part.n == 0 || part.n > CONTACT_TEXT_MAX)
			return false;
	}
	return n == CONTACT_PARTS;
}

static enum rc take_contacts(struct typed *t)
{
	size_t lines = 0;
	TRY(take_lines(t));
	for (struct str rest = t->kept; rest.at;) {
		struct str line = str_trim(str_split(&rest, '\n'));
		if (line.n == 0)
			continue;
		if (!is_contact(line))
			return WRONG(t, "baris %zu: tulis nama; jabatan; telepon; surel", lines + 1);
		lines++;
	}
	if (lines > CONTACTS_SIDE_MAX)
		return WRONG(t, "paling banyak %d narahubung", CONTACTS_SIDE_MAX);
	return RC_OK;
}

/* ---- all of a form ---- */

static enum rc (*const takers[])(struct typed *) = {
        [ASK_TEXT] = take_text,         [ASK_LINES] = take_lines,   [ASK_DAY] = take_day,     [ASK_INT] = take_int,
        [ASK_CHOICE] = take_choice,     [ASK_NIK] = take_nik,       [ASK_NIP] = take_nip,     [ASK_USER_ID] = take_user_id,
        [ASK_CODE] = take_code,         [ASK_REGION] = take_region, [ASK_CLOCK] = take_clock, [ASK_NETS] = take_nets,
        [ASK_CONTACTS] = take_contacts, [ASK_SCAN] = take_scan,
};

/* RC_ABSENT: nothing was typed, and nothing needed to be. */
static enum rc take_one(struct typed *t)
{
	struct str typed = t->asking->source->get(t->asking->source->arg, t->ask->name);
	t->text = t->kept = str_trim(typed);
	if (t->text.n == 0)
		return t->ask->required ? WRONG(t, "harus diisi") : RC_ABSENT;
	if (!str_is_text(t->text))
		return WRONG(t, "memuat huruf yang tidak dapat dibaca");
	return takers[t->ask->type](t);
}

enum rc ask_take(const struct asking *asking, struct ask_value *ret, size_t *ret_n, struct ask_flaws *flaws, struct err *err)
{
	*ret_n = 0;
	for (const struct ask *ask = asking->asks; ask->name; ask++) {
		struct typed t = {.asking = asking, .ask = ask, .flaws = flaws, .err = err};
		enum rc rc = take_one(&t);
		if (rc == RC_OK)
			ret[(*ret_n)++] = (struct ask_value){str_c(ask->name), arena_str(arena_of(&t), t.kept)};
		else if (rc != RC_ABSENT && rc != RC_INVALID)
			return rc;
	}
	return flaws->n ? RC_INVALID : RC_OK;
}

struct str ask_value(const struct ask_value *values, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(values[i].name, str_c(name)))
			return values[i].value;
	return (struct str){NULL, 0};
}

struct day ask_day(struct str value)
{
	struct day day = {0};
	return day_from_str(value, &day) == RC_OK ? day : (struct day){0};
}

int64_t ask_int(struct str value)
{
	int64_t n;
	return str_int(value, INT64_MIN, INT64_MAX, &n) == RC_OK ? n : 0;
}

const struct ask *ask_find(const struct ask *asks, struct str name)
{
	for (; asks->name; asks++)
		if (str_eq(name, str_c(asks->name)))
			return asks;
	return NULL;
}

/* ---- for people ---- */

/* 1000 -> 1.000 */
static struct str thousands(struct str digits, struct arena *arena)
{
	char *out = arena_alloc(arena, digits.n * 2 + 1);
	size_t n = 0;
	if (!out)
		return digits;
	for (size_t i = 0; i < digits.n; i++) {
		if (i && (digits.n - i) % 3 == 0)
			out[n++] = '.';
		out[n++] = digits.at[i];
	}
	return str_from(out, n);
}

static struct str nip_grouped(struct str s, struct arena *arena)
{
	if (s.n != NIP_DIGITS)
		return s;
	return arena_printf(arena, "%.8s %.6s %.1s %.3s", s.at, s.at + 8, s.at + 14, s.at + 15);
}

struct str ask_words(const struct ask *ask, struct str value, const struct terms *terms, struct arena *arena)
{
	switch (ask->type) {
	case ASK_DAY: return arena_str(arena, str_c(day_long(ask_day(value)).z));
	case ASK_INT: return thousands(value, arena);
	case ASK_CHOICE: return choice_label(ask->choice, value, terms, arena);
	case ASK_NIP: return nip_grouped(value, arena);
	case ASK_CLOCK: return arena_printf(arena, "%.*s WIB", STR_ARG(value));
	case ASK_NIK:
	case ASK_TEXT:
	case ASK_LINES:
	case ASK_USER_ID:
	case ASK_CODE:
	case ASK_REGION:
	case ASK_NETS:
	case ASK_CONTACTS:
	case ASK_SCAN: break;
	}
	return value;
}
