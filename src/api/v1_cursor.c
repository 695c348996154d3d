/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_cursor.c - see v1_cursor.h. */
#include "api/v1_cursor.h"

#define PURPOSE "kursor " /* nothing else that is sealed under that key opens as a cursor */
#define PART 8
#define PLAIN (LEN(((struct v1_cursor *)0)->at) * PART)
#define SEALED (PLAIN + SEAL_OVERHEAD)

static struct str place_of(struct buf *out, struct str bound)
{
	buf_addz(out, PURPOSE);
	buf_add(out, bound);
	return buf_str(out);
}

struct str v1_cursor_text(const struct secret *key, struct str bound, struct v1_cursor cursor, struct arena *arena)
{
	unsigned char plain[PLAIN], sealed[SEALED];
	BUF_AUTO place = BUF(bound.n + sizeof PURPOSE);
	BUF_AUTO text = BUF(V1_CURSOR_MAX);
	for (size_t i = 0; i < PLAIN; i++)
		plain[i] = (unsigned char)((uint64_t)cursor.at[i / PART] >> (8 * (i % PART)));
	struct str ad = place_of(&place, bound);
	if (!buf_ok(&place))
		return (struct str){NULL, 0};
	seal_write(sealed, key, str_from((const char *)plain, PLAIN), ad);
	base64url_add(&text, str_from((const char *)sealed, SEALED));
	return buf_ok(&text) ? arena_str(arena, buf_str(&text)) : (struct str){NULL, 0};
}

enum rc v1_cursor_read(const struct secret *key, struct str bound, struct str text, struct v1_cursor *ret)
{
	unsigned char sealed[SEALED];
	size_t n;
	struct err unread = {0};
	BUF_AUTO place = BUF(bound.n + sizeof PURPOSE);
	BUF_AUTO plain = BUF(PLAIN);
	*ret = (struct v1_cursor){0};
	if (base64url_read(text, sealed, SEALED, &n) != RC_OK || n != SEALED)
		return RC_INVALID;
	struct str ad = place_of(&place, bound);
	if (!buf_ok(&place) || seal_open(&plain, key, str_from((const char *)sealed, n), ad, &unread) != RC_OK || plain.n != PLAIN)
		return RC_INVALID;
	for (size_t i = 0; i < LEN(ret->at); i++) {
		uint64_t part = 0;
		for (size_t j = 0; j < PART; j++)
			part |= (uint64_t)(unsigned char)plain.at[i * PART + j] << (8 * j);
		ret->at[i] = (int64_t)part;
	}
	return RC_OK;
}

/* ---- for pages ---- */

void v1_page_read(struct visit *v, struct str filters, struct v1_body *query, struct v1_page *ret)
{
	struct str most = http_query(v->rq, "batas"), cursor = http_query(v->rq, "kursor");
	*ret = (struct v1_page){.most = V1_PAGE_USUAL};
	ret->bound = arena_printf(v->arena, "%.*s %lld %.*s", STR_ARG(http_path(v->rq)), (long long)principal_instansi(v->who),
	                          STR_ARG(filters));
	if (most.at && str_int(most, 1, V1_PAGE_MAX, &ret->most) != RC_OK)
		v1_body_parameter(query, "batas", "Harus berupa bilangan bulat dari 1 sampai 200.");
	if (!cursor.at)
		return;
	ret->begun = v1_cursor_read(visit_office_key(v), ret->bound, cursor, &ret->after) == RC_OK;
	if (!ret->begun)
		v1_body_parameter(
		        query, "kursor",
		        "Bukan kursor dari daftar ini. Pakai yang diberikan halaman sebelumnya, dengan saringan yang sama.");
}

void v1_page_add(struct visit *v, struct buf *out, const struct v1_page *page, const struct v1_cursor *last)
{
	buf_addz(out, "\"kursor\":");
	if (!last) {
		buf_addz(out, "null");
		return;
	}
	struct str text = v1_cursor_text(visit_office_key(v), page->bound, *last, v->arena);
	if (!text.at) /* a list that seems to end here would be a lie */
		out->broken = true;
	buf_add_json(out, text);
}
