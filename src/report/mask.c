/* SPDX-License-Identifier: EUPL-1.2
 * report/mask.c - see mask.h. */
#include "report/mask.h"

#include <stdio.h>

#define DOTS "\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2"
#define SHORT 6

/* Where character `i` of the text begins, and how long it is. */
static struct str character(struct str text, size_t i)
{
	size_t at = 0;
	for (; at < text.n; i--) {
		size_t n = str_utf8(text, at);
		n = n ? n : 1;
		if (i == 0)
			return str_sub(text, at, n);
		at += n;
	}
	return (struct str){0};
}

static size_t characters(struct str text)
{
	size_t n = 0;
	while (character(text, n).at)
		n++;
	return n;
}

struct mask_text mask_user_id(struct str user_id)
{
	struct mask_text ret = {{0}};
	size_t n = characters(user_id);
	struct str first = character(user_id, 0), second = character(user_id, 1);
	if (n >= SHORT)
		snprintf(ret.z, sizeof ret.z, "%.*s%.*s" DOTS "%.*s", STR_ARG(first), STR_ARG(second),
		         STR_ARG(character(user_id, n - 1)));
	else if (n)
		snprintf(ret.z, sizeof ret.z, "%.*s" DOTS, STR_ARG(first));
	return ret;
}
