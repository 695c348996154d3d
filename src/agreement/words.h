/* SPDX-License-Identifier: EUPL-1.2
 * agreement/words.h - the small vocabularies of the agreement file: each says
 * whether a text is one of its words. */
#pragma once
#include "base/base.h"

bool word_is_format(struct str s);    /* the file's own name and number */
bool word_is_code(struct str s);      /* instansi: A-Z 0-9 _ -, begins with a letter */
bool word_is_day(struct str s);       /* YYYY-MM-DD */
bool word_is_range(struct str s);     /* CIDR */
bool word_is_element(struct str s);   /* NAMA_LGKP */
bool word_is_side(struct str s);      /* provider, instansi */
bool word_is_paper(struct str s);     /* sptjm, nda, ... */
bool word_is_ground(struct str s);    /* the clause an addendum rests on */
bool word_is_debt_mode(struct str s); /* warn, refuse */
bool word_is_id(struct str s);        /* digits, for id_lembaga */
bool word_is_param_key(struct str s); /* printable, no blank at either end */
bool word_is_application(struct str s); /* an application of the agency: a-z 0-9 -, begins with a letter */
bool word_is_method(struct str s);    /* one an application may use: portal, CALL_NIK, CALL_VERIFY_BY_ELEMEN */
