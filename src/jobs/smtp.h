/* SPDX-License-Identifier: EUPL-1.2
 * jobs/smtp.h - one message to one address by SMTP (libcurl).
 *
 * A struct smtp keeps its connection between messages and belongs to one thread. The
 * whole conversation has a ceiling in time; nothing of it is ever held in a
 * transaction. Certificates are always checked; TLS is demanded unless the settings
 * say otherwise, and a password is never sent without it, but to this machine. */
#pragma once
#include <stdatomic.h>

#include "base/base.h"

/* In the order of a setting's words: require|try|off. */
enum smtp_tls { SMTP_TLS_REQUIRE, SMTP_TLS_TRY, SMTP_TLS_OFF };
struct smtp_conf {
	const char *url;  /* smtp://host[:port] or smtps://host[:port] */
	const char *from; /* an address */
	const char *user; /* "": without signing in */
	const struct secret *password; /* borrowed */
	enum smtp_tls tls;
	const char *ca;   /* PEM file; "": those of the machine */
	const atomic_bool *stopping; /* borrowed; true ends a conversation; NULL: never */
};

/* Why a message did not go. */
enum smtp_trouble {
	SMTP_NONE, SMTP_CONNECT, SMTP_TLS, SMTP_LOGIN, SMTP_TIMEOUT, SMTP_SENDER, SMTP_RECIPIENT, SMTP_REFUSED, SMTP_STOPPED,
	SMTP_OTHER, SMTP_TROUBLE_COUNT
};
struct smtp_trouble_row {
	enum smtp_trouble trouble;
	const char *key, *label;
	bool server; /* it is not about this one message: the next would fare no better */
};
const struct smtp_trouble_row *smtp_trouble_at(size_t i); /* NULL past the end */

#define SMTP_PASSWORD_MAX 256 /* bytes */
#define SMTP_CONNECT_S 15
#define SMTP_MOST_S 60

/* Once, before the process has threads. */
MUST_USE enum rc smtp_begin(struct err *err);

struct smtp;
/* Borrows what `conf` points to. RC_INVALID: the settings do not go together. */
MUST_USE enum rc smtp_open(const struct smtp_conf *conf, struct smtp **ret, struct err *err);
/* RC_OK       the server took it
 * RC_REFUSED  it will never take it for this address (5xx to RCPT)
 * RC_BROKEN   not now; *ret_trouble says why
 * err->what is for people, err->detail what curl said (no address in it). */
MUST_USE enum rc smtp_send(struct smtp *smtp, struct str to, struct str message, enum smtp_trouble *ret_trouble, struct err *err);
/* NULL is allowed. */
void smtp_close(struct smtp *smtp);
/* What smtp_open() would refuse. */
MUST_USE enum rc smtp_check(const struct smtp_conf *conf, struct err *err);
