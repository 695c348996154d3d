/* SPDX-License-Identifier: EUPL-1.2
 * web/page_guide.c - the technical guide that the portal itself must hold (J.II.C2c),
 * per role. */
#include "gate/sandbox.h"
#include "web/frame.h"
#include "web/guide.page.h"
#include "web/guide_api.h"
#include "web/guide_balikan.page.h"
#include "web/guide_oversight.page.h"
#include "web/guide_sandbox.page.h"
#include "web/pages.h"
#include "web/whom.h"

#define GUIDE_API_PATH "/panduan/api"

struct meaning_row {
	enum outcome outcome;
	const char *means, *step;
};
static const struct meaning_row meanings[] = {
	{OUTCOME_DECEASED, "Menurut database kependudukan, pemilik NIK telah meninggal dunia.",
	 "Periksa kembali angka NIK; bila orangnya hadir, arahkan ke Dinas Dukcapil."},
	{OUTCOME_DOUBLE, "NIK tercatat lebih dari satu kali.", "Arahkan yang bersangkutan ke Dinas Dukcapil."},
	{OUTCOME_ABSENT, "NIK tidak ada di database kependudukan.",
	 "Periksa kembali setiap angka dan minta dokumennya; bila tidak ada, lihat Korban tanpa NIK."},
	{OUTCOME_NONACTIVE, "Data kependudukannya tidak aktif.", "Arahkan yang bersangkutan ke Dinas Dukcapil."},
	{OUTCOME_FORMAT, "Angka yang diketik tidak mungkin sebuah NIK.",
	 "Perbaiki menurut keterangan di bawah kolom NIK; kuota tidak berkurang."},
	{OUTCOME_QUOTA, "Seluruh hit instansi hari ini telah terpakai.",
	 "Tunggu pukul 00.00 WIB; keadaan mendesak disampaikan kepada kepala instansi."},
	{OUTCOME_INSTANSI, "Perjanjian instansi sedang tidak berlaku atau dihentikan.",
	 "Hubungi kepala instansi atau Dinas Dukcapil."},
	{OUTCOME_USER, "User ID ditutup, ditahan, lama tidak dipakai, atau NDA belum tercatat.", "Hubungi Admin."},
};

static void put_meanings(struct page_guide_outcome rows[LEN(meanings)])
{
	for (size_t i = 0; i < LEN(meanings); i++) {
		const struct outcome_row *row = outcome_get(meanings[i].outcome);
		rows[i] = (struct page_guide_outcome){.code = str_c(row->code),
		                                      .words = str_c(row->portal),
		                                      .means = str_c(meanings[i].means),
		                                      .step = str_c(meanings[i].step)};
	}
}

enum rc page_guide_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO whom = BUF(PAGE_MAX);
	struct page_guide_outcome rows[LEN(meanings)];
	enum role role = principal_role(v->who);
	put_meanings(rows);
	whom_write(&whom, &v->standing, WHOM_BOTH);
	page_guide_write(&body, &(struct page_guide){
		.is_operator = role == ROLE_OPERATOR,
		.is_head = role == ROLE_KEPALA,
		.is_provider = role == ROLE_ADMIN || role == ROLE_AUDITOR,
		.of_instansi = principal_instansi(v->who) != 0,
		.outcomes = rows,
		.outcomes_n = LEN(rows),
		.whom = html_from_buf(&whom),
	});
	return frame_page(v, &(struct frame){.title = "Panduan", .at = "/panduan"}, 200, &body, err);
}

enum rc page_guide_balikan_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	page_guide_balikan_write(&body, &(struct page_guide_balikan){
		.of_instansi = principal_instansi(v->who) != 0,
		.is_head = principal_role(v->who) == ROLE_KEPALA,
	});
	return frame_page(v, &(struct frame){.title = "Panduan data balikan", .at = "/panduan"}, 200, &body, err);
}

enum rc page_guide_oversight_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	enum role role = principal_role(v->who);
	page_guide_oversight_write(&body, &(struct page_guide_oversight){
		.is_operator = role == ROLE_OPERATOR,
		.is_head = role == ROLE_KEPALA,
		.is_provider = role == ROLE_ADMIN || role == ROLE_AUDITOR,
	});
	return frame_page(v, &(struct frame){.title = "Panduan pengawasan", .at = "/panduan"}, 200, &body, err);
}

/* Absent: a name that no page has. */
static const struct guide_api *api_page(struct str name)
{
	for (const struct guide_api *page = guide_api; page->name; page++)
		if (str_eq(str_c(page->name), name))
			return page;
	return NULL;
}

enum rc page_guide_api_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct str path = http_path(v->rq);
	const struct guide_api *page = api_page(str_sub(path, sizeof GUIDE_API_PATH, path.n));
	if (!page)
		return FAIL(err, RC_ABSENT, "Halaman tidak ditemukan.");
	buf_addz(&body, "<div class=\"prose\">\n");
	buf_addz(&body, page->html);
	buf_addz(&body, "</div>\n");
	return frame_page(v, &(struct frame){.title = page->title, .at = "/panduan"}, 200, &body, err);
}

#define PUBLISHED_MAX 64

/* The table is the registry's own (gate/sandbox.h): what stands here is what is answered. */
enum rc page_guide_sandbox_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_guide_sandbox_person people[PUBLISHED_MAX];
	struct sandbox_row row;
	size_t n = 0;
	for (; n < PUBLISHED_MAX && sandbox_row_at(n, &row); n++)
		people[n] = (struct page_guide_sandbox_person){str_c(row.nik), str_c(row.code), str_c(row.about)};
	page_guide_sandbox_write(&body, &(struct page_guide_sandbox){
		.is_head = principal_role(v->who) == ROLE_KEPALA,
		.is_admin = principal_role(v->who) == ROLE_ADMIN,
		.header = S(SANDBOX_HEADER ": " SANDBOX_HEADER_VALUE),
		.people = people,
		.people_n = n,
	});
	return frame_page(v, &(struct frame){.title = "Panduan latihan PoC", .at = "/panduan"}, 200, &body, err);
}
