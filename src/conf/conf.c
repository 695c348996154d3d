/* SPDX-License-Identifier: EUPL-1.2
 * conf/conf.c - from text to settings; see conf.h. inih reads the lines; since the
 * packaged library does not tell its handler the line number, our reader counts. */
#include "conf/conf.h"

#include <assert.h>
#include <ini.h>
#include <stdio.h>

#include "conf/value.h"

#define CONF_ARENA_MAX ((size_t)256 << 10)

static const struct conf_option options[] = {
#define SECTION(title)
#define OPTION(ident, name_, type_, preset_, min_, max_, unit_, help_)                                                 \
	[CONF_##ident] = {.key = CONF_##ident, .name = name_, .type = CONF_##type_, .preset = preset_,                 \
	                  .min = min_, .max = max_, .unit = unit_, .help = help_},
#include "conf/options.def"
#undef OPTION
#undef SECTION
};
static_assert(LEN(options) == CONF_COUNT, "one row for every key");

const struct conf_option *conf_option_at(size_t i)
{
	return i < LEN(options) ? &options[i] : NULL;
}

enum rc conf_option_find(struct str name, const struct conf_option **ret)
{
	for (size_t i = 0; i < LEN(options); i++) {
		if (str_eq(str_c(options[i].name), name)) {
			*ret = &options[i];
			return RC_OK;
		}
	}
	return RC_ABSENT;
}

/* ---- one value ---- */

/* Where a value was written, for messages and for `source`. */
struct place {
	const char *name; /* "padan.conf", "--set", "bawaan" */
	int line;         /* 0: it has none */
};

static struct str place_text(struct conf *conf, const struct place *place)
{
	if (place->line == 0)
		return str_c(place->name);
	return arena_printf(&conf->arena, "%s:%d", place->name, place->line);
}

static enum rc refuse(const struct place *place, const char *why, struct err *err)
{
	if (place->line == 0)
		return FAIL(err, RC_INVALID, "%s: %s", place->name, why);
	return FAIL(err, RC_INVALID, "%s baris %d: %s", place->name, place->line, why);
}

static enum rc assign(struct conf *conf, const struct conf_option *option, struct str text, const struct place *place,
                      struct err *err)
{
	struct conf_value value = {.line = place->line};
	struct err why = {0};
	if (value_parse(option, text, &value.n, &why) != RC_OK)
		return refuse(place, why.what, err);
	value.text = value_resolve(option, text, conf->dir, &conf->arena).at;
	value.source = place_text(conf, place).at;
	if (!value.text || !value.source)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	conf->at[option->key] = value;
	return RC_OK;
}

enum rc conf_open(struct conf *conf, const char *dir, struct err *err)
{
	static const struct place preset = {.name = "bawaan"};
	*conf = (struct conf){0};
	arena_init(&conf->arena, CONF_ARENA_MAX);
	conf->dir = arena_str(&conf->arena, str_c(dir)).at;
	if (!conf->dir)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < LEN(options); i++)
		TRY(assign(conf, &options[i], str_c(options[i].preset), &preset, err));
	return RC_OK;
}

void conf_close(struct conf *conf)
{
	arena_free(&conf->arena);
	*conf = (struct conf){0};
}

bool conf_is(const struct conf *conf, enum conf_key key, const char *word)
{
	assert(options[key].type == CONF_CHOICE);
	return str_eq(str_c(conf->at[key].text), str_c(word));
}

/* ---- the file ---- */

struct reading {
	struct conf *conf;
	struct str rest;
	const char *name;
	int line;
	enum rc rc;
	struct err *err;
};

static enum rc reading_fail(struct reading *r, const char *why)
{
	if (r->rc == RC_OK)
		r->rc = refuse(&(struct place){r->name, r->line}, why, r->err);
	return r->rc;
}

/* fgets() over a view: inih asks for one line at a time. A line that does not fit
 * ends the reading, or its rest would be taken for a line of its own. */
static char *next_line(char *room, int size, void *arg)
{
	struct reading *r = arg;
	if (r->rest.n == 0 || r->rc != RC_OK)
		return NULL;
	size_t n = str_index(r->rest, '\n');
	r->line++;
	if (n > CONF_LINE_MAX || n + 2 > (size_t)size) {
		(void)reading_fail(r, "baris terlalu panjang");
		return NULL;
	}
	memcpy(room, r->rest.at, n);
	room[n] = '\n';
	room[n + 1] = '\0';
	r->rest = str_sub(r->rest, n + 1, r->rest.n);
	return room;
}

static enum rc take(struct reading *r, const char *section, const char *name, const char *text)
{
	char key[CONF_LINE_MAX * 2], why[160];
	const struct conf_option *option;
	snprintf(key, sizeof key, "%s%s%s", section, *section ? "." : "", name);
	if (conf_option_find(str_c(key), &option) != RC_OK) {
		snprintf(why, sizeof why, "pengaturan '%.60s' tidak dikenal", key);
		return reading_fail(r, why);
	}
	const struct conf_value *before = &r->conf->at[option->key];
	if (before->line != 0) {
		snprintf(why, sizeof why, "'%s' sudah disebut pada baris %d", option->name, before->line);
		return reading_fail(r, why);
	}
	if (before->set)
		return RC_OK;
	r->rc = assign(r->conf, option, str_c(text), &(struct place){r->name, r->line}, r->err);
	return r->rc;
}

static int on_pair(void *arg, const char *section, const char *name, const char *text)
{
	struct reading *r = arg;
	return r->rc == RC_OK && take(r, section, name, text) == RC_OK;
}

enum rc conf_read(struct conf *conf, struct str text, const char *name, struct err *err)
{
	struct reading r = {.conf = conf, .rest = text, .name = name, .err = err};
	if (text.n > CONF_FILE_MAX)
		return refuse(&(struct place){.name = name}, "berkas terlalu besar", err);
	if (!str_is_text(text) && text.n > 0)
		return refuse(&(struct place){.name = name}, "bukan teks UTF-8", err);
	int line = ini_parse_stream(next_line, &r, on_pair, &r);
	if (r.rc == RC_OK && line > 0) {
		r.line = line;
		return reading_fail(&r, "bukan 'kunci = nilai'");
	}
	if (r.rc == RC_OK && line < 0)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	return r.rc;
}

enum rc conf_set(struct conf *conf, const char *assignment, struct err *err)
{
	static const struct place place = {.name = "--set"};
	struct str rest = str_c(assignment);
	struct str key = str_trim(str_split(&rest, '='));
	const struct conf_option *option;
	if (!rest.at)
		return refuse(&place, "harus berbentuk kunci=nilai", err);
	if (conf_option_find(key, &option) != RC_OK)
		return FAIL(err, RC_INVALID, "--set: pengaturan '%.*s' tidak dikenal", (int)(key.n < 60 ? key.n : 60), key.at);
	TRY(assign(conf, option, str_trim(rest), &place, err));
	conf->at[option->key].set = true;
	return RC_OK;
}

/* ---- the whole ---- */

static enum rc refuse_key(const struct conf *conf, enum conf_key key, const char *why, struct err *err)
{
	return FAIL(err, RC_INVALID, "%s (%s): %s", options[key].name, conf->at[key].source, why);
}

static enum rc check_plain(const struct conf *conf, enum conf_key key, const char *why, struct err *err)
{
	const char *listen = conf->at[key].text;
	if (*listen && !conf_listen_is_loopback(listen))
		return refuse_key(conf, key, why, err);
	return RC_OK;
}

/* A browser that is asked for a certificate shows its user a question he cannot answer. */
static enum rc check_client_cert(const struct conf *conf, struct err *err)
{
	const char *api = conf_text(conf, CONF_API_LISTEN);
	bool apart = *api && strcmp(api, conf_text(conf, CONF_PORTAL_LISTEN)) != 0;
	if (conf_is(conf, CONF_API_CLIENT_CERT, "ask") && !(apart && conf_is(conf, CONF_TLS, "on")))
		return refuse_key(conf, CONF_API_CLIENT_CERT, "ask memerlukan api.listen tersendiri dan tls=on", err);
	if (strcasecmp(conf_text(conf, CONF_PROXY_CLIENT_CERT_HEADER), conf_text(conf, CONF_PROXY_HEADER)) == 0)
		return refuse_key(conf, CONF_PROXY_CLIENT_CERT_HEADER, "tidak boleh sama dengan proxy.header", err);
	return RC_OK;
}

enum rc conf_check(const struct conf *conf, struct err *err)
{
	if (!conf_is(conf, CONF_TLS, "on")) {
		static const char why[] = "tls=off hanya diterima pada alamat loopback (127.0.0.0/8 atau [::1])";
		TRY(check_plain(conf, CONF_PORTAL_LISTEN, why, err));
		TRY(check_plain(conf, CONF_API_LISTEN, why, err));
	}
	TRY(check_plain(conf, CONF_OPS_LISTEN, "tanpa TLS, jadi hanya alamat loopback (127.0.0.0/8 atau [::1])", err));
	if (*conf_text(conf, CONF_PORTAL_LISTEN) == '\0')
		return refuse_key(conf, CONF_PORTAL_LISTEN, "tidak boleh kosong", err);
	TRY(check_client_cert(conf, err));
	if (conf_int(conf, CONF_SESSION_IDLE_S) > conf_int(conf, CONF_SESSION_ABSOLUTE_S))
		return refuse_key(conf, CONF_SESSION_IDLE_S, "tidak boleh melebihi session.absolute_s", err);
	return RC_OK;
}
