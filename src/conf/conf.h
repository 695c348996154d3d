/* SPDX-License-Identifier: EUPL-1.2
 * conf/conf.h - the settings of one data directory.
 *
 * options.def is the one table. A value comes from the first of: `--set key=value`,
 * the file padan.conf, the default; and remembers which, so that a refusal names
 * the line and `padan conf` can show it. Pure: the caller reads the file.
 *
 * The file is INI: `key = value`, or `[section]` with the rest of the key below it;
 * `#` and `;` begin comments. A key the table does not have, or a key said twice,
 * is refused: a misspelt setting must never be silently ignored. */
#pragma once
#include "base/base.h"

enum conf_key {
#define SECTION(title)
#define OPTION(ident, key, type, preset, min, max, unit, help) CONF_##ident,
#include "conf/options.def"
#undef OPTION
#undef SECTION
	CONF_COUNT
};

enum conf_type { CONF_TEXT, CONF_PATH, CONF_URL, CONF_SOURCE, CONF_LISTEN, CONF_CIDRS, CONF_HEADER, CONF_INT, CONF_CHOICE };

struct conf_option {
	enum conf_key key;
	const char *name;
	enum conf_type type;
	const char *preset;
	int64_t min, max;
	const char *unit;
	const char *help;
};
/* NULL past the end. */
const struct conf_option *conf_option_at(size_t i);
/* RC_ABSENT: no such setting. */
MUST_USE enum rc conf_option_find(struct str name, const struct conf_option **ret);

#define CONF_LINE_MAX 198
#define CONF_FILE_MAX ((size_t)64 << 10)

struct conf_value {
	const char *text;   /* as written; relative paths already resolved */
	const char *source; /* "bawaan", "padan.conf:12", "--set" */
	int64_t n;          /* INT: the number; CHOICE: 0 for its first word, 1 for its second, ... */
	int line;           /* in the file; 0: not from there */
	bool set;           /* by --set: the file no longer matters */
};
struct conf {
	struct arena arena;
	const char *dir;
	struct conf_value at[CONF_COUNT];
};

/* Everything at its default, for the data directory `dir`. */
MUST_USE enum rc conf_open(struct conf *conf, const char *dir, struct err *err);
void conf_close(struct conf *conf);
/* The text of a file; `name` is how messages call it.
 * RC_INVALID: err->what is "padan.conf baris 12: ..." */
MUST_USE enum rc conf_read(struct conf *conf, struct str text, const char *name, struct err *err);
/* One override, "key=value". RC_INVALID as above, with "--set". */
MUST_USE enum rc conf_set(struct conf *conf, const char *assignment, struct err *err);
/* What only the whole can tell: tls=off elsewhere than on loopback, an idle limit
 * above the absolute one. RC_INVALID names the setting and where it was made. */
MUST_USE enum rc conf_check(const struct conf *conf, struct err *err);

static inline const char *conf_text(const struct conf *conf, enum conf_key key)
{
	return conf->at[key].text;
}
static inline int conf_int(const struct conf *conf, enum conf_key key)
{
	return (int)conf->at[key].n;
}
/* The value `word` of a CHOICE? "tls", "on". */
bool conf_is(const struct conf *conf, enum conf_key key, const char *word);

/* Is the address part of "127.0.0.1:8443" or "[::1]:8443" loopback? */
bool conf_listen_is_loopback(const char *listen);

/* The text of a file with one setting changed: on its own line where it has one, else on a
 * new first line. Everything else stays byte for byte.
 * RC_INVALID: the file is wrong as it is, or would be. */
MUST_USE enum rc conf_rewrite(struct str text, const char *dir, enum conf_key key, struct str value, struct buf *out,
                              struct err *err);

/* ---- what is made from the table ---- */
/* A value as it may be shown: the password of a URL is masked. */
void conf_write_masked(enum conf_key key, struct str text, struct buf *out);
/* key = value, and where it comes from; passwords in URLs are masked. */
void conf_write_effective(const struct conf *conf, struct buf *out);
/* The commented file with every setting at its default. */
void conf_write_sample(struct buf *out);
/* The rows of the manual page, in man(7). */
void conf_write_man(struct buf *out);
