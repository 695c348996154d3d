/* SPDX-License-Identifier: EUPL-1.2
 * jobs/mailer.c - see mailer.h. */
#include "jobs/mailer.h"

#include <stdlib.h>

#include "jobs/loop.h"
#include "jobs/mail.h"
#include "jobs/message.h"
#include "store/store.h"

#define LOOK_US (2 * US_PER_S)
#define PAUSE_FIRST_US (5 * US_PER_S) /* after the server was the trouble; doubling */
#define PAUSE_MOST_US (60 * US_PER_S)
#define ARENA_SIZE ((size_t)128 << 10)

struct mailer {
	struct mailer_conf conf;
	struct smtp *smtp;
	struct arena arena; /* of the mail in hand */
	int64_t pause_us;
	bool failing;       /* said so already */
	struct loop loop;
};

/* ---- transactions ---- */

struct hand {
	struct mailer *mailer;
	struct mail_due due;
	bool found;
	enum mail_fate fate;
	struct str trouble;
};

static enum rc errand(struct mailer *mailer, enum rc (*run)(void *, struct tx *, int64_t, struct err *), void *arg, struct err *err)
{
	return mailer->conf.tray.errand(mailer->conf.tray.arg, run, arg, err);
}

static void keep(struct hand *hand, const struct mail_due *due)
{
	struct arena *arena = &hand->mailer->arena;
	hand->due = *due;
	hand->due.key = arena_str(arena, due->key);
	hand->due.address = arena_str(arena, due->address);
	hand->due.subject = arena_str(arena, due->subject);
	hand->due.body = arena_str(arena, due->body);
}

static enum rc take(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct hand *hand = arg;
	struct mail_due due;
	enum rc rc = mail_next(tx, now_us, &due, err);
	if (rc == RC_OK)
		rc = mail_claim(tx, hand->mailer->conf.node, &due, now_us, err);
	hand->found = rc == RC_OK;
	if (hand->found)
		keep(hand, &due);
	return rc == RC_ABSENT || rc == RC_CONFLICT ? RC_OK : rc;
}

static enum rc settle(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	const struct hand *hand = arg;
	return mail_settle(tx, &hand->due, hand->fate, hand->trouble, now_us, err);
}

static enum rc release(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	const struct mailer *mailer = arg;
	return mail_release(tx, mailer->conf.node, now_us, err);
}

/* Most of the time there is nothing: no need to trouble the tray. */
static bool anything_due(struct mailer *mailer)
{
	TX_AUTO *tx = NULL;
	struct mail_due due;
	struct err ignored = {0};
	return tx_begin(mailer->conf.office, TX_READ, &tx, &ignored) == RC_OK &&
	       mail_next(tx, clock_now_us(), &due, &ignored) == RC_OK;
}

/* ---- one mail ---- */

static void tell(struct mailer *mailer, bool failing, const struct err *err)
{
	if (failing && !mailer->failing)
		mailer->conf.log(mailer->conf.log_arg, "surat elektronik tidak terkirim", err);
	if (!failing && mailer->failing)
		mailer->conf.log(mailer->conf.log_arg, "surat elektronik: pulih", NULL);
	mailer->failing = failing;
}

static enum rc send_one(struct mailer *mailer, const struct mail_due *due, enum smtp_trouble *ret_trouble, struct err *err)
{
	BUF_AUTO text = BUF(MESSAGE_MAX);
	struct message message = {.from = str_c(mailer->conf.smtp.from), .to = due->address, .key = due->key,
	                          .subject = due->subject, .body = due->body, .put_us = due->put_us};
	*ret_trouble = SMTP_OTHER;
	message_write(&text, &message);
	if (!buf_ok(&text) || mailer->arena.broken)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	return smtp_send(mailer->smtp, due->address, buf_str(&text), ret_trouble, err);
}

/* Something that is about this mail alone holds up no other. */
static void set_pause(struct mailer *mailer, const struct smtp_trouble_row *row)
{
	if (!row->server)
		mailer->pause_us = 0;
	else if (mailer->pause_us == 0)
		mailer->pause_us = PAUSE_FIRST_US;
	else
		mailer->pause_us = mailer->pause_us * 2 < PAUSE_MOST_US ? mailer->pause_us * 2 : PAUSE_MOST_US;
}

static enum rc deliver(struct mailer *mailer, struct hand *hand, struct err *err)
{
	enum smtp_trouble trouble;
	struct err why = {0};
	enum rc rc = send_one(mailer, &hand->due, &trouble, &why);
	if (trouble == SMTP_STOPPED)
		return RC_OK; /* still claimed; mailer_stop() lets go of it */
	const struct smtp_trouble_row *row = smtp_trouble_at(trouble);
	hand->fate = rc == RC_OK ? MAIL_SENT : rc == RC_REFUSED ? MAIL_FAILED : MAIL_LATER;
	hand->trouble = str_c(row->key);
	set_pause(mailer, row);
	if (rc == RC_OK || row->server)
		tell(mailer, rc != RC_OK, &why);
	return errand(mailer, settle, hand, err);
}

/* true: there may be more at once. */
static bool one(struct mailer *mailer)
{
	struct err err = {0};
	struct hand hand = {.mailer = mailer};
	if (!anything_due(mailer))
		return false;
	arena_reset(&mailer->arena);
	enum rc rc = errand(mailer, take, &hand, &err);
	if (rc == RC_OK && hand.found)
		rc = deliver(mailer, &hand, &err);
	if (rc != RC_OK)
		tell(mailer, true, &err);
	return rc == RC_OK && hand.found && mailer->pause_us == 0;
}

/* ---- the thread ---- */

static int64_t piece(void *arg)
{
	struct mailer *mailer = arg;
	if (one(mailer))
		return 0;
	return mailer->pause_us > LOOK_US ? mailer->pause_us : LOOK_US;
}

static void let_go(void *arg)
{
	struct mailer *mailer = arg;
	struct err err = {0};
	if (errand(mailer, release, mailer, &err) != RC_OK)
		tell(mailer, true, &err); /* its lease ends by itself */
}

static void destroy(struct mailer *mailer)
{
	smtp_close(mailer->smtp);
	arena_free(&mailer->arena);
	free(mailer); /* tidy: allow */
}

enum rc mailer_start(const struct mailer_conf *conf, struct mailer **ret, struct err *err)
{
	struct mailer *mailer = calloc(1, sizeof *mailer); /* tidy: allow, lives with its thread */
	if (!mailer)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	mailer->conf = *conf;
	mailer->conf.smtp.stopping = &mailer->loop.stopping;
	arena_init(&mailer->arena, ARENA_SIZE);
	struct loop_work work = {let_go, piece, mailer};
	enum rc rc = smtp_open(&mailer->conf.smtp, &mailer->smtp, err);
	if (rc == RC_OK)
		rc = loop_start(&mailer->loop, &work, "surat elektronik", err);
	if (rc == RC_OK)
		*ret = mailer;
	else
		destroy(mailer);
	return rc;
}

void mailer_stop(struct mailer *mailer)
{
	if (!mailer)
		return;
	loop_stop(&mailer->loop);
	destroy(mailer);
}
