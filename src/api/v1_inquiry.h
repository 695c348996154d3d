/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_inquiry.h - POST /api/v1/verifikasi (CALL_NIK) and /api/v1/kesesuaian
 * (CALL_VERIFY_BY_ELEMEN): the inquiries of get_json in modern form, on the same corridor.
 * One quota, guard, debt and journal for both forms of a method.
 *
 * What wins, and with which problem (DOMAIN 2):
 *   before the table  no token, or one that is not good (401); its scope does not reach here
 *                     (403): whoever is not known learns nothing of the rest, and it is no inquiry
 *   1  07  no JSON (415), not readable (400), a flaw in it or in Idempotency-Key (422)
 *   2  10  the address is in no allow-list (403)
 *   4  04  the user id's own addresses (403)
 *   5  16  the instansi, its papers, the method (403)
 *   6  17  the user id, its NDA, the guard, the debt (403)
 *   7  07  no open kejadian (422)
 *   8  15  no NIK (422)
 *      -   the Idempotency-Key was used with another body (422); journaled as 07
 *   9  05  the quota (429)
 *   10     the registry: 01, 11, 12, 13, 14 are answers (200)
 * Step 3 is what the token has said already, and a path names no instansi here. */
#pragma once
#include "gate/visit.h"

MUST_USE enum rc v1_verifikasi(struct visit *v, struct inquiry *ret, struct err *err);
MUST_USE enum rc v1_kesesuaian(struct visit *v, struct inquiry *ret, struct err *err);
/* The answer of both. */
MUST_USE enum rc v1_inquiry_page(struct visit *v, struct err *err);
