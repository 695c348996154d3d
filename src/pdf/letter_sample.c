/* SPDX-License-Identifier: EUPL-1.2
 * pdf/letter_sample.c - a letter filled with the samples of letter_name.def: what the
 * page that edits a text shows beside it, and what `padan letter sample` writes. */
#include "pdf/letter.h"

#define COLUMNS_MAX 32 /* of one list */
#define ROWS_MAX 12
#define SAMPLE_US (INT64_C(1747706400) * US_PER_S) /* 20 May 2025, 09.00 WIB */

static const struct str heads[][3] = {
	[LETTER_SIDE_INSTANSI] = {S("PEMERINTAH KABUPATEN BANJARNEGARA"),
	                          S("BADAN PENANGGULANGAN BENCANA DAERAH"),
	                          S("Jalan Contoh Nomor 2, Banjarnegara 53400, pos-el bpbd@example.id")},
	[LETTER_SIDE_PENYEDIA] = {S("PEMERINTAH KABUPATEN BANJARNEGARA"),
	                          S("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"),
	                          S("Jalan Contoh Nomor 1, Banjarnegara 53400, pos-el dukcapil@example.id")},
};

struct sample_list {
	struct letter_field cells[ROWS_MAX][COLUMNS_MAX];
	size_t columns, rows_n; /* as many rows as its longest sample */
};
struct sample {
	struct letter_field fields[LETTER_NAMES_MAX];
	struct sample_list lists[NASKAH_LISTS_MAX];
	struct letter_row rows[NASKAH_LISTS_MAX * ROWS_MAX];
	size_t fields_n, rows_n;
};

static void add_column(struct sample_list *list, const struct letter_name *name)
{
	struct str rest = str_c(name->sample);
	if (!rest.n || list->columns == COLUMNS_MAX)
		return; /* LIST.no counts by itself */
	for (size_t i = 0; i < ROWS_MAX; i++) {
		list->cells[i][list->columns] = (struct letter_field){name->name, str_split(&rest, '|')};
		list->rows_n = list->cells[i][list->columns].value.at && i >= list->rows_n ? i + 1 : list->rows_n;
	}
	list->columns++;
}

/* Which of the lists a name belongs to; false: it is a field of its own. */
static bool list_of(struct str lists, struct str name, size_t *ret)
{
	struct str own = str_sub(name, 0, str_index(name, '.'));
	for (*ret = 0; lists.n && own.n < name.n; (*ret)++)
		if (str_eq(str_split(&lists, ' '), own))
			return true;
	return false;
}

static void fill(enum letter letter, struct sample *sample)
{
	const struct letter_name *name;
	size_t list;
	for (size_t i = 0; (name = letter_name_at(letter, i)); i++) {
		if (list_of(str_c(letter_at(letter)->lists), str_c(name->name), &list))
			add_column(&sample->lists[list], name);
		else
			sample->fields[sample->fields_n++] = (struct letter_field){name->name, str_c(name->sample)};
	}
	for (size_t i = 0; i < NASKAH_LISTS_MAX; i++)
		for (size_t j = 0; j < sample->lists[i].rows_n; j++)
			sample->rows[sample->rows_n++] = (struct letter_row){sample->lists[i].cells[j], sample->lists[i].columns};
}

static enum rc write(struct sample *sample, const struct letter_ask *ask, struct buf *out, struct err *err)
{
	struct letter_ask filled = *ask;
	fill(ask->letter, sample);
	filled.fields = sample->fields;
	filled.fields_n = sample->fields_n;
	filled.rows = sample->rows;
	filled.rows_n = sample->rows_n;
	return letter_write(&filled, out, err);
}

enum rc letter_sample(enum letter letter, struct str text, struct buf *out, struct err *err)
{
	struct arena arena;
	enum letter_side side = letter_at(letter)->side;
	const struct letter_ask ask = {.letter = letter,
	                               .text = text,
	                               .letterhead = heads[side],
	                               .letterhead_n = side == LETTER_SIDE_NONE ? 0 : LEN(heads[side]),
	                               .reference = S("P-2025-000123"),
	                               .created_us = SAMPLE_US};
	arena_init(&arena, sizeof(struct sample) + ((size_t)64 << 10));
	struct sample *sample = ARENA_NEW(&arena, struct sample);
	enum rc rc = sample ? write(sample, &ask, out, err) : FAIL(err, RC_BROKEN, "memori tidak cukup");
	arena_free(&arena);
	return rc;
}
