/* SPDX-License-Identifier: EUPL-1.2
 * report/report_effect.c - see report_effect.h. */
#include "report/report_effect.h"

#include "agreement/official.h"
#include "agreement/paper.h"
#include "report/report_owed.h"

static struct str value(const struct report_taking *t, const char *name)
{
	return ask_value(t->values, t->values_n, name);
}

/* ---- the head's ---- */

static enum rc ask_run(struct report_taking *t, struct err *err)
{
	struct figures_ask ask = {t->report->instansi_id, t->report->first, t->report->last};
	return run_ask(t->desk->tx, &ask, t->by.user_id, t->desk->now_us, &t->now.run_id, err);
}

enum rc report_effect_recount(struct report_taking *t, struct err *err)
{
	struct run run;
	TRY(run_find(t->desk->tx, t->report->frozen.run_id, &run, err));
	if (run.state == RUN_WAITING || run.state == RUN_COUNTING)
		return ask_flaw(t->flaws, "", err, "angka laporan ini masih dihitung; tunggu sampai selesai");
	return ask_run(t, err);
}

/* Counted before its last day was over, a run lacks what came after it. */
static enum rc check_run(const struct report_taking *t, const struct run *run, struct err *err)
{
	int64_t over_us = day_begin_us((struct day){t->report->last.n + 1});
	if (run->state == RUN_REFUSED)
		return ask_flaw(t->flaws, "", err, "angka laporan ini tidak dapat dihitung; hitung ulang dahulu");
	if (run->state != RUN_DONE)
		return ask_flaw(t->flaws, "", err, "angka laporan ini masih dihitung; tunggu sampai selesai");
	if (t->desk->now_us < over_us)
		return ask_flaw(t->flaws, "", err, "masa laporan belum berakhir; laporan dapat disampaikan setelah %s",
		                day_long(t->report->last).z);
	if (run->asked_us < over_us)
		return ask_flaw(t->flaws, "", err, "angka dihitung sebelum masa laporan berakhir; hitung ulang dahulu");
	return RC_OK;
}

/* The day it was due is that of today's calendar, which is changed during a year. */
static enum rc put_due(struct report_taking *t, struct err *err)
{
	bool certain;
	if (t->report->kind->kind == REPORT_SEMESTER)
		TRY(report_due(t->desk->tx, t->report->last, &t->now.due, &certain, err));
	return report_late_days(t->desk->tx, t->now.due, t->now.delivered, &t->now.late_days, err);
}

enum rc report_effect_submit(struct report_taking *t, struct err *err)
{
	struct run run;
	TRY(run_find(t->desk->tx, t->report->frozen.run_id, &run, err));
	TRY(check_run(t, &run, err));
	t->now.digest = run.digest;
	t->now.delivered = desk_today(t->desk);
	return put_due(t, err);
}

/* ---- the provider's ---- */

enum rc report_effect_return(struct report_taking *t, struct err *err)
{
	(void)err;
	t->now.digest = S("");
	t->now.delivered = (struct day){0};
	t->now.late_days = 0;
	return RC_OK;
}

static enum rc signer(const struct report_taking *t, struct day on, struct str *ret, struct err *err)
{
	struct official head;
	enum rc rc = official_on(t->desk->tx, t->report->instansi_id, on, &head, err);
	*ret = rc == RC_OK ? head.name : S("Kepala instansi");
	return rc == RC_ABSENT ? RC_OK : rc;
}

/* The day on the paper is when the report reached the provider: the duty looks at it. */
static enum rc file_paper(const struct report_taking *t, struct err *err)
{
	struct report_moment *moments;
	size_t n;
	bool changed;
	int64_t scan = 0;
	TRY(report_moments(t->desk->tx, t->report->report_id, &moments, &n, err));
	struct str scanned = report_said(moments, n, REPORT_STEP_SUBMIT, "berkas");
	if (scanned.n)
		scan = ask_int(scanned);
	struct paper paper = {.kind = PAPER_REPORT,
	                      .instansi_id = t->report->instansi_id,
	                      .subject = t->report->subject,
	                      .number = report_said(moments, n, REPORT_STEP_SUBMIT, "nomor"),
	                      .signed_on = t->now.delivered,
	                      .scan_id = scan};
	TRY(signer(t, paper.signed_on, &paper.signer, err));
	return paper_put(t->desk->tx, &paper, t->by.user_id, t->desk->now_us, &changed, err);
}

/* A hard copy may have arrived before the head recorded it. */
enum rc report_effect_receive(struct report_taking *t, struct err *err)
{
	struct day day = ask_day(value(t, "tanggal"));
	if (day.n <= t->report->last.n)
		return ask_flaw(t->flaws, "tanggal", err, "laporan ini baru dapat diterima setelah masanya berakhir, %s",
		                day_long(t->report->last).z);
	if (day.n < t->now.delivered.n)
		t->now.delivered = day;
	TRY(put_due(t, err));
	return t->report->kind->kind == REPORT_SEMESTER ? file_paper(t, err) : RC_OK;
}

enum rc report_effect_forward(struct report_taking *t, struct err *err)
{
	struct str mail = value(t, "surel");
	size_t at = str_index(mail, '@');
	if (at == 0 || at + 1 >= mail.n || str_index(mail, ' ') < mail.n)
		return ask_flaw(t->flaws, "surel", err, "tulis satu alamat surel, misalnya laporan@kementerian.example");
	return RC_OK;
}
