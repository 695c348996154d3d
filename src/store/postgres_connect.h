/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_connect.h - connecting before a moment is over. For the files of this
 * driver alone.
 *
 * A URL may name several servers (postgres://one:5432,two:5432/padan). libpq would try
 * them in turn too, but gives a dead one as long as it likes. Here each gets an equal share
 * of the time that is left, and the one that answered last is asked first, so that a machine
 * that hangs is in the way once. Names are looked up by the system's resolver, which
 * nobody can hurry: addresses in the URL, or names in /etc/hosts, are safer. */
#pragma once
#include <libpq-fe.h>
#include <stdatomic.h>

#include "base/base.h"

#define POSTGRES_HOSTS_MAX 8
struct postgres_hosts {
	char *url;
	int n;        /* 0: one server, or none named; the URL as it is */
	char *host[POSTGRES_HOSTS_MAX], *port[POSTGRES_HOSTS_MAX];
	bool prefer_standby; /* in the URL; it needs to have asked all servers before it takes a primary */
	_Atomic int first;   /* the one to ask first */
};
/* RC_INVALID: not a URL of PostgreSQL, or too many servers. */
MUST_USE enum rc postgres_hosts_read(const char *url, struct postgres_hosts *ret, struct err *err);
void postgres_hosts_free(struct postgres_hosts *hosts);
/* Connected if PQstatus() says so; otherwise *ret_late tells whether time ran out. The
 * caller finishes it in any case. NULL: no memory. */
PGconn *postgres_connect(struct postgres_hosts *hosts, int64_t until_us, bool *ret_late);
