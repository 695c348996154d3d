/* SPDX-License-Identifier: EUPL-1.2
 * conf/rewrite.c - one setting of a file changed, and nothing else (conf.h). The file is
 * read as always to learn on which line the setting stands, and the result is read once
 * more before anybody gets it. */
#include "conf/conf.h"

#include "conf/value.h"

/* On which line of the text; 0 none. */
static enum rc line_of(struct str text, const char *dir, enum conf_key key, struct str value, int *ret, struct err *err)
{
	struct conf conf;
	TRY(conf_open(&conf, dir, err));
	enum rc rc = conf_read(&conf, text, "padan.conf", err);
	if (rc == RC_OK && value.at) { /* it must have become what was asked for */
		struct str wanted = value_resolve(conf_option_at(key), value, dir, &conf.arena);
		if (!str_eq(wanted, str_c(conf_text(&conf, key))))
			rc = FAIL(err, RC_INVALID, "%s tidak dapat ditulis ke padan.conf", conf_option_at(key)->name);
	}
	*ret = rc == RC_OK ? conf.at[key].line : 0;
	conf_close(&conf);
	return rc;
}

/* What stands before the value, in the spelling that is there: "url = " below [office]. */
static struct str head_of(struct str line)
{
	size_t n = str_index(line, '='), colon = str_index(line, ':');
	n = colon < n ? colon : n;
	return str_sub(line, 0, n + 1);
}

static void write_lines(struct str rest, int wanted, struct str value, struct buf *out)
{
	for (int number = 1; rest.n; number++) {
		size_t end = str_index(rest, '\n');
		struct str line = str_sub(rest, 0, end);
		if (number == wanted)
			buf_addf(out, "%.*s %.*s", STR_ARG(head_of(line)), STR_ARG(value));
		else
			buf_add(out, line);
		if (end < rest.n)
			buf_addc(out, '\n');
		rest = str_sub(rest, end + 1, rest.n);
	}
}

enum rc conf_rewrite(struct str text, const char *dir, enum conf_key key, struct str value, struct buf *out, struct err *err)
{
	int line;
	TRY(line_of(text, dir, key, (struct str){0}, &line, err));
	if (line == 0) /* the first line is in no section */
		buf_addf(out, "%s = %.*s\n", conf_option_at(key)->name, STR_ARG(value));
	write_lines(text, line, value, out);
	if (!buf_ok(out))
		return FAIL(err, RC_INVALID, "padan.conf terlalu besar");
	return line_of(buf_str(out), dir, key, value, &line, err);
}
