/* SPDX-License-Identifier: EUPL-1.2
 * feedback/words.c - see words.h. */
#include "feedback/words.h"

#define WORD_MAX 40

static const struct keterangan_row keterangans[KETERANGAN_COUNT] = {
	{KETERANGAN_MENGUNGSI, "mengungsi", "Mengungsi", "1"},
	{KETERANGAN_LUKA, "luka", "Luka / Sakit", "2"},
	{KETERANGAN_MENDERITA, "menderita", "Menderita (terdampak)", "3"},
	{KETERANGAN_HILANG, "hilang", "Hilang", "4"},
	{KETERANGAN_MENINGGAL, "meninggal", "Meninggal", "5"},
};
static const struct house_row houses[HOUSE_COUNT] = {
	{HOUSE_NONE, "", ""},
	{HOUSE_HEAVY, "berat", "Rusak berat"},
	{HOUSE_MEDIUM, "sedang", "Rusak sedang"},
	{HOUSE_LIGHT, "ringan", "Rusak ringan"},
	{HOUSE_FLOODED, "terendam", "Terendam"},
};
static const struct waiver_row waivers[WAIVER_COUNT] = {
	{WAIVER_TYPED, "salah-nik", "NIK keliru dimasukkan", false},
	{WAIVER_OTHER, "lain-orang", "Data ternyata milik orang lain", false},
	{WAIVER_UNHARMED, "tidak-terdampak", "Orangnya tidak terdampak", false},
	{WAIVER_ELSEWHERE, "kejadian-lain", "Telah dicatat pada kejadian lain", false},
	{WAIVER_REASON, "lain", "Alasan lain", true},
};

/* Letters and digits, small; what people put between them does not matter. */
struct other {
	const char *text;
	int value;
};
static const struct other keterangan_others[] = {
	{"mengungsi", KETERANGAN_MENGUNGSI},   {"pengungsi", KETERANGAN_MENGUNGSI}, {"lukasakit", KETERANGAN_LUKA},
	{"luka", KETERANGAN_LUKA},             {"lukaluka", KETERANGAN_LUKA},       {"sakit", KETERANGAN_LUKA},
	{"lukaberat", KETERANGAN_LUKA},        {"lukaringan", KETERANGAN_LUKA},     {"menderita", KETERANGAN_MENDERITA},
	{"terdampak", KETERANGAN_MENDERITA},   {"menderitaterdampak", KETERANGAN_MENDERITA},
	{"hilang", KETERANGAN_HILANG},         {"meninggal", KETERANGAN_MENINGGAL}, {"meninggaldunia", KETERANGAN_MENINGGAL},
};
static const struct other house_others[] = {
	{"", HOUSE_NONE},           {"tidakrusak", HOUSE_NONE}, {"rusakberat", HOUSE_HEAVY}, {"berat", HOUSE_HEAVY},
	{"rb", HOUSE_HEAVY},        {"rusaksedang", HOUSE_MEDIUM}, {"sedang", HOUSE_MEDIUM}, {"rs", HOUSE_MEDIUM},
	{"rusakringan", HOUSE_LIGHT}, {"ringan", HOUSE_LIGHT},  {"rr", HOUSE_LIGHT},         {"terendam", HOUSE_FLOODED},
};

const struct keterangan_row *keterangan_at(size_t i)
{
	return i < LEN(keterangans) ? &keterangans[i] : NULL;
}

const struct house_row *house_at(size_t i)
{
	return i < LEN(houses) ? &houses[i] : NULL;
}

const struct waiver_row *waiver_at(size_t i)
{
	return i < LEN(waivers) ? &waivers[i] : NULL;
}

enum rc keterangan_from_key(struct str key, enum keterangan *ret)
{
	for (size_t i = 0; i < LEN(keterangans); i++)
		if (str_eq(key, str_c(keterangans[i].key))) {
			*ret = keterangans[i].keterangan;
			return RC_OK;
		}
	return RC_INVALID;
}

enum rc house_from_key(struct str key, enum house *ret)
{
	for (size_t i = 0; i < LEN(houses); i++)
		if (str_eq(key, str_c(houses[i].key))) {
			*ret = houses[i].house;
			return RC_OK;
		}
	return RC_INVALID;
}

enum rc waiver_from_key(struct str key, enum waiver *ret)
{
	for (size_t i = 0; i < LEN(waivers); i++)
		if (str_eq(key, str_c(waivers[i].key))) {
			*ret = waivers[i].waiver;
			return RC_OK;
		}
	return RC_INVALID;
}

/* The letters and digits of `text`, small; false: too many, or a letter beyond ASCII. */
static bool squeeze(struct str text, char out[WORD_MAX + 1])
{
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.at[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if ((unsigned char)c >= 0x80 || (kept && n == WORD_MAX))
			return false;
		if (kept)
			out[n++] = c;
	}
	out[n] = '\0';
	return true;
}

static enum rc from_text(struct str text, const struct other *others, size_t n, int *ret)
{
	char word[WORD_MAX + 1];
	if (!squeeze(text, word))
		return RC_INVALID;
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, others[i].text) == 0) {
			*ret = others[i].value;
			return RC_OK;
		}
	return RC_INVALID;
}

enum rc keterangan_from_text(struct str text, enum keterangan *ret)
{
	int value;
	enum rc rc = from_text(text, keterangan_others, LEN(keterangan_others), &value);
	if (rc == RC_OK)
		*ret = (enum keterangan)value;
	return rc;
}

enum rc house_from_text(struct str text, enum house *ret)
{
	int value;
	enum rc rc = from_text(text, house_others, LEN(house_others), &value);
	if (rc == RC_OK)
		*ret = (enum house)value;
	return rc;
}
