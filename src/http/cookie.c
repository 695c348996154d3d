/* SPDX-License-Identifier: EUPL-1.2
 * http/cookie.c - see cookie.h. */
#include "http/cookie.h"

bool cookie_octets(struct str value)
{
	for (size_t i = 0; i < value.n; i++) {
		char c = value.at[i];
		if (c <= ' ' || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\')
			return false;
	}
	return true;
}

static bool named(struct str name, struct str prefix, struct str wanted)
{
	return name.n == prefix.n + wanted.n && str_starts(name, prefix) && str_eq(str_sub(name, prefix.n, name.n), wanted);
}

struct str cookie_find(struct str header, struct str prefix, struct str name)
{
	for (int i = 0; header.at && i < COOKIES_MAX; i++) {
		struct str value = str_split(&header, ';');
		struct str key = str_trim(str_split(&value, '='));
		if (!value.at || !named(key, prefix, name))
			continue;
		value = str_trim(value);
		return cookie_octets(value) ? value : (struct str){NULL, 0};
	}
	return (struct str){NULL, 0};
}
