/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_cursor.h - where the next page of a list of /api/v1 begins.
 *
 * A cursor is what the last row shown was, sealed under the office key together with the
 * list and the filters it belongs to: nobody makes one or reads row numbers out of it, it
 * serves no other list, agency or filter, and every node of an office understands it. It
 * names a row and not a distance, so rows that are added while somebody reads neither
 * repeat nor push out any. It does not expire. */
#pragma once
#include "api/v1_body.h"

#define V1_PAGE_USUAL 50
#define V1_PAGE_MAX 200
#define V1_CURSOR_MAX 128 /* characters of one */

/* The keys by which the list is ordered, of the last row shown. */
struct v1_cursor {
	int64_t at[2];
};
/* base64url; lives in `arena`, absent without memory. */
struct str v1_cursor_text(const struct secret *key, struct str bound, struct v1_cursor cursor, struct arena *arena);
/* RC_INVALID: none of ours, or of another list. */
MUST_USE enum rc v1_cursor_read(const struct secret *key, struct str bound, struct str text, struct v1_cursor *ret);

/* ---- for pages ---- */

struct v1_page {
	int64_t most; /* rows wanted, 1 to V1_PAGE_MAX */
	bool begun;   /* `after` says where it goes on; else it is the first page */
	struct v1_cursor after;
	struct str bound;
};
/* `batas` and `kursor` of the query. `filters`: whatever else of the request chooses rows, in
 * one way for one meaning; path and agency are added. Flaws go to `query`, which may be
 * V1_QUERY(v) at first. */
void v1_page_read(struct visit *v, struct str filters, struct v1_body *query, struct v1_page *ret);
#define V1_QUERY(v) ((struct v1_body){.arena = (v)->arena})
/* "kursor":"...", or null where `last` is NULL: nothing comes after. */
void v1_page_add(struct visit *v, struct buf *out, const struct v1_page *page, const struct v1_cursor *last);
