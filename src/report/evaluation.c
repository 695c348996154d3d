/* SPDX-License-Identifier: EUPL-1.2
 * report/evaluation.c - see evaluation.h. The life is a table: which step from which state.
 * Changing one is evaluation_change.c. */
#include "report/evaluation.h"

#include <assert.h>

#include "report/evaluation.sql.h"
#include "store/store.h"

#define AT(state) (1U << EVALUATION_##state)

/* ---- the life ---- */

static const struct evaluation_state_row states[EVALUATION_STATES] = {
        {EVALUATION_DRAFT, "draft", "Rancangan", "Isi daftar periksa, temuan, dan rekomendasi, lalu tetapkan."},
        {EVALUATION_FINAL, "final", "Ditetapkan", "Sampaikan kepada instansi."},
        {EVALUATION_TOLD, "told", "Disampaikan", "Laporkan kepada Menteri melalui Direktur Jenderal."},
        {EVALUATION_REPORTED, "reported", "Dilaporkan", ""},
};

static const struct evaluation_step_row steps[EVALUATION_STEPS] = {
        {EVALUATION_MAKE, "buat", "Buat evaluasi", "Dibuat", 0, EVALUATION_DRAFT},
        {EVALUATION_SAVE, "simpan", "Simpan rancangan", "Disimpan", AT(DRAFT), EVALUATION_DRAFT},
        {EVALUATION_RECOUNT, "hitung", "Hitung ulang", "Dihitung ulang", AT(DRAFT), EVALUATION_DRAFT},
        {EVALUATION_DROP, "buang", "Buang rancangan", "Dibuang", AT(DRAFT), EVALUATION_DRAFT},
        {EVALUATION_SIGN, "tetapkan", "Tetapkan evaluasi", "Ditetapkan", AT(DRAFT), EVALUATION_FINAL},
        {EVALUATION_TELL, "sampaikan", "Catat penyampaian", "Disampaikan kepada instansi", AT(FINAL), EVALUATION_TOLD},
        {EVALUATION_REPORT, "laporkan", "Catat pelaporan", "Dilaporkan kepada Menteri melalui Direktur Jenderal", AT(TOLD),
         EVALUATION_REPORTED},
        {EVALUATION_FOLLOW, "tindak", "Tindak lanjut", "Ditindaklanjuti", AT(FINAL) | AT(TOLD) | AT(REPORTED), EVALUATION_STATES},
};

static const struct recommendation_row recommendations[RECOMMEND_COUNT] = {
        {RECOMMEND_CONTINUE, "lanjut", "Dilanjutkan", "Kerja sama dilanjutkan sebagaimana adanya.", "P8 / J.V", NULL, NULL},
        {RECOMMEND_WARN, "peringatan", "Peringatan", "Surat evaluasi menjadi peringatan; kewajiban dipenuhi sampai batas waktunya.",
         "P9.1 / J.VI.I", NULL, NULL},
        {RECOMMEND_REDUCE, "kurangi", "Pengurangan", "Kuota, metode, atau elemen dikurangi dengan adendum.", "P9.2 / J.II.C",
         "Susun rancangan adendum", NULL},
        {RECOMMEND_SUSPEND, "bekukan", "Pembekuan", "Hak akses dibekukan sampai kewajiban dipenuhi.", "P9.1 / J.VI.I",
         "Bekukan hak akses", "suspend"},
        {RECOMMEND_REVOKE, "cabut", "Pencabutan", "Hak akses dicabut untuk seterusnya.", "P9.1 / J.VI.I", "Cabut hak akses",
         "revoke"},
};

const struct evaluation_state_row *evaluation_state_at(size_t i)
{
	return i < LEN(states) ? &states[i] : NULL;
}

enum evaluation_state evaluation_state_of(struct str key)
{
	size_t i = 0;
	while (i < EVALUATION_STATES && !str_eq(key, str_c(states[i].key)))
		i++;
	return (enum evaluation_state)i;
}

const struct evaluation_step_row *evaluation_step_at(size_t i)
{
	return i < LEN(steps) ? &steps[i] : NULL;
}

enum evaluation_step_kind evaluation_step_of(struct str key)
{
	size_t i = 0;
	while (i < EVALUATION_STEPS && !str_eq(key, str_c(steps[i].key)))
		i++;
	return (enum evaluation_step_kind)i;
}

bool evaluation_may(enum evaluation_step_kind step, enum evaluation_state from)
{
	return step < EVALUATION_STEPS && from < EVALUATION_STATES && (steps[step].from & 1U << from);
}

const struct recommendation_row *recommendation_at(size_t i)
{
	return i < LEN(recommendations) ? &recommendations[i] : NULL;
}

enum recommendation recommendation_of(struct str key)
{
	size_t i = 0;
	while (i < RECOMMEND_COUNT && !str_eq(key, str_c(recommendations[i].key)))
		i++;
	return (enum recommendation)i;
}

enum rc semester_from_str(struct str text, struct semester *ret)
{
	int64_t year, half;
	if (text.n != 6 || text.at[4] != '-' || str_int(str_sub(text, 0, 4), 2000, 2199, &year) != RC_OK ||
	    str_int(str_sub(text, 5, 1), 1, 2, &half) != RC_OK)
		return RC_INVALID;
	*ret = (struct semester){(int)year, (int)half};
	return RC_OK;
}

/* ---- reading ---- */

static struct str text_or_empty(struct str s)
{
	return s.at ? s : S("");
}

enum rc evaluation_get(struct tx *tx, int64_t evaluation_id, struct evaluation *ret, struct err *err)
{
	struct sql_evaluation_get row;
	enum rc rc = sql_evaluation_get(tx, (struct sql_evaluation_get_in){evaluation_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Evaluasi itu tidak ada.");
	TRY(rc);
	*ret = (struct evaluation){
	        .evaluation_id = evaluation_id,
	        .instansi_id = row.instansi_id,
	        .run_id = row.run_id,
	        .rev = row.rev,
	        .semester = text_or_empty(row.semester),
	        .first = {(int32_t)row.first_day},
	        .last = {(int32_t)row.last_day},
	        .state = evaluation_state_of(row.state),
	        .recommendation = recommendation_of(row.recommendation),
	        .findings = row.findings,
	        .deadline = {(int32_t)row.deadline_day},
	        .number = row.number,
	        .signed_on = {(int32_t)row.signed_day},
	        .made_by = row.made_by,
	        .saved_by = row.saved_by,
	        .made_us = row.made_us,
	        .moved_us = row.moved_us,
	};
	return ret->state < EVALUATION_STATES ? RC_OK : FAIL(err, RC_BROKEN, "keadaan evaluasi di basis data tidak dikenal");
}

static void put_proposals(const struct finding *findings, struct decision ret[POINT_COUNT])
{
	for (size_t i = 0; i < POINT_COUNT; i++) {
		ret[i] = (struct decision){.proposed = RATING_NONE, .decided = RATING_COUNT, .words = S(""), .remark = S("")};
		if (findings) {
			ret[i].proposed = findings[i].proposed;
			ret[i].words = findings[i].words;
		}
	}
}

enum rc evaluation_decisions(struct tx *tx, const struct evaluation *evaluation, const struct finding *findings,
                             struct decision ret[POINT_COUNT], struct err *err)
{
	struct sql_evaluation_point_all_rows rows;
	bool draft = evaluation->state == EVALUATION_DRAFT;
	put_proposals(draft ? findings : NULL, ret);
	TRY(sql_evaluation_point_all(tx, (struct sql_evaluation_point_all_in){evaluation->evaluation_id}, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_evaluation_point_all *row = &rows.at[i];
		enum point point = point_of(row->point);
		if (point == POINT_COUNT)
			continue; /* of an earlier table */
		ret[point].decided = rating_of(row->decided);
		ret[point].remark = row->remark;
		if (draft)
			continue;
		ret[point].proposed = rating_of(row->proposed);
		ret[point].words = row->words;
	}
	return RC_OK;
}

enum rating decision_rating(const struct decision *decision)
{
	return decision->decided < RATING_COUNT ? decision->decided : decision->proposed;
}

enum rc evaluation_steps(struct tx *tx, int64_t evaluation_id, struct evaluation_step **ret, size_t *ret_n, struct err *err)
{
	struct sql_evaluation_step_all_rows rows;
	TRY(sql_evaluation_step_all(tx, (struct sql_evaluation_step_all_in){evaluation_id}, &rows, err));
	struct evaluation_step *list = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct evaluation_step);
	if (!list)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_evaluation_step_all *row = &rows.at[i];
		list[i] = (struct evaluation_step){.step = evaluation_step_of(row->step),
		                                   .by = row->by_user,
		                                   .letter_number = row->letter_number,
		                                   .note = row->note,
		                                   .at_us = row->at_us,
		                                   .on = {(int32_t)row->on_day}};
		if (list[i].step == EVALUATION_STEPS)
			return FAIL(err, RC_BROKEN, "langkah evaluasi di basis data tidak dikenal");
	}
	*ret = list;
	*ret_n = rows.n;
	return RC_OK;
}

/* ---- lists ---- */

static struct evaluation row_of(const struct sql_evaluation_page *row)
{
	return (struct evaluation){.evaluation_id = row->evaluation_id,
	                           .instansi_id = row->instansi_id,
	                           .semester = text_or_empty(row->semester),
	                           .first = {(int32_t)row->first_day},
	                           .last = {(int32_t)row->last_day},
	                           .state = evaluation_state_of(row->state),
	                           .recommendation = recommendation_of(row->recommendation),
	                           .number = row->number,
	                           .signed_on = {(int32_t)row->signed_day},
	                           .moved_us = row->moved_us};
}

static enum rc take_rows(struct tx *tx, const struct sql_evaluation_page_rows *rows, struct evaluation_list *ret, struct err *err)
{
	ret->at = ARENA_ARRAY(tx_arena(tx), rows->n + 1, struct evaluation);
	ret->codes = ARENA_ARRAY(tx_arena(tx), rows->n + 1, struct str);
	ret->names = ARENA_ARRAY(tx_arena(tx), rows->n + 1, struct str);
	if (!ret->at || !ret->codes || !ret->names)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows->n; i++) {
		ret->at[i] = row_of(&rows->at[i]);
		ret->codes[i] = rows->at[i].code;
		ret->names[i] = rows->at[i].name;
		if (ret->at[i].state == EVALUATION_STATES)
			return FAIL(err, RC_BROKEN, "keadaan evaluasi di basis data tidak dikenal");
	}
	ret->n = rows->n;
	return RC_OK;
}

enum rc evaluation_page(struct tx *tx, const struct evaluation_filter *filter, struct evaluation_list *ret, struct err *err)
{
	struct sql_evaluation_count count;
	struct sql_evaluation_page_rows rows;
	struct str state = filter->state < EVALUATION_STATES ? str_c(states[filter->state].key) : S("");
	TRY(sql_evaluation_count(
	        tx, (struct sql_evaluation_count_in){.instansi_id = filter->instansi_id, .state = state, .drafts = filter->drafts},
	        &count, err));
	TRY(sql_evaluation_page(tx,
	                        (struct sql_evaluation_page_in){.instansi_id = filter->instansi_id,
	                                                        .state = state,
	                                                        .drafts = filter->drafts,
	                                                        .most = filter->most,
	                                                        .skip = filter->skip},
	                        &rows, err));
	ret->all = count.n;
	return take_rows(tx, &rows, ret, err);
}
