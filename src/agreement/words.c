/* SPDX-License-Identifier: EUPL-1.2
 * agreement/words.c - see words.h. */
#include "agreement/words.h"

#include "agreement/file.h"

static bool one_of(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_eq(s, str_c(*words)))
			return true;
	return false;
}

bool word_is_format(struct str s)
{
	return str_eq(s, S(AGREEMENT_FORMAT));
}

bool word_is_code(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool upper = s.at[i] >= 'A' && s.at[i] <= 'Z';
		bool rest = (s.at[i] >= '0' && s.at[i] <= '9') || s.at[i] == '_' || s.at[i] == '-';
		if (!upper && !(rest && i > 0))
			return false;
	}
	return s.n > 0;
}

bool word_is_day(struct str s)
{
	struct day day;
	return day_from_str(s, &day) == RC_OK;
}

bool word_is_range(struct str s)
{
	struct cidr cidr;
	return cidr_from_str(s, &cidr) == RC_OK;
}

bool word_is_element(struct str s)
{
	enum element element;
	return element_from_key(s, &element) == RC_OK;
}

bool word_is_side(struct str s)
{
	static const char *const sides[] = {"provider", "instansi", NULL};
	return one_of(s, sides);
}

bool word_is_paper(struct str s)
{
	for (size_t i = 0; paper_at(i); i++)
		if (str_eq(s, str_c(paper_at(i)->key)))
			return true;
	return false;
}

/* P4 renewal, P6 force majeure and emergency quota, P9.2 additions and removals,
 * P9.3 Juknis revision, J.I.C network, J.II.B quota, J.II.C method or elements,
 * J.II.D new application, J.VI.H office holder or structure. */
bool word_is_ground(struct str s)
{
	static const char *const grounds[] = {"P4", "P6", "P9.2", "P9.3", "J.I.C", "J.II.B", "J.II.C", "J.II.D", "J.VI.H", NULL};
	return one_of(s, grounds);
}

bool word_is_debt_mode(struct str s)
{
	return str_eq(s, S("warn")) || str_eq(s, S("refuse"));
}

bool word_is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
	return s.n > 0;
}

bool word_is_param_key(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.at[i] < ' ' || s.at[i] == 0x7f)
			return false;
	return s.n > 0 && s.n == str_trim(s).n && str_is_text(s);
}

bool word_is_application(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool lower = s.at[i] >= 'a' && s.at[i] <= 'z';
		bool rest = (s.at[i] >= '0' && s.at[i] <= '9') || s.at[i] == '-';
		if (!lower && !(rest && i > 0))
			return false;
	}
	/* "portal" is the name of a method, hence of the application it begins with */
	return s.n > 0 && s.n <= 32 && !word_is_method(s);
}

bool word_is_method(struct str s)
{
	enum method method;
	return method_from_key(s, &method) == RC_OK && method != METHOD_CARD_READER && str_eq(s, str_c(method_at(method)->key));
}
