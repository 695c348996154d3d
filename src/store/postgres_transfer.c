/* SPDX-License-Identifier: EUPL-1.2
 * store/postgres_transfer.c - what store/transfer.h needs of PostgreSQL: rows written by
 * binary COPY, and identities moved past what was written.
 *
 * A page need not be on the disk when it is committed: what a crash of the server takes
 * away is found missing by the next run, which asks for the highest key; and the commit
 * that ends a transfer waits for all that came before it. */
#include <assert.h>
#include <endian.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "store/postgres_pipeline.h"
#include "store/postgres_wait.h"
#include "store/transfer_table.h"

#define CHUNK ((size_t)256 << 10) /* sent at a time */
#define PAGE_MAX ((size_t)80 << 20)
#define STATEMENT_MAX 8192

/* ---- what the engine cannot hold ---- */

/* Well-formed UTF-8 without NUL; most bytes are ASCII. */
static bool text_fits(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		size_t n = (unsigned char)s.at[at] < 0x80 ? s.at[at] != 0 : str_utf8(s, at);
		if (n == 0)
			return false;
		at += n;
	}
	return true;
}

/* Never the text itself, and no key: that of a resident is his NIK. */
static enum rc refuse_text(const struct transfer_page *page, size_t row, size_t column, struct err *err)
{
	return FAIL(err, RC_REFUSED,
	            "Tabel %.60s, kolom %.60s, baris ke-%lld menurut kunci: teks yang tidak dapat disimpan PostgreSQL",
	            page->table->name, page->table->column[column], (long long)(page->before + (int64_t)row + 1));
}

static enum rc page_check(const struct transfer_page *page, struct err *err)
{
	const struct transfer_table *t = page->table;
	for (size_t row = 0; row < page->n; row++) {
		const struct value *v = page->at + row * t->columns_n;
		for (size_t i = 0; i < t->columns_n; i++)
			if (t->types[i] == 'T' && !v[i].null && !text_fits(v[i].s))
				return refuse_text(page, row, i, err);
	}
	return RC_OK;
}

/* ---- COPY ---- */

static void add_be(struct buf *out, uint64_t n, size_t bytes)
{
	uint64_t be = htobe64(n);
	buf_add(out, str_from((const char *)&be + 8 - bytes, bytes));
}

static void add_value(struct buf *out, char type, const struct value *v)
{
	if (v->null) {
		add_be(out, UINT32_MAX, 4);
	} else if (type == 'I') {
		add_be(out, 8, 4);
		add_be(out, (uint64_t)v->i, 8);
	} else {
		add_be(out, v->s.n, 4);
		buf_add(out, v->s);
	}
}

static bool send(struct connection *c, struct buf *out, size_t least)
{
	if (out->n < least)
		return buf_ok(out);
	bool sent = buf_ok(out) && out->n < INT_MAX && PQputCopyData(c->pg, out->at, (int)out->n) == 1;
	buf_clear(out);
	return sent;
}

static bool send_rows(struct connection *c, const struct transfer_page *page)
{
	static const char head[19] = "PGCOPY\n\377\r\n"; /* a NUL, no flags, and nothing more */
	const struct transfer_table *t = page->table;
	BUF_AUTO out = BUF(PAGE_MAX);
	bool sent = true;
	buf_add(&out, str_from(head, sizeof head));
	for (size_t row = 0; row < page->n && sent; row++) {
		add_be(&out, t->columns_n, 2);
		for (size_t i = 0; i < t->columns_n; i++)
			add_value(&out, t->types[i], page->at + row * t->columns_n + i);
		sent = send(c, &out, CHUNK);
	}
	add_be(&out, UINT16_MAX, 2);
	return sent && send(c, &out, 1);
}

/* What came of it; everything up to the end of the command is read. */
static enum rc copy_end(struct connection *c, const struct transfer_page *page, bool sent, struct err *err)
{
	if (PQputCopyEnd(c->pg, sent ? NULL : "not sent") != 1) {
		c->lost = true; /* the server waits for the rest */
		return postgres_failed(c, &page->table->put, NULL, err);
	}
	PGresult *result = postgres_last(c);
	bool good = sent && PQresultStatus(result) == PGRES_COMMAND_OK;
	enum rc rc = good ? RC_OK : postgres_failed(c, &page->table->put, result, err);
	PQclear(result);
	return rc;
}

static enum rc copy_page(struct connection *c, const struct transfer_page *page, const char *statement, struct err *err)
{
	TRY(postgres_command(c, "SET LOCAL synchronous_commit = off; SET LOCAL statement_timeout = 0", err));
	PGresult *result = PQsendQuery(c->pg, statement) ? postgres_next(c) : NULL;
	bool ready = PQresultStatus(result) == PGRES_COPY_IN;
	enum rc rc = ready ? RC_OK : postgres_text_failed(c, page->table->name, result, err);
	PQclear(result);
	if (ready)
		return copy_end(c, page, send_rows(c, page), err);
	PQclear(postgres_last(c));
	return rc;
}

/* A large page may take long. A pipeline takes neither this nor what follows. */
static enum rc postgres_load(struct tx *tx, const struct transfer_page *page, struct err *err)
{
	struct connection *c = connection_of(tx);
	char statement[STATEMENT_MAX];
	TRY(page_check(page, err));
	if (snprintf(statement, sizeof statement, "COPY \"%s\" (%s) FROM STDIN (FORMAT binary)", page->table->name,
	             page->table->names) >= (int)sizeof statement)
		return fail_shape(&page->table->put, 0, page->table->columns_n, err);
	TRY(pipeline_end(c, err));
	c->wait_us = 0;
	return pipeline_resume(c, copy_page(c, page, statement, err), err);
}

/* ---- the rest ---- */

static enum rc postgres_settle(struct tx *tx, const struct transfer_table *t, struct err *err)
{
	struct connection *c = connection_of(tx);
	char statement[STATEMENT_MAX];
	if (!t->numbered)
		return RC_OK;
	const char *column = t->column[t->key[0]];
	int n = snprintf(statement, sizeof statement,
	                 "SELECT setval(s, m) FROM (SELECT pg_get_serial_sequence('\"%s\"', '%s') AS s,"
	                 " (SELECT max(\"%s\") FROM \"%s\") AS m) q WHERE s IS NOT NULL AND m >= 1",
	                 t->name, column, column, t->name);
	assert(n > 0 && n < (int)sizeof statement);
	TRY(pipeline_end(c, err));
	return pipeline_resume(c, postgres_command(c, statement, err), err);
}

static enum rc postgres_others(struct tx *tx, int64_t *ret, struct err *err)
{
	static const struct query q = {
	        .name = "others",
	        .postgres = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
	                    " AND application_name = 'padan' AND pid <> pg_backend_pid()",
	        .params = "",
	        .columns = "i",
	};
	struct value out = {0};
	TRY(query_one(tx, &q, NULL, &out, err));
	*ret = out.i;
	return RC_OK;
}

const struct transfer_engine postgres_transfer = {
        .load = postgres_load,
        .settle = postgres_settle,
        .others = postgres_others,
};
