/* SPDX-License-Identifier: EUPL-1.2
 * agreement/kejadian.c - see kejadian.h. */
#include "agreement/kejadian.h"

#include "agreement/agreement.sql.h"

/* BNPB's list and what the agency adds to it (DOMAIN 6). */
static const char *const jenis[] = {
        "Banjir",
        "Tanah longsor",
        "Cuaca ekstrem",
        "Kekeringan",
        "Kebakaran hutan dan lahan",
        "Gempabumi",
        "Gelombang pasang / Abrasi",
        "Erupsi gunung api",
        "Tsunami",
        "Kebakaran",
        "Kegagalan teknologi",
        "Epidemi",
        "Konflik sosial",
        "Lainnya",
};

const char *kejadian_jenis_at(size_t i)
{
	return i < LEN(jenis) ? jenis[i] : NULL;
}

static bool jenis_known(struct str word)
{
	for (size_t i = 0; i < LEN(jenis); i++)
		if (str_eq(word, str_c(jenis[i])))
			return true;
	return false;
}

static enum rc check_line(struct str s, const char *what, size_t max, struct err *err)
{
	if (s.n > max)
		return FAIL(err, RC_INVALID, "%s terlalu panjang: paling banyak %zu huruf", what, max);
	if (!str_is_text(s) || str_index(s, '\n') < s.n || str_index(s, '\r') < s.n)
		return FAIL(err, RC_INVALID, "%s harus berupa teks satu baris", what);
	if (nik_stands_in(s))
		return FAIL(err, RC_INVALID, "%s tidak boleh memuat NIK atau Nomor KK", what);
	return RC_OK;
}

/* An export with other separators than the reader's program expects is cut at them, and a piece
 * that begins like a formula would be computed. No name needs that. */
static bool is_cut_into_formula(struct str s)
{
	bool after = true;
	for (size_t i = 0; i < s.n; i++) {
		if (after && strchr("=+-@", s.at[i]))
			return true;
		if (s.at[i] != ' ')
			after = strchr(",;|\t", s.at[i]) != NULL;
	}
	return false;
}

static enum rc check_text(struct str s, const char *what, struct err *err)
{
	if (str_trim(s).n == 0)
		return FAIL(err, RC_INVALID, "%s harus diisi", what);
	if (is_cut_into_formula(s))
		return FAIL(err, RC_INVALID, "%s tidak boleh memuat tanda = + - @ pada awal atau sesudah koma", what);
	return check_line(s, what, KEJADIAN_TEXT_MAX, err);
}

enum rc kejadian_check(const struct kejadian *kejadian, enum kejadian_part part, int64_t now_us, struct err *err)
{
	switch (part) {
	case KEJADIAN_JENIS:
		return jenis_known(kejadian->jenis) ? RC_OK : FAIL(err, RC_INVALID, "Jenis bencana tidak ada dalam daftar.");
	case KEJADIAN_NAME: return check_text(kejadian->name, "nama kejadian", err);
	case KEJADIAN_PLACE: return check_text(kejadian->place, "tempat kejadian", err);
	case KEJADIAN_NOTE: return check_line(kejadian->note, "catatan kejadian", KEJADIAN_NOTE_MAX, err);
	case KEJADIAN_DAY:
		return kejadian->on.n <= day_of_us(now_us).n ? RC_OK : FAIL(err, RC_INVALID, "Tanggal kejadian belum tiba.");
	case KEJADIAN_PARTS: break;
	}
	return FAIL(err, RC_BROKEN, "bagian kejadian tidak dikenal");
}

enum rc kejadian_open(struct tx *tx, const struct kejadian *kejadian, int64_t now_us, int64_t *ret, struct err *err)
{
	for (enum kejadian_part part = 0; part < KEJADIAN_PARTS; part++)
		TRY(kejadian_check(kejadian, part, now_us, err));
	struct sql_kejadian_open_count open;
	struct sql_kejadian_insert row;
	TRY(sql_kejadian_open_count(tx, (struct sql_kejadian_open_count_in){.instansi_id = kejadian->instansi_id}, &open, err));
	if (open.n >= KEJADIAN_OPEN_MAX)
		return FAIL(err, RC_LIMIT, "Sudah ada %d kejadian terbuka. Tutup dahulu yang telah selesai.", KEJADIAN_OPEN_MAX);
	TRY(sql_kejadian_insert(tx,
	                        (struct sql_kejadian_insert_in){.instansi_id = kejadian->instansi_id,
	                                                        .jenis = kejadian->jenis,
	                                                        .name = str_trim(kejadian->name),
	                                                        .place = str_trim(kejadian->place),
	                                                        .note = kejadian->note.n ? str_trim(kejadian->note) : S(""),
	                                                        .on_day = kejadian->on.n,
	                                                        .now_us = now_us},
	                        &row, err));
	*ret = row.kejadian_id;
	return RC_OK;
}

enum rc kejadian_close(struct tx *tx, int64_t instansi_id, int64_t kejadian_id, int64_t now_us, struct err *err)
{
	int64_t changed = 0;
	struct sql_kejadian_close_in in = {.now_us = now_us, .kejadian_id = kejadian_id, .instansi_id = instansi_id};
	TRY(sql_kejadian_close(tx, in, &changed, err));
	return changed ? RC_OK : FAIL(err, RC_ABSENT, "kejadian tidak ada atau sudah ditutup");
}

/* The rows of the queries that read one have these columns in common. */
#define KEJADIAN_FROM_ROW(row, id, instansi)                                                                                       \
	(struct kejadian)                                                                                                          \
	{                                                                                                                          \
		.kejadian_id = (id), .instansi_id = (instansi), .jenis = (row)->jenis, .name = (row)->name, .place = (row)->place, \
		.note = (row)->note, .on = {(int32_t)(row)->on_day}, .open = (row)->is_open != 0, .opened_us = (row)->opened_us,   \
		.closed_us = (row)->closed_us_null ? 0 : (row)->closed_us                                                          \
	}

enum rc kejadian_get(struct tx *tx, int64_t instansi_id, int64_t kejadian_id, struct kejadian *ret, struct err *err)
{
	bool found = false;
	struct kejadian_key key = {instansi_id, kejadian_id};
	TRY(kejadian_find(tx, &key, 1, ret, &found, err));
	return found ? RC_OK : FAIL(err, RC_ABSENT, "kejadian tidak ada");
}

enum rc kejadian_find(struct tx *tx, const struct kejadian_key *keys, size_t n, struct kejadian *ret, bool *found, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	if (n == 0)
		return RC_OK;
	struct sql_kejadian_get_in *in = ARENA_ARRAY(arena, n, struct sql_kejadian_get_in);
	struct sql_kejadian_get *rows = ARENA_ARRAY(arena, n, struct sql_kejadian_get);
	if (!in || !rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		in[i] = (struct sql_kejadian_get_in){.kejadian_id = keys[i].kejadian_id, .instansi_id = keys[i].instansi_id};
	TRY(sql_kejadian_get(tx, in, n, rows, found, err));
	for (size_t i = 0; i < n; i++)
		if (found[i])
			ret[i] = KEJADIAN_FROM_ROW(&rows[i], keys[i].kejadian_id, keys[i].instansi_id);
	return RC_OK;
}

enum rc kejadian_list(struct tx *tx, int64_t instansi_id, struct kejadian **ret, size_t *ret_n, struct err *err)
{
	struct sql_kejadian_page_rows rows;
	TRY(sql_kejadian_page(tx, (struct sql_kejadian_page_in){.instansi_id = instansi_id}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct kejadian);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = KEJADIAN_FROM_ROW(&rows.at[i], rows.at[i].kejadian_id, instansi_id);
	*ret_n = rows.n;
	return RC_OK;
}

enum rc kejadian_archive(struct tx *tx, int64_t instansi_id, int64_t skip, int64_t most, struct kejadian_archive *ret,
                         struct err *err)
{
	struct sql_kejadian_closed_page_rows rows;
	struct sql_kejadian_closed_count all;
	if (skip < 0 || most < 1 || most > KEJADIAN_PAGE_MAX)
		return FAIL(err, RC_INVALID, "halaman arsip tidak ada");
	TRY(sql_kejadian_closed_count(tx, (struct sql_kejadian_closed_count_in){instansi_id}, &all, err));
	struct sql_kejadian_closed_page_in in = {.instansi_id = instansi_id, .most = most, .skip = skip};
	TRY(sql_kejadian_closed_page(tx, in, &rows, err));
	*ret = (struct kejadian_archive){ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct kejadian), rows.n, all.n};
	if (!ret->at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		ret->at[i] = KEJADIAN_FROM_ROW(&rows.at[i], rows.at[i].kejadian_id, instansi_id);
	return RC_OK;
}

enum rc kejadian_before(struct tx *tx, const struct kejadian_before_ask *ask, struct kejadian **ret, size_t *ret_n, struct err *err)
{
	struct sql_kejadian_before_rows rows;
	struct sql_kejadian_before_in in = {.instansi_id = ask->instansi_id,
	                                    .before = ask->before,
	                                    .is_open = ask->which == KEJADIAN_ANY ? -1 : ask->which == KEJADIAN_OPEN,
	                                    .most = ask->most};
	if (ask->most < 1 || ask->most > KEJADIAN_BEFORE_MAX)
		return FAIL(err, RC_INVALID, "bagian daftar tidak ada");
	TRY(sql_kejadian_before(tx, in, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct kejadian);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = KEJADIAN_FROM_ROW(&rows.at[i], rows.at[i].kejadian_id, ask->instansi_id);
	*ret_n = rows.n;
	return RC_OK;
}
