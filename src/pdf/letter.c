/* SPDX-License-Identifier: EUPL-1.2
 * pdf/letter.c - see letter.h. */
#include "pdf/letter.h"

#include <stdio.h>

#include "base/embed.h"
#include "pdf/pdf.h"

#define WORK_MAX ((size_t)64 << 20)

EMBED(sptjm, "data/naskah/sptjm.txt");
EMBED(nda, "data/naskah/nda.txt");
EMBED(bast, "data/naskah/bast.txt");
EMBED(bast_kredensial, "data/naskah/bast-kredensial.txt");
EMBED(formulir_user_id, "data/naskah/formulir-user-id.txt");
EMBED(permohonan_user_id, "data/naskah/permohonan-user-id.txt");
EMBED(permohonan_poc, "data/naskah/permohonan-poc.txt");
EMBED(permohonan_kuota, "data/naskah/permohonan-kuota.txt");
EMBED(permohonan_jaringan, "data/naskah/permohonan-jaringan.txt");
EMBED(permohonan_metode, "data/naskah/permohonan-metode.txt");
EMBED(permohonan_perpanjangan, "data/naskah/permohonan-perpanjangan.txt");
EMBED(pemberitahuan_pejabat, "data/naskah/pemberitahuan-pejabat.txt");
EMBED(pemberitahuan_aplikasi, "data/naskah/pemberitahuan-aplikasi.txt");
EMBED(laporan_kuota, "data/naskah/laporan-kuota.txt");
EMBED(laporan_semester, "data/naskah/laporan-semester.txt");
EMBED(jawaban, "data/naskah/jawaban.txt");
EMBED(jadwal_poc, "data/naskah/jadwal-poc.txt");
EMBED(hasil_poc, "data/naskah/hasil-poc.txt");
EMBED(penerusan_perpanjangan, "data/naskah/penerusan-perpanjangan.txt");
EMBED(adendum, "data/naskah/adendum.txt");
EMBED(pembekuan, "data/naskah/pembekuan.txt");
EMBED(pengaktifan, "data/naskah/pengaktifan.txt");
EMBED(pengakhiran, "data/naskah/pengakhiran.txt");
EMBED(pencabutan, "data/naskah/pencabutan.txt");
EMBED(berita_acara_rapat, "data/naskah/berita-acara-rapat.txt");
EMBED(berita_acara_musyawarah, "data/naskah/berita-acara-musyawarah.txt");

static const struct letter_kind kinds[] = {
#define LETTER(letter, embedded, key, name, clause, side, fields, lists, columns)                                      \
	{LETTER_##letter, key, name, clause, LETTER_SIDE_##side, fields, lists, columns},
#include "pdf/letter.def"
#undef LETTER
};

/* The common names come first. */
static const struct letter_name names[] = {
#define COMMON(name, meaning, sample) {name, meaning, sample},
#define OWN(name, meaning, sample)
#include "pdf/letter_name.def"
#undef COMMON
#undef OWN
#define COMMON(name, meaning, sample)
#define OWN(name, meaning, sample) {name, meaning, sample},
#include "pdf/letter_name.def"
#undef COMMON
#undef OWN
};
enum {
#define COMMON(name, meaning, sample) +1
#define OWN(name, meaning, sample)
	COMMON_COUNT = 0
#include "pdf/letter_name.def"
#undef COMMON
#undef OWN
};

const struct letter_kind *letter_at(size_t i)
{
	return i < LEN(kinds) ? &kinds[i] : NULL;
}

enum rc letter_from_key(struct str key, enum letter *ret)
{
	for (size_t i = 0; i < LEN(kinds); i++) {
		if (!str_eq(key, str_c(kinds[i].key)))
			continue;
		*ret = kinds[i].letter;
		return RC_OK;
	}
	return RC_ABSENT;
}

struct str letter_text(enum letter letter)
{
	switch (letter) {
#define LETTER(letter, embedded, ...)                                                                                  \
	case LETTER_##letter:                                                                                          \
		return EMBEDDED(embedded);
#include "pdf/letter.def"
#undef LETTER
	case LETTER_COUNT:
		break;
	}
	return S("");
}

/* ---- names ---- */

/* Word *i of a list of words; absent past the end, and *i is then what is left to go. */
static struct str word_at(const char *words, size_t *i)
{
	struct str rest = str_c(words);
	for (; rest.n; (*i)--) {
		struct str word = str_split(&rest, ' ');
		if (*i == 0)
			return word;
	}
	return (struct str){0};
}

static const struct letter_name *name_find(struct str name)
{
	for (size_t i = COMMON_COUNT; i < LEN(names); i++)
		if (str_eq(name, str_c(names[i].name)))
			return &names[i];
	return NULL;
}

const struct letter_name *letter_name_at(enum letter letter, size_t i)
{
	if (i < COMMON_COUNT)
		return &names[i];
	i -= COMMON_COUNT;
	struct str word = word_at(kinds[letter].fields, &i);
	if (!word.at)
		word = word_at(kinds[letter].columns, &i);
	return word.at ? name_find(word) : NULL;
}

/* Room for the names of any kind; a test holds the table to it. */
struct known {
	const char *at[LETTER_NAMES_MAX];
	struct naskah_list lists[NASKAH_LISTS_MAX];
	char list_names[LETTER_NAMES_MAX * NASKAH_NAME_MAX];
	struct naskah_names names;
};

static bool is_of(const char *name, const char *list)
{
	size_t n = strlen(list);
	return strncmp(name, list, n) == 0 && name[n] == '.';
}

/* The lists, each with those of the names from `from` on that begin with its own. */
static void know_lists(enum letter letter, size_t from, struct known *ret)
{
	char *to = ret->list_names;
	struct str rest = str_c(kinds[letter].lists);
	while (rest.n && ret->names.lists_n < NASKAH_LISTS_MAX) {
		struct str word = str_split(&rest, ' ');
		struct naskah_list *list = &ret->lists[ret->names.lists_n++];
		memcpy(to, word.at, word.n);
		to[word.n] = 0;
		*list = (struct naskah_list){to, from, from};
		while (list->to < ret->names.n && is_of(ret->at[list->to], to))
			list->to++;
		from = list->to;
		to += word.n + 1;
	}
}

static void know(enum letter letter, struct known *ret)
{
	const struct letter_name *name;
	size_t columns = 0, i = 0;
	struct str rest = str_c(kinds[letter].columns);
	while (rest.n)
		columns += str_split(&rest, ' ').n > 0;
	while (i < LETTER_NAMES_MAX && (name = letter_name_at(letter, i)))
		ret->at[i++] = name->name;
	ret->names = (struct naskah_names){.at = ret->at, .n = i, .lists = ret->lists};
	know_lists(letter, i - columns, ret);
}

/* ---- checking ---- */

enum rc letter_check(enum letter letter, struct str text, struct err *err)
{
	struct known known;
	struct arena arena;
	const struct naskah *naskah;
	know(letter, &known);
	arena_init(&arena, WORK_MAX);
	enum rc rc = naskah_parse(text, &known.names, &arena, &naskah, err);
	arena_free(&arena);
	return rc;
}

/* ---- writing ---- */

struct work {
	const struct letter_ask *ask;
	struct known known;
	struct arena arena;
	struct str *fields;
	struct str *cells[NASKAH_LISTS_MAX];
	struct naskah_rows rows[NASKAH_LISTS_MAX];
	struct err *err;
};

static enum rc place_of(const struct work *work, const char *name, size_t from, size_t to, size_t *ret)
{
	for (size_t i = from; i < to; i++) {
		if (strcmp(work->known.at[i], name) != 0)
			continue;
		*ret = i - from;
		return RC_OK;
	}
	return FAIL(work->err, RC_INVALID, "isian %.60s tidak dikenal dalam naskah %s", name, kinds[work->ask->letter].key);
}

static enum rc take_fields(struct work *work)
{
	const struct letter_ask *ask = work->ask;
	size_t at, n = naskah_plain(&work->known.names);
	for (size_t i = 0; i < ask->fields_n; i++) {
		TRY(place_of(work, ask->fields[i].name, 0, n, &at));
		work->fields[at] = ask->fields[i].value;
	}
	if (place_of(work, "acuan", 0, n, &at) == RC_OK && !work->fields[at].n)
		work->fields[at] = ask->reference;
	return RC_OK;
}

static bool is_number(const char *name)
{
	size_t n = strlen(name);
	return n > 3 && strcmp(name + n - 3, ".no") == 0;
}

/* The list a row belongs to. RC_LIMIT: there is none. */
static enum rc list_of(const struct work *work, const struct letter_row *row, size_t *ret)
{
	const struct naskah_names *known = &work->known.names;
	for (*ret = 0; *ret < known->lists_n; (*ret)++)
		if (!row->n || is_of(row->fields[0].name, known->lists[*ret].name))
			return RC_OK;
	if (!known->lists_n)
		return FAIL(work->err, RC_LIMIT, "baris tabel terlalu banyak");
	return FAIL(work->err, RC_INVALID, "isian %.60s tidak dikenal dalam naskah %s", row->fields[0].name,
	            kinds[work->ask->letter].key);
}

static enum rc take_row(struct work *work, const struct letter_row *row)
{
	size_t at, which;
	TRY(list_of(work, row, &which));
	const struct naskah_list *list = &work->known.names.lists[which];
	size_t columns = list->to - list->from, number = work->rows[which].n++;
	struct str *cells = work->cells[which] + number * columns;
	for (size_t i = 0; i < row->n; i++) {
		TRY(place_of(work, row->fields[i].name, list->from, list->to, &at));
		cells[at] = row->fields[i].value;
	}
	for (size_t i = 0; i < columns; i++)
		if (is_number(work->known.at[list->from + i]) && !cells[i].n)
			cells[i] = arena_printf(&work->arena, "%zu", number + 1);
	return RC_OK;
}

/* Room for the rows of each list. */
static enum rc make_lists(struct work *work)
{
	const struct naskah_names *known = &work->known.names;
	size_t counts[NASKAH_LISTS_MAX] = {0}, which;
	for (size_t i = 0; i < work->ask->rows_n; i++) {
		TRY(list_of(work, &work->ask->rows[i], &which));
		counts[which]++;
	}
	for (size_t i = 0; i < known->lists_n; i++) {
		size_t columns = known->lists[i].to - known->lists[i].from;
		work->cells[i] = ARENA_ARRAY(&work->arena, counts[i] * columns + 1, struct str);
		work->rows[i] = (struct naskah_rows){.cells = work->cells[i]};
	}
	return work->arena.broken ? FAIL(work->err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

static enum rc take_values(struct work *work, struct naskah_values *ret)
{
	if (work->ask->rows_n > NASKAH_ROWS_MAX)
		return FAIL(work->err, RC_LIMIT, "baris tabel terlalu banyak");
	work->fields = ARENA_ARRAY(&work->arena, naskah_plain(&work->known.names) + 1, struct str);
	if (!work->fields)
		return FAIL(work->err, RC_BROKEN, "memori tidak cukup");
	TRY(take_fields(work));
	TRY(make_lists(work));
	for (size_t i = 0; i < work->ask->rows_n; i++)
		TRY(take_row(work, &work->ask->rows[i]));
	*ret = (struct naskah_values){.fields = work->fields, .lists = work->rows};
	return RC_OK;
}

static enum rc write(struct work *work, struct buf *out)
{
	const struct letter_ask *ask = work->ask;
	const struct naskah *naskah;
	struct naskah_values values;
	struct naskah_filled filled;
	struct str text = ask->text.at ? ask->text : letter_text(ask->letter);
	know(ask->letter, &work->known);
	TRY(naskah_parse(text, &work->known.names, &work->arena, &naskah, work->err));
	TRY(take_values(work, &values));
	TRY(naskah_fill(naskah, &values, &work->arena, &filled, work->err));
	const struct pdf_ask pdf = {.title = str_c(kinds[ask->letter].name),
	                            .author = ask->letterhead_n ? ask->letterhead[ask->letterhead_n > 1] : S(""),
	                            .letterhead = ask->letterhead,
	                            .letterhead_n = ask->letterhead_n,
	                            .reference = ask->reference,
	                            .created_us = ask->created_us,
	                            .blocks = filled.blocks,
	                            .blocks_n = filled.n};
	return pdf_write(&pdf, out, work->err);
}

enum rc letter_write(const struct letter_ask *ask, struct buf *out, struct err *err)
{
	struct work work = {.ask = ask, .err = err};
	arena_init(&work.arena, WORK_MAX);
	enum rc rc = write(&work, out);
	arena_free(&work.arena); /* wiped: letters hold what is personal */
	return rc;
}
