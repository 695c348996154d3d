/* SPDX-License-Identifier: EUPL-1.2
 * http/accept.c - see accept.h. */
#include "http/accept.h"

/* ";q=0", ";q=0.0", ";q=0.000": refused; anything else is taken. */
static bool refused(struct str params)
{
	while (params.at) {
		struct str p = str_trim(str_split(&params, ';'));
		if (p.n < 3 || (p.at[0] | 32) != 'q' || p.at[1] != '=')
			continue;
		for (size_t i = 2; i < p.n; i++)
			if (p.at[i] != '0' && p.at[i] != '.')
				return false;
		return true;
	}
	return false;
}

unsigned accept_encodings(struct str header)
{
	unsigned named = 0, taken = 0;
	bool any = false;
	while (header.at) {
		struct str params = str_split(&header, ',');
		struct str coding = str_trim(str_split(&params, ';'));
		bool yes = !refused(params);
		unsigned bit = 0;
		if (str_ieq(coding, S("gzip")) || str_ieq(coding, S("x-gzip")))
			bit = ACCEPT_GZIP;
		else if (str_ieq(coding, S("br")))
			bit = ACCEPT_BR;
		else if (str_eq(coding, S("*")))
			any = yes;
		named |= bit;
		taken |= yes ? bit : 0;
	}
	return any ? taken | (~named & (ACCEPT_GZIP | ACCEPT_BR)) : taken;
}
