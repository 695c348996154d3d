/* SPDX-License-Identifier: EUPL-1.2
 * api/content.c - see content.h. */
#include "api/content.h"

static bool charset_fits(struct str params)
{
	while (params.at) {
		struct str value = str_trim(str_split(&params, ';'));
		struct str name = str_trim(str_split(&value, '='));
		value = str_trim(value);
		if (value.n > 1 && value.at[0] == '"' && value.at[value.n - 1] == '"')
			value = str_sub(value, 1, value.n - 2);
		if (str_ieq(name, S("charset")) && !str_ieq(value, S("utf-8")) && !str_ieq(value, S("us-ascii")))
			return false;
	}
	return true;
}

enum content content_of(const struct visit *v)
{
	struct str params = http_header(v->rq, "Content-Type"), coding = http_header(v->rq, "Content-Encoding");
	struct str type = str_trim(str_split(&params, ';'));
	if ((coding.n && !str_ieq(str_trim(coding), S("identity"))) || !charset_fits(params))
		return CONTENT_OTHER;
	if (str_ieq(type, S("application/json")))
		return CONTENT_JSON;
	if (str_ieq(type, S("multipart/form-data")) || str_ieq(type, S("application/x-www-form-urlencoded")))
		return CONTENT_FORM;
	return CONTENT_OTHER;
}
