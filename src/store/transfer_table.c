/* SPDX-License-Identifier: EUPL-1.2
 * store/transfer_table.c - see transfer_table.h. Both engines take the same text but for how a
 * parameter is written, and how texts are ordered: bytes are compared, whatever the
 * database's language, or a key that came last on one side would stand in the middle of
 * the other. */
#include "store/transfer_table.h"

#define TEXT_MAX ((size_t)16 << 10)

static const struct dialect {
	char parameter;
	const char *order; /* behind a text */
} sqlite = {'?', ""}, postgres = {'$', " COLLATE \"C\""};

static void add_name(struct buf *out, const char *name)
{
	buf_addf(out, "\"%s\"", name);
}

static void add_list(struct buf *out, const struct transfer_table *t, const struct dialect *d, const char *tail)
{
	for (size_t i = 0; i < t->key_n; i++) {
		buf_addz(out, i ? ", " : "");
		add_name(out, t->column[t->key[i]]);
		if (t->types[t->key[i]] == 'T')
			buf_addz(out, d->order);
		buf_addz(out, tail);
	}
}

static void add_parameters(struct buf *out, size_t n, const struct dialect *d)
{
	for (size_t i = 1; i <= n; i++)
		buf_addf(out, "%s%c%zu", i > 1 ? ", " : "", d->parameter, i);
}

static void add_page(struct buf *out, const struct transfer_table *t, const struct dialect *d, bool next)
{
	buf_addf(out, "SELECT %s FROM \"%s\"", t->names, t->name);
	if (next) {
		buf_addz(out, " WHERE (");
		add_list(out, t, d, "");
		buf_addz(out, ") > (");
		add_parameters(out, t->key_n, d);
		buf_addz(out, ")");
	}
	buf_addz(out, " ORDER BY ");
	add_list(out, t, d, "");
	buf_addf(out, " LIMIT %c%zu", d->parameter, next ? t->key_n + 1 : 1);
}

static void add_last(struct buf *out, const struct transfer_table *t, const struct dialect *d)
{
	static const struct dialect plain = {'?', ""};
	buf_addz(out, "SELECT ");
	add_list(out, t, &plain, "");
	buf_addf(out, " FROM \"%s\" ORDER BY ", t->name);
	add_list(out, t, d, " DESC");
	buf_addz(out, " LIMIT 1");
}

static void add_put(struct buf *out, const struct transfer_table *t, const struct dialect *d)
{
	buf_addf(out, "INSERT INTO \"%s\" (%s) VALUES (", t->name, t->names);
	add_parameters(out, t->columns_n, d);
	buf_addz(out, ")");
}

enum text { TEXT_FIRST, TEXT_NEXT, TEXT_LAST, TEXT_COUNT, TEXT_PUT };
static const char *text_of(const struct transfer_table *t, enum text what, const struct dialect *d, struct arena *arena)
{
	BUF_AUTO out = BUF(TEXT_MAX);
	switch (what) {
	case TEXT_FIRST: add_page(&out, t, d, false); break;
	case TEXT_NEXT: add_page(&out, t, d, true); break;
	case TEXT_LAST: add_last(&out, t, d); break;
	case TEXT_COUNT: buf_addf(&out, "SELECT count(*) AS n FROM \"%s\"", t->name); break;
	case TEXT_PUT: add_put(&out, t, d); break;
	}
	return buf_ok(&out) ? arena_str(arena, buf_str(&out)).at : NULL;
}

static bool query_make(struct transfer_table *t, enum text what, struct query *ret, struct arena *arena)
{
	ret->name = t->name;
	ret->sqlite = text_of(t, what, &sqlite, arena);
	ret->postgres = text_of(t, what, &postgres, arena);
	return ret->sqlite && ret->postgres;
}

enum rc transfer_table_texts(struct transfer_table *t, struct arena *arena, struct err *err)
{
	BUF_AUTO names = BUF(TEXT_MAX);
	char key[TRANSFER_KEY_MAX + 2];
	for (size_t i = 0; i < t->columns_n; i++) {
		buf_addz(&names, i ? ", " : "");
		add_name(&names, t->column[i]);
	}
	for (size_t i = 0; i < t->key_n; i++)
		key[i] = t->types[t->key[i]];
	key[t->key_n] = '\0';
	t->names = buf_ok(&names) ? arena_str(arena, buf_str(&names)).at : NULL;
	t->first.params = "i";
	t->next.params = arena_printf(arena, "%si", key).at;
	t->last.params = t->count.params = t->put.columns = "";
	t->first.columns = t->next.columns = t->put.params = t->types;
	t->last.columns = arena_printf(arena, "%s", key).at;
	t->count.columns = "i";
	bool made = t->names && t->next.params && t->last.columns && query_make(t, TEXT_FIRST, &t->first, arena) &&
	            query_make(t, TEXT_NEXT, &t->next, arena) && query_make(t, TEXT_LAST, &t->last, arena) &&
	            query_make(t, TEXT_COUNT, &t->count, arena) && query_make(t, TEXT_PUT, &t->put, arena);
	return made ? RC_OK : FAIL(err, RC_BROKEN, "Memori tidak cukup");
}
