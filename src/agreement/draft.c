/* SPDX-License-Identifier: EUPL-1.2
 * agreement/draft.c - see draft.h. */
#include "agreement/draft.h"

#include <jansson.h>
#include <stdlib.h>

#include "agreement/agreement.sql.h"
#include "agreement/field.h"
#include "agreement/file.h"
#include "store/store.h"

/* A draft that was moved on, recorded or dropped by somebody else. */
static enum rc moved_on(struct err *err)
{
	return FAIL(err, RC_CONFLICT, "rancangan ini telah diubah orang lain; muat ulang untuk melihat isi terbarunya");
}

enum rc draft_get(struct tx *tx, int64_t instansi_id, struct draft *ret, struct err *err)
{
	struct sql_draft_get row;
	enum rc rc = sql_draft_get(tx, (struct sql_draft_get_in){.instansi_id = instansi_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "tidak ada rancangan");
	TRY(rc);
	*ret = (struct draft){.instansi_id = instansi_id,
	                      .rev = row.rev,
	                      .at_us = row.at_us,
	                      .number = (int)row.number,
	                      .file_json = row.file_json,
	                      .by = row.by_user};
	return RC_OK;
}

/* ---- beginning ---- */

static enum rc base_terms(struct tx *tx, int64_t instansi_id, struct str *ret_terms, int *ret_next, struct err *err)
{
	struct sql_version_last last = {0};
	int base;
	enum rc rc = sql_version_last(tx, (struct sql_version_last_in){.instansi_id = instansi_id}, &last, err);
	if (rc != RC_ABSENT)
		TRY(rc);
	*ret_next = (int)last.number + 1;
	*ret_terms = S("");
	TRY(agreement_base(tx, instansi_id, *ret_next, &base, err));
	return base ? agreement_terms_json(tx, instansi_id, base, ret_terms, err) : RC_OK;
}

static json_t *next_terms(struct str base, struct day today)
{
	json_t *terms = base.n ? json_loadb(base.at, base.n, 0, NULL) : field_skeleton();
	if (!terms || !base.n)
		return terms;
	json_t *addendum = json_pack("{s:s, s:s, s:s, s:s}", "number", "", "signed_on", "", "ground", "P9.2", "subject", "");
	if (json_object_set_new(terms, "addendum", addendum) == 0 &&
	    json_object_set_new(terms, "begin", json_string(day_iso(today).z)) == 0)
		return terms;
	json_decref(terms);
	return NULL;
}

static enum rc check_open(const struct instansi_row *instansi, struct err *err)
{
	if (instansi->state == INSTANSI_ENDED || instansi->state == INSTANSI_REVOKED)
		return FAIL(err, RC_REFUSED,
		            "perjanjian instansi ini sudah berakhir atau dicabut; perjanjian baru memakai kode baru");
	return RC_OK;
}

/* How a draft is kept; readable, since a person may open it. RC_BROKEN: no memory. */
static enum rc dump(const json_t *file, struct buf *out, struct err *err)
{
	char *text = file ? json_dumps(file, JSON_INDENT(2)) : NULL;
	buf_addz(out, text ? text : "");
	bool ok = text && buf_ok(out);
	free(text); /* tidy: allow, jansson's */
	return ok ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static enum rc insert(struct tx *tx, const struct draft *draft, struct err *err)
{
	struct sql_draft_insert row;
	struct sql_draft_insert_in in = {.instansi_id = draft->instansi_id,
	                                 .number = draft->number,
	                                 .file_json = draft->file_json,
	                                 .by_user = draft->by,
	                                 .now_us = draft->at_us};
	enum rc rc = sql_draft_insert(tx, in, &row, err);
	return rc == RC_ABSENT ? FAIL(err, RC_CONFLICT, "sudah ada rancangan untuk instansi ini") : rc;
}

enum rc draft_begin(struct tx *tx, int64_t instansi_id, struct str by, int64_t now_us, struct err *err)
{
	BUF_AUTO text = BUF(AGREEMENT_FILE_MAX);
	struct instansi_row instansi;
	struct str base;
	int number;
	TRY(instansi_lock(tx, instansi_id, &instansi, err));
	TRY(check_open(&instansi, err));
	TRY(base_terms(tx, instansi_id, &base, &number, err));
	json_t *file = json_pack("{s:s, s:{s:s%, s:s%}, s:i, s:o, s:[]}", "format", AGREEMENT_FORMAT, "instansi", "code",
	                         instansi.code.at, instansi.code.n, "name", instansi.name.at, instansi.name.n, "version", number,
	                         "terms", next_terms(base, day_of_us(now_us)), "papers");
	enum rc rc = dump(file, &text, err);
	json_decref(file);
	TRY(rc);
	return insert(tx, &(struct draft){instansi_id, 0, now_us, number, buf_str(&text), by}, err);
}

enum rc draft_import(struct tx *tx, int64_t instansi_id, struct str json, struct str by, int64_t now_us, struct err *err)
{
	AGREEMENT_FILE_AUTO file = {0};
	struct instansi_row instansi;
	struct str base;
	int number;
	TRY(agreement_file_read(json, &file, err));
	TRY(instansi_lock(tx, instansi_id, &instansi, err));
	TRY(check_open(&instansi, err));
	if (!str_eq(file.code, instansi.code))
		return FAIL(err, RC_INVALID, "berkas ini milik instansi %.32s", arena_str(tx_arena(tx), file.code).at);
	TRY(base_terms(tx, instansi_id, &base, &number, err));
	if (file.version != number)
		return FAIL(err, RC_CONFLICT, "berkas ini versi %d; versi berikutnya adalah %d", file.version, number);
	return insert(tx, &(struct draft){instansi_id, 0, now_us, number, json, by}, err);
}

/* ---- saving, dropping, recording ---- */

static enum rc one_changed(enum rc rc, int64_t changed, struct err *err)
{
	TRY(rc);
	return changed == 1 ? RC_OK : moved_on(err);
}

enum rc draft_save(struct tx *tx, const struct draft *draft, struct str by, int64_t now_us, struct err *err)
{
	int64_t changed = 0;
	if (draft->file_json.n > AGREEMENT_FILE_MAX)
		return FAIL(err, RC_LIMIT, "isi perjanjian terlalu besar");
	struct sql_draft_save_in in = {.file_json = draft->file_json,
	                               .number = draft->number,
	                               .by_user = by,
	                               .now_us = now_us,
	                               .instansi_id = draft->instansi_id,
	                               .rev = draft->rev};
	enum rc rc = sql_draft_save(tx, in, &changed, err);
	return one_changed(rc, changed, err);
}

enum rc draft_drop(struct tx *tx, int64_t instansi_id, int64_t rev, struct err *err)
{
	int64_t changed = 0;
	struct sql_draft_drop_in in = {.instansi_id = instansi_id, .rev = rev};
	enum rc rc = sql_draft_drop(tx, in, &changed, err);
	return one_changed(rc, changed, err);
}

enum rc draft_record(struct tx *tx, int64_t instansi_id, int64_t rev, struct str by, bool two_persons, int64_t now_us,
                     struct applied *ret, struct err *err)
{
	struct draft draft;
	*ret = (struct applied){.instansi_id = instansi_id};
	enum rc rc = draft_get(tx, instansi_id, &draft, err);
	if (rc == RC_ABSENT || (rc == RC_OK && draft.rev != rev))
		return moved_on(err);
	TRY(rc);
	if (two_persons && str_eq(draft.by, by))
		return FAIL(err, RC_REFUSED, "versi dicatat oleh admin lain daripada yang terakhir menyimpan rancangannya");
	TRY(draft_drop(tx, instansi_id, rev, err)); /* first: of two at once, one finds it gone */
	return agreement_apply(tx, draft.file_json, now_us, ret, err);
}
