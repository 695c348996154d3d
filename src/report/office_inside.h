/* SPDX-License-Identifier: EUPL-1.2
 * report/office_inside.h - an office being read, for the files of office alone. */
#pragma once
#include "report/office.h"

struct office_look {
	struct tx *tx;
	struct agreement *agreement;
	struct arena *arena;
	struct office *o;
	struct day day;   /* the last one, or today's of a period that runs */
	int64_t first_us; /* the period's beginning */
	struct err *err;
};

/* A copy that lives as long as the office; "" of an absent text. */
struct str office_keep(const struct office_look *l, struct str text);

/* Which paper: an absent number or subject is any, `since` the first day it may be signed on. */
struct office_want {
	enum paper_kind kind;
	struct str number, subject;
	int64_t since;
};
MUST_USE enum rc office_find_paper(const struct office_look *l, const struct office_want *want, struct office_paper *ret);
/* Versions, spans, the term, the ministry's approval, PoC results. */
MUST_USE enum rc office_look_terms(struct office_look *l);
