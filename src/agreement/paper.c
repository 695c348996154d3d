/* SPDX-License-Identifier: EUPL-1.2
 * agreement/paper.c - see paper.h. In the store a paper without a last day ends on
 * a day nobody reaches, so that validity is one comparison. */
#include "agreement/paper.h"

#include "agreement/agreement.sql.h"
#include "agreement/words.h"

#define PAPER_TEXT_MAX 120
#define PAPER_NOTE_MAX 500
#define WITHOUT_LIMIT INT32_MAX

static const struct paper_row rows[PAPER_COUNT] = {
        {PAPER_SPTJM, "sptjm", "Surat Pernyataan Tanggung Jawab Mutlak (SPTJM)", "J.VI.D", NULL, true},
        {PAPER_NDA, "nda", "Pernyataan Menjaga Kerahasiaan (NDA)", "J.VI.E", "User ID", true},
        {PAPER_MINISTRY, "ministry", "Surat persetujuan Direktur Jenderal", "J.VI.G", NULL, false},
        {PAPER_POC, "poc", "Surat hasil Proof of Concept", "J.II.D", "Metode atau aplikasi", false},
        {PAPER_ISO27001, "iso27001", "Sertifikat ISO/IEC 27001", "P2.2i", NULL, true},
        {PAPER_BAST, "bast", "Berita Acara Serah Terima (BAST)", "J.II.B", "User ID", true},
        {PAPER_MINUTES, "minutes", "Berita acara rapat", "J.VI.C", NULL, true},
        {PAPER_LETTER, "letter", "Surat", "P9.2", NULL, true},
        {PAPER_EVIDENCE, "evidence", "Bukti pelaksanaan kewajiban", "P2.2", "Kewajiban", true},
        {PAPER_REPORT, "report", "Laporan semester", "P8", "Semester", true},
};

static const struct paper_state_row states[] = {
        {PAPER_FILED, "filed", "Menunggu pemeriksaan"},
        {PAPER_ACCEPTED, "accepted", "Diterima"},
        {PAPER_DECLINED, "declined", "Ditolak"},
};

const struct paper_row *paper_at(size_t i)
{
	return i < PAPER_COUNT ? &rows[i] : NULL;
}

const struct paper_state_row *paper_state_at(size_t i)
{
	return i < LEN(states) ? &states[i] : NULL;
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

/* J.II.D: the method stands for the application it begins with. */
static bool is_application(struct str subject)
{
	enum method method;
	return method_from_key(subject, &method) == RC_OK || word_is_application(subject);
}

static enum rc check_subject(const struct paper *paper, struct err *err)
{
	const struct paper_row *row = &rows[paper->kind];
	if (paper->kind == PAPER_NDA && paper->subject.n == 0)
		return FAIL(err, RC_INVALID, "NDA memerlukan user ID pada \"subject\" (J.VI.E)");
	if (paper->kind == PAPER_POC && !is_application(paper->subject))
		return FAIL(err, RC_INVALID, "hasil PoC memerlukan metode atau aplikasi pada \"subject\" (J.II.D)");
	if (row->subject && paper->subject.n == 0)
		return FAIL(err, RC_INVALID, "%s memerlukan keterangan: %s", row->label, row->subject);
	if (!row->subject && paper->subject.n != 0)
		return FAIL(err, RC_INVALID, "\"subject\" tidak dipakai pada surat ini");
	return RC_OK;
}

enum rc paper_check(const struct paper *paper, struct err *err)
{
	if ((unsigned)paper->kind >= PAPER_COUNT)
		return FAIL(err, RC_INVALID, "jenis surat tidak dikenal");
	if (!fits(paper->number, 1) || !fits(paper->signer, 1) || !fits(paper->subject, 0))
		return FAIL(err, RC_INVALID, "nomor dan penanda tangan surat harus ada, paling banyak %d huruf", PAPER_TEXT_MAX);
	TRY(check_subject(paper, err));
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
	bool user_id = paper == PAPER_NDA || paper == PAPER_BAST;
	for (size_t i = 0; user_id && i < folded.n; i++)
		if (at[i] >= 'A' && at[i] <= 'Z')
			at[i] = (char)(at[i] - 'A' + 'a');
	return folded;
}

static int64_t last_day(const struct paper *paper)
{
	return paper->valid_until.n ? paper->valid_until.n : WITHOUT_LIMIT;
}

enum rc paper_put(struct tx *tx, const struct paper *paper, struct str by, int64_t now_us, bool *ret_changed, struct err *err)
{
	int64_t changed = 0;
	TRY(paper_check(paper, err));
	struct sql_paper_put_in in = {.instansi_id = paper->instansi_id,
	                              .kind = str_c(rows[paper->kind].key),
	                              .subject = subject_fold(paper->kind, paper->subject, tx_arena(tx)),
	                              .number = paper->number,
	                              .signer = paper->signer,
	                              .signed_day = paper->signed_on.n,
	                              .valid_day = last_day(paper),
	                              .now_us = now_us,
	                              .scan_id = paper->scan_id,
	                              .by_user = by};
	TRY(sql_paper_put(tx, in, &changed, err));
	*ret_changed = changed > 0;
	return RC_OK;
}

enum rc paper_file(struct tx *tx, const struct paper *paper, int64_t now_us, struct err *err)
{
	bool changed;
	return paper_put(tx, paper, S(""), now_us, &changed, err);
}

enum rc paper_waiting(struct tx *tx, int64_t instansi_id, int64_t *ret, struct err *err)
{
	struct sql_paper_waiting row;
	TRY(sql_paper_waiting(tx, (struct sql_paper_waiting_in){.instansi_id = instansi_id}, &row, err));
	*ret = row.n;
	return RC_OK;
}

enum rc paper_submit(struct tx *tx, const struct paper *paper, struct str by, int64_t now_us, struct err *err)
{
	if ((unsigned)paper->kind < PAPER_COUNT && !rows[paper->kind].agency)
		return FAIL(err, RC_REFUSED, "%s dicatat oleh Dinas Dukcapil", rows[paper->kind].label);
	return paper_propose(tx, paper, by, now_us, err);
}

enum rc paper_propose(struct tx *tx, const struct paper *paper, struct str by, int64_t now_us, struct err *err)
{
	int64_t changed = 0, waiting;
	TRY(paper_check(paper, err));
	TRY(paper_waiting(tx, paper->instansi_id, &waiting, err));
	if (waiting >= PAPER_WAITING_MAX)
		return FAIL(err, RC_LIMIT, "terlalu banyak berkas menunggu pemeriksaan");
	struct sql_paper_submit_in in = {.instansi_id = paper->instansi_id,
	                                 .kind = str_c(rows[paper->kind].key),
	                                 .subject = subject_fold(paper->kind, paper->subject, tx_arena(tx)),
	                                 .number = paper->number,
	                                 .signer = paper->signer,
	                                 .signed_day = paper->signed_on.n,
	                                 .valid_day = last_day(paper),
	                                 .now_us = now_us,
	                                 .scan_id = paper->scan_id,
	                                 .by_user = by};
	TRY(sql_paper_submit(tx, in, &changed, err));
	return changed ? RC_OK : FAIL(err, RC_CONFLICT, "surat dengan nomor itu sudah diterima; pakai nomor surat yang baru");
}

enum rc paper_decide(struct tx *tx, const struct paper_decision *d, struct err *err)
{
	int64_t changed = 0;
	if (d->note.n > PAPER_NOTE_MAX || !str_is_text(d->note) || (!d->accept && d->note.n == 0))
		return FAIL(err, RC_INVALID, "alasan penolakan harus ada, paling banyak %d huruf", PAPER_NOTE_MAX);
	struct sql_paper_decide_in in = {.state = str_c(states[d->accept ? PAPER_ACCEPTED : PAPER_DECLINED].key),
	                                 .note = d->note,
	                                 .by_user = d->by,
	                                 .paper_id = d->paper_id,
	                                 .seen_us = d->seen_us};
	TRY(sql_paper_decide(tx, in, &changed, err));
	return changed ? RC_OK : FAIL(err, RC_CONFLICT, "berkas itu sudah diputuskan, atau diajukan ulang dengan isi lain");
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

enum rc paper_valid_each(struct tx *tx, enum paper_kind kind, const struct paper_nda *asks, size_t n, struct day on, bool *ret,
                         struct err *err)
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
		                                    .kind = str_c(rows[kind].key),
		                                    .subject = subject_fold(kind, asks[i].user_id, arena),
		                                    .day = on.n};
	return sql_paper_valid(tx, in, n, out, ret, err);
}

enum rc paper_nda_valid(struct tx *tx, const struct paper_nda *asks, size_t n, struct day on, bool *ret, struct err *err)
{
	return paper_valid_each(tx, PAPER_NDA, asks, n, on, ret, err);
}

/* ---- reading ---- */

/* The queries that read whole papers give rows of the same columns. */
#define PAPER_FROM_ROW(row, instansi)                                                                                              \
	(struct paper)                                                                                                             \
	{                                                                                                                          \
		.kind = paper_kind_of((row)->kind), .instansi_id = (instansi), .subject = (row)->subject, .number = (row)->number, \
		.signer = (row)->signer, .signed_on = {(int32_t)(row)->signed_day}, .valid_until = until((row)->valid_day),        \
		.scan_id = (row)->scan_id, .paper_id = (row)->paper_id, .filed_us = (row)->filed_us,                               \
		.state = state_of((row)->state), .note = (row)->note, .filed_by = (row)->filed_by, .decided_by = (row)->decided_by \
	}

static struct day until(int64_t valid_day)
{
	return (struct day){valid_day == WITHOUT_LIMIT ? 0 : (int32_t)valid_day};
}

static enum paper_state state_of(struct str key)
{
	size_t i = 0;
	while (i < LEN(states) - 1 && !str_eq(key, str_c(states[i].key)))
		i++;
	return states[i].state;
}

static enum rc known(const struct paper *paper, struct err *err)
{
	return paper->kind == PAPER_COUNT ? FAIL(err, RC_BROKEN, "jenis surat di basis data tidak dikenal") : RC_OK;
}

static enum rc room(struct tx *tx, size_t n, struct paper **ret, struct err *err)
{
	*ret = n ? ARENA_ARRAY(tx_arena(tx), n, struct paper) : NULL;
	return n && !*ret ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

enum rc paper_list(struct tx *tx, int64_t instansi_id, struct paper **ret, size_t *ret_n, struct err *err)
{
	struct sql_paper_all_rows all;
	TRY(sql_paper_all(tx, (struct sql_paper_all_in){.instansi_id = instansi_id}, &all, err));
	TRY(room(tx, all.n, ret, err));
	for (size_t i = 0; i < all.n; i++) {
		(*ret)[i] = PAPER_FROM_ROW(&all.at[i], instansi_id);
		TRY(known(&(*ret)[i], err));
	}
	*ret_n = all.n;
	return RC_OK;
}

enum rc paper_page(struct tx *tx, const struct paper_page *ask, struct paper **ret, size_t *ret_n, int64_t *ret_all,
                   struct err *err)
{
	struct sql_paper_page_rows page;
	struct sql_paper_count count;
	struct str kind = ask->kind == PAPER_COUNT ? S("") : str_c(rows[ask->kind].key);
	if (ask->most < 1 || ask->most > PAPER_PAGE_MAX || ask->skip < 0)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	struct str subject = ask->kind == PAPER_COUNT ? S("") : subject_fold(ask->kind, ask->subject, tx_arena(tx));
	struct sql_paper_count_in all = {.instansi_id = ask->instansi_id, .kind = kind, .state = ask->state, .subject = subject};
	TRY(sql_paper_count(tx, all, &count, err));
	struct sql_paper_page_in in = {.instansi_id = ask->instansi_id,
	                               .kind = kind,
	                               .state = ask->state,
	                               .subject = subject,
	                               .most = ask->most,
	                               .skip = ask->skip};
	TRY(sql_paper_page(tx, in, &page, err));
	TRY(room(tx, page.n, ret, err));
	for (size_t i = 0; i < page.n; i++) {
		(*ret)[i] = PAPER_FROM_ROW(&page.at[i], ask->instansi_id);
		TRY(known(&(*ret)[i], err));
	}
	*ret_n = page.n;
	*ret_all = count.n;
	return RC_OK;
}

enum rc paper_inbox(struct tx *tx, int64_t skip, int64_t most, struct paper_inbox *ret, struct err *err)
{
	struct sql_paper_inbox_rows all;
	if (most < 1 || most > PAPER_PAGE_MAX || skip < 0)
		return FAIL(err, RC_INVALID, "halaman daftar tidak ada");
	TRY(sql_paper_inbox(tx, (struct sql_paper_inbox_in){.most = most, .skip = skip}, &all, err));
	TRY(room(tx, all.n, &ret->papers, err));
	ret->codes = ARENA_ARRAY(tx_arena(tx), all.n + 1, struct str);
	if (!ret->codes)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < all.n; i++) {
		ret->papers[i] = PAPER_FROM_ROW(&all.at[i], all.at[i].instansi_id);
		ret->codes[i] = all.at[i].code;
		TRY(known(&ret->papers[i], err));
	}
	ret->n = all.n;
	return RC_OK;
}

enum rc paper_id_of(struct tx *tx, const struct paper *paper, int64_t *ret, struct err *err)
{
	struct sql_paper_by_number row;
	struct sql_paper_by_number_in in = {.instansi_id = paper->instansi_id,
	                                    .kind = str_c(rows[paper->kind].key),
	                                    .subject = subject_fold(paper->kind, paper->subject, tx_arena(tx)),
	                                    .number = paper->number};
	TRY(sql_paper_by_number(tx, in, &row, err));
	*ret = row.paper_id;
	return RC_OK;
}

enum rc paper_get(struct tx *tx, int64_t paper_id, struct paper *ret, struct err *err)
{
	struct sql_paper_get row;
	enum rc rc = sql_paper_get(tx, (struct sql_paper_get_in){.paper_id = paper_id}, &row, err);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "berkas itu tidak ada");
	TRY(rc);
	*ret = PAPER_FROM_ROW(&row, row.instansi_id);
	return known(ret, err);
}

enum rc paper_latest(struct tx *tx, int64_t instansi_id, enum paper_kind kind, struct str subject, struct paper *ret,
                     struct err *err)
{
	struct sql_paper_latest row;
	struct str folded = subject_fold(kind, subject, tx_arena(tx));
	struct sql_paper_latest_in in = {.instansi_id = instansi_id, .kind = str_c(rows[kind].key), .subject = folded};
	TRY(sql_paper_latest(tx, in, &row, err));
	*ret = (struct paper){.kind = kind,
	                      .instansi_id = instansi_id,
	                      .subject = folded,
	                      .number = row.number,
	                      .signer = row.signer,
	                      .signed_on = {(int32_t)row.signed_day},
	                      .valid_until = until(row.valid_day),
	                      .paper_id = row.paper_id,
	                      .state = PAPER_ACCEPTED};
	return RC_OK;
}

/* ---- of user ids ---- */

static struct paper_stand stand_of(const struct sql_paper_stand *row, enum paper_kind kind, struct day on)
{
	bool dated = kind == PAPER_BAST; /* of one handing over: it never runs out */
	bool filed = dated ? !row->signed_day_null : !row->valid_day_null;
	if (filed && (dated || row->valid_day >= on.n))
		return (struct paper_stand){PAPER_ON_FILE, dated ? (struct day){0} : until(row->valid_day)};
	if (row->waiting)
		return (struct paper_stand){.standing = PAPER_WAITING};
	if (filed)
		return (struct paper_stand){PAPER_OVER, until(row->valid_day)};
	return (struct paper_stand){.standing = PAPER_MISSING};
}

enum rc paper_stands(struct tx *tx, const struct paper_stand_list *list, struct paper_stand *ret, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	struct sql_paper_stand_in *in = ARENA_ARRAY(arena, list->n + 1, struct sql_paper_stand_in);
	struct sql_paper_stand *out = ARENA_ARRAY(arena, list->n + 1, struct sql_paper_stand);
	bool *found = ARENA_ARRAY(arena, list->n + 1, bool);
	if (!in || !out || !found)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < list->n; i++)
		in[i] = (struct sql_paper_stand_in){.instansi_id = list->asks[i].instansi_id,
		                                    .kind = str_c(rows[list->kind].key),
		                                    .subject = subject_fold(list->kind, list->asks[i].user_id, arena),
		                                    .since_us = list->asks[i].since_us,
		                                    .since_day = day_of_us(list->asks[i].since_us).n};
	if (list->n)
		TRY(sql_paper_stand(tx, in, list->n, out, found, err));
	for (size_t i = 0; i < list->n; i++)
		ret[i] = stand_of(&out[i], list->kind, list->on);
	return RC_OK;
}
