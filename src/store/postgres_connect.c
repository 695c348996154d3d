/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_connect.c - see postgres_connect.h. */
#include "store/postgres_connect.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "store/postgres_wait.h"

/* ---- the URL ---- */

/* A list with commas; where a place is empty, `usual` stands for it, because libpq takes an empty
 * option for none. */
static int split(const char *list, const char *usual, char *ret[POSTGRES_HOSTS_MAX])
{
	int n = 0;
	for (const char *at = list, *end; at; at = *end ? end + 1 : NULL) {
		end = strchrnul(at, ',');
		if (n == POSTGRES_HOSTS_MAX || !(ret[n] = end > at ? strndup(at, (size_t)(end - at)) : strdup(usual)))
			return -1;
		n++;
	}
	return n;
}

static const char *option_of(const PQconninfoOption *options, const char *key)
{
	for (const PQconninfoOption *o = options; o->keyword; o++)
		if (strcmp(o->keyword, key) == 0)
			return o->val;
	return NULL;
}

static bool hosts_fill(struct postgres_hosts *hosts, const PQconninfoOption *options)
{
	const char *host = option_of(options, "host"), *port = option_of(options, "port");
	const char *attrs = option_of(options, "target_session_attrs");
	hosts->prefer_standby = attrs && strcmp(attrs, "prefer-standby") == 0;
	if (!host || !strchr(host, ',') || option_of(options, "hostaddr"))
		return true; /* one; or addresses beside the names, which libpq pairs by itself */
	hosts->n = split(host, "localhost", hosts->host);
	int ports = port && *port ? split(port, "5432", hosts->port) : 0;
	for (int i = ports; ports == 1 && i < hosts->n; i++)
		if (!(hosts->port[i] = strdup(hosts->port[0])))
			return false;
	return hosts->n > 0 && ports >= 0 && (ports <= 1 || ports == hosts->n);
}

enum rc postgres_hosts_read(const char *url, struct postgres_hosts *ret, struct err *err)
{
	*ret = (struct postgres_hosts){.url = strdup(url)};
	PQconninfoOption *options = ret->url ? PQconninfoParse(url, NULL) : NULL;
	bool good = options && hosts_fill(ret, options);
	PQconninfoFree(options);
	if (good)
		return RC_OK;
	postgres_hosts_free(ret);
	return FAIL(err, RC_INVALID, "Alamat PostgreSQL tidak dapat dibaca");
}

void postgres_hosts_free(struct postgres_hosts *hosts)
{
	for (int i = 0; i < POSTGRES_HOSTS_MAX; i++) {
		free(hosts->host[i]);
		free(hosts->port[i]);
	}
	free(hosts->url);
	*hosts = (struct postgres_hosts){0};
}

/* ---- connecting ---- */

#define OPTIONS_MAX 9
struct options {
	const char *key[OPTIONS_MAX], *value[OPTIONS_MAX];
	int n;
};
static void add(struct options *o, const char *key, const char *value)
{
	if (!value)
		return;
	o->key[o->n] = key;
	o->value[o->n++] = value;
	assert(o->n < OPTIONS_MAX); /* NULL at the end */
}

/* What the URL says wins over what comes before it; one server of several, and what it
 * must be, come after the URL. */
static PGconn *start(const struct postgres_hosts *hosts, int i, const char *attrs)
{
	struct options o = {0};
	add(&o, "tcp_user_timeout", "15000");
	add(&o, "keepalives_idle", "30");
	add(&o, "keepalives_interval", "5");
	add(&o, "fallback_application_name", "padan");
	add(&o, "dbname", hosts->url);
	if (hosts->n) {
		add(&o, "host", hosts->host[i]);
		add(&o, "port", hosts->port[i]);
	}
	add(&o, "target_session_attrs", attrs);
	return PQconnectStartParams(o.key, o.value, 1);
}

/* Until it is connected, has failed, or the time is over (false). */
static bool go_on(PGconn *pg, int64_t until_us)
{
	PostgresPollingStatusType step = PGRES_POLLING_WRITING;
	while (PQstatus(pg) != CONNECTION_BAD && step != PGRES_POLLING_OK && step != PGRES_POLLING_FAILED) {
		struct pollfd at = {PQsocket(pg), step == PGRES_POLLING_READING ? POLLIN : POLLOUT, 0};
		int n = poll(&at, 1, postgres_poll_ms(until_us));
		if (n == 0 && clock_steady_us() >= until_us)
			return false;
		if (n < 0 && errno != EINTR)
			return true;
		if (n > 0)
			step = PQconnectPoll(pg);
	}
	return true;
}

/* One round over the servers, beginning with the first. */
static PGconn *ask_all(struct postgres_hosts *hosts, const char *attrs, int64_t until_us, bool *ret_late)
{
	int n = hosts->n ? hosts->n : 1, first = hosts->first;
	PGconn *pg = NULL;
	for (int k = 0; k < n; k++) {
		int i = (first + k) % n;
		int64_t now_us = clock_steady_us();
		PQfinish(pg);
		pg = start(hosts, i, attrs);
		bool in_time = pg && go_on(pg, now_us + (until_us - now_us) / (n - k));
		*ret_late = pg && !in_time;
		if (!pg || (in_time && PQstatus(pg) == CONNECTION_OK)) {
			hosts->first = i;
			return pg;
		}
	}
	hosts->first = (first + 1) % n; /* somebody else's turn to be asked first */
	return pg;
}

PGconn *postgres_connect(struct postgres_hosts *hosts, int64_t until_us, bool *ret_late)
{
	if (!hosts->n || !hosts->prefer_standby)
		return ask_all(hosts, NULL, until_us, ret_late);
	int64_t now_us = clock_steady_us();
	PGconn *pg = ask_all(hosts, "standby", now_us + (until_us - now_us) / 2, ret_late);
	if (!pg || (!*ret_late && PQstatus(pg) == CONNECTION_OK))
		return pg;
	PQfinish(pg);
	return ask_all(hosts, "any", until_us, ret_late);
}
