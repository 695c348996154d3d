/* SPDX-License-Identifier: EUPL-1.2
 * tools/mkpage_html.c - a small HTML state machine: enough of the standard's
 * tokenizer to know in which attribute of which tag a byte stands, and which white
 * space between tags no reader would miss. */
#include "mkpage.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* ---- the HTML machine ---- */
static const char *const block_tags[] = {
        "html",       "head",     "body",     "title",   "meta",    "link",     "base",    "script",  "style",
        "main",       "header",   "footer",   "nav",     "section", "article",  "aside",   "h1",      "h2",
        "h3",         "h4",       "h5",       "h6",      "p",       "div",      "ul",      "ol",      "li",
        "dl",         "dt",       "dd",       "table",   "thead",   "tbody",    "tfoot",   "tr",      "td",
        "th",         "caption",  "colgroup", "col",     "form",    "fieldset", "legend",  "figure",  "figcaption",
        "blockquote", "pre",      "hr",       "br",      "option",  "optgroup", "details", "summary", "dialog",
        "noscript",   "template", "hgroup",   "address", "search",  "datalist", "menu",
};
static const char *const raw_tags[] = {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"};

bool one_of(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void name_add(const char *at, char *name, char c)
{
	size_t n = strlen(name);
	if (n + 1 >= NAME_MAX_N)
		die(at, "a tag or attribute name longer than %d bytes", NAME_MAX_N - 1);
	name[n] = (char)tolower((unsigned char)c);
	name[n + 1] = 0;
}

static void tag_done(struct spot *spot)
{
	pg.spot.after_block = ONE_OF(spot->tag, block_tags);
	if (strcmp(spot->tag, "pre") == 0)
		spot->pre = !spot->closing;
	spot->place = !spot->closing && ONE_OF(spot->tag, raw_tags) ? AT_RAW : AT_TEXT;
}

static bool at_raw_end(const char *at, const char *tag)
{
	size_t n = strlen(tag);
	return (size_t)(pg.end - at) > n + 2 && at[0] == '<' && at[1] == '/' && strncasecmp(at + 2, tag, n) == 0 &&
	       (at[n + 2] == '>' || blank(at[n + 2]));
}

static void step_text(struct spot *spot, const char *at, char c)
{
	if (c != '<') {
		if (!blank(c))
			pg.spot.after_block = false;
		return;
	}
	char next = at + 1 < pg.end ? at[1] : 0;
	if (next == '!') {
		spot->place = AT_DECL;
	} else if (isalpha((unsigned char)next) || next == '/') {
		spot->place = AT_TAG_NAME;
		spot->closing = next == '/';
		spot->tag[0] = 0;
	} else {
		die(at, "write &lt; for a '<' that begins no tag");
	}
}

static void step_tag_name(struct spot *spot, const char *at, char c)
{
	if (c == '>')
		tag_done(spot);
	else if (blank(c))
		spot->place = AT_TAG;
	else if (c != '/')
		name_add(at, spot->tag, c);
	else if (spot->tag[0])
		spot->place = AT_TAG;
}

static void step_tag(struct spot *spot, const char *at, char c)
{
	if (c == '>') {
		tag_done(spot);
	} else if (!blank(c) && c != '/') {
		if (c == '"' || c == '\'' || c == '=' || c == '<')
			die(at, "'%c' between attributes", c);
		spot->place = AT_ATTR_NAME;
		spot->attr[0] = 0;
		name_add(at, spot->attr, c);
	}
}

static void step_attr_name(struct spot *spot, const char *at, char c)
{
	if (c == '>') {
		tag_done(spot);
	} else if (blank(c) || c == '/') {
		spot->place = AT_TAG;
	} else if (c == '=') {
		spot->place = AT_BEFORE_VALUE;
	} else {
		if (c == '"' || c == '\'' || c == '<')
			die(at, "'%c' in an attribute name", c);
		name_add(at, spot->attr, c);
	}
}

static void step_before_value(struct spot *spot, const char *at, char c)
{
	spot->value_begun = false;
	if (c == '"')
		spot->place = AT_VALUE;
	else if (c == '\'')
		spot->place = AT_VALUE_SINGLE;
	else if (blank(c) || c == '>')
		die(at, "attribute '%s' has '=' but no value", spot->attr);
	else
		spot->place = AT_VALUE_BARE;
}

static void step_value(struct spot *spot, char c)
{
	char end = spot->place == AT_VALUE ? '"' : '\'';
	if (c == end)
		spot->place = AT_TAG;
	else
		spot->value_begun = true;
}

static void step_raw(struct spot *spot, const char *at)
{
	if (!at_raw_end(at, spot->tag))
		return;
	spot->place = AT_TAG_NAME;
	spot->closing = true;
	spot->tag[0] = 0;
}

void step(const char *at, char c)
{
	struct spot *spot = &pg.spot;
	switch (spot->place) {
	case AT_TEXT: step_text(spot, at, c); break;
	case AT_TAG_NAME: step_tag_name(spot, at, c); break;
	case AT_TAG: step_tag(spot, at, c); break;
	case AT_ATTR_NAME: step_attr_name(spot, at, c); break;
	case AT_ATTR_DONE:
		if (!blank(c) && c != '>' && c != '/')
			die(at, "a blank must stand between {{end}} and the next attribute");
		step_attr_name(spot, at, c);
		break;
	case AT_BEFORE_VALUE: step_before_value(spot, at, c); break;
	case AT_VALUE:
	case AT_VALUE_SINGLE: step_value(spot, c); break;
	case AT_VALUE_BARE:
		if (c == '>')
			tag_done(spot);
		else if (blank(c))
			spot->place = AT_TAG;
		break;
	case AT_RAW: step_raw(spot, at); break;
	case AT_DECL:
		if (c == '>') {
			spot->place = AT_TEXT;
			pg.spot.after_block = true;
		}
		break;
	}
}

/* ---- white space ---- */
static bool block_follows(const char *at)
{
	if (at == pg.end)
		return true;
	if (*at != '<')
		return false;
	at += at + 1 < pg.end && at[1] == '/' ? 2 : 1;
	char name[NAME_MAX_N] = "";
	for (size_t n = 0; at < pg.end && isalnum((unsigned char)*at) && n + 1 < sizeof name; at++, n++)
		name[n] = (char)tolower((unsigned char)*at);
	return ONE_OF(name, block_tags);
}

/* A run of white space that holds a line end: nothing beside a block tag, one
 * newline between words, one blank between attributes. */
bool fold_blank(void)
{
	bool in_text = pg.spot.place == AT_TEXT && !pg.spot.pre;
	bool in_tag = pg.spot.place == AT_TAG || pg.spot.place == AT_TAG_NAME || pg.spot.place == AT_ATTR_NAME ||
	              pg.spot.place == AT_ATTR_DONE;
	const char *run = pg.at;
	bool newline = false;
	if (!blank(*run) || (!in_text && !in_tag))
		return false;
	for (; run < pg.end && blank(*run); run++)
		newline |= *run == '\n';
	if (!newline)
		return false;
	if (in_text && !pg.spot.after_block && !block_follows(run))
		literal('\n');
	if (in_tag) {
		step(pg.at, ' ');
		if (run < pg.end && *run != '>')
			literal(' ');
	}
	pg.at = run;
	return true;
}

bool skip_comment(void)
{
	if (pg.spot.place != AT_TEXT || !at_is(pg.at, "<!--"))
		return false;
	const char *close = memmem(pg.at, (size_t)(pg.end - pg.at), "-->", 3);
	if (!close)
		die(pg.at, "comment without -->");
	pg.at = close + 3;
	return true;
}
