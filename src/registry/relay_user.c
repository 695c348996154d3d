/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_user.c - see relay_user.h. */
#include "registry/relay_user.h"

#define WORDS 5
#define WORD_LONGEST 128

static size_t split_words(struct str line, struct str words[WORDS + 1])
{
	size_t n = 0, at = 0;
	while (at < line.n && n <= WORDS) {
		size_t begin = at;
		while (at < line.n && line.at[at] != ' ' && line.at[at] != '\t')
			at++;
		words[n++] = str_sub(line, begin, at - begin);
		while (at < line.n && (line.at[at] == ' ' || line.at[at] == '\t'))
			at++;
	}
	return n;
}

static bool is_code(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i];
		bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
		if (!ok)
			return false;
	}
	return s.n > 0;
}

static bool words_are_valid(const struct str words[WORDS])
{
	struct addr addr;
	for (size_t i = 0; i < WORDS; i++)
		if (words[i].n > WORD_LONGEST || !str_is_text(words[i]))
			return false;
	return is_code(words[0]) && is_code(words[1]) && addr_from_str(words[4], &addr) == RC_OK;
}

static enum rc add_line(struct str line, int number, struct relay_user *all, size_t *n, struct err *err)
{
	struct str words[WORDS + 1];
	if (split_words(line, words) != WORDS || !words_are_valid(words))
		return FAIL(err, RC_INVALID, "baris %d bukan KODE KODE_DI_ATAS USER_ID KATA_SANDI IP_USER", number);
	for (size_t i = 0; i < *n; i++)
		if (str_ieq(all[i].code, words[0]))
			return FAIL(err, RC_INVALID, "baris %d: instansi itu telah disebut di atasnya", number);
	if (*n == RELAY_USERS_MAX)
		return FAIL(err, RC_LIMIT, "lebih dari %d instansi", RELAY_USERS_MAX);
	all[(*n)++] = (struct relay_user){words[0], words[1], words[2], words[3], words[4]};
	return RC_OK;
}

enum rc relay_users_read(struct str text, struct relay_user *ret, size_t *ret_n, struct err *err)
{
	*ret_n = 0;
	for (int number = 1; text.at; number++) {
		struct str line = str_trim(str_split(&text, '\n'));
		if (line.n == 0 || line.at[0] == '#')
			continue;
		TRY(add_line(line, number, ret, ret_n, err));
	}
	return RC_OK;
}
