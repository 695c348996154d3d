/* SPDX-License-Identifier: EUPL-1.2
 * agreement/apply.c - see apply.h.
 *
 * Two versions say the same when their canonical texts are equal, so neither blanks
 * nor the order of members matter. Papers live outside the version: they come in
 * one by one during its life and are brought up to date by kind, subject and
 * number. The highest version whose term holds the day is in force; one that ends
 * early (an emergency quota, P6) gives way to the one before it. */
#include "agreement/apply.h"

#include <sodium.h>

#include "agreement/agreement.sql.h"
#include "agreement/file.h"
#include "agreement/paper.h"
#include "agreement/roster.h"
#include "agreement/shape.h"

#define TERMS_HASH_SIZE 16

static enum rc instansi_of(struct tx *tx, const struct agreement_file *file, int64_t now_us, struct instansi_row *ret,
                           struct err *err)
{
	struct sql_instansi_insert made;
	struct sql_instansi_insert_in in = {
	        .code = file->code, .name = file->name, .name_key = roster_key(tx_arena(tx), file->name), .now_us = now_us};
	int64_t id;
	enum rc rc = sql_instansi_insert(tx, in, &made, err);
	if (rc == RC_ABSENT) /* the code is there already */
		TRY(instansi_find(tx, file->code, &id, err));
	else
		TRY(rc);
	TRY(instansi_lock(tx, rc == RC_ABSENT ? id : made.instansi_id, ret, err));
	if (!str_eq(ret->name, file->name))
		return FAIL(err, RC_CONFLICT,
		            "nama instansi berbeda dari yang tercatat; perubahan nomenklatur mengakhiri perjanjian (P5)");
	if (ret->state == INSTANSI_ENDED || ret->state == INSTANSI_REVOKED)
		return FAIL(err, RC_REFUSED,
		            "perjanjian instansi ini sudah berakhir atau dicabut; perjanjian baru memakai kode baru");
	return RC_OK;
}

/* The next number, and not beginning before the version it follows. */
static enum rc check_sequence(struct tx *tx, const struct agreement_file *file, int64_t instansi_id, struct day begin,
                              struct err *err)
{
	struct sql_version_last last = {0};
	enum rc rc = sql_version_last(tx, (struct sql_version_last_in){.instansi_id = instansi_id}, &last, err);
	if (rc != RC_ABSENT)
		TRY(rc);
	if (file->version != last.number + 1)
		return FAIL(err, RC_CONFLICT, "versi %d tidak dapat masuk: versi berikutnya adalah %lld", file->version,
		            (long long)last.number + 1);
	if (last.number && begin.n < last.begin_day)
		return FAIL(err, RC_CONFLICT, "versi %d berlaku sebelum versi %lld (%s)", file->version, (long long)last.number,
		            day_iso((struct day){(int32_t)last.begin_day}).z);
	return RC_OK;
}

/* P4: only a renewal reaches beyond the term. */
static enum rc check_reach(struct tx *tx, const struct agreement_file *file, int64_t instansi_id, struct day end, struct err *err)
{
	struct sql_version_reach reach;
	bool renewal = str_eq(shape_text(json_object_get(file->terms, "addendum"), "ground"), S("P4"));
	TRY(sql_version_reach(tx, (struct sql_version_reach_in){.instansi_id = instansi_id}, &reach, err));
	if (!reach.end_day_null && end.n > reach.end_day && !renewal)
		return FAIL(err, RC_CONFLICT,
		            "versi %d berakhir setelah masa berlaku perjanjian (%s); hanya perpanjangan (P4) yang melampauinya",
		            file->version, day_iso((struct day){(int32_t)reach.end_day}).z);
	return RC_OK;
}

/* J.II.D */
static enum rc put_applications(struct tx *tx, const struct agreement_file *file, int64_t version_id, struct err *err)
{
	const json_t *list = json_object_get(file->terms, "applications"), *one;
	size_t i;
	json_array_foreach (list, i, one) {
		struct sql_application_insert_in in = {
		        .version_id = version_id, .code = shape_text(one, "code"), .method = shape_text(one, "method")};
		TRY(sql_application_insert(tx, in, NULL, err));
	}
	return RC_OK;
}

static enum rc put_version(struct tx *tx, const struct agreement_file *file, struct str terms, int64_t now_us, struct applied *ret,
                           struct err *err)
{
	unsigned char hash[TERMS_HASH_SIZE];
	struct day begin, end;
	struct sql_version_insert made;
	TRY(day_from_str(shape_text(file->terms, "begin"), &begin));
	TRY(day_from_str(shape_text(file->terms, "end"), &end));
	ret->field = "terms.begin";
	TRY(check_sequence(tx, file, ret->instansi_id, begin, err));
	ret->field = "terms.end";
	TRY(check_reach(tx, file, ret->instansi_id, end, err));
	ret->field = NULL;
	crypto_generichash(hash, sizeof hash, (const unsigned char *)terms.at, terms.n, NULL, 0);
	TRY(sql_version_insert(tx,
	                       (struct sql_version_insert_in){.instansi_id = ret->instansi_id,
	                                                      .number = file->version,
	                                                      .begin_day = begin.n,
	                                                      .end_day = end.n,
	                                                      .ministry_number = shape_text(file->terms, "ministry_approval"),
	                                                      .terms_json = terms,
	                                                      .terms_hash = str_from((const char *)hash, sizeof hash),
	                                                      .now_us = now_us},
	                       &made, err));
	ret->version_id = made.version_id;
	ret->changed = true;
	TRY(sql_instansi_reach(tx, (struct sql_instansi_reach_in){.end_day = end.n, .instansi_id = ret->instansi_id}, NULL, err));
	return put_applications(tx, file, made.version_id, err);
}

/* P9.2: a version is on record for good, or goes on record now. */
static enum rc apply_version(struct tx *tx, const struct agreement_file *file, int64_t now_us, struct applied *ret, struct err *err)
{
	BUF_AUTO terms = BUF(AGREEMENT_FILE_MAX * 2);
	struct sql_version_get old;
	struct sql_version_get_in key = {.instansi_id = ret->instansi_id, .number = file->version};
	agreement_file_write_terms(file->terms, &terms);
	if (!buf_ok(&terms))
		return FAIL(err, RC_LIMIT, "isi perjanjian terlalu besar");
	enum rc rc = sql_version_get(tx, key, &old, err);
	if (rc == RC_ABSENT)
		return put_version(tx, file, buf_str(&terms), now_us, ret, err);
	TRY(rc);
	if (!str_eq(old.terms_json, buf_str(&terms)))
		return FAIL(err, RC_CONFLICT, "versi %d sudah tercatat dengan isi lain; perubahan dibuat dengan adendum (P9.2)",
		            file->version);
	ret->version_id = old.version_id;
	return RC_OK;
}

static enum rc apply_papers(struct tx *tx, const struct agreement_file *file, int64_t now_us, struct applied *ret, struct err *err)
{
	for (size_t i = 0; i < json_array_size(file->papers); i++) {
		struct paper paper = agreement_file_paper(file, i);
		bool changed = false;
		paper.instansi_id = ret->instansi_id;
		TRY(paper_put(tx, &paper, S(""), now_us, &changed, err));
		ret->changed = ret->changed || changed;
		ret->papers |= changed ? 1U << paper.kind : 0;
	}
	return RC_OK;
}

enum rc agreement_apply(struct tx *tx, struct str json, int64_t now_us, struct applied *ret, struct err *err)
{
	AGREEMENT_FILE_AUTO file = {0};
	struct instansi_row instansi;
	TRY(agreement_file_read(json, &file, err));
	TRY(instansi_of(tx, &file, now_us, &instansi, err));
	*ret = (struct applied){.instansi_id = instansi.instansi_id, .version_number = file.version};
	TRY(apply_version(tx, &file, now_us, ret, err));
	TRY(apply_papers(tx, &file, now_us, ret, err));
	if (instansi.state == INSTANSI_DRAFT)
		TRY(instansi_set_state(tx, instansi.instansi_id, INSTANSI_ACTIVE, now_us, err));
	return RC_OK;
}

enum rc agreement_export(struct tx *tx, int64_t instansi_id, int version_number, struct buf *out, struct err *err)
{
	struct instansi_row instansi;
	struct sql_version_get version;
	struct agreement_parts parts = {.version = version_number};
	struct paper *papers;
	TRY(instansi_get(tx, instansi_id, &instansi, err));
	enum rc rc = sql_version_get(tx, (struct sql_version_get_in){.instansi_id = instansi_id, .number = version_number},
	                             &version, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "versi %d tidak ada", version_number);
	TRY(rc);
	TRY(paper_list(tx, instansi_id, &papers, &parts.papers_n, err));
	parts.code = instansi.code;
	parts.name = instansi.name;
	parts.terms = version.terms_json;
	parts.papers = papers;
	return agreement_file_write(&parts, out, err);
}
