/* SPDX-License-Identifier: EUPL-1.2
 * web/report_told.c - see report_told.h. A mail names the report and the step and says
 * where to read on; figures and texts stay in the portal. */
#include "web/report_told.h"

#include "gate/strip.h"
#include "jobs/mail.h"

static const char *const sides[] = {[TURN_NOBODY] = "", [TURN_INSTANSI] = "instansi", [TURN_PROVIDER] = "provider"};

static size_t addresses(const struct standing *standing, enum turn side, struct str ret[MAIL_TO_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < standing->contacts_n && n < MAIL_TO_MAX; i++)
		if (str_eq(standing->contacts[i].side, str_c(sides[side])) && mail_address_is_valid(standing->contacts[i].email))
			ret[n++] = standing->contacts[i].email;
	return n;
}

static struct str happened(const struct report_taken *taken)
{
	return str_c(taken->row ? taken->row->done : "Diminta Dinas Dukcapil");
}

static void write_body(struct buf *out, const struct report *report, const struct standing *standing,
                       const struct report_taken *taken, struct arena *arena)
{
	struct str title = report_title(report, arena);
	struct str what = happened(taken);
	buf_addf(out, "Yang terhormat,\n\nlaporan %.*s berikut ini ada langkah baru:\n\n", STR_ARG(standing->name));
	buf_addf(out, "  %.*s\n  %.*s\n", STR_ARG(title), STR_ARG(what));
	if (report->state->turn == taken->tells && report->frozen.due.n && report->state->state == REPORT_DRAFT)
		buf_addf(out, "  Jatuh tempo %s\n", day_long(report->frozen.due).z);
	buf_addz(out, "\nIsi dan langkah berikutnya ada pada halaman Laporan di Padan.\n"
	              "Surat ini dibuat oleh sistem dan tidak perlu dibalas.\n");
}

static enum rc mail(struct visit *v, const struct report_taken *taken, struct err *err)
{
	BUF_AUTO body = BUF(MAIL_BODY_MAX);
	struct report report;
	struct standing standing;
	struct str to[MAIL_TO_MAX];
	TRY(report_get(v->tx, taken->report_id, &report, err));
	TRY(agreement_standing(gate_agreement(v), v->tx, report.instansi_id, v->now_us, &standing, err));
	struct mail mail = {.to = to, .to_n = addresses(&standing, taken->tells, to)};
	if (mail.to_n == 0)
		return RC_OK;
	write_body(&body, &report, &standing, taken, v->arena);
	if (!buf_ok(&body))
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	mail.key = arena_printf(v->arena, "laporan:%lld:%lld", (long long)report.report_id, (long long)report.rev);
	mail.subject = arena_printf(v->arena, "Laporan %.*s: %.*s", STR_ARG(standing.code), STR_ARG(happened(taken)));
	mail.body = buf_str(&body);
	return mail_put(v->tx, &mail, v->now_us, err);
}

enum rc report_tell(struct visit *v, const struct report_taken *taken, struct err *err)
{
	struct entry entry = {
	        .act = ACT_REPORT, .outcome = "ok", .instansi_id = taken->instansi_id, .clause = "P8", .about = taken->about};
	TRY(visit_journal(v, entry, NULL, err));
	return taken->tells == TURN_NOBODY || !visit_mail_on(v) ? RC_OK : mail(v, taken, err);
}
