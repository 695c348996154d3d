/* SPDX-License-Identifier: EUPL-1.2
 * registry/csv.c - see csv.h.
 *
 * A record is scanned in the buffer without changing it, so that it can be scanned
 * again when its end has not been read yet. Only a whole record is unescaped, in
 * place: that only ever makes a field shorter. */
#include "registry/csv.h"

#include <errno.h>

#define ROOM ((size_t)1 << 20)

struct csv {
	csv_read read;
	void *arg;
	char *room;
	size_t at, have; /* the unread part of room */
	int64_t line, bytes;
	bool ended, begun;
};

/* What ended a field, or why it cannot be told. */
enum end { END_COMMA, END_LINE, END_MORE, END_FLAW };

struct scan {
	size_t at; /* where the scan stands */
	int64_t lines; /* line ends passed */
	bool doubled[CSV_FIELDS_MAX]; /* the field holds doubled quotes */
	enum csv_flaw flaw;
};

enum rc csv_open(csv_read read, void *arg, struct arena *arena, struct csv **ret)
{
	struct csv *c = ARENA_NEW(arena, struct csv);
	char *room = arena_alloc(arena, ROOM);
	if (!c || !room)
		return RC_LIMIT;
	*c = (struct csv){.read = read, .arg = arg, .room = room, .line = 1};
	*ret = c;
	return RC_OK;
}

int64_t csv_bytes(const struct csv *csv)
{
	return csv->bytes;
}

static void consume(struct csv *c, size_t upto, int64_t lines)
{
	c->bytes += (int64_t)(upto - c->at);
	c->at = upto;
	c->line += lines;
}

/* More behind what is there. */
static enum rc fill(struct csv *c)
{
	memmove(c->room, c->room + c->at, c->have - c->at);
	c->have -= c->at;
	c->at = 0;
	ssize_t n;
	do
		n = c->read(c->arg, c->room + c->have, ROOM - c->have);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return RC_BROKEN;
	c->ended = n == 0;
	c->have += (size_t)n;
	return RC_OK;
}

static enum end flawed(struct scan *s, enum csv_flaw flaw)
{
	s->flaw = flaw;
	return END_FLAW;
}

/* s->at stands on what follows a field. */
static enum end field_end(const struct csv *c, struct scan *s)
{
	if (s->at == c->have)
		return c->ended ? END_LINE : END_MORE;
	char what = c->room[s->at];
	if (what == '\r' && s->at + 1 == c->have && !c->ended)
		return END_MORE;
	if (what == '\r' && s->at + 1 < c->have && c->room[s->at + 1] == '\n')
		what = c->room[++s->at];
	if (what != ',' && what != '\n')
		return flawed(s, CSV_FLAW_QUOTE);
	s->at++;
	s->lines += what == '\n';
	return what == ',' ? END_COMMA : END_LINE;
}

static enum end scan_plain(const struct csv *c, struct scan *s, struct str *ret)
{
	static const bool stops[256] = {[','] = true, ['\n'] = true, ['"'] = true};
	size_t from = s->at, at = s->at;
	while (at < c->have && !stops[(unsigned char)c->room[at]])
		at++;
	if (at == c->have && !c->ended)
		return END_MORE;
	bool crlf = at > from && at < c->have && c->room[at] == '\n' && c->room[at - 1] == '\r';
	*ret = str_from(c->room + from, at - from - crlf);
	s->at = at;
	return field_end(c, s);
}

static enum end scan_quoted(const struct csv *c, struct scan *s, size_t field, struct str *ret)
{
	size_t from = ++s->at;
	for (;; s->at++) {
		if (s->at == c->have)
			return c->ended ? flawed(s, CSV_FLAW_UNENDED) : END_MORE;
		char what = c->room[s->at];
		s->lines += what == '\n';
		if (what != '"')
			continue;
		if (s->at + 1 == c->have && !c->ended)
			return END_MORE;
		if (s->at + 1 == c->have || c->room[s->at + 1] != '"')
			break;
		s->doubled[field] = true;
		s->at++;
	}
	*ret = str_from(c->room + from, s->at - from);
	s->at++;
	return field_end(c, s);
}

static enum end scan_record(const struct csv *c, struct scan *s, struct csv_record *ret)
{
	enum end end = END_COMMA;
	ret->n = 0;
	while (end == END_COMMA) {
		if (ret->n == CSV_FIELDS_MAX)
			return flawed(s, CSV_FLAW_FIELDS);
		size_t field = ret->n++;
		s->doubled[field] = false;
		if (s->at < c->have && c->room[s->at] == '"')
			end = scan_quoted(c, s, field, &ret->field[field]);
		else
			end = scan_plain(c, s, &ret->field[field]);
	}
	if (s->at - c->at > CSV_RECORD_MAX)
		return flawed(s, CSV_FLAW_UNENDED);
	return end;
}

static void unescape(const struct csv *c, struct str *field)
{
	char *at = c->room + (field->at - c->room);
	size_t n = 0;
	for (size_t i = 0; i < field->n; i++) {
		at[n++] = at[i];
		if (at[i] == '"')
			i++; /* the second of two */
	}
	field->n = n;
}

/* To after the first line end at or behind `from`. */
static enum rc skip_line(struct csv *c, size_t from)
{
	consume(c, from, 0);
	for (;;) {
		const char *end = memchr(c->room + c->at, '\n', c->have - c->at);
		consume(c, end ? (size_t)(end - c->room) + 1 : c->have, end != NULL);
		if (end || c->ended)
			return RC_OK;
		TRY(fill(c));
	}
}

/* A record that is bad on its first line ends there. One that went on over line ends
 * most likely lacks a closing quote: only its first line is given up. */
static enum rc leave_out(struct csv *c, const struct scan *s, enum csv_flaw *ret_flaw)
{
	*ret_flaw = s->flaw;
	size_t from = s->flaw == CSV_FLAW_UNENDED || s->lines ? c->at : s->at;
	return skip_line(c, from) == RC_OK ? RC_INVALID : RC_BROKEN;
}

static enum rc begin(struct csv *c)
{
	if (c->begun)
		return RC_OK;
	c->begun = true;
	while (c->have < 3 && !c->ended)
		TRY(fill(c));
	if (c->have >= 3 && memcmp(c->room, "\xef\xbb\xbf", 3) == 0)
		consume(c, 3, 0);
	return RC_OK;
}

static bool is_blank(const struct csv_record *r)
{
	return r->n == 1 && r->field[0].n == 0;
}

enum rc csv_next(struct csv *c, struct csv_record *ret, enum csv_flaw *ret_flaw)
{
	*ret_flaw = CSV_FLAW_NONE;
	TRY(begin(c));
	for (;;) {
		struct scan s; /* doubled[] is set field by field */
		s.at = c->at;
		s.lines = 0;
		s.flaw = CSV_FLAW_NONE;
		ret->line = c->line;
		if (c->at == c->have && c->ended)
			return RC_ABSENT;
		enum end end = scan_record(c, &s, ret);
		if (end == END_MORE && c->have - c->at > CSV_RECORD_MAX)
			end = flawed(&s, CSV_FLAW_UNENDED);
		if (end == END_MORE) {
			TRY(fill(c));
			continue;
		}
		if (end == END_FLAW)
			return leave_out(c, &s, ret_flaw);
		for (size_t i = 0; i < ret->n; i++)
			if (s.doubled[i])
				unescape(c, &ret->field[i]);
		consume(c, s.at, s.lines);
		if (!is_blank(ret))
			return RC_OK;
	}
}
