/* SPDX-License-Identifier: EUPL-1.2
 * pdf/letter_sample.c - a letter filled with the samples of letter_name.def: what the
 * page that edits a text shows beside it, and what `padan letter sample` writes. */
#include "pdf/letter.h"

#define FIELDS_MAX 64
#define ROWS_MAX 8
#define SAMPLE_US (INT64_C(1747706400) * US_PER_S) /* 20 May 2025, 09.00 WIB */

static const struct str heads[][3] = {
	[LETTER_SIDE_INSTANSI] = {S("PEMERINTAH KABUPATEN BANJARNEGARA"),
	                          S("BADAN PENANGGULANGAN BENCANA DAERAH"),
	                          S("Jalan Contoh Nomor 2, Banjarnegara 53400, pos-el bpbd@example.id")},
	[LETTER_SIDE_PENYEDIA] = {S("PEMERINTAH KABUPATEN BANJARNEGARA"),
	                          S("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"),
	                          S("Jalan Contoh Nomor 1, Banjarnegara 53400, pos-el dukcapil@example.id")},
};

struct sample {
	struct letter_field fields[FIELDS_MAX];
	struct letter_field cells[ROWS_MAX][FIELDS_MAX];
	struct letter_row rows[ROWS_MAX];
	size_t fields_n, rows_n;
};

static void add_column(struct sample *sample, const struct letter_name *name)
{
	struct str rest = str_c(name->sample);
	for (size_t i = 0; rest.at && i < ROWS_MAX; i++) {
		struct str value = str_split(&rest, '|');
		struct letter_row *row = &sample->rows[i];
		if (*name->sample && i == sample->rows_n)
			row = &sample->rows[sample->rows_n++];
		if (i < sample->rows_n && row->n < FIELDS_MAX)
			sample->cells[i][row->n++] = (struct letter_field){name->name, value};
		row->fields = sample->cells[i];
	}
}

static void fill(enum letter letter, struct sample *sample)
{
	const struct letter_kind *kind = letter_at(letter);
	const struct letter_name *name;
	struct str columns = str_c(kind->list);
	for (size_t i = 0; (name = letter_name_at(letter, i)); i++) {
		struct str word = str_c(name->name);
		bool column = columns.n && str_starts(word, columns) && word.n > columns.n && word.at[columns.n] == '.';
		if (column)
			add_column(sample, name);
		else if (sample->fields_n < FIELDS_MAX)
			sample->fields[sample->fields_n++] = (struct letter_field){name->name, str_c(name->sample)};
	}
}

enum rc letter_sample(enum letter letter, struct str text, struct buf *out, struct err *err)
{
	struct sample sample = {0};
	enum letter_side side = letter_at(letter)->side;
	fill(letter, &sample);
	const struct letter_ask ask = {.letter = letter,
	                               .text = text,
	                               .letterhead = heads[side],
	                               .letterhead_n = side == LETTER_SIDE_NONE ? 0 : LEN(heads[side]),
	                               .fields = sample.fields,
	                               .fields_n = sample.fields_n,
	                               .rows = sample.rows,
	                               .rows_n = sample.rows_n,
	                               .reference = S("P-2025-000123"),
	                               .created_us = SAMPLE_US};
	return letter_write(&ask, out, err);
}
