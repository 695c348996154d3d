/* SPDX-License-Identifier: EUPL-1.2
 * agreement/outage.c - see outage.h. */
#include "agreement/outage.h"

#include <stdio.h>

#include "agreement/outage.sql.h"
#include "store/store.h"

static const struct outage_part_row parts[OUTAGE_PART_COUNT] = {
        {OUTAGE_ALL, "semua", "Seluruh layanan"},
        {OUTAGE_PORTAL, "portal", "Portal web"},
        {OUTAGE_SERVICES, "layanan", "Layanan web"},
};

const struct outage_part_row *outage_part_at(size_t i)
{
	return i < LEN(parts) ? &parts[i] : NULL;
}

enum rc outage_part_from_key(struct str key, enum outage_part *ret)
{
	for (size_t i = 0; i < LEN(parts); i++) {
		if (!str_eq(key, str_c(parts[i].key)))
			continue;
		*ret = parts[i].part;
		return RC_OK;
	}
	return RC_INVALID;
}

bool outage_runs(const struct outage *outage, int64_t now_us)
{
	return !outage->cancelled && outage->begin_us <= now_us && now_us < outage->end_us;
}

/* ---- times ---- */

static enum rc two_digits(struct str s, size_t at, int64_t max, int64_t *ret)
{
	return str_int(str_sub(s, at, 2), 0, max, ret);
}

enum rc outage_time_from_str(struct str text, int64_t *ret)
{
	struct day day;
	int64_t hour, minute;
	if (text.n != 16 || (text.at[10] != 'T' && text.at[10] != ' ') || text.at[13] != ':')
		return RC_INVALID;
	TRY(day_from_str(str_sub(text, 0, 10), &day));
	TRY(two_digits(text, 11, 23, &hour));
	TRY(two_digits(text, 14, 59, &minute));
	*ret = day_begin_us(day) + (hour * 60 + minute) * 60 * US_PER_S;
	return RC_OK;
}

struct clock_text outage_time_text(int64_t us)
{
	struct clock_text t;
	struct day day = day_of_us(us);
	int minutes = (int)((us - day_begin_us(day)) / (60 * US_PER_S));
	snprintf(t.z, sizeof t.z, "%.10sT%02d:%02d", day_iso(day).z, minutes / 60, minutes % 60);
	return t;
}

struct str outage_about(struct tx *tx, const char *what, const struct outage *outage)
{
	return arena_printf(tx_arena(tx), "%s %lld: %s %s %s", what, (long long)outage->outage_id,
	                    outage_time_text(outage->begin_us).z, outage_time_text(outage->end_us).z, parts[outage->part].key);
}

/* ---- what may be announced ---- */

static enum rc check_times(const struct outage *outage, int64_t now_us, struct err *err)
{
	if (outage->end_us <= outage->begin_us)
		return FAIL(err, RC_INVALID, "Waktu selesai harus sesudah waktu mulai.");
	if (outage->end_us <= now_us)
		return FAIL(err, RC_INVALID, "Waktu selesai sudah lewat.");
	if (outage->end_us - outage->begin_us > OUTAGE_LENGTH_MAX_US)
		return FAIL(err, RC_INVALID, "Pemeliharaan paling lama 14 hari.");
	if (outage->begin_us - now_us > OUTAGE_AHEAD_MAX_US)
		return FAIL(err, RC_INVALID, "Pemeliharaan diumumkan paling cepat setahun sebelumnya.");
	return RC_OK;
}

static enum rc check_note(struct str note, struct err *err)
{
	if (str_trim(note).n == 0)
		return FAIL(err, RC_INVALID, "Keterangan harus diisi.");
	if (note.n > OUTAGE_NOTE_MAX)
		return FAIL(err, RC_INVALID, "Keterangan terlalu panjang: paling banyak %d huruf.", OUTAGE_NOTE_MAX);
	if (!str_is_text(note) || str_index(note, '\n') < note.n || str_index(note, '\r') < note.n)
		return FAIL(err, RC_INVALID, "Keterangan harus berupa teks satu baris.");
	if (nik_stands_in(note))
		return FAIL(err, RC_INVALID, "Keterangan tidak boleh memuat NIK atau Nomor KK.");
	return RC_OK;
}

static enum rc check(const struct outage *outage, int64_t now_us, struct err *err)
{
	TRY(check_times(outage, now_us, err));
	return check_note(outage->note, err);
}

/* ---- planning ---- */

enum rc outage_plan(struct tx *tx, const struct outage *outage, struct str by, int64_t now_us, int64_t *ret, struct err *err)
{
	struct sql_outage_count open;
	struct sql_outage_insert row;
	TRY(check(outage, now_us, err));
	TRY(sql_outage_count(tx, (struct sql_outage_count_in){now_us}, &open, err));
	if (open.n >= OUTAGES_OPEN_MAX)
		return FAIL(err, RC_LIMIT, "Sudah ada %d pemeliharaan yang terencana.", OUTAGES_OPEN_MAX);
	struct sql_outage_insert_in in = {.begin_us = outage->begin_us,
	                                  .end_us = outage->end_us,
	                                  .part = str_c(parts[outage->part].key),
	                                  .note = str_trim(outage->note),
	                                  .now_us = now_us,
	                                  .by_user = by};
	TRY(sql_outage_insert(tx, in, &row, err));
	*ret = row.outage_id;
	return RC_OK;
}

/* One that can still be changed, its row locked. */
static enum rc take(struct tx *tx, int64_t outage_id, int64_t now_us, struct outage *ret, struct err *err)
{
	struct sql_outage_get row;
	enum rc rc = sql_outage_get(tx, (struct sql_outage_get_in){.outage_id = outage_id}, &row, err);
	if (rc == RC_ABSENT || (rc == RC_OK && (row.cancelled || row.end_us <= now_us)))
		return FAIL(err, RC_ABSENT, "Pemeliharaan itu tidak ada, sudah selesai, atau sudah dibatalkan.");
	TRY(rc);
	*ret = (struct outage){.outage_id = outage_id,
	                       .begin_us = row.begin_us,
	                       .end_us = row.end_us,
	                       .note = row.note,
	                       .changed_us = row.changed_us,
	                       .changed_by = row.changed_by,
	                       .rev = row.rev};
	return outage_part_from_key(row.part, &ret->part);
}

static enum rc set(struct tx *tx, const struct outage *outage, struct str by, int64_t now_us, struct err *err)
{
	struct sql_outage_set_in in = {.begin_us = outage->begin_us,
	                               .end_us = outage->end_us,
	                               .part = str_c(parts[outage->part].key),
	                               .note = str_trim(outage->note),
	                               .now_us = now_us,
	                               .by_user = by,
	                               .cancelled = outage->cancelled,
	                               .outage_id = outage->outage_id};
	return sql_outage_set(tx, in, NULL, err);
}

enum rc outage_change(struct tx *tx, struct outage *outage, struct str by, int64_t now_us, struct err *err)
{
	struct outage before;
	TRY(take(tx, outage->outage_id, now_us, &before, err));
	if (before.rev != outage->rev)
		return FAIL(err, RC_CONFLICT,
		            "Pemeliharaan itu baru saja diubah orang lain. Periksa isinya, lalu simpan sekali lagi.");
	if (outage_runs(&before, now_us))
		outage->begin_us = before.begin_us;
	TRY(check(outage, now_us, err));
	return set(tx, outage, by, now_us, err);
}

enum rc outage_cancel(struct tx *tx, int64_t outage_id, struct str by, int64_t now_us, struct outage *ret, struct err *err)
{
	TRY(take(tx, outage_id, now_us, ret, err));
	if (outage_runs(ret, now_us) && ret->begin_us < now_us)
		ret->end_us = now_us;
	else
		ret->cancelled = true;
	return set(tx, ret, by, now_us, err);
}

/* ---- lists ---- */

/* The rows of both queries have these columns in common. */
#define OUTAGE_FROM_ROW(row)                                                                                                       \
	{                                                                                                                          \
		.outage_id = (row)->outage_id, .begin_us = (row)->begin_us, .end_us = (row)->end_us, .note = (row)->note,          \
		.changed_us = (row)->changed_us, .changed_by = (row)->changed_by, .rev = (row)->rev                                \
	}

static enum rc list_make(struct tx *tx, size_t n, struct outage_list *ret, struct err *err)
{
	*ret = (struct outage_list){.at = ARENA_ARRAY(tx_arena(tx), n + 1, struct outage)};
	return ret->at ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

enum rc outage_coming(struct tx *tx, int64_t now_us, int64_t before_us, struct outage_list *ret, struct err *err)
{
	struct sql_outage_coming_rows rows;
	TRY(sql_outage_coming(tx, (struct sql_outage_coming_in){.now_us = now_us, .before_us = before_us}, &rows, err));
	TRY(list_make(tx, rows.n, ret, err));
	for (; ret->n < rows.n; ret->n++) {
		struct outage *outage = &ret->at[ret->n];
		*outage = (struct outage)OUTAGE_FROM_ROW(&rows.at[ret->n]);
		TRY(outage_part_from_key(rows.at[ret->n].part, &outage->part));
	}
	return RC_OK;
}

enum rc outage_past(struct tx *tx, int64_t now_us, struct outage_list *ret, struct err *err)
{
	struct sql_outage_past_rows rows;
	TRY(sql_outage_past(tx, (struct sql_outage_past_in){.now_us = now_us}, &rows, err));
	TRY(list_make(tx, rows.n, ret, err));
	for (; ret->n < rows.n; ret->n++) {
		struct outage *outage = &ret->at[ret->n];
		*outage = (struct outage)OUTAGE_FROM_ROW(&rows.at[ret->n]);
		outage->cancelled = rows.at[ret->n].cancelled != 0;
		TRY(outage_part_from_key(rows.at[ret->n].part, &outage->part));
	}
	return RC_OK;
}
