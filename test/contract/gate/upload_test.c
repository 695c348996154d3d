/* SPDX-License-Identifier: EUPL-1.2
 * A scanned paper through a real gate: in by a form, out as a file, and nothing written
 * for strangers, for what is no scan, or beyond what a page filed. */
#include "house.h"

#include "agreement/agreement.sql.h"
#include "agreement/apply.h"
#include "agreement/demo.h"
#include "agreement/scan.sql.h"
#include "gate/upload.h"
#include "identity/identity.sql.h"

#define OK ENGINE_OK
#define PDF(inside) "%PDF-1.4\n" inside "\n%%EOF\n"

static int64_t instansi_id, scan_id;
static _Atomic bool refuse_page;
static _Atomic int pages;

/* ---- the routes ---- */
static enum rc slow_take(struct visit *v, struct err *err)
{
	const struct upload *upload;
	TRY(upload_take(v, "pindaian", &upload, err));
	v->own = (void *)(uintptr_t)upload;
	return RC_OK;
}

static enum rc page_file(struct visit *v, struct err *err)
{
	const struct upload *upload = v->own;
	struct buf body = BUF(4096);
	pages++;
	if (refuse_page)
		return FAIL(err, RC_REFUSED, "bukan untuk Anda");
	if (!upload->sealed) {
		buf_addf(&body, "salah: %.*s", STR_ARG(upload->flaw));
		visit_html(v, 422, &body);
		return RC_OK;
	}
	TRY(upload_file(v, upload, instansi_id, &scan_id, err));
	visit_redirect(v, S("/pindaian"));
	return RC_OK;
}

static enum rc page_send(struct visit *v, struct err *err)
{
	(void)v, (void)err;
	return RC_OK;
}

static enum rc after_send(struct visit *v, struct err *err)
{
	return upload_send(v, scan_id, err);
}

static enum rc page_beside(struct visit *v, struct err *err)
{
	struct buf body = BUF(64);
	(void)err;
	buf_addz(&body, "ada");
	visit_html(v, 200, &body);
	return RC_OK;
}

#define UPLOAD(path, roles, flags)                                                                                                 \
	{                                                                                                                          \
		HTTP_POST, path, roles, flags, SCAN_BODY_MAX, ACT_COUNT, slow_take, NULL, page_file, NULL                          \
	}
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
static const struct route routes[] = {
        UPLOAD("/unggah", 0, ROUTE_PUBLIC),
        UPLOAD("/dalam", ROLE_BIT(ROLE_KEPALA), 0),
        UPLOAD("/csrf", 0, ROUTE_PUBLIC | ROUTE_CSRF),
        {HTTP_GET, "/pindaian", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_send, after_send},
        {HTTP_GET, "/sela", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_beside, NULL},
        {0},
};

/* ---- around them ---- */
static void make_instansi(struct engine *engine)
{
	struct tx *tx;
	struct applied applied;
	BUF_AUTO file = BUF(AGREEMENT_FILE_MAX);
	int64_t now = clock_now_us();
	OK(agreement_demo_json("bpbd", day_of_us(now), &file));
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	OK(agreement_apply(tx, buf_str(&file), now, &applied, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	instansi_id = applied.instansi_id;
}

static void start(struct house *h, struct engine *engine)
{
	const struct schema *schemas[] = {&identity_schema, &agreement_schema, &scan_schema};
	OK(store_migrate(engine->store, schemas, 3, clock_now_us(), &engine_err));
	refuse_page = false;
	pages = 0;
	make_instansi(engine);
	house_open(h, engine, routes, 2);
}

static struct reply upload(struct client *c, const char *path, const char *cookie, struct str bytes)
{
	BUF_AUTO ask = BUF(8 << 20), body = BUF(8 << 20);
	buf_addz(&body, "--B\r\nContent-Disposition: form-data; name=\"pindaian\"; filename=\"ktp.pdf\"\r\n\r\n");
	buf_add(&body, bytes);
	buf_addz(&body, "\r\n--B--\r\n");
	buf_addf(&ask, "POST %s HTTP/1.1\r\nHost: a\r\nCookie: %s\r\nContent-Type: multipart/form-data; boundary=B\r\n", path,
	         cookie);
	buf_addf(&ask, "Content-Length: %zu\r\n\r\n", body.n);
	buf_add(&ask, buf_str(&body));
	assert_true(client_send_n(c, ask.at, ask.n));
	return client_reply(c, false);
}

static void count_staged(struct engine *engine, int64_t wanted)
{
	struct tx *tx;
	struct sql_scan_stage_count count;
	OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	OK(sql_scan_stage_count(tx, &count, &engine_err));
	tx_rollback(&tx);
	assert_int_equal(count.n, wanted);
}

static struct buf big_pdf(void)
{
	struct buf b = BUF(SCAN_MAX);
	buf_addz(&b, "%PDF-1.4\n");
	assert_true(buf_room(&b, SCAN_MAX - b.n));
	while (b.n < SCAN_MAX - 7)
		b.at[b.n] = (char)(b.n * 7919 % 251), b.n++;
	buf_addz(&b, "\n%%EOF\n");
	return b;
}

/* ---- tests ---- */
static void check_in_and_out(struct engine *engine)
{
	struct house h;
	start(&h, engine);
	struct client c = client_open(h.port, false);
	BUF_AUTO big = big_pdf();
	const struct str files[] = {S(PDF("surat")), buf_str(&big)};
	for (size_t i = 0; i < LEN(files); i++) {
		struct reply r = upload(&c, "/unggah", "", files[i]);
		assert_int_equal(r.status, 303);
		count_staged(engine, 0);
		assert_true(client_send(&c, "GET /pindaian HTTP/1.1\r\nHost: a\r\n\r\n"));
		r = client_reply(&c, false);
		assert_int_equal(r.status, 200);
		assert_true(reply_has(&r, "\r\nContent-Type: application/pdf\r\n"));
		assert_true(reply_has(&r, "\r\nContent-Disposition: attachment; filename=\"ktp.pdf\"\r\n"));
		assert_true(reply_has(&r, "; sandbox\r\n"));
		assert_int_equal(r.body_n, files[i].n);
		assert_memory_equal(r.body, files[i].at, r.body_n);
	}
	client_close(&c);
	house_close(&h);
}

static void check_no_scan(struct engine *engine)
{
	static const struct {
		struct str bytes;
		const char *flaw;
	} rows[] = {
	        {S("<!doctype html>"), "salah: Isi berkas ini bukan PDF, JPEG, atau PNG"},
	        {S("PK\3\4"), "salah: Isi berkas ini bukan"},
	        {S(PDF("/Launch ")), "salah: PDF ini memuat isi yang aktif"},
	        {S(""), "salah: Berkas belum dipilih"},
	};
	struct house h;
	start(&h, engine);
	struct client c = client_open(h.port, false);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct reply r = upload(&c, "/unggah", "", rows[i].bytes);
		assert_int_equal(r.status, 422);
		assert_non_null(strstr(r.body, rows[i].flaw));
	}
	struct reply r = client_ask(&c, "POST /unggah HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=b");
	assert_non_null(strstr(r.body, "Berkas belum dipilih"));
	count_staged(engine, 0);
	client_close(&c);
	house_close(&h);
}

/* No session, a made-up one, no token: the answer is the gate's, and nothing was written. */
static void check_strangers(struct engine *engine)
{
	struct house h;
	start(&h, engine);
	struct client c = client_open(h.port, false);
	struct reply r = upload(&c, "/dalam", "", S(PDF("surat")));
	assert_int_equal(r.status, 303);
	assert_true(reply_has(&r, "\r\nLocation: /masuk\r\n"));
	r = upload(&c, "/dalam", "sesi=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", S(PDF("surat")));
	assert_int_equal(r.status, 303);
	r = upload(&c, "/csrf", "", S(PDF("surat")));
	assert_int_equal(r.status, 403);
	assert_int_equal(pages, 0);
	count_staged(engine, 0);
	client_close(&c);
	house_close(&h);
}

static void check_not_filed(struct engine *engine)
{
	struct house h;
	struct tx *tx;
	bool gone;
	start(&h, engine);
	struct client c = client_open(h.port, false);
	refuse_page = true;
	assert_int_equal(upload(&c, "/unggah", "", S(PDF("surat"))).status, 403);
	count_staged(engine, 1);
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	OK(scan_sweep(tx, clock_now_us() + SCAN_STAGE_LIFE_US, &gone, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	count_staged(engine, 0);
	scan_id = 12345;
	assert_int_equal(client_ask(&c, "GET /pindaian HTTP/1.1\r\nHost: a\r\n\r\n").status, 404);
	client_close(&c);
	house_close(&h);
}

/* ---- nobody waits for it ---- */
static _Atomic bool uploading;

static void *upload_three(void *arg)
{
	const struct house *h = arg;
	struct client c = client_open(h->port, false);
	BUF_AUTO big = big_pdf();
	for (int i = 0; i < 3; i++)
		upload(&c, "/unggah", "", buf_str(&big));
	client_close(&c);
	uploading = false;
	return NULL;
}

static void check_beside(struct engine *engine)
{
	struct house h;
	pthread_t thread;
	int64_t worst = 0, sum = 0, n = 0;
	start(&h, engine);
	struct client c = client_open(h.port, false);
	uploading = true;
	pthread_create(&thread, NULL, upload_three, &h);
	while (uploading) {
		int64_t began = clock_steady_us();
		assert_int_equal(client_ask(&c, "GET /sela HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
		int64_t took = clock_steady_us() - began;
		worst = took > worst ? took : worst;
		sum += took;
		n++;
	}
	pthread_join(thread, NULL);
	print_message("%s: %lld pages beside three uploads of 5 MB, mean %lld us, worst %lld us\n", engine->name, (long long)n,
	              (long long)(sum / n), (long long)worst);
	assert_int_equal(pages, 3);
	assert_true(n > 20); /* the pieces let others in between: nobody waited for a whole scan */
	client_close(&c);
	house_close(&h);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(in_and_out)
EACH(no_scan)
EACH(strangers)
EACH(not_filed)
EACH(beside)

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(in_and_out), cmocka_unit_test(no_scan), cmocka_unit_test(strangers),
	        cmocka_unit_test(not_filed),  cmocka_unit_test(beside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
