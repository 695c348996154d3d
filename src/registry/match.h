/* SPDX-License-Identifier: EUPL-1.2
 * registry/match.h - kesesuaian: does what was asked agree with what the registry
 * holds, and how well (DOMAIN 4.1).
 *
 * Names, birthplaces and addresses get a score from 0 to 100; everything else agrees
 * or does not. The score says how much of what is held the question said: it is not
 * symmetric, because a question must gain nothing by saying less. The method, its
 * reasons and its limits are doc/matching.md. Pure: nothing is allocated, kept or
 * returned but numbers; no text of the registry comes out. */
#pragma once
#include "base/base.h"

/* Longer texts are not compared: their score is 0. */
#define MATCH_BYTES_MAX 255

/* 0 when either is empty, or longer than MATCH_BYTES_MAX. 100 for the same letters. */
int match_name(struct str asked, struct str held);
int match_place(struct str asked, struct str held);
int match_address(struct str asked, struct str held);

/* Elements that are compared exactly: codes and numbers by their digits, leading
 * zeros apart (NIK and No. KK digit for digit); dates as DD-MM-YYYY or YYYY-MM-DD; sex
 * and occupation and the names of regions without regard to case, and to blanks and
 * signs between words. Nothing agrees with an empty text. */
bool match_exact(enum element element, struct str asked, struct str held);

struct match {
	bool scored; /* the element has a score */
	int score;   /* 0-100; 0 or 100 where it has none */
	bool same;   /* scored: score >= threshold */
};
/* threshold: 0-100; what is outside is taken as the nearest of these. With 0 everything
 * but an empty question, and an element the registry does not hold, agrees. */
struct match match_element(enum element element, struct str asked, struct str held, int threshold);
