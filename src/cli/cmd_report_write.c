/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_report_write.c - `padan report write`: the report on a run that is done, as the head
 * would get it, without his free texts and the number of his letter (P8). */
#include "cli/app.h"
#include "cli/cmd.h"
#include "report/document.h"
#include "report/run.h"
#include "sys/file.h"

static const struct form {
	const char *ending;
	enum rc (*write)(const struct document_ask *document, struct buf *out, struct err *err);
} forms[] = {
        {".pdf", document_pdf},
        {".xlsx", document_xlsx},
        {".csv", document_csv},
};

static enum rc form_of(const char *path, const struct form **ret, struct err *err)
{
	size_t n = strlen(path);
	for (size_t i = 0; i < LEN(forms); i++) {
		size_t ending = strlen(forms[i].ending);
		if (n <= ending || strcmp(path + n - ending, forms[i].ending) != 0)
			continue;
		*ret = &forms[i];
		return RC_OK;
	}
	return FAIL(err, RC_INVALID, "nama berkas berakhir .pdf, .xlsx, atau .csv");
}

static enum rc read_all(struct app *app, int64_t run_id, struct arena *arena, struct document_ask *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct run run;
	struct office *office;
	struct figures *figures = ARENA_NEW(arena, struct figures);
	if (!figures)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(tx_begin(app->office, TX_READ, &tx, err));
	TRY(run_find(tx, run_id, &run, err));
	if (run.state != RUN_DONE)
		return FAIL(err, RC_REFUSED, "penghitungan %lld belum selesai atau ditolak (padan report list)", (long long)run_id);
	TRY(run_figures(tx, run_id, arena, figures, err));
	const struct office_ask ask = {.agreement = app->agreement,
	                               .instansi_id = run.ask.instansi_id,
	                               .first = run.ask.first,
	                               .last = run.ask.last,
	                               .now_us = app->now_us};
	TRY(office_read(tx, &ask, arena, &office, err));
	*ret = (struct document_ask){.figures = figures, .office = office};
	return RC_OK;
}

static enum rc write_journal(struct app *app, const struct document_ask *document, int64_t run_id, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(app->office, TX_WRITE, &tx, err));
	struct str about = arena_printf(tx_arena(tx), "report write %lld", (long long)run_id);
	TRY(app_journal(app, tx, (struct entry){.act = ACT_REPORT, .instansi_id = document->office->instansi_id, .about = about},
	                err));
	return tx_commit(&tx, err);
}

static enum rc write_out(struct app *app, const struct command *command, int64_t run_id, struct arena *arena, struct err *err)
{
	BUF_AUTO out = BUF(DOCUMENT_MAX);
	struct document_ask document;
	const struct form *form;
	TRY(form_of(command_arg(command, 2), &form, err));
	TRY(read_all(app, run_id, arena, &document, err));
	TRY(form->write(&document, &out, err));
	TRY(write_journal(app, &document, run_id, err));
	return file_write(command_arg(command, 2), 0600, buf_str(&out), err);
}

enum rc cmd_report_write(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct arena arena;
	int64_t run_id;
	if (str_int(str_c(command_arg(command, 1)), 1, INT64_MAX, &run_id) != RC_OK)
		return FAIL(err, RC_INVALID, "sebutkan nomor penghitungan (padan report list)");
	TRY(app_open(&app, command, APP_RECORD, err));
	arena_init(&arena, (size_t)64 << 20);
	enum rc rc = write_out(&app, command, run_id, &arena, err);
	arena_free(&arena);
	return rc;
}
