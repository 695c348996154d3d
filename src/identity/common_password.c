/* SPDX-License-Identifier: EUPL-1.2
 * identity/common_password.c - see common_password.h. The list is walked line by
 * line; that is nothing beside the Argon2 that follows. */
#include "identity/common_password.h"

#include "base/embed.h"

EMBED(common_passwords, "data/common_passwords.txt");

#define RUN_PIECE 4 /* characters in a row that make a piece of a run */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool letter(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || ((unsigned char)c & 0x80);
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Without the digits and signs at the end. */
static struct str stem(struct str s)
{
	while (s.n && !letter(s.at[s.n - 1]))
		s.n--;
	return s;
}

static bool listed(struct str word)
{
	struct str rest = EMBEDDED(common_passwords);
	while (rest.at) {
		struct str line = str_split(&rest, '\n');
		if (line.n && line.at[0] != '#' && str_ieq(line, word))
			return true;
	}
	return false;
}

static bool only_digits(struct str s)
{
	size_t n = 0;
	while (n < s.n && (digit(s.at[n]) || strchr(" .-/+", s.at[n])))
		n++;
	return n == s.n;
}

/* "abcabcabcab": everything repeats what stood `unit` characters before. */
static bool repeats(struct str s, size_t unit)
{
	size_t i = unit;
	while (i < s.n && lower(s.at[i]) == lower(s.at[i - unit]))
		i++;
	return i == s.n;
}

/* Is the piece somewhere in a row, read either way? */
static bool in_row(struct str piece, struct str row)
{
	for (size_t from = 0; from + piece.n <= row.n; from++) {
		bool there = true, back = true;
		for (size_t i = 0; i < piece.n; i++) {
			there = there && lower(piece.at[i]) == row.at[from + i];
			back = back && lower(piece.at[i]) == row.at[from + piece.n - 1 - i];
		}
		if (there || back)
			return true;
	}
	return false;
}

static bool run_piece(struct str piece)
{
	static const char *const rows[] = {
	        "qwertyuiop",
	        "asdfghjkl",
	        "zxcvbnm",
	        "abcdefghijklmnopqrstuvwxyz",
	        "01234567890",
	        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
	        "1q2w3e4r5t6y7u8i9o0p",
	        "!@#$%^&*()",
	};
	for (size_t i = 0; i < LEN(rows); i++)
		if (in_row(piece, str_c(rows[i])))
			return true;
	return repeats(piece, 1);
}

/* Made of nothing but runs: "qwerty12345", "asdfghjkl;". What is left over at
 * the end of a run may be two characters at most. */
static bool runs(struct str s)
{
	size_t covered = 0, loose = 0;
	for (size_t i = 0; i < s.n;) {
		size_t n = s.n - i < RUN_PIECE ? 0 : RUN_PIECE;
		while (n && i + n < s.n && run_piece(str_sub(s, i, n + 1)))
			n++;
		bool run = n && run_piece(str_sub(s, i, n));
		covered += run ? n : 0;
		loose += run ? 0 : 1;
		i += run ? n : 1;
	}
	return covered > 0 && loose <= 2;
}

bool common_password(struct str password)
{
	if (only_digits(password) || runs(password) || listed(password) || listed(stem(password)))
		return true;
	struct str word = stem(password);
	for (size_t unit = 1; unit * 2 <= password.n; unit++)
		if (repeats(password, unit) && (unit <= 4 || listed(str_sub(password, 0, unit))))
			return true;
	/* "passwordpassword1" */
	return word.n % 2 == 0 && word.n && repeats(word, word.n / 2) && listed(str_sub(word, 0, word.n / 2));
}
