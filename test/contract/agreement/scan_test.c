/* SPDX-License-Identifier: EUPL-1.2
 * Scanned papers on both engines: filed and opened again, unreadable in a copy of the
 * database, bound to their row, and within their ceilings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <sqlite3.h>

#include "agreement/scan.h"
#include "agreement/scan.sql.h"
#include "office.h"

#define HEAD "%PDF-1.4\n"
#define TAIL "\n%%EOF\n"
#define SMALL HEAD "1 0 obj << /Contoh (NIK 3304060101909999) >> endobj" TAIL

static struct secret key;

static int make_key(void **state)
{
	(void)state;
	return secret_new(&key, SEAL_KEY_SIZE, NULL) == RC_OK ? (secret_random(key.at, key.n), 0) : -1;
}

static int free_key(void **state)
{
	(void)state;
	secret_free(&key);
	return 0;
}

static int64_t begin(struct office *o, struct engine *engine)
{
	const struct schema *schemas[] = {&agreement_schema, &scan_schema};
	*o = office_open(engine);
	tx_rollback(&o->tx);
	OK(store_migrate(engine->store, schemas, 2, NOW, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &o->tx, &engine_err));
	return office_apply(o, "bpbd", NULL).instansi_id;
}

static enum rc put(struct office *o, int64_t instansi_id, struct str name, struct str bytes, int64_t *ret)
{
	struct scan_new scan = {.instansi_id = instansi_id, .user = 41, .name = name, .bytes = bytes};
	return scan_put(o->tx, &key, &scan, NOW, ret, &engine_err);
}

/* A PDF of n bytes. */
static struct buf big_pdf(size_t n)
{
	struct buf b = BUF(n);
	buf_addz(&b, HEAD);
	assert_true(buf_room(&b, n - b.n));
	memset(b.at + b.n, 'x', n - b.n);
	b.n = n - strlen(TAIL);
	buf_addz(&b, TAIL);
	return b;
}

static void check_filed_and_opened(struct engine *engine)
{
	struct office o;
	struct scan_meta meta;
	int64_t instansi = begin(&o, engine), first, second;
	BUF_AUTO out = BUF(SCAN_MAX);
	OK(put(&o, instansi, S("SPTJM 2026.pdf"), S(SMALL), &first));
	OK(put(&o, instansi, S(""), S(SMALL), &second));
	office_commit(&o);
	assert_int_not_equal(first, second);
	OK(scan_meta(o.tx, first, &meta, &engine_err));
	assert_int_equal(meta.instansi_id, instansi);
	assert_int_equal(meta.user, 41);
	assert_int_equal(meta.filed_us, NOW);
	assert_int_equal(meta.bytes, sizeof SMALL - 1);
	assert_int_equal(meta.type, SCAN_PDF);
	assert_str(meta.name, "SPTJM 2026.pdf");
	static const unsigned char hash[4] = {0x73, 0x7a, 0x2b, 0x3a}; /* sha256sum */
	assert_memory_equal(meta.sha256, hash, sizeof hash);
	OK(scan_open(o.tx, &key, first, &out, &engine_err));
	assert_true(str_eq(buf_str(&out), S(SMALL)));
	OK(scan_meta(o.tx, second, &meta, &engine_err));
	assert_str(meta.name, "pindaian.pdf");
	assert_int_equal(scan_meta(o.tx, 12345, &meta, &engine_err), RC_ABSENT);
	assert_int_equal(scan_open(o.tx, &key, 12345, &out, &engine_err), RC_ABSENT);
	office_close(&o);
}

static void check_names(struct engine *engine)
{
	static const char *const rows[][2] = {
	        {"KTP_3304060101909999.pdf", "KTP_xxxxxxxxxxxxxxxx.pdf"}, /* no NIK in a list of files */
	        {"33040601019099991234", "xxxxxxxxxxxxxxxxxxxx.pdf"},
	        {"20261124 101500.PDF", "20261124 101500.PDF"},
	        {"foto.jpg", "foto.jpg.pdf"}, /* it is a PDF, whatever it was called */
	        {"a\tb\nc.pdf", "a b c.pdf"},
	        {"\xff.pdf", "pindaian.pdf"},
	};
	struct office o;
	struct scan_meta meta;
	int64_t id, instansi = begin(&o, engine);
	for (size_t i = 0; i < LEN(rows); i++) {
		OK(put(&o, instansi, str_c(rows[i][0]), S(SMALL), &id));
		OK(scan_meta(o.tx, id, &meta, &engine_err));
		assert_str(meta.name, rows[i][1]);
	}
	char longest[400];
	memset(longest, 'a', sizeof longest);
	OK(put(&o, instansi, str_from(longest, sizeof longest), S(SMALL), &id));
	OK(scan_meta(o.tx, id, &meta, &engine_err));
	assert_int_equal(meta.name.n, SCAN_NAME_MAX + 4);
	office_close(&o);
}

static void check_refused(struct engine *engine)
{
	struct office o;
	int64_t id = -1, instansi = begin(&o, engine);
	assert_int_equal(put(&o, instansi, S("surat.pdf"), S("<!doctype html><p>bukan"), &id), RC_INVALID);
	assert_int_equal(put(&o, instansi, S("foto.jpg"), S("PK\3\4zip"), &id), RC_INVALID);
	assert_int_equal(put(&o, instansi, S("kosong.pdf"), S(""), &id), RC_INVALID);
	BUF_AUTO most = big_pdf(SCAN_MAX), over = big_pdf(SCAN_MAX + 1);
	assert_int_equal(put(&o, instansi, S("besar.pdf"), buf_str(&over), &id), RC_LIMIT);
	assert_int_equal(id, -1);
	OK(put(&o, instansi, S("besar.pdf"), buf_str(&most), &id));
	office_commit(&o);
	BUF_AUTO out = BUF(SCAN_MAX);
	OK(scan_open(o.tx, &key, id, &out, &engine_err));
	assert_true(str_eq(buf_str(&out), buf_str(&most)));
	office_close(&o);
}

/* ---- in steps ---- */
static struct arena arena;

static struct scan_sealed seal(struct str bytes)
{
	struct scan_sealed sealed;
	arena_init(&arena, SCAN_MAX + 65536);
	OK(scan_seal(&arena, bytes, &sealed, &engine_err));
	return sealed;
}

static enum rc put_sealed(struct office *o, int64_t instansi_id, const struct scan_sealed *sealed, int64_t *ret)
{
	struct scan_new scan = {.instansi_id = instansi_id, .user = 41, .name = S("x.pdf"), .sealed = sealed};
	return scan_put(o->tx, &key, &scan, NOW, ret, &engine_err);
}

static void check_in_steps(struct engine *engine)
{
	struct office o;
	int64_t id, instansi = begin(&o, engine);
	BUF_AUTO most = big_pdf(SCAN_MAX), out = BUF(SCAN_MAX);
	struct scan_sealed sealed = seal(buf_str(&most));
	assert_int_equal(sealed.pieces_n, SCAN_PIECES_MAX);
	assert_int_equal(put_sealed(&o, instansi, &sealed, &id), RC_ABSENT); /* nothing is there yet */
	for (size_t i = 0; i < sealed.pieces_n; i++) {
		office_commit(&o);
		OK(scan_stage(o.tx, &sealed, i, NOW, &engine_err));
	}
	office_commit(&o);
	OK(put_sealed(&o, instansi, &sealed, &id));
	office_commit(&o);
	OK(scan_open(o.tx, &key, id, &out, &engine_err));
	assert_true(str_eq(buf_str(&out), buf_str(&most)));
	assert_int_equal(put_sealed(&o, instansi, &sealed, &id), RC_ABSENT); /* claimed once */
	arena_free(&arena);
	office_close(&o);
}

static void check_a_missing_piece(struct engine *engine)
{
	struct office o;
	int64_t id, instansi = begin(&o, engine);
	BUF_AUTO pdf = big_pdf(SCAN_PIECE + 100);
	struct scan_sealed sealed = seal(buf_str(&pdf));
	assert_int_equal(sealed.pieces_n, 2);
	OK(scan_stage(o.tx, &sealed, 0, NOW, &engine_err));
	OK(tx_savepoint(o.tx, &engine_err));
	assert_int_equal(put_sealed(&o, instansi, &sealed, &id), RC_ABSENT);
	OK(tx_undo(o.tx, &engine_err));
	OK(scan_stage(o.tx, &sealed, 1, NOW, &engine_err));
	OK(put_sealed(&o, instansi, &sealed, &id));
	arena_free(&arena);
	office_close(&o);
}

static void check_swept(struct engine *engine)
{
	struct office o;
	struct sql_scan_piece_count count;
	int64_t id, instansi = begin(&o, engine);
	bool gone;
	struct scan_sealed sealed = seal(S(SMALL));
	OK(put(&o, instansi, S("a.pdf"), S(SMALL), &id));
	OK(scan_stage(o.tx, &sealed, 0, NOW, &engine_err));
	OK(scan_sweep(o.tx, NOW + SCAN_STAGE_LIFE_US, &gone, &engine_err));
	assert_false(gone);
	OK(scan_sweep(o.tx, NOW + SCAN_STAGE_LIFE_US + 1, &gone, &engine_err));
	assert_true(gone);
	OK(scan_sweep(o.tx, NOW + SCAN_STAGE_LIFE_US + 1, &gone, &engine_err));
	assert_false(gone);
	struct str stage = str_from((const char *)sealed.stage, sizeof sealed.stage);
	OK(sql_scan_piece_count(o.tx, (struct sql_scan_piece_count_in){.stage = stage}, &count, &engine_err));
	assert_int_equal(count.n, 0);
	BUF_AUTO out = BUF(SCAN_MAX);
	OK(scan_open(o.tx, &key, id, &out, &engine_err)); /* what was filed stays */
	arena_free(&arena);
	office_close(&o);
}

static void check_staged_ceiling(struct engine *engine)
{
	struct office o;
	begin(&o, engine);
	struct scan_sealed sealed = seal(S(SMALL));
	for (int i = 0; i < SCANS_STAGED_MAX; i++) {
		sealed.stage[0] = (unsigned char)i;
		OK(scan_stage(o.tx, &sealed, 0, NOW, &engine_err));
	}
	sealed.stage[0]++;
	assert_int_equal(scan_stage(o.tx, &sealed, 0, NOW, &engine_err), RC_LIMIT);
	arena_free(&arena);
	office_close(&o);
}

/* What one user leaves unclaimed costs nobody else a place. */
static void check_staged_by_one(struct engine *engine)
{
	struct office o;
	struct sql_scan_stage_count count;
	int64_t id, instansi = begin(&o, engine);
	struct scan_sealed sealed = seal(S(SMALL)), other = sealed;
	sealed.owner = 41;
	for (int i = 0; i < 2 * SCANS_STAGED_MAX; i++) {
		sealed.stage[0] = (unsigned char)i;
		OK(scan_stage(o.tx, &sealed, 0, NOW + i, &engine_err));
	}
	OK(sql_scan_stage_count(o.tx, &count, &engine_err));
	assert_int_equal(count.n, SCANS_STAGED_OWN);
	other.owner = 42;
	other.stage[1]++;
	OK(scan_stage(o.tx, &other, 0, NOW, &engine_err));
	OK(put_sealed(&o, instansi, &sealed, &id)); /* his latest is still there */
	sealed.stage[0] = 0;                        /* his first is not, nor a piece of it */
	assert_int_equal(put_sealed(&o, instansi, &sealed, &id), RC_ABSENT);
	OK(put_sealed(&o, instansi, &other, &id));
	arena_free(&arena);
	office_close(&o);
}

static void check_ceiling(struct engine *engine)
{
	struct office o;
	int64_t id, instansi = begin(&o, engine), other = office_apply(&o, "dinkes", NULL).instansi_id;
	struct sql_scan_insert row;
	unsigned char hash[32] = {0};
	struct sql_scan_insert_in in = {.instansi_id = instansi,
	                                .name = S("x"),
	                                .type = S("pdf"),
	                                .bytes = 1,
	                                .sha256 = str_from((const char *)hash, 32),
	                                .filed_by = 1,
	                                .filed_us = NOW};
	for (int i = 0; i < SCANS_MAX - 1; i++) {
		char stage[17];
		snprintf(stage, sizeof stage, "%016d", i);
		in.stage = str_from(stage, 16);
		in.wrapped = S("");
		OK(sql_scan_insert(o.tx, in, &row, &engine_err));
	}
	OK(put(&o, instansi, S("terakhir.pdf"), S(SMALL), &id));
	assert_int_equal(put(&o, instansi, S("lebih.pdf"), S(SMALL), &id), RC_LIMIT);
	OK(put(&o, other, S("lain.pdf"), S(SMALL), &id));
	office_close(&o);
}

/* ---- what a thief of the database has ---- */
static struct sql_scan_key key_of(struct office *o, int64_t id)
{
	struct sql_scan_key row;
	OK(sql_scan_key(o->tx, (struct sql_scan_key_in){.scan_id = id}, &row, &engine_err));
	return row;
}

static struct sql_scan_pieces_rows pieces_of(struct office *o, int64_t id)
{
	struct sql_scan_pieces_rows rows;
	OK(sql_scan_pieces(o->tx, (struct sql_scan_pieces_in){.stage = key_of(o, id).stage}, &rows, &engine_err));
	return rows;
}

static void check_sealed(struct engine *engine)
{
	struct office o;
	int64_t first, second, instansi = begin(&o, engine);
	BUF_AUTO out = BUF(SCAN_MAX);
	OK(put(&o, instansi, S("a.pdf"), S(SMALL), &first));
	OK(put(&o, instansi, S("a.pdf"), S(SMALL), &second));
	struct str one = pieces_of(&o, first).at[0].sealed, two = pieces_of(&o, second).at[0].sealed;
	assert_int_equal(one.n, sizeof SMALL - 1 + SEAL_OVERHEAD);
	assert_null(memmem(one.at, one.n, "3304", 4));
	assert_null(memmem(one.at, one.n, "%PDF", 4));
	assert_memory_not_equal(one.at + 24, two.at + 24, 32);
	key.at[0] ^= 1;
	assert_int_equal(scan_open(o.tx, &key, first, &out, &engine_err), RC_REFUSED);
	key.at[0] ^= 1;
	OK(scan_open(o.tx, &key, first, &out, &engine_err));
	office_close(&o);
}

/* The pieces and the key of one scan under the row of another: of the same instansi, of
 * another one, or with another hash beside it. */
static void check_bound_to_its_row(struct engine *engine)
{
	struct office o;
	struct sql_scan_insert row;
	struct scan_meta meta;
	int64_t id, instansi = begin(&o, engine), other = office_apply(&o, "dinkes", NULL).instansi_id;
	OK(put(&o, instansi, S("a.pdf"), S(SMALL), &id));
	OK(scan_meta(o.tx, id, &meta, &engine_err));
	struct str wrapped = key_of(&o, id).wrapped, sealed = pieces_of(&o, id).at[0].sealed;
	BUF_AUTO out = BUF(SCAN_MAX);
	for (int i = 0; i < 2; i++) {
		char stage[] = "0000000000000000";
		stage[0] += (char)i;
		struct sql_scan_insert_in in = {.instansi_id = i ? other : instansi,
		                                .name = S("a"),
		                                .type = S("pdf"),
		                                .bytes = meta.bytes,
		                                .sha256 = str_from((const char *)meta.sha256, 32),
		                                .filed_by = 41,
		                                .filed_us = NOW,
		                                .stage = str_from(stage, 16),
		                                .wrapped = wrapped};
		OK(sql_scan_insert(o.tx, in, &row, &engine_err));
		struct sql_scan_piece_insert_in piece = {.stage = in.stage, .number = 0, .sealed = sealed};
		OK(sql_scan_piece_insert(o.tx, piece, NULL, &engine_err));
		assert_int_equal(scan_open(o.tx, &key, row.scan_id, &out, &engine_err), RC_REFUSED);
	}
	assert_int_equal(out.n, 0);
	office_close(&o);
}

/* Past the program, as one who got hold of the database would. */
static void change_by_hand(struct engine *engine, const char *sql)
{
	char path[128];
	sqlite3 *db;
	if (!store_is_sqlite(engine->store)) {
		engine_sql(engine->url, sql);
		return;
	}
	snprintf(path, sizeof path, "%s/store.db", engine->dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void check_a_changed_row(struct engine *engine)
{
	static const char *const changes[] = {
	        "UPDATE scan SET instansi_id = (SELECT max(instansi_id) FROM instansi)",
	        "UPDATE scan SET instansi_id = (SELECT min(instansi_id) FROM instansi)", /* and back */
	        "UPDATE scan SET type = 'png'",
	        "UPDATE scan SET type = 'pdf'",
	        "UPDATE scan SET bytes = bytes + 1",
	};
	struct office o;
	int64_t id, instansi = begin(&o, engine);
	(void)office_apply(&o, "dinkes", NULL);
	OK(put(&o, instansi, S("a.pdf"), S(SMALL), &id));
	for (size_t i = 0; i < LEN(changes); i++) {
		BUF_AUTO out = BUF(SCAN_MAX);
		OK(tx_commit(&o.tx, &engine_err));
		change_by_hand(engine, changes[i]);
		OK(tx_begin(engine->store, TX_WRITE, &o.tx, &engine_err));
		assert_int_equal(scan_open(o.tx, &key, id, &out, &engine_err), i % 2 ? RC_OK : RC_REFUSED);
		assert_int_equal(out.n, i % 2 ? sizeof SMALL - 1 : 0);
	}
	office_close(&o);
}

static void put_pieces(struct office *o, struct str stage, const struct str *pieces, size_t n)
{
	OK(sql_scan_piece_drop(o->tx, (struct sql_scan_piece_drop_in){.stage = stage}, NULL, &engine_err));
	for (size_t i = 0; i < n; i++) {
		struct sql_scan_piece_insert_in in = {.stage = stage, .number = (int64_t)i, .sealed = pieces[i]};
		OK(sql_scan_piece_insert(o->tx, in, NULL, &engine_err));
	}
}

/* Swapped, doubled, or cut behind a whole piece: nothing of it comes out. */
static void check_pieces_in_order(struct engine *engine)
{
	struct office o;
	int64_t id, instansi = begin(&o, engine);
	BUF_AUTO pdf = big_pdf(2 * SCAN_PIECE), out = BUF(SCAN_MAX);
	OK(put(&o, instansi, S("a.pdf"), buf_str(&pdf), &id));
	struct str stage = key_of(&o, id).stage;
	struct sql_scan_pieces_rows rows = pieces_of(&o, id);
	struct str a = rows.at[0].sealed, b = rows.at[1].sealed;
	const struct {
		struct str pieces[3];
		size_t n;
	} wrong[] = {{{b, a}, 2}, {{a, a}, 2}, {{a}, 1}, {{a, b, b}, 3}, {{a}, 0}};
	for (size_t i = 0; i < LEN(wrong); i++) {
		put_pieces(&o, stage, wrong[i].pieces, wrong[i].n);
		assert_int_equal(scan_open(o.tx, &key, id, &out, &engine_err), RC_REFUSED);
		assert_int_equal(out.n, 0);
	}
	put_pieces(&o, stage, (struct str[]){a, b}, 2);
	OK(scan_open(o.tx, &key, id, &out, &engine_err));
	assert_true(str_eq(buf_str(&out), buf_str(&pdf)));
	office_close(&o);
}

EACH(filed_and_opened)
EACH(names)
EACH(refused)
EACH(in_steps)
EACH(a_missing_piece)
EACH(swept)
EACH(staged_ceiling)
EACH(staged_by_one)
EACH(ceiling)
EACH(sealed)
EACH(bound_to_its_row)
EACH(a_changed_row)
EACH(pieces_in_order)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(filed_and_opened), cmocka_unit_test(names),
	        cmocka_unit_test(refused),          cmocka_unit_test(in_steps),
	        cmocka_unit_test(a_missing_piece),  cmocka_unit_test(swept),
	        cmocka_unit_test(staged_ceiling),   cmocka_unit_test(staged_by_one),
	        cmocka_unit_test(ceiling),          cmocka_unit_test(sealed),
	        cmocka_unit_test(bound_to_its_row), cmocka_unit_test(a_changed_row),
	        cmocka_unit_test(pieces_in_order),
	};
	return cmocka_run_group_tests(tests, make_key, free_key);
}
