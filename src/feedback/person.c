/* SPDX-License-Identifier: EUPL-1.2
 * feedback/person.c - see person.h. */
#include "feedback/person.h"

#include "feedback/feedback.sql.h"
#include "feedback/feedback_inside.h"
#include "store/store.h"

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static enum rc unknown_word(struct err *err)
{
	return FAIL(err, RC_BROKEN, "kata pada data balikan di basis data tidak dikenal");
}

/* The rows of feedback_person_get, feedback_person_page and feedback_person_part have the same columns. */
#define PERSON_FROM_ROW(row)                                                                                                       \
	(struct person)                                                                                                            \
	{                                                                                                                          \
		.person_id = (row)->person_id, .kejadian_id = (row)->kejadian_id, .instansi_id = (row)->instansi_id,               \
		.asked_us = (row)->asked_us_null ? 0 : (row)->asked_us, .asked_by = (row)->asked_by,                               \
		.victim = (row)->keterangan.n != 0, .on = {(int32_t)(row)->on_day}, .told_us = (row)->told_us,                     \
		.told_by = (row)->told_by                                                                                          \
	}

struct words {
	struct str state, keterangan, house;
};

static enum rc read_words(struct person *person, struct words words, struct err *err)
{
	if (debt_state_from_key(words.state, &person->state) != RC_OK || house_from_key(words.house, &person->house) != RC_OK)
		return unknown_word(err);
	if (person->victim && keterangan_from_key(words.keterangan, &person->keterangan) != RC_OK)
		return unknown_word(err);
	return RC_OK;
}

enum rc person_get(const struct feedback *feedback, struct tx *tx, int64_t person_id, struct person *ret, struct err *err)
{
	struct sql_feedback_person_get row;
	TRY(sql_feedback_person_get(tx, (struct sql_feedback_person_get_in){person_id}, &row, err));
	*ret = PERSON_FROM_ROW(&row);
	TRY(read_words(ret, (struct words){row.state, row.keterangan, row.house}, err));
	return person_unseal(feedback, row.nik_hash, row.nik_sealed, &ret->nik, err);
}

enum rc person_find(const struct feedback *feedback, struct tx *tx, int64_t instansi_id, int64_t kejadian_id, struct nik nik,
                    struct person *ret, struct err *err)
{
	struct person_key key = person_key(feedback, kejadian_id);
	struct person_hash hash = person_hash(&key, nik);
	struct sql_feedback_person_find_in in = {kejadian_id, instansi_id, {(const char *)hash.at, sizeof hash.at}};
	struct sql_feedback_person_find row;
	bool found;
	secret_wipe(&key, sizeof key);
	TRY(sql_feedback_person_find(tx, &in, 1, &row, &found, err));
	if (!found)
		return FAIL(err, RC_ABSENT, "NIK itu tidak ada pada kejadian ini");
	return person_get(feedback, tx, row.person_id, ret, err);
}

enum rc person_page(const struct feedback *feedback, struct tx *tx, const struct person_ask *ask, struct person **ret,
                    size_t *ret_n, struct err *err)
{
	struct sql_feedback_person_page_rows rows;
	struct sql_feedback_person_page_in in = {.kejadian_id = ask->kejadian_id,
	                                         .state = ask->state,
	                                         .keterangan = ask->keterangan,
	                                         .asked_by = ask->asked_by,
	                                         .most = ask->most,
	                                         .skip = ask->skip};
	if (ask->skip < 0 || ask->most < 1 || ask->most > PERSON_PAGE_MAX)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	TRY(sql_feedback_person_page(tx, in, &rows, err));
	struct person *list = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct person);
	if (!list)
		return no_memory(err);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_feedback_person_page *row = &rows.at[i];
		list[i] = PERSON_FROM_ROW(row);
		TRY(read_words(&list[i], (struct words){row->state, row->keterangan, row->house}, err));
		TRY(person_unseal(feedback, row->nik_hash, row->nik_sealed, &list[i].nik, err));
	}
	*ret = list;
	*ret_n = rows.n;
	return RC_OK;
}

enum rc person_count(struct tx *tx, const struct person_ask *ask, int64_t *ret, struct err *err)
{
	struct sql_feedback_person_count row;
	struct sql_feedback_person_count_in in = {ask->kejadian_id, ask->state, ask->keterangan, ask->asked_by};
	TRY(sql_feedback_person_count(tx, in, &row, err));
	*ret = row.n;
	return RC_OK;
}

/* ---- the history of one ---- */

static enum rc open_note(const struct feedback *feedback, struct tx *tx, struct str hash, struct str sealed, struct str *ret,
                         struct err *err)
{
	BUF_AUTO plain = BUF(TOLD_NOTE_MAX);
	*ret = S("");
	if (!sealed.at)
		return RC_OK;
	TRY(seal_open(&plain, &feedback->conf.office_key, sealed, hash, err));
	*ret = arena_str(tx_arena(tx), buf_str(&plain));
	return RC_OK;
}

/* The rows of feedback_history and feedback_incoming have these columns. */
#define SEEN_FROM_ROW(row)                                                                                                         \
	(struct told_seen)                                                                                                         \
	{                                                                                                                          \
		.entry_id = (row)->entry_id, .told_us = (row)->told_us, .told_by = (row)->told_by,                                 \
		.told.on = {(int32_t)(row)->on_day}                                                                                \
	}

struct told_words {
	struct str kind, word, house, source;
};

static enum rc read_told(struct told_seen *seen, struct told_words words, struct err *err)
{
	bool waiver = str_eq(words.kind, S("waiver"));
	struct told *told = &seen->told;
	told->kind = waiver ? TOLD_WAIVER : TOLD_VICTIM;
	enum rc word = waiver ? waiver_from_key(words.word, &told->waiver) : keterangan_from_key(words.word, &told->keterangan);
	if (word != RC_OK || house_from_key(words.house, &told->house) != RC_OK ||
	    told_source_from_key(words.source, &seen->source) != RC_OK)
		return unknown_word(err);
	return RC_OK;
}

enum rc person_history(const struct feedback *feedback, struct tx *tx, int64_t person_id, struct told_seen **ret, size_t *ret_n,
                       struct err *err)
{
	struct sql_feedback_person_get person;
	struct sql_feedback_history_rows rows;
	TRY(sql_feedback_person_get(tx, (struct sql_feedback_person_get_in){person_id}, &person, err));
	TRY(sql_feedback_history(tx, (struct sql_feedback_history_in){person_id}, &rows, err));
	struct told_seen *list = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct told_seen);
	if (!list)
		return no_memory(err);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_feedback_history *row = &rows.at[i];
		list[i] = SEEN_FROM_ROW(row);
		TRY(read_told(&list[i], (struct told_words){row->kind, row->word, row->house, row->source}, err));
		TRY(open_note(feedback, tx, person.nik_hash, row->note_sealed, &list[i].told.note, err));
	}
	*ret = list;
	*ret_n = rows.n;
	return RC_OK;
}

/* ---- part by part ---- */

enum rc person_last(struct tx *tx, int64_t *ret, struct err *err)
{
	struct sql_feedback_person_last row;
	TRY(sql_feedback_person_last(tx, &row, err));
	*ret = row.person_id;
	return RC_OK;
}

enum rc person_part(const struct feedback *feedback, struct tx *tx, const struct person_part *part, struct person **ret,
                    size_t *ret_n, struct err *err)
{
	struct sql_feedback_person_part_rows rows;
	struct sql_feedback_person_part_in in = {
		.kejadian_id = part->kejadian_id, .state = part->state.n ? part->state : S(""), .after = part->after,
		.last = part->last, .most = part->most};
	if (part->most < 1 || part->most > PERSON_PART_MAX)
		return FAIL(err, RC_INVALID, "bagian daftar tidak ada");
	TRY(sql_feedback_person_part(tx, in, &rows, err));
	struct person *list = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct person);
	if (!list)
		return no_memory(err);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_feedback_person_part *row = &rows.at[i];
		list[i] = PERSON_FROM_ROW(row);
		TRY(read_words(&list[i], (struct words){row->state, row->keterangan, row->house}, err));
		TRY(person_unseal(feedback, row->nik_hash, row->nik_sealed, &list[i].nik, err));
	}
	*ret = list;
	*ret_n = rows.n;
	return RC_OK;
}

enum rc person_incoming(const struct feedback *feedback, struct tx *tx, const struct incoming_ask *ask, struct incoming **ret,
                        size_t *ret_n, struct err *err)
{
	struct sql_feedback_incoming_rows rows;
	struct sql_feedback_incoming_in in = {.instansi_id = ask->instansi_id,
	                                        .before_us = ask->before_us,
	                                        .before_entry = ask->before_entry,
	                                        .most = ask->most};
	if (ask->most < 1 || ask->most > INCOMING_MAX)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	TRY(sql_feedback_incoming(tx, in, &rows, err));
	struct incoming *list = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct incoming);
	if (!list)
		return no_memory(err);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_feedback_incoming *row = &rows.at[i];
		list[i] = (struct incoming){SEEN_FROM_ROW(row), row->person_id, row->kejadian_id, {0}, !row->asked_us_null};
		TRY(read_told(&list[i].seen, (struct told_words){row->kind, row->word, row->house, row->source}, err));
		TRY(person_unseal(feedback, row->nik_hash, row->nik_sealed, &list[i].nik, err));
	}
	*ret = list;
	*ret_n = rows.n;
	return RC_OK;
}
