/* SPDX-License-Identifier: EUPL-1.2
 * procedure/wording.c - see wording.h. The letterhead is a row like any text, under a
 * key that no letter has: six lines, place, signer, NIP, one below the other. */
#include "procedure/wording.h"

#include "procedure/procedure.sql.h"

#define FACE_KEY "kop"
#define FACE_REST 3 /* place, signer, NIP */

static enum rc edited_meanwhile(struct err *err)
{
	return FAIL(err, RC_CONFLICT,
	            "naskah ini telah diubah orang lain; isi terbarunya tampil di bawah, dan isian Anda belum disimpan");
}

static struct str key_of(enum letter letter)
{
	return str_c(letter_at(letter)->key);
}

enum rc wording_get(struct tx *tx, enum letter letter, struct wording *ret, struct err *err)
{
	struct sql_naskah_latest row;
	enum rc rc = sql_naskah_latest(tx, (struct sql_naskah_latest_in){.letter = key_of(letter)}, &row, err);
	*ret = (struct wording){.body = letter_text(letter), .by = S("")};
	if (rc == RC_ABSENT)
		return RC_OK;
	TRY(rc);
	ret->number = row.number;
	ret->at_us = row.at_us;
	ret->by = row.by_user;
	ret->edited = row.body.n > 0;
	if (ret->edited)
		ret->body = row.body;
	return RC_OK;
}

enum rc wording_version(struct tx *tx, enum letter letter, int64_t number, struct wording *ret, struct err *err)
{
	struct sql_naskah_get row;
	enum rc rc = sql_naskah_get(tx, (struct sql_naskah_get_in){.letter = key_of(letter), .number = number}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Naskah itu tidak ada.");
	TRY(rc);
	*ret = (struct wording){.number = number, .at_us = row.at_us, .by = row.by_user, .edited = row.body.n > 0};
	ret->body = ret->edited ? row.body : letter_text(letter);
	return RC_OK;
}

static enum rc insert(struct tx *tx, struct str key, const struct wording_edit *edit, struct err *err)
{
	struct sql_naskah_insert row;
	struct sql_naskah_latest latest = {0};
	enum rc rc = sql_naskah_latest(tx, (struct sql_naskah_latest_in){.letter = key}, &latest, err);
	if (rc != RC_ABSENT)
		TRY(rc);
	if (latest.number != edit->seen)
		return edited_meanwhile(err);
	struct sql_naskah_insert_in in = {
	        .letter = key, .number = edit->seen + 1, .body = edit->body, .by_user = edit->by, .now_us = edit->now_us};
	rc = sql_naskah_insert(tx, in, &row, err);
	return rc == RC_ABSENT ? edited_meanwhile(err) : rc;
}

enum rc wording_save(struct tx *tx, enum letter letter, const struct wording_edit *edit, struct err *err)
{
	if (edit->body.n)
		TRY(letter_check(letter, edit->body, err));
	return insert(tx, key_of(letter), edit, err);
}

enum rc wording_history(struct tx *tx, enum letter letter, struct wording_row **ret, size_t *ret_n, struct err *err)
{
	struct sql_naskah_history_rows rows;
	TRY(sql_naskah_history(tx, (struct sql_naskah_history_in){.letter = key_of(letter)}, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct wording_row);
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = (struct wording_row){rows.at[i].number, rows.at[i].at_us, letter, rows.at[i].by_user,
		                                 rows.at[i].restored != 0};
	*ret_n = rows.n;
	return RC_OK;
}

enum rc wording_edited(struct tx *tx, struct wording_row **ret, size_t *ret_n, struct err *err)
{
	struct sql_naskah_edited_rows rows;
	enum letter letter;
	TRY(sql_naskah_edited(tx, &rows, err));
	*ret = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct wording_row);
	*ret_n = 0;
	if (!*ret)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++)
		if (letter_from_key(rows.at[i].letter, &letter) == RC_OK)
			(*ret)[(*ret_n)++] = (struct wording_row){rows.at[i].number, rows.at[i].at_us, letter, rows.at[i].by_user,
			                                          rows.at[i].restored != 0};
	return RC_OK;
}

/* ---- the letterhead ---- */

static void read_face(struct str body, struct wording_face *ret)
{
	struct str *rest[FACE_REST] = {&ret->place, &ret->signer, &ret->nip};
	for (size_t i = 0; i < PDF_LETTERHEAD_MAX; i++) {
		struct str line = str_split(&body, '\n');
		if (line.n)
			ret->lines[ret->lines_n++] = line;
	}
	for (size_t i = 0; i < FACE_REST; i++)
		*rest[i] = str_split(&body, '\n');
}

enum rc wording_face(struct tx *tx, struct wording_face *ret, struct err *err)
{
	struct sql_naskah_latest row;
	enum rc rc = sql_naskah_latest(tx, (struct sql_naskah_latest_in){.letter = S(FACE_KEY)}, &row, err);
	*ret = (struct wording_face){.by = S("")};
	if (rc == RC_ABSENT)
		return RC_OK;
	TRY(rc);
	ret->number = row.number;
	ret->at_us = row.at_us;
	ret->by = row.by_user;
	read_face(row.body, ret);
	return RC_OK;
}

static enum rc put_line(struct buf *out, struct str line, struct err *err)
{
	if (line.n > FACE_TEXT_MAX || !str_is_text(line) || str_index(line, '\n') < line.n)
		return FAIL(err, RC_INVALID, "satu baris teks, paling banyak %d huruf", FACE_TEXT_MAX);
	buf_add(out, line);
	buf_addc(out, '\n');
	return RC_OK;
}

enum rc wording_save_face(struct tx *tx, const struct wording_face *face, struct str by, int64_t now_us, struct err *err)
{
	BUF_AUTO body = BUF((PDF_LETTERHEAD_MAX + FACE_REST) * (FACE_TEXT_MAX + 1));
	struct str rest[FACE_REST] = {face->place, face->signer, face->nip};
	for (size_t i = 0; i < PDF_LETTERHEAD_MAX; i++)
		TRY(put_line(&body, i < face->lines_n ? face->lines[i] : S(""), err));
	for (size_t i = 0; i < FACE_REST; i++)
		TRY(put_line(&body, rest[i], err));
	if (!buf_ok(&body))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	struct wording_edit edit = {.body = buf_str(&body), .seen = face->number, .by = by, .now_us = now_us};
	return insert(tx, S(FACE_KEY), &edit, err);
}
