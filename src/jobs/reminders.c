/* SPDX-License-Identifier: EUPL-1.2
 * jobs/reminders.c - see reminders.h. One mail a day, agency and side; its key says so,
 * so nobody is told twice. Contact persons without a mail address are left out. */
#include "jobs/reminders.h"

#include "agreement/agreement.h"
#include "jobs/mail.h"
#include "procedure/reminder.h"
#include "store/store.h"

#define AGENCIES 4 /* a bite; each takes a few milliseconds */

static const char *const sides[] = {[DUTY_OF_INSTANSI] = "instansi", [DUTY_OF_PROVIDER] = "provider"};

static size_t addresses(const struct standing *standing, enum duty_side side, struct str ret[MAIL_TO_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < standing->contacts_n && n < MAIL_TO_MAX; i++)
		if (str_eq(standing->contacts[i].side, str_c(sides[side])) && mail_address_is_valid(standing->contacts[i].email))
			ret[n++] = standing->contacts[i].email;
	return n;
}

static void write_line(struct buf *out, const struct reminder *r)
{
	const struct duty_row *row = duty_at(r->item.duty);
	buf_addf(out, "- %s%s%.*s", row->label, r->item.subject.n ? ", " : "", STR_ARG(r->item.subject));
	if (r->item.due.n)
		buf_addf(out, ": jatuh tempo %s", day_long(r->item.due).z);
	buf_addf(out, " (%s)\n  %s\n", r->stage, row->what);
}

/* How many of them are this side's; their lines at the end of *out. */
static size_t write_lines(struct buf *out, enum duty_side side, const struct reminder *list, size_t n)
{
	size_t mine = 0;
	for (size_t i = 0; i < n; i++) {
		if (duty_at(list[i].item.duty)->side != side)
			continue;
		write_line(out, &list[i]);
		mine++;
	}
	return mine;
}

static enum rc tell(struct tx *tx, const struct standing *standing, enum duty_side side, const struct reminder *list, size_t n,
                    int64_t now_us, struct err *err)
{
	BUF_AUTO body = BUF(MAIL_BODY_MAX);
	struct str to[MAIL_TO_MAX];
	struct mail mail = {.to = to, .to_n = addresses(standing, side, to)};
	buf_addf(&body, "Yang terhormat,\n\nkewajiban menurut perjanjian dengan %.*s berikut ini perlu ditindaklanjuti:\n\n",
	         STR_ARG(standing->name));
	if (write_lines(&body, side, list, n) == 0 || mail.to_n == 0 || !buf_ok(&body))
		return RC_OK;
	buf_addz(&body,
	         "\nRinciannya ada pada halaman Kewajiban di Padan.\nSurat ini dibuat oleh sistem dan tidak perlu dibalas.\n");
	mail.key = arena_printf(tx_arena(tx), "kewajiban:%lld:%s:%s", (long long)standing->instansi_id, sides[side],
	                        day_iso(day_of_us(now_us)).z);
	mail.subject = arena_printf(tx_arena(tx), "Kewajiban perjanjian %.*s", STR_ARG(standing->code));
	mail.body = buf_str(&body);
	return mail_put(tx, &mail, now_us, err);
}

static enum rc look(const struct job_office *office, struct tx *tx, int64_t instansi_id, int64_t now_us, struct err *err)
{
	struct duty_ask ask = {.agreement = office->agreement, .instansi_id = instansi_id};
	struct standing standing;
	struct reminder *fresh;
	size_t n;
	TRY(reminder_look(tx, &ask, now_us, &fresh, &n, err));
	if (n == 0 || !office->mail_on)
		return RC_OK;
	TRY(agreement_standing(office->agreement, tx, instansi_id, now_us, &standing, err));
	TRY(tell(tx, &standing, DUTY_OF_INSTANSI, fresh, n, now_us, err));
	return tell(tx, &standing, DUTY_OF_PROVIDER, fresh, n, now_us, err);
}

enum rc reminders_bite(const struct job_office *office, struct tx *tx, int64_t now_us, bool *ret_more, struct err *err)
{
	int64_t ids[AGENCIES];
	size_t n;
	TRY(reminder_next(tx, now_us, AGENCIES, ids, &n, err));
	for (size_t i = 0; i < n; i++)
		TRY(look(office, tx, ids[i], now_us, err));
	*ret_more = n == AGENCIES;
	return RC_OK;
}
