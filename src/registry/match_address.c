/* SPDX-License-Identifier: EUPL-1.2
 * registry/match_address.c - addresses and places: which words only say what kind of
 * thing follows, and which numbers must be right (match.h).
 *
 * JL, DUSUN, NO. are marks and count little. Numbers are right or wrong: number 12 is
 * no nearer to 13 than to 99. RT and RW are elements of their own, so the question may
 * say them where the address held does not; likewise the desa, kecamatan or kabupaten,
 * behind its mark. */
#include "registry/match.h"

#include "registry/match_words.h"

#define WEIGHT_MARK 1
#define WEIGHT_WORD 10
#define WEIGHT_NUMBER 8
#define WEIGHT_RT_RW 5

enum sense {
	SENSE_NONE,
	SENSE_ROAD,
	SENSE_LANE,
	SENSE_HAMLET,
	SENSE_ESTATE,
	SENSE_BLOCK,
	SENSE_NO,
	SENSE_KM,
	SENSE_RT,
	SENSE_RW,
	SENSE_REGION, /* those after it are parts of the country */
	SENSE_DESA,
	SENSE_KEC,
	SENSE_KAB,
	SENSE_PROV
};

/* As letters are after spelling (match_words_key). */
struct mark {
	match_key word;
	enum sense sense;
};
static const struct mark marks[] = {
	{"JL", SENSE_ROAD}, {"JLN", SENSE_ROAD}, {"JALAN", SENSE_ROAD}, {"JLAN", SENSE_ROAD},
	{"GG", SENSE_LANE}, {"G", SENSE_LANE}, {"GANG", SENSE_LANE}, {"GNG", SENSE_LANE},
	{"DSN", SENSE_HAMLET}, {"DUSUN", SENSE_HAMLET}, {"DK", SENSE_HAMLET}, {"DKH", SENSE_HAMLET},
	{"DUKUH", SENSE_HAMLET}, {"DU#", SENSE_HAMLET}, {"D#", SENSE_HAMLET}, {"KP", SENSE_HAMLET},
	{"KAMP", SENSE_HAMLET}, {"KPG", SENSE_HAMLET}, {"KAMPUNG", SENSE_HAMLET}, {"LINGK", SENSE_HAMLET},
	{"LK", SENSE_HAMLET}, {"PERUM", SENSE_ESTATE}, {"PRUM", SENSE_ESTATE}, {"PERUMNAS", SENSE_ESTATE},
	{"KOMP", SENSE_ESTATE}, {"KOMPLEK", SENSE_ESTATE}, {"KOMPLEKS", SENSE_ESTATE}, {"PRM", SENSE_ESTATE},
	{"BLOK", SENSE_BLOCK}, {"BLK", SENSE_BLOCK}, {"NO", SENSE_NO}, {"N", SENSE_NO},
	{"NOMOR", SENSE_NO}, {"NOMER", SENSE_NO}, {"NMR", SENSE_NO}, {"KM", SENSE_KM},
	{"RT", SENSE_RT}, {"RW", SENSE_RW}, {"DS", SENSE_DESA}, {"DESA", SENSE_DESA},
	{"KEL", SENSE_DESA}, {"KEC", SENSE_KEC}, {"KAB", SENSE_KAB}, {"KOTA", SENSE_KAB},
	{"KODYA", SENSE_KAB}, {"PROV", SENSE_PROV}, {"PROP", SENSE_PROV}, {"PROVINSI", SENSE_PROV},
	{"PROPINSI", SENSE_PROV},
};
/* Marks longer than a key, by their beginning. */
static const struct mark long_marks[] = {
	{"PERUMAHA", SENSE_ESTATE}, {"LINGKUNG", SENSE_HAMLET}, {"KELURAHA", SENSE_DESA},
	{"KECAMATA", SENSE_KEC},    {"KABUPATE", SENSE_KAB},
};

static enum sense mark_of(const struct match_text *t, size_t i)
{
	size_t n = t->word[i].n;
	if (n <= MATCH_KEY_MAX) {
		size_t at = match_words_find(match_words_key(t, i, i), marks, LEN(marks), sizeof *marks);
		return at < LEN(marks) ? marks[at].sense : SENSE_NONE;
	}
	if (n > MATCH_KEY_MAX + 2)
		return SENSE_NONE;
	struct match_text head = {.word[0] = {.n = MATCH_KEY_MAX}};
	memcpy(head.letter, t->letter + t->word[i].at, MATCH_KEY_MAX);
	size_t at = match_words_find(match_words_key(&head, 0, 0), long_marks, LEN(long_marks), sizeof *long_marks);
	return at < LEN(long_marks) ? long_marks[at].sense : SENSE_NONE;
}

static bool has_digit(const struct match_text *t, const struct match_word *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (match_spell_is_digit(t->letter[w->at + i]))
			return true;
	return false;
}

static void judge_word(struct match_word *w, enum sense under)
{
	w->kind = MATCH_WORD;
	w->weight = WEIGHT_WORD;
	w->extra = under >= SENSE_REGION ? 0 : WEIGHT_WORD / 2;
}

static void judge_mark(struct match_word *w, enum sense sense)
{
	w->kind = MATCH_MARK;
	w->sense = (uint8_t)sense;
	w->weight = sense == SENSE_RT || sense == SENSE_RW ? 0 : WEIGHT_MARK;
	w->extra = 0;
}

static void judge_number(struct match_text *t, struct match_word *w, enum sense under)
{
	bool small = under == SENSE_RT || under == SENSE_RW;
	while (w->n > 1 && t->letter[w->at] == MATCH_LETTER_0)
		w->at++, w->n--;
	w->kind = MATCH_NUMBER;
	w->sense = small ? (uint8_t)under : SENSE_NONE;
	w->weight = small ? WEIGHT_RT_RW : WEIGHT_NUMBER;
	w->extra = small ? 0 : WEIGHT_NUMBER / 2;
}

/* "RT 01/02", "RT/RW 01/02": after the number of the RT comes that of the RW. */
static enum sense after_number(enum sense under, enum sense marked_next)
{
	return under == SENSE_RT && marked_next == SENSE_NONE ? SENSE_RW : SENSE_NONE;
}

static void judge(struct match_text *t)
{
	enum sense under = SENSE_NONE;
	for (size_t i = 0; i < t->n; i++) {
		struct match_word *w = &t->word[i];
		enum sense mark = mark_of(t, i);
		if (mark) {
			judge_mark(w, mark);
			under = under == SENSE_RT && mark == SENSE_RW && t->word[i - 1].kind == MATCH_MARK ? SENSE_RT : mark;
		} else if (has_digit(t, w)) {
			judge_number(t, w, under);
			under = after_number(under, i + 1 < t->n ? mark_of(t, i + 1) : SENSE_NONE);
		} else {
			judge_word(w, under);
			under = under >= SENSE_REGION ? under : SENSE_NONE;
		}
	}
}

/* A text of marks alone is a text of words. */
static void marks_alone(struct match_text *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->word[i].kind != MATCH_MARK)
			return;
	for (size_t i = 0; i < t->n; i++)
		judge_word(&t->word[i], SENSE_NONE);
}

static enum rc address_read(struct str text, struct match_text *ret)
{
	TRY(match_words_split(text, true, ret));
	judge(ret);
	marks_alone(ret);
	return RC_OK;
}

/* The same words and numbers in the same places. */
static bool same_text(const struct match_text *a, const struct match_text *b)
{
	if (a->n != b->n || !match_words_is_same(a, b))
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->word[i].at != b->word[i].at)
			return false;
	return true;
}

int match_address(struct str asked, struct str held)
{
	struct match_text a, h;
	if (address_read(asked, &a) != RC_OK || address_read(held, &h) != RC_OK)
		return 0;
	return same_text(&a, &h) ? 100 : match_words_score(&a, &h);
}

/* A birthplace: KAB., KOTA and the like say nothing, neither here nor there. */
static enum rc place_read(struct str text, struct match_text *ret)
{
	TRY(match_words_split(text, false, ret));
	for (size_t i = 0; i < ret->n; i++) {
		enum sense mark = mark_of(ret, i);
		if (mark >= SENSE_REGION)
			judge_mark(&ret->word[i], mark), ret->word[i].weight = 0;
		else
			judge_word(&ret->word[i], SENSE_NONE);
	}
	marks_alone(ret);
	return RC_OK;
}

int match_place(struct str asked, struct str held)
{
	struct match_text a, h;
	if (place_read(asked, &a) != RC_OK || place_read(held, &h) != RC_OK)
		return 0;
	return match_words_is_same(&a, &h) ? 100 : match_words_score(&a, &h);
}
