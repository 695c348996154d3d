/* SPDX-License-Identifier: EUPL-1.2
 * conf/print.c - what is made from the table: effective values, the sample file,
 * the rows of the manual page. */
#include "conf/conf.h"

#include "conf/value.h"

#define SAMPLE_COLUMNS 78

/* The table in its order, headings included. */
static const struct row {
	const char *title; /* NULL: an option */
	enum conf_key key;
} rows[] = {
#define SECTION(title_) {.title = title_},
#define OPTION(ident, name, type, preset, min, max, unit, help) {.key = CONF_##ident},
#include "conf/options.def"
#undef OPTION
#undef SECTION
};

void conf_write_masked(enum conf_key key, struct str text, struct buf *out)
{
	value_write_masked(conf_option_at(key), text, out);
}

void conf_write_effective(const struct conf *conf, struct buf *out)
{
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct conf_option *option = conf_option_at(rows[i].key);
		if (rows[i].title)
			continue;
		buf_addf(out, "%s = ", option->name);
		value_write_masked(option, str_c(conf->at[option->key].text), out);
		buf_addf(out, "\t# %s\n", conf->at[option->key].source);
	}
}

/* ---- the sample ---- */

/* `text` as comment lines of at most SAMPLE_COLUMNS. */
static void add_comment(struct buf *out, struct str text)
{
	size_t column = 0;
	while (text.at) {
		struct str word = str_split(&text, ' ');
		if (column == 0 || column + 1 + word.n > SAMPLE_COLUMNS) {
			buf_addz(out, column ? "\n# " : "# ");
			column = 2;
		} else {
			buf_addc(out, ' ');
			column++;
		}
		buf_add(out, word);
		column += word.n;
	}
	buf_addc(out, '\n');
}

static void add_bounds(struct buf *out, const struct conf_option *option)
{
	if (option->type == CONF_INT)
		buf_addf(out, "%s, %lld sampai %lld", option->unit, (long long)option->min, (long long)option->max);
	else
		buf_addz(out, option->unit);
}

static void add_sample_option(struct buf *out, const struct conf_option *option)
{
	BUF_AUTO about = BUF(1024);
	buf_addf(&about, "%s (", option->help);
	add_bounds(&about, option);
	buf_addc(&about, ')');
	add_comment(out, buf_str(&about));
	buf_addf(out, "#%s =%s%s\n\n", option->name, *option->preset ? " " : "", option->preset);
}

void conf_write_sample(struct buf *out)
{
	buf_addz(out, "# padan.conf - pengaturan Padan. Nilai yang tertulis adalah nilai bawaan;\n"
	              "# hapus tanda # untuk mengubahnya. Berkas relatif terhadap direktori data.\n\n");
	for (size_t i = 0; i < LEN(rows); i++) {
		if (rows[i].title)
			buf_addf(out, "# ---- %s ----\n\n", rows[i].title);
		else
			add_sample_option(out, conf_option_at(rows[i].key));
	}
}

/* ---- the manual page ---- */

/* A backslash or a leading dot or quote means something to troff. */
static void add_man_text(struct buf *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		buf_addz(out, "\\&");
	for (; *text; text++) {
		if (*text == '\\')
			buf_addz(out, "\\e");
		else if (*text == '-')
			buf_addz(out, "\\-");
		else
			buf_addc(out, *text);
	}
}

static void add_man_option(struct buf *out, const struct conf_option *option)
{
	BUF_AUTO bounds = BUF(256);
	add_bounds(&bounds, option);
	buf_addc(&bounds, '\0');
	buf_addf(out, ".TP\n.BR %s \" (", option->name);
	add_man_text(out, bounds.at ? bounds.at : "");
	buf_addz(out, ")\"\n");
	add_man_text(out, option->help);
	buf_addz(out, "\nBawaan: ");
	add_man_text(out, *option->preset ? option->preset : "kosong");
	buf_addz(out, ".\n");
}

void conf_write_man(struct buf *out)
{
	for (size_t i = 0; i < LEN(rows); i++) {
		if (rows[i].title)
			buf_addf(out, ".SS %s\n", rows[i].title);
		else
			add_man_option(out, conf_option_at(rows[i].key));
	}
}
