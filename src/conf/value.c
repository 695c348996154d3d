/* SPDX-License-Identifier: EUPL-1.2
 * conf/value.c - see value.h. */
#include "conf/value.h"

#include <arpa/inet.h>
#include <string.h>

/* ---- listen addresses ---- */

static bool listen_split(struct str text, struct str *host, struct str *port)
{
	size_t colon = text.n;
	while (colon > 0 && text.at[colon - 1] != ':')
		colon--;
	if (colon < 2)
		return false;
	*host = str_sub(text, 0, colon - 1);
	*port = str_sub(text, colon, text.n);
	if (host->at[0] == '[') {
		if (host->at[host->n - 1] != ']')
			return false;
		*host = str_sub(*host, 1, host->n - 2);
	} else if (str_index(*host, ':') < host->n) {
		return false;
	}
	return true;
}

static bool listen_is_valid(struct str text)
{
	struct str host, port;
	struct addr addr;
	int64_t n;
	return listen_split(text, &host, &port) && addr_from_str(host, &addr) == RC_OK &&
	       str_int(port, 0, 65535, &n) == RC_OK;
}

bool conf_listen_is_loopback(const char *listen)
{
	struct str host, port;
	struct addr addr;
	if (!listen_split(str_c(listen), &host, &port) || addr_from_str(host, &addr) != RC_OK)
		return false;
	if (addr.family == AF_INET)
		return addr.at[0] == 127;
	return str_eq(str_c(addr_text(&addr).z), S("::1"));
}

/* ---- the other types ---- */

static bool cidrs_are_valid(struct str text)
{
	struct cidr cidr;
	while (text.at) {
		struct str one = str_trim(str_split(&text, ','));
		if (cidr_from_str(one, &cidr) != RC_OK)
			return false;
	}
	return true;
}

static bool header_is_valid(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.at[i];
		bool ok = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
		if (!ok)
			return false;
	}
	return text.n > 0;
}

static bool url_is_valid(struct str text)
{
	return str_starts(text, S("sqlite:")) || str_starts(text, S("postgres://")) || str_starts(text, S("postgresql://"));
}

/* A database, or a system above that is asked instead. */
static bool source_is_valid(struct str text)
{
	return url_is_valid(text) || str_starts(text, S("https://")) || str_starts(text, S("http://"));
}

static bool is_url(const struct conf_option *o)
{
	return o->type == CONF_URL || o->type == CONF_SOURCE;
}

static bool choice_find(const char *words, struct str text, int64_t *ret)
{
	struct str rest = str_c(words);
	for (*ret = 0; rest.at; ++*ret)
		if (str_eq(str_split(&rest, '|'), text))
			return true;
	return false;
}

static enum rc parse_int(const struct conf_option *o, struct str text, int64_t *ret, struct err *err)
{
	if (str_int(text, o->min, o->max, ret) != RC_OK)
		return FAIL(err, RC_INVALID, "%s harus bilangan %lld sampai %lld (%s)", o->name, (long long)o->min,
		            (long long)o->max, o->unit);
	return RC_OK;
}

static enum rc parse_choice(const struct conf_option *o, struct str text, int64_t *ret, struct err *err)
{
	if (!choice_find(o->unit, text, ret))
		return FAIL(err, RC_INVALID, "%s harus salah satu dari %s", o->name, o->unit);
	return RC_OK;
}

static bool shape_is_valid(enum conf_type type, struct str text)
{
	switch (type) {
	case CONF_LISTEN: return listen_is_valid(text);
	case CONF_CIDRS: return cidrs_are_valid(text);
	case CONF_HEADER: return header_is_valid(text);
	case CONF_URL: return url_is_valid(text);
	case CONF_SOURCE: return source_is_valid(text);
	case CONF_TEXT:
	case CONF_PATH:
	case CONF_INT:
	case CONF_CHOICE: return true;
	}
	return false;
}

enum rc value_parse(const struct conf_option *o, struct str text, int64_t *ret, struct err *err)
{
	*ret = 0;
	if (o->type == CONF_INT)
		return parse_int(o, text, ret, err);
	if (o->type == CONF_CHOICE)
		return parse_choice(o, text, ret, err);
	if ((int64_t)text.n < o->min || (int64_t)text.n > o->max)
		return FAIL(err, RC_INVALID, "%s harus %lld sampai %lld karakter", o->name, (long long)o->min, (long long)o->max);
	if (!str_is_text(text) || str_index(text, '\n') < text.n)
		return FAIL(err, RC_INVALID, "%s berisi karakter yang tidak boleh", o->name);
	if (text.n > 0 && !shape_is_valid(o->type, text))
		return FAIL(err, RC_INVALID, "%s harus berbentuk %s", o->name, o->unit);
	return RC_OK;
}

struct str value_resolve(const struct conf_option *o, struct str text, const char *dir, struct arena *arena)
{
	struct str path = text;
	const char *scheme = "";
	if (is_url(o) && str_starts(text, S("sqlite:"))) {
		scheme = "sqlite:";
		path = str_sub(text, strlen(scheme), text.n);
	} else if (o->type != CONF_PATH || text.n == 0 || str_starts(text, S("credential:"))) {
		return arena_str(arena, text.n ? text : S(""));
	}
	if (path.n > 0 && path.at[0] == '/')
		return arena_str(arena, text);
	return arena_printf(arena, "%s%s/%.*s", scheme, dir, STR_ARG(path));
}

/* ---- what may be shown ---- */

/* Where the '@' is behind which the host stands, text.n: nowhere. The last one: a password that should have been written
 * with %40 is not half shown. Before the first '/', where one belongs, or before the query, for what was mistyped. */
static size_t login_end(struct str text, size_t begin)
{
	struct str rest = str_sub(text, begin, text.n);
	const size_t ends[] = {str_index(rest, '/'), str_index(rest, '?')};
	for (size_t i = 0; i < LEN(ends); i++) {
		const char *at = ends[i] ? memrchr(rest.at, '@', ends[i]) : NULL;
		if (at)
			return (size_t)(at - text.at);
	}
	return text.n;
}

/* password, sslpassword, and whatever could be one of them in other letters. */
static bool is_secret(struct str key)
{
	static const char *const words[] = {"pass", "secret", "token", "%"};
	for (size_t i = 0; i < LEN(words); i++)
		if (memmem(key.at, key.n, words[i], strlen(words[i])))
			return true;
	return false;
}

static void query_write_masked(struct str query, struct buf *out)
{
	for (char before = '?'; query.at; before = '&') {
		struct str one = str_split(&query, '&');
		size_t equals = str_index(one, '=');
		buf_addc(out, before);
		buf_add(out, is_secret(str_sub(one, 0, equals)) ? str_sub(one, 0, equals + 1) : one);
		if (is_secret(str_sub(one, 0, equals)))
			buf_addz(out, "***");
	}
}

void value_write_masked(const struct conf_option *o, struct str text, struct buf *out)
{
	size_t begin = str_index(text, ':') + strlen("://");
	if (!is_url(o) || begin >= text.n || str_starts(text, S("sqlite:"))) {
		buf_add(out, text);
		return;
	}
	size_t at = login_end(text, begin), colon = begin + str_index(str_sub(text, begin, at - begin), ':');
	bool hides = at < text.n && colon < at;
	struct str rest = hides ? str_sub(text, at, text.n) : text;
	size_t query = str_index(rest, '?');
	if (hides) {
		buf_add(out, str_sub(text, 0, colon + 1));
		buf_addz(out, "***");
	}
	buf_add(out, str_sub(rest, 0, query));
	if (query < rest.n)
		query_write_masked(str_sub(rest, query + 1, rest.n), out);
}
