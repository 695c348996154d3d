/* SPDX-License-Identifier: EUPL-1.2
 * store/sqlite_transfer.c - what store/transfer.h needs of SQLite: its catalogue.
 *
 * Tables come in the order they were made in. A table refers to tables made before it
 * only (on the other engine it could not have been made otherwise), so who copies them in
 * this order never meets a row that refers to one that is not there yet. */
#include "store/driver.h"
#include "store/transfer_table.h"

#define TABLES_MAX 512

static const struct query q_tables = {
        .name = "tables",
        .sqlite = "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
                  " AND name NOT IN ('transfer', 'schema_step') ORDER BY rowid",
        .params = "",
        .columns = "t",
};
static const struct query q_columns = {
        .name = "columns",
        .sqlite = "SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid",
        .params = "t",
        .columns = "tti",
};
/* Of a table without a primary key: the columns of its first unique key. */
static const struct query q_unique = {
        .name = "unique",
        .sqlite = "SELECT i.name FROM pragma_index_list(?1) AS l, pragma_index_info(l.name) AS i"
                  " WHERE l.seq = (SELECT max(seq) FROM pragma_index_list(?1) WHERE \"unique\" = 1 AND partial = 0)"
                  " ORDER BY i.seqno",
        .params = "t",
        .columns = "t",
};

static enum rc strange(const struct transfer_table *t, struct err *err)
{
	return FAIL(err, RC_BROKEN, "Tabel %.60s tidak dapat dipindahkan: kunci atau kolomnya tidak dikenal", t->name);
}

static enum rc column_add(struct transfer_table *t, const struct value *row, struct arena *arena, struct err *err)
{
	struct str type = row[1].s;
	size_t i = t->columns_n++, place = (size_t)row[2].i;
	t->column[i] = arena_str(arena, row[0].s).at;
	t->types[i] = str_eq(type, S("INTEGER")) ? 'I' : str_eq(type, S("TEXT")) ? 'T' : str_eq(type, S("BLOB")) ? 'B' : '?';
	if (!t->column[i] || t->types[i] == '?' || place > TRANSFER_KEY_MAX)
		return strange(t, err);
	if (place == 0)
		return RC_OK;
	t->key[place - 1] = i;
	t->key_n++;
	return RC_OK;
}

static enum rc unique_take(struct tx *tx, struct transfer_table *t, struct err *err)
{
	struct value *rows, name = {.s = str_c(t->name)};
	size_t n;
	TRY(query_many(tx, &q_unique, &name, TRANSFER_KEY_MAX, &rows, &n, err));
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < t->columns_n; i++)
			if (str_eq(str_c(t->column[i]), rows[k].s))
				t->key[t->key_n++] = i;
	return t->key_n ? RC_OK : strange(t, err);
}

static enum rc table_read(struct tx *tx, struct transfer_table *t, struct arena *arena, struct err *err)
{
	struct value *rows, name = {.s = str_c(t->name)};
	size_t n;
	TRY(query_many(tx, &q_columns, &name, QUERY_FIELDS_MAX, &rows, &n, err));
	for (size_t i = 0; i < n; i++)
		TRY(column_add(t, rows + i * 3, arena, err));
	t->numbered = t->key_n == 1 && t->types[t->key[0]] == 'I';
	if (t->key_n == 0)
		TRY(unique_take(tx, t, err));
	return transfer_table_texts(t, arena, err);
}

static enum rc sqlite_catalogue(struct tx *tx, struct arena *arena, struct transfer_table **ret, size_t *ret_n, struct err *err)
{
	struct value *rows;
	size_t n;
	TRY(query_many(tx, &q_tables, NULL, TABLES_MAX, &rows, &n, err));
	struct transfer_table *tables = ARENA_ARRAY(arena, n + 1, struct transfer_table);
	if (!tables)
		return FAIL(err, RC_BROKEN, "Memori tidak cukup");
	for (size_t i = 0; i < n; i++) {
		tables[i] = (struct transfer_table){.name = arena_str(arena, rows[i].s).at};
		if (!tables[i].name)
			return FAIL(err, RC_BROKEN, "Memori tidak cukup");
		TRY(table_read(tx, &tables[i], arena, err));
	}
	*ret = tables;
	*ret_n = n;
	return RC_OK;
}

static enum rc sqlite_load(struct tx *tx, const struct transfer_page *page, struct err *err)
{
	return query_batch(tx, &page->table->put, page->n, page->at, NULL, NULL, err);
}

/* The next number is one more than the highest, always. */
static enum rc sqlite_settle(struct tx *tx, const struct transfer_table *table, struct err *err)
{
	(void)tx, (void)table, (void)err;
	return RC_OK;
}

static enum rc sqlite_others(struct tx *tx, int64_t *ret, struct err *err)
{
	(void)tx, (void)err;
	*ret = 0;
	return RC_OK;
}

const struct transfer_engine sqlite_transfer = {
        .catalogue = sqlite_catalogue,
        .load = sqlite_load,
        .settle = sqlite_settle,
        .others = sqlite_others,
};
