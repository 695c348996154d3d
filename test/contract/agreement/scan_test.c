/* SPDX-License-Identifier: EUPL-1.2
 * Scanned papers on both engines: filed and opened again, unreadable in a copy of the
 * database, bound to their row, and within their ceilings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

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

/* What a tray may meet at once: as many as the uploads that http lets in. */
static void check_many_in_one_transaction(struct engine *engine)
{
	struct office o;
	int64_t id, instansi = begin(&o, engine);
	BUF_AUTO most = big_pdf(SCAN_MAX);
	struct arena arena;
	struct scan_sealed sealed;
	arena_init(&arena, SCAN_MAX + 4096);
	OK(scan_seal(&arena, buf_str(&most), &sealed, &engine_err));
	for (int i = 0; i < 13; i++) {
		struct scan_new scan = {.instansi_id = instansi, .user = 41, .name = S("x.pdf"), .sealed = &sealed};
		OK(scan_put(o.tx, &key, &scan, NOW, &id, &engine_err));
	}
	assert_true(tx_arena(o.tx)->used < TX_ARENA_MAX / 2);
	office_commit(&o);
	BUF_AUTO out = BUF(SCAN_MAX);
	OK(scan_open(o.tx, &key, id, &out, &engine_err));
	assert_true(str_eq(buf_str(&out), buf_str(&most)));
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
	for (int i = 0; i < SCANS_MAX - 1; i++)
		OK(sql_scan_insert(o.tx, in, &row, &engine_err));
	OK(put(&o, instansi, S("terakhir.pdf"), S(SMALL), &id));
	assert_int_equal(put(&o, instansi, S("lebih.pdf"), S(SMALL), &id), RC_LIMIT);
	OK(put(&o, other, S("lain.pdf"), S(SMALL), &id));
	office_close(&o);
}

/* ---- what a thief of the database has ---- */
static struct buf content_of(struct office *o, int64_t id, bool wrapped)
{
	struct sql_scan_content row;
	struct buf b = BUF(SCAN_MAX + 100);
	OK(sql_scan_content(o->tx, (struct sql_scan_content_in){.scan_id = id}, &row, &engine_err));
	buf_add(&b, wrapped ? row.wrapped : row.sealed);
	return b;
}

static void check_sealed(struct engine *engine)
{
	struct office o;
	int64_t first, second, instansi = begin(&o, engine);
	OK(put(&o, instansi, S("a.pdf"), S(SMALL), &first));
	OK(put(&o, instansi, S("a.pdf"), S(SMALL), &second));
	BUF_AUTO one = content_of(&o, first, false), two = content_of(&o, second, false), out = BUF(SCAN_MAX);
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

/* The content of one scan under the row of another: of the same instansi, of another
 * one, or with another type or hash beside it. */
static void check_bound_to_its_row(struct engine *engine)
{
	struct office o;
	struct sql_scan_insert row;
	struct scan_meta meta;
	int64_t id, instansi = begin(&o, engine), other = office_apply(&o, "dinkes", NULL).instansi_id;
	OK(put(&o, instansi, S("a.pdf"), S(SMALL), &id));
	OK(scan_meta(o.tx, id, &meta, &engine_err));
	BUF_AUTO wrapped = content_of(&o, id, true), sealed = content_of(&o, id, false), out = BUF(SCAN_MAX);
	for (int i = 0; i < 2; i++) {
		struct sql_scan_insert_in in = {.instansi_id = i ? other : instansi,
		                                .name = S("a"),
		                                .type = S("pdf"),
		                                .bytes = meta.bytes,
		                                .sha256 = str_from((const char *)meta.sha256, 32),
		                                .filed_by = 41,
		                                .filed_us = NOW};
		OK(sql_scan_insert(o.tx, in, &row, &engine_err));
		struct sql_scan_content_insert_in content = {
		        .scan_id = row.scan_id, .wrapped = buf_str(&wrapped), .sealed = buf_str(&sealed)};
		OK(sql_scan_content_insert(o.tx, content, NULL, &engine_err));
		assert_int_equal(scan_open(o.tx, &key, row.scan_id, &out, &engine_err), RC_REFUSED);
	}
	assert_int_equal(out.n, 0);
	office_close(&o);
}

EACH(filed_and_opened)
EACH(names)
EACH(refused)
EACH(many_in_one_transaction)
EACH(ceiling)
EACH(sealed)
EACH(bound_to_its_row)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(filed_and_opened),        cmocka_unit_test(names),   cmocka_unit_test(refused),
	        cmocka_unit_test(many_in_one_transaction), cmocka_unit_test(ceiling), cmocka_unit_test(sealed),
	        cmocka_unit_test(bound_to_its_row),
	};
	return cmocka_run_group_tests(tests, make_key, free_key);
}
