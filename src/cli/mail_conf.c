/* SPDX-License-Identifier: EUPL-1.2
 * cli/mail_conf.c - see mail_conf.h. */
#include "cli/mail_conf.h"

#include "cli/key.h"

enum rc mail_conf_open(const struct conf *conf, struct mail_conf *ret, struct err *err)
{
	const char *file = conf_text(conf, CONF_MAIL_PASSWORD_FILE);
	*ret = (struct mail_conf){.smtp = {.url = conf_text(conf, CONF_MAIL_URL),
	                                   .from = conf_text(conf, CONF_MAIL_FROM),
	                                   .user = conf_text(conf, CONF_MAIL_USER),
	                                   .tls = (enum smtp_tls)conf->at[CONF_MAIL_TLS].n,
	                                   .ca = conf_text(conf, CONF_MAIL_CA)}};
	if (!*ret->smtp.url)
		return FAIL(err, RC_ABSENT, "mail.url kosong: surat elektronik tidak dikirim");
	if (*file)
		TRY(key_read_password(file, SMTP_PASSWORD_MAX, &ret->password, err));
	ret->smtp.password = &ret->password;
	enum rc rc = smtp_check(&ret->smtp, err);
	if (rc != RC_OK)
		mail_conf_close(ret);
	return rc;
}

void mail_conf_close(struct mail_conf *mail)
{
	secret_free(&mail->password);
}
