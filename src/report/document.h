/* SPDX-License-Identifier: EUPL-1.2
 * report/document.h - a report as people sign it (PDF), count on (.xlsx) and feed to a
 * program (CSV): all three from the same tables (report/part.h), so that no figure can
 * differ between them (P8; DOMAIN 8).
 *
 * The same document gives the same bytes: nothing here looks at a clock or a store. Any
 * thread may call it; a semester takes some tens of milliseconds, work for the slow workers. */
#pragma once
#include "report/figures.h"
#include "report/office.h"

struct document_ask {
	const struct figures *figures;
	const struct office *office;     /* of the same instansi and period */
	struct str obstacles, proposals; /* free text of the head; "" none. Lines are paragraphs */
	struct str number;               /* of the letter; "" not yet: a dotted line */
	struct day made_on;              /* beside the signature, and what the PDF says of itself; n == 0: not yet */
	struct str title_note;           /* under the title, "" none */
	struct str layout;    /* an edited text (pdf/letter.h, LETTER_LAPORAN_SEMESTER); absent: the office's, or the default */
	struct str reference; /* "L-2026-000012": in the foot with the digest behind it; absent: made of code and period */
};

#define DOCUMENT_MAX LETTER_PDF_MAX /* a ceiling for `out` that holds any of them */
/* RC_INVALID  a free text that is none, a layout with a mistake
 * RC_LIMIT    larger than a letter may be
 * RC_BROKEN   no memory, no fonts */
MUST_USE enum rc document_pdf(const struct document_ask *document, struct buf *out, struct err *err);
/* A worksheet for each table that is not empty; figures are numbers, days are days. */
MUST_USE enum rc document_xlsx(const struct document_ask *document, struct buf *out, struct err *err);
/* bagian;nomor;baris;kolom;nilai - one figure a line, digits without dots, days as 2026-06-30. */
MUST_USE enum rc document_csv(const struct document_ask *document, struct buf *out, struct err *err);

/* SHA-256 of figures_write(), 64 hex digits: what `padan report recount` arrives at again. */
struct document_digest {
	char z[65];
};
MUST_USE enum rc document_digest(const struct figures *figures, struct document_digest *ret, struct err *err);
/* "Semester I Tahun 2026", or "1 Maret 2026 sampai dengan 31 Mei 2026" of any other period. */
struct str document_period(struct arena *arena, struct day first, struct day last);
