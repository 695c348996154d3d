/* SPDX-License-Identifier: EUPL-1.2
 * feedback/list_pack.c - a list as bytes (list.h). Numbers are eight bytes, the low one
 * first; a text is its length and its bytes. What is read again was sealed, so nobody
 * altered it; that the lengths fit is looked at all the same. */
#include "base/base.h"
#include "feedback/list.h"

#define PACK_MARK INT64_C(0x317473696c) /* "list1" */
#define NUMBER 8
#define DAY_SHIFT (1 << 20) /* days before 1970 are numbers below 0 */

/* ---- into bytes ---- */

static void put_number(struct buf *out, int64_t n)
{
	for (int i = 0; i < NUMBER; i++)
		buf_addc(out, (char)(unsigned char)((uint64_t)n >> (8 * i)));
}

static void put_text(struct buf *out, struct str s)
{
	put_number(out, (int64_t)s.n);
	buf_add(out, s);
}

static void put_row(struct buf *out, const struct list_row *row)
{
	put_number(out, row->number);
	put_number(out, row->fate);
	put_number(out, row->flaw);
	put_number(out, row->other);
	put_number(out, row->nik.n);
	put_number(out, row->told.keterangan);
	put_number(out, row->told.house);
	put_number(out, (int64_t)row->told.on.n + DAY_SHIFT);
	put_text(out, row->told.note);
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		put_text(out, row->typed[i]);
}

void list_pack(const struct list *list, struct buf *out)
{
	put_number(out, PACK_MARK);
	put_number(out, list->kind);
	put_text(out, list->worksheet);
	put_number(out, list->worksheets);
	put_number(out, list->hidden);
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		put_number(out, list->has[i]);
	put_number(out, (int64_t)list->n);
	for (size_t i = 0; i < list->n; i++)
		put_row(out, &list->rows[i]);
}

/* ---- and back; past the end everything is 0, and `bad` says so ---- */

struct unpacking {
	struct str rest;
	bool bad;
};

static int64_t get_number(struct unpacking *u, int64_t max)
{
	uint64_t n = 0;
	if (u->rest.n < NUMBER) {
		u->bad = true;
		return 0;
	}
	for (int i = 0; i < NUMBER; i++)
		n |= (uint64_t)(unsigned char)u->rest.at[i] << (8 * i);
	u->rest = str_sub(u->rest, NUMBER, u->rest.n);
	if (n > (uint64_t)max) {
		u->bad = true;
		return 0;
	}
	return (int64_t)n;
}

static struct str get_text(struct unpacking *u)
{
	size_t n = (size_t)get_number(u, (int64_t)LIST_PACKED_MAX);
	struct str s = str_sub(u->rest, 0, n);
	u->bad = u->bad || s.n != n;
	u->rest = str_sub(u->rest, s.n, u->rest.n);
	return s;
}

static void get_row(struct unpacking *u, struct list_row *row)
{
	*row = (struct list_row){.told.kind = TOLD_VICTIM};
	row->number = (int)get_number(u, INT32_MAX);
	row->fate = (enum list_fate)get_number(u, LIST_WRONG);
	row->flaw = (enum list_flaw)get_number(u, LIST_FLAWS - 1);
	row->other = (int)get_number(u, INT32_MAX);
	row->nik.n = get_number(u, INT64_MAX);
	row->told.keterangan = (enum keterangan)get_number(u, KETERANGAN_COUNT - 1);
	row->told.house = (enum house)get_number(u, HOUSE_COUNT - 1);
	row->told.on.n = (int32_t)(get_number(u, INT32_MAX) - DAY_SHIFT);
	row->told.note = get_text(u);
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		row->typed[i] = get_text(u);
}

enum rc list_unpack(struct str packed, struct arena *arena, struct list *ret, struct err *err)
{
	struct unpacking u = {packed, false};
	bool marked = get_number(&u, INT64_MAX) == PACK_MARK;
	*ret = (struct list){.kind = (enum sheet_kind)get_number(&u, SHEET_XLSX)};
	ret->worksheet = get_text(&u);
	ret->worksheets = (int)get_number(&u, INT32_MAX);
	ret->hidden = (int)get_number(&u, INT32_MAX);
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		ret->has[i] = get_number(&u, 1) != 0;
	size_t n = (size_t)get_number(&u, LIST_ROWS_MAX);
	ret->rows = ARENA_ARRAY(arena, n + 1, struct list_row);
	if (!ret->rows)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (; ret->n < n && !u.bad; ret->n++)
		get_row(&u, &ret->rows[ret->n]);
	if (!marked || u.bad || u.rest.n)
		return FAIL(err, RC_BROKEN, "daftar yang disimpan tidak dapat dibaca");
	return RC_OK;
}
