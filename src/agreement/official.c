/* SPDX-License-Identifier: EUPL-1.2
 * agreement/official.c - see official.h. A head without a last day ends on a day nobody
 * reaches; his successor's first day decides. */
#include "agreement/official.h"

#include "agreement/agreement.sql.h"

#define TEXT_MAX 120
#define NIP_MAX 18
#define WITHOUT_LIMIT INT32_MAX
#define ACTING_DAYS_MAX 366

static const struct acting_row actings[ACTING_COUNT] = {
        {ACTING_NONE, "", "Pejabat definitif"},
        {ACTING_PLH, "plh", "Pelaksana harian (Plh.)"},
        {ACTING_PLT, "plt", "Pelaksana tugas (Plt.)"},
};

const struct acting_row *acting_at(size_t i)
{
	return i < ACTING_COUNT ? &actings[i] : NULL;
}

enum acting acting_of(struct str key)
{
	size_t i = 0;
	while (i < ACTING_COUNT && !str_eq(key, str_c(actings[i].key)))
		i++;
	return (enum acting)i;
}

static bool fits(struct str s, size_t min, size_t max)
{
	return s.n >= min && s.n <= max && str_is_text(s) && str_index(s, '\n') == s.n;
}

static bool is_nip(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
	return s.n == 0 || s.n == NIP_MAX;
}

static enum rc check_texts(const struct official *o, struct err *err)
{
	if (!fits(o->name, 1, TEXT_MAX))
		return FAIL(err, RC_INVALID, "nama pejabat harus diisi, paling banyak %d huruf", TEXT_MAX);
	if (!fits(o->position, 1, TEXT_MAX))
		return FAIL(err, RC_INVALID, "jabatan harus diisi, paling banyak %d huruf", TEXT_MAX);
	if (!is_nip(o->nip))
		return FAIL(err, RC_INVALID, "NIP terdiri atas %d angka, atau dikosongkan", NIP_MAX);
	if (!fits(o->letter_number, 1, TEXT_MAX))
		return FAIL(err, RC_INVALID, "nomor surat pengangkatan atau penunjukan harus diisi");
	return RC_OK;
}

static enum rc check_dates(const struct official *o, struct err *err)
{
	if ((unsigned)o->acting >= ACTING_COUNT)
		return FAIL(err, RC_INVALID, "jenis jabatan tidak dikenal");
	if (o->acting != ACTING_NONE && o->end.n == 0)
		return FAIL(err, RC_INVALID, "pejabat sementara (Plh., Plt.) memerlukan tanggal akhir (J.VI.H)");
	if (o->end.n != 0 && o->end.n < o->begin.n)
		return FAIL(err, RC_INVALID, "tanggal akhir mendahului tanggal mulai");
	if (o->acting != ACTING_NONE && o->end.n - o->begin.n > ACTING_DAYS_MAX)
		return FAIL(err, RC_INVALID, "pejabat sementara paling lama satu tahun");
	return RC_OK;
}

static enum rc check_others(struct tx *tx, const struct official *o, struct err *err)
{
	struct sql_official_last last;
	struct sql_official_clash clash;
	if (o->acting == ACTING_NONE) {
		TRY(sql_official_last(tx, (struct sql_official_last_in){.instansi_id = o->instansi_id}, &last, err));
		if (!last.begin_day_null && o->begin.n <= last.begin_day)
			return FAIL(err, RC_CONFLICT, "pejabat baru harus mulai sesudah pejabat sebelumnya (%s)",
			            day_short((struct day){(int32_t)last.begin_day}).z);
		return RC_OK;
	}
	struct sql_official_clash_in in = {.instansi_id = o->instansi_id, .begin_day = o->begin.n, .end_day = o->end.n};
	TRY(sql_official_clash(tx, in, &clash, err));
	return clash.n ? FAIL(err, RC_CONFLICT, "sudah ada pejabat sementara pada tanggal itu") : RC_OK;
}

enum rc official_add(struct tx *tx, const struct official *o, int64_t now_us, struct err *err)
{
	TRY(check_texts(o, err));
	TRY(check_dates(o, err));
	TRY(check_others(tx, o, err));
	return sql_official_insert(tx,
	                           (struct sql_official_insert_in){.instansi_id = o->instansi_id,
	                                                           .name = o->name,
	                                                           .nip = o->nip,
	                                                           .position = o->position,
	                                                           .acting = str_c(actings[o->acting].key),
	                                                           .begin_day = o->begin.n,
	                                                           .end_day = o->end.n ? o->end.n : WITHOUT_LIMIT,
	                                                           .letter_number = o->letter_number,
	                                                           .now_us = now_us},
	                           NULL, err);
}

/* The two queries that read officials give rows of the same columns. */
#define OFFICIAL_FROM_ROW(row, instansi)                                                                                           \
	(struct official)                                                                                                          \
	{                                                                                                                          \
		.official_id = (row)->official_id, .instansi_id = (instansi), .name = (row)->name, .nip = (row)->nip,              \
		.position = (row)->position, .acting = acting_of((row)->acting), .begin = {(int32_t)(row)->begin_day},             \
		.end = {(row)->end_day == WITHOUT_LIMIT ? 0 : (int32_t)(row)->end_day}, .letter_number = (row)->letter_number      \
	}

static enum rc on_day(struct tx *tx, int64_t instansi_id, struct day on, struct str acting, struct official *ret, struct err *err)
{
	struct sql_official_on row;
	struct sql_official_on_in in = {.instansi_id = instansi_id, .day = on.n, .acting = acting};
	enum rc rc = sql_official_on(tx, in, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "pimpinan instansi belum tercatat");
	TRY(rc);
	*ret = OFFICIAL_FROM_ROW(&row, instansi_id);
	return RC_OK;
}

enum rc official_on(struct tx *tx, int64_t instansi_id, struct day on, struct official *ret, struct err *err)
{
	return on_day(tx, instansi_id, on, S("any"), ret, err);
}

enum rc official_definitive(struct tx *tx, int64_t instansi_id, struct day on, struct official *ret, struct err *err)
{
	return on_day(tx, instansi_id, on, S(""), ret, err);
}

enum rc official_list(struct tx *tx, int64_t instansi_id, struct official **ret, size_t *ret_n, struct err *err)
{
	struct sql_official_all_rows rows;
	TRY(sql_official_all(tx, (struct sql_official_all_in){.instansi_id = instansi_id}, &rows, err));
	struct official *list = rows.n ? ARENA_ARRAY(tx_arena(tx), rows.n, struct official) : NULL;
	if (rows.n && !list)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		list[i] = OFFICIAL_FROM_ROW(&rows.at[i], instansi_id);
	*ret = list;
	*ret_n = rows.n;
	return RC_OK;
}
