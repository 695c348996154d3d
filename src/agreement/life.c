/* SPDX-License-Identifier: EUPL-1.2
 * agreement/life.c - see life.h. Which state may follow which stands in instansi.c;
 * this table only says what each step means. */
#include "agreement/life.h"

#include "agreement/agreement.sql.h"

#define NUMBER_MAX 120

static const struct life_row rows[LIFE_COUNT] = {
        {LIFE_SUSPEND, "suspend", "Bekukan hak akses", "Hak akses dibekukan", "P9.1", INSTANSI_SUSPENDED, "pembekuan", true},
        {LIFE_RESUME, "resume", "Aktifkan kembali hak akses", "Hak akses diaktifkan kembali", "P9.1", INSTANSI_ACTIVE,
         "pengaktifan", false},
        {LIFE_END_TERM, "end-term", "Catat berakhirnya jangka waktu", "Perjanjian berakhir karena jangka waktu", "P4 / P5",
         INSTANSI_ENDED, "pengakhiran", false},
        {LIFE_END_CONSENT, "end-consent", "Akhiri atas kesepakatan", "Perjanjian diakhiri atas kesepakatan para pihak", "P5",
         INSTANSI_ENDED, "pengakhiran", true},
        {LIFE_END_NOMENCLATURE, "end-nomenclature", "Akhiri karena perubahan nomenklatur",
         "Perjanjian berakhir karena perubahan nomenklatur atau kelembagaan", "P5", INSTANSI_ENDED, "pengakhiran", true},
        {LIFE_REVOKE, "revoke", "Cabut hak akses", "Hak akses dicabut", "P9.1 / J.VI.I", INSTANSI_REVOKED, "pencabutan", true},
};

const struct life_row *life_at(size_t i)
{
	return i < LIFE_COUNT ? &rows[i] : NULL;
}

enum life life_of(struct str key)
{
	size_t i = 0;
	while (i < LIFE_COUNT && !str_eq(key, str_c(rows[i].key)))
		i++;
	return (enum life)i;
}

bool life_allowed(enum life life, enum instansi_state from)
{
	return from != INSTANSI_DRAFT && instansi_step_allowed(from, rows[life].to);
}

static enum rc check_note(const struct life_ask *ask, enum life_part *part, struct err *err)
{
	*part = LIFE_PART_NOTE;
	if (ask->note.n > LIFE_NOTE_MAX || !str_is_text(ask->note))
		return FAIL(err, RC_INVALID, "alasan paling banyak %d huruf", LIFE_NOTE_MAX);
	if (rows[ask->life].note && str_trim(ask->note).n == 0)
		return FAIL(err, RC_INVALID, "alasan harus diisi");
	return RC_OK;
}

static enum rc check_letter(const struct life_ask *ask, int64_t now_us, enum life_part *part, struct err *err)
{
	*part = LIFE_PART_NUMBER;
	if (ask->letter_number.n > NUMBER_MAX || !str_is_text(ask->letter_number))
		return FAIL(err, RC_INVALID, "nomor surat paling banyak %d huruf", NUMBER_MAX);
	if (ask->letter_number.n == 0 && ask->letter_day.n != 0)
		return FAIL(err, RC_INVALID, "nomor dan tanggal surat harus diisi keduanya");
	*part = LIFE_PART_DAY;
	if (ask->letter_number.n != 0 && ask->letter_day.n == 0)
		return FAIL(err, RC_INVALID, "nomor dan tanggal surat harus diisi keduanya");
	if (ask->letter_day.n > day_of_us(now_us).n)
		return FAIL(err, RC_INVALID, "tanggal surat belum tiba");
	return RC_OK;
}

/* P4: only a term that is over can be recorded as over. */
static enum rc check_term(struct tx *tx, const struct life_ask *ask, int64_t now_us, struct err *err)
{
	struct sql_version_reach reach;
	if (ask->life != LIFE_END_TERM)
		return RC_OK;
	TRY(sql_version_reach(tx, (struct sql_version_reach_in){.instansi_id = ask->instansi_id}, &reach, err));
	if (reach.end_day_null || reach.end_day >= day_of_us(now_us).n)
		return FAIL(err, RC_INVALID, "jangka waktu perjanjian belum berakhir");
	return RC_OK;
}

static enum rc check_state(struct tx *tx, const struct life_ask *ask, struct err *err)
{
	struct instansi_row now;
	TRY(instansi_lock(tx, ask->instansi_id, &now, err));
	if (!life_allowed(ask->life, now.state))
		return FAIL(err, RC_REFUSED, "%s tidak dapat dilakukan: perjanjian sekarang %s", rows[ask->life].label,
		            instansi_state_at(now.state)->label);
	return RC_OK;
}

enum rc life_check(struct tx *tx, const struct life_ask *ask, int64_t now_us, enum life_part *ret_part, struct err *err)
{
	enum life_part unheard, *part = ret_part ? ret_part : &unheard;
	*part = LIFE_PART_STEP;
	if ((unsigned)ask->life >= LIFE_COUNT)
		return FAIL(err, RC_INVALID, "langkah tidak dikenal");
	TRY(check_state(tx, ask, err));
	TRY(check_term(tx, ask, now_us, err));
	TRY(check_note(ask, part, err));
	TRY(check_letter(ask, now_us, part, err));
	*part = LIFE_PART_NONE;
	return RC_OK;
}

enum rc life_take(struct tx *tx, const struct life_ask *ask, int64_t now_us, struct err *err)
{
	TRY(life_check(tx, ask, now_us, NULL, err));
	TRY(instansi_set_state(tx, ask->instansi_id, rows[ask->life].to, now_us, err));
	return sql_step_insert(tx,
	                       (struct sql_step_insert_in){.instansi_id = ask->instansi_id,
	                                                   .step = str_c(rows[ask->life].key),
	                                                   .letter_number = ask->letter_number,
	                                                   .letter_day = ask->letter_day.n,
	                                                   .note = str_trim(ask->note),
	                                                   .by_user = ask->by,
	                                                   .now_us = now_us},
	                       NULL, err);
}

enum rc life_list(struct tx *tx, int64_t instansi_id, struct life_step **ret, size_t *ret_n, struct err *err)
{
	struct sql_step_all_rows steps;
	TRY(sql_step_all(tx, (struct sql_step_all_in){.instansi_id = instansi_id}, &steps, err));
	struct life_step *list = steps.n ? ARENA_ARRAY(tx_arena(tx), steps.n, struct life_step) : NULL;
	if (steps.n && !list)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < steps.n; i++) {
		const struct sql_step_all *row = &steps.at[i];
		list[i] = (struct life_step){.step_id = row->step_id,
		                             .at_us = row->at_us,
		                             .life = life_of(row->step),
		                             .letter_number = row->letter_number,
		                             .note = row->note,
		                             .by = row->by_user,
		                             .letter_day = {(int32_t)row->letter_day}};
		if (list[i].life == LIFE_COUNT)
			return FAIL(err, RC_BROKEN, "langkah instansi di basis data tidak dikenal");
	}
	*ret = list;
	*ret_n = steps.n;
	return RC_OK;
}
