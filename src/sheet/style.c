/* SPDX-License-Identifier: EUPL-1.2
 * sheet/style.c - see style.h. Formats below 164 are built in (ISO/IEC 29500-1,
 * 18.8.30); those between 27 and 58 that show dates do so in East Asian editions. */
#include "sheet/style.h"

#define PART_MAX ((int64_t)8 << 20)

static const struct {
	size_t from, to;
} built_in[] = {{14, 22}, {27, 36}, {45, 47}, {50, 58}};

static void bit_put(unsigned char *bits, size_t i, bool on)
{
	unsigned char bit = (unsigned char)(1U << (i % 8));
	bits[i / 8] = (unsigned char)(on ? bits[i / 8] | bit : bits[i / 8] & ~bit);
}

static bool bit_get(const unsigned char *bits, size_t i)
{
	return (bits[i / 8] >> (i % 8)) & 1;
}

/* A number below STYLE_MAX; STYLE_MAX for anything else. */
static size_t number_of(struct str s)
{
	int64_t n;
	return str_int(str_trim(s), 0, STYLE_MAX - 1, &n) == RC_OK ? (size_t)n : STYLE_MAX;
}

/* What stands between brackets: a colour, a condition, a language; or a time that may pass 24 hours: [h] [mm]. */
static bool bracket_is_time(struct str inside)
{
	for (size_t i = 0; i < inside.n; i++)
		if (!strchr("hms", inside.at[i] | 0x20))
			return false;
	return inside.n > 0;
}

bool style_code_is_date(struct str code)
{
	for (size_t i = 0; i < code.n; i++) {
		struct str rest = str_sub(code, i + 1, code.n);
		switch (code.at[i]) {
		case '"': i += str_index(rest, '"') + 1; break; /* text */
		case '\\':
		case '_':
		case '*': i++; break; /* the next character is not a code */
		case '[':
			if (bracket_is_time(str_sub(rest, 0, str_index(rest, ']'))))
				return true;
			i += str_index(rest, ']') + 1;
			break;
		default:
			if (code.at[i] && strchr("ymdhsYMDHS", code.at[i]))
				return true;
		}
	}
	return false;
}

static enum rc begin(void *arg, const struct xml_tag *tag)
{
	struct style *style = arg;
	size_t format = number_of(xml_attribute(tag, "numFmtId"));
	if (strcmp(tag->name, "numFmts") == 0)
		style->in_formats = true;
	else if (strcmp(tag->name, "cellXfs") == 0)
		style->in_cells = true;
	else if (style->in_formats && strcmp(tag->name, "numFmt") == 0 && format < STYLE_MAX)
		bit_put(style->formats, format, style_code_is_date(xml_attribute(tag, "formatCode")));
	else if (style->in_cells && strcmp(tag->name, "xf") == 0 && style->n < STYLE_MAX)
		bit_put(style->cells, style->n++, format < STYLE_MAX && bit_get(style->formats, format));
	return RC_OK;
}

static enum rc end(void *arg, const char *name)
{
	struct style *style = arg;
	if (strcmp(name, "numFmts") == 0)
		style->in_formats = false;
	else if (strcmp(name, "cellXfs") == 0)
		style->in_cells = false;
	return RC_OK;
}

enum rc style_read(struct package *package, struct str part, struct style *ret)
{
	static const struct xml_ear ear = {begin, end, NULL};
	for (size_t i = 0; i < LEN(built_in); i++)
		for (size_t format = built_in[i].from; format <= built_in[i].to; format++)
			bit_put(ret->formats, format, true);
	return xml_read(package, part, PART_MAX, &ear, ret);
}

bool style_is_date(const struct style *style, struct str number)
{
	size_t n = number_of(number);
	return n < style->n && bit_get(style->cells, n);
}
