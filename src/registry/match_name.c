/* SPDX-License-Identifier: EUPL-1.2
 * registry/match_name.c - names of people: what stands around a name, how its words are
 * abbreviated, and which of them say little (match.h).
 *
 * Titles count nothing, said or not. They are titles only where titles stand: before
 * the first or after the last word of the name itself. A word that many people carry
 * weighs less than one that tells them apart: who shares SITI shares little. */
#include "registry/match.h"

#include "registry/match_words.h"

#define WEIGHT 10
#define WEIGHT_COMMON 4
#define EXTRA 5
#define EXTRA_COMMON 3

/* Titles without dots, as letters are after spelling (match_words_key). */
static const match_key before[] = {
	"H",   "HJ",  "HAJI", "HAJAH", "HJH", "KH",  "#",  "KY",  "KYAI", "KIAI", "NYAI", "UST", "USTAD", "USTADZ",
	"DR",  "DRS", "DRA",  "DRG",   "DRH", "IR",  "PROF", "R", "RM",   "RA",   "RNGT", "TB",  "TGK",   "BPK",
	"BAPAK", "IBU", "SDR", "SDRI", "TN",  "NY",  "AN", "ALM", "ALMH", "PDT",  "APT",
};
static const match_key after[] = {
	"SPD",  "SPDI",   "SPDSD",  "SE",    "SEI",    "SEK",  "SH",   "SHI",  "SHUM", "SAG",  "SAP",  "SIP",  "SIKOM", "SOS",
	"SSOS", "SKOM",   "SKM",    "SKEP",  "SI",     "SSI",  "ST",   "SST",  "STP",  "SP",   "SPT",  "SPI",  "SPSI",  "SSN",
	"SN",   "SFARM",  "STH",    "STHI",  "SKED",   "SKH",  "SHUT", "SGZ",  "STRKEB", "STRKEP", "SS", "MPD", "MPDI",  "MSI",
	"MM",   "MH",     "MHUM",   "MT",    "MKES",   "MKOM", "MAP",  "MAG",  "MSC",  "MBA",  "MA",   "MKEB", "MKEP",  "MSOS",
	"MIP",  "MP",     "MEI",    "MTI",   "AMD",    "AMDKEP", "AMDKEB", "AMAPD", "AMA", "AMK", "BA", "BSC", "BE",    "PHD",
	"LC",   "NERS",   "NS",     "SPOG",  "SPA",    "SPB",  "SPPD", "ALM",  "ALMH", "APT",
};
#define AFTER_LETTERS_MAX 6
#define AFTER_WORDS_MAX 3 /* S. Pd. SD */

/* Words that many share. Those of one sense are the same, however they are written;
 * what is left of them when letters are left out (M., ABD., ST.) is as well. */
enum sense { SENSE_NONE, SENSE_MUHAMMAD, SENSE_ABDUL, SENSE_SITI };
static const struct {
	match_key word;
	enum sense sense;
} common[] = {
	{"MUHAMAD", SENSE_MUHAMMAD}, {"MOHAMAD", SENSE_MUHAMMAD}, {"MO#AMAD", SENSE_MUHAMMAD}, {"MU#AMAD", SENSE_MUHAMMAD},
	{"MUHAMED", SENSE_MUHAMMAD}, {"MOHAMED", SENSE_MUHAMMAD}, {"MUHAMAT", SENSE_MUHAMMAD},
	{"MUHAMMAD", SENSE_MUHAMMAD}, {"MOHAMMAD", SENSE_MUHAMMAD}, {"MO#AMMAD", SENSE_MUHAMMAD}, {"MU#AMMAD", SENSE_MUHAMMAD},
	{"MUHAMMED", SENSE_MUHAMMAD}, {"MOHAMMED", SENSE_MUHAMMAD}, {"SITTI", SENSE_SITI}, {"MUH", SENSE_MUHAMMAD},
	{"MOH", SENSE_MUHAMMAD},     {"MUHD", SENSE_MUHAMMAD},    {"MOHD", SENSE_MUHAMMAD},    {"MHD", SENSE_MUHAMMAD},
	{"MO#", SENSE_MUHAMMAD},     {"MU#", SENSE_MUHAMMAD},     {"MO#D", SENSE_MUHAMMAD},    {"ABDUL", SENSE_ABDUL},
	{"ABD", SENSE_ABDUL},        {"ABDL", SENSE_ABDUL},       {"SITI", SENSE_SITI},        {"NUR", SENSE_NONE},
	{"SRI", SENSE_NONE},         {"DWI", SENSE_NONE},         {"TRI", SENSE_NONE},         {"EKA", SENSE_NONE},
	{"AHMAD", SENSE_NONE},       {"A#MAD", SENSE_NONE},       {"AGUS", SENSE_NONE},        {"DEWI", SENSE_NONE},
	{"PUTRA", SENSE_NONE},       {"PUTRI", SENSE_NONE},
};

static void title(struct match_word *w)
{
	*w = (struct match_word){.at = w->at, .n = w->n, .kind = MATCH_MARK, .gist = w->gist};
}

/* Titles in front; the last word never is one. Returns how many. */
static size_t titles_before(struct match_text *t)
{
	size_t n = 0;
	while (n + 1 < t->n && t->word[n].n <= AFTER_LETTERS_MAX &&
	       match_words_find(match_words_key(t, n, n), before, LEN(before), sizeof *before) < LEN(before))
		title(&t->word[n++]);
	return n;
}

/* The title of `words` words that ends before word `end` becomes one word. */
static bool title_after(struct match_text *t, size_t end, size_t words)
{
	size_t first = end - words;
	uint64_t key = match_words_key(t, first, end - 1);
	if (key == 0 || match_words_find(key, after, LEN(after), sizeof *after) == LEN(after))
		return false;
	for (size_t i = 1; i < words; i++)
		match_words_glue(t, first);
	title(&t->word[first]);
	return true;
}

/* Titles behind, of which word `first` and those before it are none. */
static void titles_after(struct match_text *t, size_t first)
{
	size_t end = t->n;
	while (end > first + 1 && t->word[end - 1].n <= AFTER_LETTERS_MAX) {
		size_t words = end - first - 1;
		words = words < AFTER_WORDS_MAX ? words : AFTER_WORDS_MAX;
		while (words && !title_after(t, end, words))
			words--;
		if (words == 0)
			return;
		end -= words;
	}
}

static void weigh(struct match_text *t, size_t i)
{
	struct match_word *w = &t->word[i];
	size_t row = match_words_find(match_words_key(t, i, i), common, LEN(common), sizeof *common);
	bool light = row < LEN(common) || w->n == 1;
	w->weight = light ? WEIGHT_COMMON : WEIGHT;
	w->extra = light ? EXTRA_COMMON : EXTRA;
	w->sense = row < LEN(common) ? (uint8_t)common[row].sense : SENSE_NONE;
}

static enum rc name_read(struct str text, struct match_text *ret)
{
	TRY(match_words_split(text, false, ret));
	size_t first = titles_before(ret);
	titles_after(ret, first);
	for (size_t i = first; i < ret->n; i++)
		if (ret->word[i].kind == MATCH_WORD)
			weigh(ret, i);
	return RC_OK;
}

int match_name(struct str asked, struct str held)
{
	struct match_text a, h;
	if (name_read(asked, &a) != RC_OK || name_read(held, &h) != RC_OK)
		return 0;
	return match_words_is_same(&a, &h) ? 100 : match_words_score(&a, &h);
}
