/* SPDX-License-Identifier: EUPL-1.2
 * agreement/scan_type.h - what a file is by its bytes alone: PDF, JPEG or PNG, whole, and
 * with nothing in it that acts. Names and claimed types are not asked.
 *
 * This is a look at the outline, not a reader of the format: the picture is not decoded.
 * Of a PDF, dictionaries in compressed object streams are not seen, so a script can hide
 * there; an upload is therefore always saved by the browser, never shown (visit.h). */
#pragma once
#include "base/base.h"

enum scan_type { SCAN_PDF, SCAN_JPEG, SCAN_PNG, SCAN_TYPE_COUNT };
struct scan_type_row {
	enum scan_type type;
	const char *key, *media, *suffix, *label; /* "jpeg", "image/jpeg", ".jpg", "JPEG" */
};
/* NULL past the end. */
const struct scan_type_row *scan_type_at(size_t i);
/* SCAN_TYPE_COUNT: no such key. */
enum scan_type scan_type_of(struct str key);

#define SCAN_SIDE_MAX 20000 /* pixels of a picture's side */

/* *ret_n: how many of the bytes are the file. After a JPEG phones leave things of their
 * own (a second picture, Samsung's notes); those are not kept, anything else there makes
 * the file one that is two things at once.
 * RC_INVALID: err says in words for the form what is wrong. */
MUST_USE enum rc scan_type_find(struct str bytes, enum scan_type *ret, size_t *ret_n, struct err *err);
