/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_mail.c - `padan mail`: what waits in the outbox, and a message to try the
 * settings with. Bodies are never shown. */
#include <stdio.h>

#include "cli/app.h"
#include "cli/cmd.h"
#include "cli/mail_conf.h"
#include "jobs/mail.h"
#include "jobs/message.h"

#define TEST_SUBJECT "Padan: surat percobaan"
#define TEST_BODY                                                                                                      \
	"Surat ini dikirim untuk menguji pengaturan surat elektronik Padan.\n"                                          \
	"Bila Anda membacanya, pengingat akan sampai ke alamat ini.\n"

/* ---- list ---- */

static const char *state_label(struct str state)
{
	return str_eq(state, S("waiting")) ? "menunggu" : str_eq(state, S("sent")) ? "terkirim" : "gagal";
}

static const char *trouble_label(struct str key)
{
	const struct smtp_trouble_row *row;
	for (size_t i = 0; (row = smtp_trouble_at(i)); i++)
		if (str_eq(key, str_c(row->key)))
			return row->label;
	return "";
}

static void print_one(const struct mail_seen *mail)
{
	bool waiting = str_eq(mail->state, S("waiting"));
	printf("%8lld  %-8s  %lld kali  %s %s  %.*s  %.*s  %s\n", (long long)mail->mail_id, state_label(mail->state),
	       (long long)mail->tries, waiting ? "berikutnya" : "selesai",
	       clock_short_wib(waiting ? mail->next_us : mail->over_us).z, STR_ARG(mail->address), STR_ARG(mail->key),
	       trouble_label(mail->trouble));
}

enum rc cmd_mail_list(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	TX_AUTO *tx = NULL;
	struct mail_count count;
	struct mail_seen *rows;
	size_t n;
	TRY(app_open(&app, command, APP_STORE, err));
	TRY(tx_begin(app.office, TX_READ, &tx, err));
	TRY(mail_count(tx, &count, err));
	TRY(mail_list(tx, &rows, &n, err));
	printf("%lld menunggu, %lld terkirim, %lld gagal\n", (long long)count.waiting, (long long)count.sent,
	       (long long)count.failed);
	for (size_t i = 0; i < n; i++)
		print_one(&rows[i]);
	return RC_OK;
}

/* ---- test ---- */

static enum rc send_now(const struct mail_conf *conf, struct str to, int64_t now_us, struct err *err)
{
	enum smtp_trouble trouble;
	struct smtp *smtp;
	BUF_AUTO text = BUF(MESSAGE_MAX);
	char key[40];
	snprintf(key, sizeof key, "test:%lld", (long long)now_us);
	struct message message = {.from = str_c(conf->smtp.from), .to = to, .key = str_c(key), .put_us = now_us,
	                          .subject = S(TEST_SUBJECT), .body = S(TEST_BODY)};
	message_write(&text, &message);
	TRY(smtp_begin(err));
	TRY(smtp_open(&conf->smtp, &smtp, err));
	enum rc rc = smtp_send(smtp, to, buf_str(&text), &trouble, err);
	smtp_close(smtp);
	return rc;
}

enum rc cmd_mail_test(const struct command *command, struct err *err)
{
	APP_AUTO app = {0};
	struct mail_conf conf;
	struct str to = str_c(command_arg(command, 1));
	if (!mail_address_is_valid(to))
		return FAIL(err, RC_INVALID, "alamat surat elektronik tidak berbentuk nama@contoh.go.id");
	TRY(app_open(&app, command, APP_CONF, err));
	TRY(mail_conf_open(&app.conf, &conf, err));
	enum rc rc = send_now(&conf, to, app.now_us, err);
	mail_conf_close(&conf);
	if (rc == RC_OK)
		printf("peladen surat menerima surat percobaan\n");
	return rc;
}
