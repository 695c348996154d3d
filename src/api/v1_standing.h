/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_standing.h - how the caller's agency stands and what it may still ask today, in
 * the words of /api/v1; and the pages that tell it. Readable while the agency is stopped,
 * so that a program can say why. */
#pragma once
#include "gate/visit.h"

/* "portal", "verifikasi", "kesesuaian", of a key of the journal; NULL: no method of this
 * interface. */
const char *v1_method_word_of_key(struct str key);
/* "aktif", "belum_aktif", "dibekukan", "berakhir", "dicabut". */
const char *v1_standing_word(const struct standing *standing);
/* WIB days that are left, today and the last one included; 0: none. */
int v1_days_left(const struct standing *standing, int64_t now_us);
/* "kuota":[...] */
MUST_USE enum rc v1_add_quotas(struct visit *v, struct buf *out, struct err *err);

/* GET /api/v1/perjanjian */
MUST_USE enum rc v1_agreement(struct visit *v, struct err *err);
/* GET /api/v1/kuota */
MUST_USE enum rc v1_quota(struct visit *v, struct err *err);
