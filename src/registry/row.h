/* SPDX-License-Identifier: EUPL-1.2
 * registry/row.h - what a CSV row must say to be a resident, and why it does not.
 *
 * Refused is what can never have been issued (DOMAIN 3), and what would be answered
 * wrongly. Not refused: a NIK whose date, sex or region differs from the rest of the
 * row, an occupation that is not on the official list, an empty birthplace, address,
 * RT or RW. Blanks around a value do not count; line ends and tabs inside one become
 * a blank. */
#pragma once
#include "registry/csv.h"
#include "registry/person.h"

/* In the order of the header that load_generate_csv writes. */
enum row_field {
	FIELD_NIK,
	FIELD_NO_KK,
	FIELD_NAMA_LGKP,
	FIELD_JENIS_KLMIN,
	FIELD_TMPT_LHR,
	FIELD_TGL_LHR,
	FIELD_JENIS_PKRJN,
	FIELD_ALAMAT,
	FIELD_NO_RT,
	FIELD_NO_RW,
	FIELD_NO_PROP,
	FIELD_PROP_NAME,
	FIELD_NO_KAB,
	FIELD_KAB_NAME,
	FIELD_NO_KEC,
	FIELD_KEC_NAME,
	FIELD_NO_KEL,
	FIELD_KEL_NAME,
	FIELD_STATUS,
	FIELD_COUNT
};

enum row_flaw {
	ROW_OK,
	ROW_QUOTE,
	ROW_UNENDED,
	ROW_FIELDS_MANY,
	ROW_FIELDS,
	ROW_TEXT,
	ROW_NIK_SHEET,
	ROW_NIK_LENGTH,
	ROW_NIK_DIGIT,
	ROW_NIK_PROVINCE,
	ROW_NIK_KAB,
	ROW_NIK_KEC,
	ROW_NIK_DAY,
	ROW_NIK_MONTH,
	ROW_NIK_DATE,
	ROW_NIK_SERIAL,
	ROW_KK_SHEET,
	ROW_KK,
	ROW_NAME_EMPTY,
	ROW_LONG,
	ROW_SEX,
	ROW_BIRTH,
	ROW_BIRTH_FUTURE,
	ROW_JOB_EMPTY,
	ROW_RT_RW,
	ROW_CODE,
	ROW_REGION_NAME,
	ROW_STATUS,
	ROW_NOTE_JOB, /* taken, with a remark */
	ROW_FLAW_COUNT
};
/* Why, for the rejects file; never a value of the row. */
struct str row_flaw_text(enum row_flaw flaw);
/* "nik", "no_kk", ... */
struct str row_field_name(enum row_field field);
enum row_flaw row_flaw_of_csv(enum csv_flaw flaw);

/* Which column holds which field. */
struct row_map {
	size_t columns;
	size_t at[FIELD_COUNT];
};
/* From the header: every field once, in any order and case; other columns are let be.
 * RC_INVALID names the first that is missing or there twice. */
MUST_USE enum rc row_map_make(const struct csv_record *header, struct row_map *ret, struct err *err);

/* Texts that had to be changed; the person points into it. */
struct row_room {
	char text[FIELD_COUNT][256];
};
/* One row. Nobody is born after `as_of`. ROW_OK: *ret is filled, its texts valid as
 * long as the record and the room; otherwise *ret_field is the field to blame
 * (FIELD_COUNT: the row as a whole). */
enum row_flaw row_parse(const struct row_map *map, const struct csv_record *record, struct day as_of,
                        struct row_room *room, struct person *ret, enum row_field *ret_field);

void row_write_header(struct buf *b);
/* The row that row_parse reads back as the same person. */
void row_write(struct buf *b, const struct person *p);
