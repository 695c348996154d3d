/* SPDX-License-Identifier: EUPL-1.2
 * jobs/token.c - see token.h. */
#include "jobs/token.h"

#include "jobs/post.h"

struct line {
	struct str code, token;
};

/* false: nothing stands there. */
static bool read_line(struct str text, struct line *ret)
{
	text = str_trim(text);
	if (text.n == 0 || text.at[0] == '#')
		return false;
	size_t at = 0;
	while (at < text.n && text.at[at] != ' ' && text.at[at] != '\t')
		at++;
	*ret = (struct line){str_sub(text, 0, at), str_trim(str_sub(text, at, text.n))};
	return true;
}

/* RFC 6750 2.1: b64token */
static bool is_token(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i];
		bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		          (c != '\0' && strchr("-._~+/=", c));
		if (!ok)
			return false;
	}
	return s.n > 0 && s.n <= POST_TOKEN_MAX;
}

enum rc tokens_check(struct str text, struct err *err)
{
	struct str rest = text;
	struct line line;
	for (int number = 1; rest.at; number++) {
		struct str before = str_from(text.at, (size_t)(rest.at - text.at)), other;
		if (!read_line(str_split(&rest, '\n'), &line))
			continue;
		if (!is_token(line.token))
			return FAIL(err, RC_INVALID, "baris %d bukan KODE TOKEN", number);
		if (token_find(before, line.code, &other) == RC_OK)
			return FAIL(err, RC_INVALID, "baris %d: instansi itu telah disebut di atasnya", number);
	}
	return RC_OK;
}

enum rc token_find(struct str text, struct str code, struct str *ret)
{
	struct line line;
	while (text.at) {
		if (!read_line(str_split(&text, '\n'), &line) || !str_ieq(line.code, code))
			continue;
		*ret = line.token;
		return RC_OK;
	}
	return RC_ABSENT;
}
