/* SPDX-License-Identifier: EUPL-1.2
 * web/page_history_print.c - who looked at his data, on paper for its owner (UU 27/2022; P2.2g).
 *
 * The page decides, writes down that a slip is made, and gathers what stands around; the journal is
 * searched and the PDF typeset afterwards. A slip leaves the house: it names agencies and purposes,
 * never user ids, addresses, notes, or anything about somebody else. */
#include "pdf/letter.h"
#include "procedure/letters.h"
#include "web/clause.h"
#include "web/history_form.h"
#include "web/pages.h"
#include "web/request_form.h"
#include "web/when.h"

#define ARENA_MAX ((size_t)4 << 20)
#define COLUMNS 4
#define MASKED_MAX 64
#define TIME_N 16 /* "23-11-2026 09.41" */

struct printing {
	struct letters *letters;
	struct history_ticket ticket;
	struct history_time time;
	struct str filename;
	struct arena arena; /* in `after` */
	struct history_look look;
};

/* Why it happened, and the clause it rests on. */
static const struct act_words {
	enum act act;
	const char *words, *clause;
} acts[] = {
        {ACT_LOOKUP, "Verifikasi NIK", "P2.1a"},
        {ACT_SLIP, "Tanda bukti verifikasi dicetak atau diperiksa", "P2.2a"},
        {ACT_FEEDBACK, "Data balikan tentang korban bencana", "P2.2b"},
        {ACT_RELAY, "Pertanyaan diteruskan ke sistem di atas", "P2.1a"},
};

static const struct act_words *words_of(enum act act)
{
	for (size_t i = 0; i < LEN(acts); i++)
		if (acts[i].act == act)
			return &acts[i];
	return NULL;
}

/* ---- the page ---- */

static struct str span_of(struct visit *v, const struct history_time *time)
{
	struct str from = time->first.n ? arena_str(v->arena, str_c(day_long(time->first).z)) : S("awal pencatatan");
	struct day last = time->last.n ? time->last : day_of_us(v->now_us);
	return arena_printf(v->arena, "%.*s sampai dengan %s", STR_ARG(from), day_long(last).z);
}

/* As on the screens, with dots for the digits that are hidden. */
static struct str masked(struct visit *v, struct nik nik)
{
	BUF_AUTO out = BUF(MASKED_MAX);
	struct nik_text text = nik_masked(nik);
	for (const char *at = text.z; *at; at++)
		buf_add(&out, *at == '*' ? S("•") : str_from(at, 1));
	return arena_str(v->arena, buf_str(&out));
}

static void put_around(struct visit *v, const struct printing *p, const struct receipt *receipt)
{
	const struct history_why *why = &p->ticket.why;
	letters_put(p->letters, "pemilik.nik", masked(v, p->ticket.nik));
	letters_put(p->letters, "pemohon", str_c(history_asker_at(why->asker)->label));
	letters_put(p->letters, "dokumen", str_c(document_at(why->document)->label));
	letters_put(p->letters, "masa", span_of(v, &p->time));
	letters_put(p->letters, "dibaca", str_c(when_long(v->now_us).z));
	letters_put_day(p->letters, "tanggal", day_of_us(v->now_us));
	letters_reference(p->letters, str_c(receipt_ref(receipt).z), v->now_us);
}

enum rc page_history_print(struct visit *v, struct err *err)
{
	const char *field;
	const struct receipt *receipt;
	struct desk desk = request_desk(v);
	struct printing *p = ARENA_NEW(v->arena, struct printing);
	struct err reason = {0};
	if (!p)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v->own = p;
	if (history_ticket_read(v, http_form(v->rq, "tiket"), &p->ticket, &reason) != RC_OK)
		return FAIL(err, RC_INVALID, "%s", reason.what);
	if (p->ticket.why.ground != HISTORY_OWNER)
		return FAIL(err, RC_INVALID, "Surat keterangan hanya dibuat atas permintaan pemilik data.");
	TRY(history_time_read(v, &p->time, &field, err));
	TRY(history_slip(v, &p->ticket, &receipt, err));
	TRY(letters_begin_outward(&desk, LETTER_RIWAYAT_AKSES, v->arena, &p->letters, err));
	put_around(v, p, receipt);
	p->filename = arena_printf(v->arena, "riwayat-akses-%s.pdf", receipt_ref(receipt).z);
	return RC_OK;
}

/* ---- the PDF ---- */

static struct str purpose_of(struct printing *p, const struct history_seen *seen)
{
	const struct act_words *words = words_of(seen->row.act);
	struct str clause = clause_words(&p->arena, str_c(words ? words->clause : ""));
	struct str text = str_c(words ? words->words : act_at(seen->row.act)->label);
	struct str basis; /* not for the slip */
	if (seen->row.act == ACT_TRACE)
		return S("Pencarian riwayat akses dalam rangka pengawasan");
	if (seen->row.act == ACT_HISTORY) /* whether somebody is being investigated is nobody else's affair */
		return history_ground_of(seen->row.about, &basis) == HISTORY_OWNER
		               ? S("Pencarian riwayat akses atas permintaan pemilik data")
		               : S("Pencarian riwayat akses dalam rangka pengawasan");
	if (seen->kejadian.n)
		text = arena_printf(&p->arena, "%.*s: %.*s (%.*s)", STR_ARG(text), STR_ARG(seen->kejadian), STR_ARG(seen->jenis));
	if (seen->pks.n)
		return arena_printf(&p->arena, "%.*s. Dasar: %.*s, nomor %.*s, versi %d", STR_ARG(text), STR_ARG(clause),
		                    STR_ARG(seen->pks), seen->version);
	return clause.n ? arena_printf(&p->arena, "%.*s. Dasar: %.*s", STR_ARG(text), STR_ARG(clause)) : text;
}

static struct letter_row row_of(struct printing *p, const struct history_seen *seen)
{
	struct letter_field *cells = ARENA_ARRAY(&p->arena, COLUMNS, struct letter_field);
	if (!cells)
		return (struct letter_row){0};
	struct clock_text time = when_row(seen->row.time_us); /* "WIB" stands in the head of the column */
	cells[0] = (struct letter_field){"akses.waktu", arena_str(&p->arena, str_sub(str_c(time.z), 0, TIME_N))};
	cells[1] = (struct letter_field){"akses.oleh", seen->instansi.n ? seen->instansi : S("Dinas Dukcapil")};
	cells[2] = (struct letter_field){"akses.keperluan", purpose_of(p, seen)};
	cells[3] = (struct letter_field){"akses.hasil", str_c(history_shown_words(history_shown(&seen->row)))};
	return (struct letter_row){cells, COLUMNS};
}

static void put_gone(struct printing *p)
{
	struct str text = S("");
	const struct history_list *list = &p->look.list;
	for (size_t i = 0; i < list->gone_n; i++)
		text = arena_printf(&p->arena, "%.*s%s%02d-%04d", STR_ARG(text), i ? ", " : "", list->gone[i] % 100,
		                    list->gone[i] / 100);
	letters_put(p->letters, "dianonimkan", text);
	letters_put(p->letters, "diarsipkan",
	            list->archived ? arena_printf(&p->arena, "%02d-%04d", list->archived % 100, list->archived / 100) : S(""));
}

/* Oldest first, as one reads a letter. */
static enum rc write_letter(struct printing *p, struct buf *out, struct err *err)
{
	size_t n = p->look.list.n;
	struct letter_row *rows = ARENA_ARRAY(&p->arena, n + 1, struct letter_row);
	if (!rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		rows[i] = row_of(p, &p->look.at[n - 1 - i]);
	letters_put(p->letters, "banyaknya", arena_printf(&p->arena, "%zu", n));
	put_gone(p);
	const struct letter_ask *around = letters_ask(p->letters);
	if (!around || p->arena.broken)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	struct letter_ask ask = *around;
	ask.rows = rows;
	ask.rows_n = n;
	enum rc rc = letter_write(&ask, out, err);
	return rc == RC_INVALID || rc == RC_LIMIT ? FAIL(err, RC_BROKEN, "Naskah tidak dapat disusun.") : rc;
}

static enum rc make(struct visit *v, struct printing *p, struct buf *out, struct err *err)
{
	const struct history_ask ask = {
	        .nik = p->ticket.nik, .from_us = p->time.from_us, .until_us = p->time.until_us, .most = HISTORY_PAGE_MAX};
	TRY(history_look(v, &ask, &p->arena, &p->look, err));
	if (p->look.list.more)
		return FAIL(err, RC_INVALID, "Lebih dari %d akses; satu surat tidak memuatnya. Persempit masanya.",
		            HISTORY_PAGE_MAX);
	return write_letter(p, out, err);
}

enum rc page_history_print_after(struct visit *v, struct err *err)
{
	struct printing *p = v->own;
	BUF_AUTO out = BUF(LETTER_PDF_MAX);
	arena_init(&p->arena, ARENA_MAX);
	enum rc rc = make(v, p, &out, err);
	if (rc == RC_OK)
		visit_file(v, "application/pdf", p->filename, &out);
	arena_free(&p->arena);
	return rc;
}
