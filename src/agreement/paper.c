/* SPDX-License-Identifier: EUPL-1.2
 * agreement/paper.c - see paper.h. In the store a paper without a last day ends on
 * a day nobody reaches, so that validity is one comparison. */
#include "agreement/paper.h"

#include "agreement/agreement.sql.h"

#define PAPER_TEXT_MAX 120
#define WITHOUT_LIMIT INT32_MAX

static const struct paper_row rows[PAPER_COUNT] = {
        {PAPER_SPTJM, "sptjm", "Surat Pernyataan Tanggung Jawab Mutlak (SPTJM)", "J.VI.D"},
        {PAPER_NDA, "nda", "Pernyataan Menjaga Kerahasiaan (NDA)", "J.VI.E"},
        {PAPER_MINISTRY, "ministry", "Surat persetujuan Direktur Jenderal", "J.VI.G"},
        {PAPER_POC, "poc", "Surat hasil Proof of Concept", "J.II.D"},
        {PAPER_ISO27001, "iso27001", "Sertifikat ISO/IEC 27001", "P2.2i"},
};

const struct paper_row *paper_at(size_t i)
{
	return i < PAPER_COUNT ? &rows[i] : NULL;
}

enum paper_kind paper_kind_of(struct str key)
{
	size_t i = 0;
	while (i < PAPER_COUNT && !str_eq(key, str_c(rows[i].key)))
		i++;
	return (enum paper_kind)i;
}

static bool fits(struct str s, size_t min)
{
	return s.n >= min && s.n <= PAPER_TEXT_MAX && str_is_text(s);
}

enum rc paper_check(const struct paper *paper, struct err *err)
{
	enum method method;
	if ((unsigned)paper->kind >= PAPER_COUNT)
		return FAIL(err, RC_INVALID, "jenis surat tidak dikenal");
	if (!fits(paper->number, 1) || !fits(paper->signer, 1) || !fits(paper->subject, 0))
		return FAIL(err, RC_INVALID, "nomor dan penanda tangan surat harus ada, paling banyak %d huruf", PAPER_TEXT_MAX);
	if (paper->kind == PAPER_NDA && paper->subject.n == 0)
		return FAIL(err, RC_INVALID, "NDA memerlukan user ID pada \"subject\" (J.VI.E)");
	if (paper->kind == PAPER_POC && method_from_key(paper->subject, &method) != RC_OK)
		return FAIL(err, RC_INVALID, "hasil PoC memerlukan metode pada \"subject\" (J.II.D)");
	if (paper->kind != PAPER_NDA && paper->kind != PAPER_POC && paper->subject.n != 0)
		return FAIL(err, RC_INVALID, "\"subject\" hanya untuk NDA dan hasil PoC");
	if (paper->valid_until.n != 0 && paper->valid_until.n < paper->signed_on.n)
		return FAIL(err, RC_INVALID, "hari terakhir mendahului tanggal surat");
	return RC_OK;
}

/* User ids in lower case, methods as the agreement writes them. */
static struct str subject_fold(enum paper_kind paper, struct str subject, struct arena *arena)
{
	enum method method;
	if (paper == PAPER_POC && method_from_key(subject, &method) == RC_OK)
		return str_c(method_at(method)->key);
	struct str folded = arena_str(arena, subject);
	char *at = (char *)(uintptr_t)folded.at;
	for (size_t i = 0; paper == PAPER_NDA && i < folded.n; i++)
		if (at[i] >= 'A' && at[i] <= 'Z')
			at[i] = (char)(at[i] - 'A' + 'a');
	return folded;
}

enum rc paper_put(struct tx *tx, const struct paper *paper, int64_t now_us, bool *ret_changed, struct err *err)
{
	int64_t changed = 0;
	TRY(paper_check(paper, err));
	struct sql_paper_put_in in = {.instansi_id = paper->instansi_id,
	                              .kind = str_c(rows[paper->kind].key),
	                              .subject = subject_fold(paper->kind, paper->subject, tx_arena(tx)),
	                              .number = paper->number,
	                              .signer = paper->signer,
	                              .signed_day = paper->signed_on.n,
	                              .valid_day = paper->valid_until.n ? paper->valid_until.n : WITHOUT_LIMIT,
	                              .now_us = now_us};
	TRY(sql_paper_put(tx, in, &changed, err));
	*ret_changed = changed > 0;
	return RC_OK;
}

enum rc paper_file(struct tx *tx, const struct paper *paper, int64_t now_us, struct err *err)
{
	bool changed;
	return paper_put(tx, paper, now_us, &changed, err);
}

enum rc paper_valid(struct tx *tx, int64_t instansi_id, enum paper_kind kind, struct str subject, struct day on, bool *ret,
                    struct err *err)
{
	if ((unsigned)kind >= PAPER_COUNT)
		return FAIL(err, RC_INVALID, "jenis surat tidak dikenal");
	struct sql_paper_valid_in in = {.instansi_id = instansi_id,
	                                .kind = str_c(rows[kind].key),
	                                .subject = subject_fold(kind, subject, tx_arena(tx)),
	                                .day = on.n};
	struct sql_paper_valid row;
	return sql_paper_valid(tx, &in, 1, &row, ret, err);
}

enum rc paper_nda_valid(struct tx *tx, const struct paper_nda *asks, size_t n, struct day on, bool *ret, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	if (n == 0)
		return RC_OK;
	struct sql_paper_valid_in *in = ARENA_ARRAY(arena, n, struct sql_paper_valid_in);
	struct sql_paper_valid *out = ARENA_ARRAY(arena, n, struct sql_paper_valid);
	if (!in || !out)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		in[i] = (struct sql_paper_valid_in){.instansi_id = asks[i].instansi_id,
		                                    .kind = S("nda"),
		                                    .subject = subject_fold(PAPER_NDA, asks[i].user_id, arena),
		                                    .day = on.n};
	return sql_paper_valid(tx, in, n, out, ret, err);
}

static struct paper from_row(const struct sql_paper_all *row, int64_t instansi_id)
{
	bool limited = row->valid_day != WITHOUT_LIMIT;
	return (struct paper){.kind = paper_kind_of(row->kind),
	                      .instansi_id = instansi_id,
	                      .subject = row->subject,
	                      .number = row->number,
	                      .signer = row->signer,
	                      .signed_on = {(int32_t)row->signed_day},
	                      .valid_until = {limited ? (int32_t)row->valid_day : 0}};
}

enum rc paper_list(struct tx *tx, int64_t instansi_id, struct paper **ret, size_t *ret_n, struct err *err)
{
	struct sql_paper_all_rows all;
	TRY(sql_paper_all(tx, (struct sql_paper_all_in){.instansi_id = instansi_id}, &all, err));
	struct paper *list = all.n ? ARENA_ARRAY(tx_arena(tx), all.n, struct paper) : NULL;
	if (all.n && !list)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < all.n; i++) {
		list[i] = from_row(&all.at[i], instansi_id);
		if (list[i].kind == PAPER_COUNT)
			return FAIL(err, RC_BROKEN, "jenis surat di basis data tidak dikenal");
	}
	*ret = list;
	*ret_n = all.n;
	return RC_OK;
}
