/* SPDX-License-Identifier: EUPL-1.2
 * web/page_journal_entry.c - one entry of the journal in words, and the proof that it is in the
 * signed log. No page can show whom an inquiry was about: the entry holds a keyed hash. */
#include "agreement/agreement.h"
#include "agreement/kejadian.h"
#include "gate/logbook.h"
#include "journal/cosign.h"
#include "journal/explain.h"
#include "journal/verify.h"
#include "web/clause.h"
#include "web/frame.h"
#include "web/journal_entry.page.h"
#include "web/journal_words.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/when.h"

#define MENU "/jurnal"

struct seat {
	int log_id;
	int64_t place;
};

static enum rc seat_of(struct visit *v, struct seat *ret, struct err *err)
{
	int64_t log = logbook_own(v);
	struct str text = http_query(v->rq, "log");
	if (text.n && str_int(text, 0, JOURNAL_LOG_MAX, &log) != RC_OK)
		return FAIL(err, RC_ABSENT, "Tidak ada log dengan nomor itu.");
	if (str_int(http_query(v->rq, "seq"), 0, INT64_MAX, &ret->place) != RC_OK)
		return FAIL(err, RC_ABSENT, "Tidak ada entri dengan nomor itu.");
	ret->log_id = (int)log;
	return RC_OK;
}

static enum rc find_log(struct visit *v, int log_id, struct browse_log *ret, struct err *err)
{
	struct browse_log *logs = ARENA_ARRAY(visit_page_arena(v), BROWSE_LOGS_MAX, struct browse_log);
	size_t n;
	if (!logs)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(browse_logs(v->tx, logs, &n, err));
	for (size_t i = 0; i < n; i++) {
		if (logs[i].log_id != log_id)
			continue;
		*ret = logs[i];
		return RC_OK;
	}
	return FAIL(err, RC_ABSENT, "Tidak ada log dengan nomor itu.");
}

/* ---- what the numbers of rows mean ---- */

static enum rc kejadian_words(struct visit *v, const struct line *line, struct str *ret, struct err *err)
{
	struct kejadian kejadian;
	struct err ignored = {0};
	enum rc rc = kejadian_get(v->tx, line->instansi_id, line->kejadian_id, &kejadian, &ignored);
	if (rc == RC_OK)
		*ret = kejadian.name;
	return rc == RC_OK || rc == RC_ABSENT ? RC_OK : FAIL(err, rc, "kejadian tidak dapat dibaca");
}

static enum rc version_words(struct visit *v, const struct line *line, struct str *ret, struct err *err)
{
	int number;
	struct err ignored = {0};
	enum rc rc = agreement_version_number(v->tx, line->version_id, &number, &ignored);
	if (rc == RC_OK && number)
		*ret = arena_printf(v->arena, "versi %d", number);
	return rc == RC_OK || rc == RC_ABSENT ? RC_OK : FAIL(err, rc, "versi tidak dapat dibaca");
}

/* The value in words; "" it speaks for itself. */
static enum rc words_of(struct visit *v, const struct explain_pair *pair, const struct line *line, struct str *ret, struct err *err)
{
	struct str code;
	*ret = pair->words ? str_c(pair->words) : S("");
	if (str_eq(pair->key, S("outcome")))
		*ret = journal_outcome(v->arena, pair->value);
	if (str_eq(pair->key, S("time")))
		*ret = arena_str(v->arena, str_c(clock_short_wib(line->time_us).z));
	if (str_eq(pair->key, S("clause")))
		*ret = clause_words(v->arena, pair->value);
	if (str_eq(pair->key, S("instansi")))
		return journal_instansi(v, line->instansi_id, &code, ret, err);
	if (str_eq(pair->key, S("kejadian")))
		return kejadian_words(v, line, ret, err);
	return str_eq(pair->key, S("version")) ? version_words(v, line, ret, err) : RC_OK;
}

/* What stands in the line, beside the words for it. */
static struct str raw_of(struct visit *v, const struct explain_pair *pair, struct str words)
{
	bool row = str_eq(pair->key, S("instansi")) || str_eq(pair->key, S("kejadian")) || str_eq(pair->key, S("version"));
	if (words.n == 0 || str_starts(words, pair->value))
		return S("");
	return row ? arena_printf(v->arena, "nomor %.*s", STR_ARG(pair->value)) : pair->value;
}

static enum rc put_facts(struct visit *v, const struct browse_row *row, struct page_journal_entry *page, struct err *err)
{
	struct explain_pair pairs[EXPLAIN_MAX];
	size_t n;
	page->unfit = row->unfit || explain_line(row->text, v->arena, pairs, &n) != RC_OK;
	if (page->unfit)
		return RC_OK;
	page->facts = ARENA_ARRAY(visit_page_arena(v), EXPLAIN_MAX, struct page_journal_entry_fact);
	if (!page->facts)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (; page->facts_n < n; page->facts_n++) {
		const struct explain_pair *pair = &pairs[page->facts_n];
		struct page_journal_entry_fact *fact = &page->facts[page->facts_n];
		*fact = (struct page_journal_entry_fact){.label = str_c(pair->label)};
		TRY(words_of(v, pair, &row->line, &fact->value, err));
		fact->raw = raw_of(v, pair, fact->value);
		fact->value = fact->value.n ? fact->value : pair->value;
	}
	page->nik = row->line.has_nik;
	page->about_person = str_eq(row->line.act, S("lookup")) || row->line.has_nik;
	return RC_OK;
}

/* ---- what proves it ---- */

static enum rc put_signers(struct visit *v, struct seat seat, int64_t size, struct page_journal_entry *page, struct err *err)
{
	struct cosign_line *lines;
	size_t n;
	TRY(cosign_lines(v->tx, seat.log_id, size, &lines, &n, err));
	page->signers = ARENA_ARRAY(visit_page_arena(v), n + 1, struct page_journal_entry_signer);
	if (!page->signers)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (; page->signers_n < n; page->signers_n++) {
		const struct cosign_line *line = &lines[page->signers_n];
		struct str code;
		TRY(journal_instansi(v, line->instansi_id, &code, NULL, err));
		page->signers[page->signers_n] = (struct page_journal_entry_signer){
		        .who = arena_printf(v->arena, "%.*s%s%.*s", STR_ARG(line->name), code.n ? ", " : "", STR_ARG(code)),
		        .when = arena_str(v->arena, str_c(when_row(line->made_us).z)),
		};
	}
	return RC_OK;
}

/* The one the proof will rest on: journal/verify.h. */
static enum rc put_proof(struct visit *v, struct seat seat, struct page_journal_entry *page, struct err *err)
{
	struct browse_checkpoint first;
	int64_t cosigned;
	TRY(browse_covered(v->tx, seat.log_id, seat.place, &first, err));
	if (first.size < 0)
		return RC_OK;
	struct url_pair at[] = {{"log", arena_printf(v->arena, "%d", seat.log_id)},
	                        {"ukuran", arena_printf(v->arena, "%lld", (long long)first.size)}};
	struct url_pair pairs[] = {at[0], {"seq", arena_printf(v->arena, "%lld", (long long)seat.place)}};
	page->covered = arena_printf(v->arena, "%.*s entri, ditandatangani %s", STR_ARG(pager_count(v->arena, first.size)),
	                             when_row(first.signed_us).z);
	page->covered_url = url_path(v->arena, "/jurnal/checkpoint", at, LEN(at));
	page->proof = url_path(v->arena, "/jurnal/bukti", pairs, LEN(pairs));
	TRY(cosign_last(v->tx, seat.log_id, &cosigned, err));
	return cosigned > seat.place ? put_signers(v, seat, cosigned, page, err) : RC_OK;
}

static struct str hex_of(struct visit *v, struct str bytes)
{
	BUF_AUTO hex = BUF(256);
	hex_add(&hex, bytes);
	return arena_str(v->arena, buf_str(&hex));
}

enum rc page_journal_entry_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct seat seat;
	struct browse_log log;
	struct browse_entry entry;
	TRY(seat_of(v, &seat, err));
	TRY(find_log(v, seat.log_id, &log, err));
	TRY(browse_entry(v->tx, seat.log_id, seat.place, &entry, err));
	TRY(journal_reads(v, err));
	struct page_journal_entry page = {
	        .ref = journal_ref_words(v, seat.log_id, seat.place),
	        .number = pager_count(v->arena, seat.place),
	        .origin = log.origin,
	        .line = entry.row.text,
	        .leaf = hex_of(v, entry.leaf),
	        .entries = journal_log_url(v, MENU, seat.log_id),
	        .check = journal_log_url(v, MENU "/keutuhan", seat.log_id),
	        .before = seat.place > 0 ? journal_entry_url(v, seat.log_id, seat.place - 1) : (struct url){S("")},
	        .after = seat.place + 1 < log.size ? journal_entry_url(v, seat.log_id, seat.place + 1) : (struct url){S("")},
	};
	TRY(put_facts(v, &entry.row, &page, err));
	TRY(put_proof(v, seat, &page, err));
	page_journal_entry_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Entri jurnal", .at = MENU}, 200, &body, err);
}

/* ---- the proof ---- */

enum rc page_journal_proof_get(struct visit *v, struct err *err)
{
	struct browse_checkpoint covered;
	struct seat *seat = ARENA_NEW(v->arena, struct seat);
	if (!seat)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(seat_of(v, seat, err));
	TRY(browse_covered(v->tx, seat->log_id, seat->place, &covered, err));
	if (covered.size < 0)
		return FAIL(err, RC_ABSENT, "Entri itu tidak ada, atau belum tercakup checkpoint yang ditandatangani.");
	v->own = seat;
	struct str about = arena_printf(v->arena, "journal proof log=%d seq=%lld", seat->log_id, (long long)seat->place);
	return visit_journal(v, (struct entry){.act = ACT_EXPORT, .outcome = "ok", .about = about}, NULL, err);
}

enum rc page_journal_proof_after(struct visit *v, struct err *err)
{
	BUF_AUTO proof = BUF(VERIFY_PROOF_MAX);
	const struct seat *seat = v->own;
	TRY(logbook_prove(v, seat->log_id, seat->place, &proof, err));
	visit_file(v, "application/json", arena_printf(v->arena, "bukti-%d-%lld.json", seat->log_id, (long long)seat->place),
	           &proof);
	return RC_OK;
}
