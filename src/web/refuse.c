/* SPDX-License-Identifier: EUPL-1.2
 * web/refuse.c - error pages, in plain Indonesian: what happened, and what to do.
 *
 * Drawn when anything may have failed, so nothing is read from the office here. With
 * 503 the transaction is already gone, and the principal with it. */
#include "web/frame.h"
#include "web/problem.page.h"
#include "web/trouble.page.h"
#include "web/web.h"
#include "web/whom.h"

struct refusal {
	int status;
	const char *title, *advice;
};
static const struct refusal refusals[] = {
	{400, "Permintaan tidak dapat dibaca", "Kembali ke halaman sebelumnya, periksa isian Anda, lalu kirim sekali lagi."},
	{401, "Anda belum masuk", "Masuk dahulu, lalu ulangi."},
	{403, "Tidak diizinkan", "Bila menurut Anda ini keliru, sampaikan kepada yang mengelola User ID Anda."},
	{404, "Halaman tidak ditemukan", "Periksa kembali alamatnya, atau mulailah dari Beranda."},
	{405, "Cara membuka halaman ini tidak tepat", "Mulailah dari menu, bukan dari alamat yang disimpan."},
	{408, "Permintaan terlalu lama", "Periksa jaringan Anda, lalu coba lagi."},
	{409, "Sudah berubah", "Muat ulang halaman untuk melihat keadaan terbaru, lalu ulangi bila masih perlu."},
	{413, "Isian terlalu besar", "Perpendek isian Anda, lalu kirim sekali lagi."},
	{429, "Terlalu banyak permintaan", "Tunggu beberapa saat, lalu coba lagi. Kuota tidak berkurang."},
	{431, "Permintaan tidak dapat dibaca", "Tutup peramban, buka kembali, lalu masuk sekali lagi."},
	{503, "Layanan sedang tidak dapat menjawab",
	 "Coba lagi beberapa saat lagi. Tidak ada data yang keluar, dan permintaan yang sama tidak mengurangi kuota dua kali."},
};

static const struct refusal *refusal_of(int status)
{
	for (size_t i = 0; i < LEN(refusals); i++)
		if (refusals[i].status == status)
			return &refusals[i];
	return status >= 500 ? &refusals[LEN(refusals) - 1] : &refusals[0];
}

static void add_problem(struct visit *v, int status, struct str what, struct buf *body)
{
	BUF_AUTO whom = BUF(PAGE_MAX);
	const struct refusal *r = refusal_of(status);
	if (v && v->who && principal_stage(v->who) == STAGE_OPEN && status == 403 && v->standing.instansi_id)
		whom_write(&whom, &v->standing, WHOM_BOTH);
	page_problem_write(body, &(struct page_problem){
		.status = status,
		.title = str_c(r->title),
		.what = what,
		.advice = str_c(r->advice),
		.whom = html_from_buf(&whom),
		.home = status != 401,
	});
}

static enum rc draw_fragment(struct visit *v, int status, struct str what, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	const struct refusal *r = refusal_of(status);
	page_trouble_write(&body, &(struct page_trouble){.title = str_c(r->title), .words = what.n ? what : str_c(r->advice)});
	return frame_fragment(v, status, &body, err);
}

static enum rc draw_page(struct visit *v, int status, struct str what, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	add_problem(v, status, what, &body);
	return frame_page(v, &(struct frame){.title = refusal_of(status)->title, .bare = true}, status, &body, err);
}

void web_refuse(struct visit *v, int status, const struct err *err)
{
	struct err ignored = {0};
	/* 503: the words belong to the log, not to the visitor */
	struct str what = err && status < 500 ? str_c(err->what) : (struct str){NULL, 0};
	if (status >= 500) {
		v->who = NULL;
		v->standing = (struct standing){0};
	}
	enum rc rc = visit_wants_fragment(v) ? draw_fragment(v, status, what, &ignored) : draw_page(v, status, what, &ignored);
	if (rc != RC_OK) { /* not even memory for that: the bare status says enough */
		v->out.status = status;
		v->out.type = "text/html; charset=utf-8";
		v->out.fixed = S("<!doctype html><html lang=\"id\"><title>Padan</title><p>Layanan tidak dapat menjawab.</p>");
	}
}

const char *web_refuse_body(int status, struct buf *body)
{
	BUF_AUTO problem = BUF(PAGE_MAX);
	add_problem(NULL, status, (struct str){NULL, 0}, &problem);
	frame_alone(body, refusal_of(status)->title, &problem);
	return "text/html; charset=utf-8";
}
