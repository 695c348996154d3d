/* SPDX-License-Identifier: EUPL-1.2
 * Work after the commit: a real server, a real gate and a real office store, routes of
 * our own. Every request gets exactly one answer, however the commit, the page, the
 * work itself or the end of the gate turn out. */
#include "house.h"

#include "gate/throttle.sql.h"

#define OK ENGINE_OK

/* ---- the routes ---- */
static struct {
	_Atomic int entered, done, pages;
	_Atomic bool hold;      /* work waits for it to fall */
	_Atomic bool fail_next; /* the next errand spoils its tray */
	_Atomic pthread_t pages_on, work_on;
} seen;

struct note {
	struct str words;
	struct tx *tx;
};

static enum rc page_note(struct visit *v, struct err *err)
{
	struct note *note = ARENA_NEW(v->arena, struct note);
	(void)err;
	seen.pages++;
	seen.pages_on = pthread_self();
	note->words = arena_str(v->arena, http_query(v->rq, "kata"));
	note->tx = v->tx;
	v->own = note;
	v->standing.instansi_id = 7; /* the three stand for what lives in the transaction */
	static const _Alignas(16) unsigned char somebody[1024]; /* who is nobody in particular */
	v->who = (const struct principal *)(const void *)somebody;
	v->verdict = (const struct verdict *)note;
	struct sql_throttle_fail_in in = {.bucket = note->words, .now_us = v->now_us};
	return sql_throttle_fail(v->tx, in, NULL, err);
}

/* Only what was committed is seen by another transaction. */
static enum rc find_row(struct visit *v, struct err *err)
{
	struct sql_throttle_find row;
	const struct note *note = v->own;
	return sql_throttle_find(v->tx, (struct sql_throttle_find_in){.bucket = note->words}, &row, err);
}

static enum rc after_note(struct visit *v, struct err *err)
{
	const struct note *note = v->own;
	seen.entered++;
	seen.work_on = pthread_self();
	while (seen.hold)
		usleep(1000);
	assert_non_null(note->tx);
	assert_null(v->tx);
	assert_null(v->who);
	assert_null(v->verdict);
	assert_int_equal(v->standing.instansi_id, 0);
	TRY(visit_read(v, find_row, err));
	struct buf body = BUF(4096);
	buf_addf(&body, "sesudah %.*s", STR_ARG(note->words));
	visit_html(v, 200, &body);
	seen.done++;
	return RC_OK;
}

static enum rc page_refuses(struct visit *v, struct err *err)
{
	(void)v;
	return FAIL(err, RC_INVALID, "tidak");
}

static enum rc page_draws(struct visit *v, struct err *err)
{
	(void)err;
	struct buf body = BUF(4096);
	buf_addz(&body, "formulir salah");
	visit_html(v, 200, &body);
	return RC_OK;
}

static enum rc page_leads_away(struct visit *v, struct err *err)
{
	(void)err;
	visit_redirect(v, S("/lain"));
	return RC_OK;
}

static enum rc after_fails(struct visit *v, struct err *err)
{
	(void)v;
	seen.entered++;
	return FAIL(err, RC_BROKEN, "susunan huruf gagal");
}

static enum rc after_reads(struct visit *v, struct err *err)
{
	TRY(visit_read(v, find_row, err));
	assert_null(v->tx);
	struct buf pdf = BUF(64);
	buf_addz(&pdf, "%PDF-1.7");
	visit_file(v, "application/pdf", S("Berita acara \xe2\x84\x96 1/\"a\".pdf"), &pdf);
	return RC_OK;
}

static enum rc after_uploaded(struct visit *v, struct err *err)
{
	(void)err;
	struct buf file = BUF(64);
	buf_addz(&file, "<script>");
	visit_uploaded_file(v, "image/png", S("ktp.png"), &file);
	return RC_OK;
}

static enum rc slow_work(struct visit *v, struct err *err)
{
	(void)v, (void)err;
	return RC_OK;
}

#define ROW(path, slow, page, after)                                                                                               \
	{                                                                                                                          \
		HTTP_GET, path, 0, ROUTE_PUBLIC, 0, ACT_COUNT, slow, NULL, page, after                                             \
	}
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
static const struct route routes[] = {
        ROW("/catat", NULL, page_note, after_note),      ROW("/lambat", slow_work, page_note, after_note),
        ROW("/tolak", NULL, page_refuses, after_note),   ROW("/gambar", NULL, page_draws, after_note),
        ROW("/arah", NULL, page_leads_away, after_note), ROW("/gagal", NULL, page_note, after_fails),
        ROW("/berkas", NULL, page_note, after_reads),    ROW("/unggahan", NULL, page_note, after_uploaded),
        ROW("/biasa", NULL, page_draws, NULL),           {0},
};

static void start(struct house *h, struct engine *engine, int threads)
{
	const struct schema *schemas[] = {&throttle_schema};
	memset(&seen, 0, sizeof seen);
	OK(store_migrate(engine->store, schemas, 1, clock_now_us(), &engine_err));
	house_open(h, engine, routes, threads);
}

static void ask(struct client *c, const char *path, int from)
{
	char text[200];
	snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: a\r\nX-Real-IP: 192.0.2.%d\r\n\r\n", path, from);
	assert_true(client_send(c, text));
}

static struct reply get(struct client *c, const char *path)
{
	ask(c, path, 1);
	return client_reply(c, false);
}

static void expect(struct client *c, const char *path, int status, const char *piece)
{
	struct reply r = get(c, path);
	if (r.status != status || (!strstr(r.body, piece) && !reply_has(&r, piece)))
		fail_msg("%s -> %d, wanted %d with %s:\n%s%s", path, r.status, status, piece, r.head, r.body);
}

/* ---- the tests ---- */
static void check_order(struct engine *engine)
{
	struct house o;
	start(&o, engine, 2);
	struct client c = client_open(o.port, false);
	expect(&c, "/catat?kata=satu", 200, "sesudah satu");
	assert_false(pthread_equal(seen.pages_on, seen.work_on));
	expect(&c, "/lambat?kata=dua", 200, "sesudah dua");
	expect(&c, "/biasa", 200, "formulir salah");
	assert_int_equal(seen.done, 2);
	client_close(&c);
	house_close(&o);
}

static void check_not_called(struct engine *engine)
{
	struct house o;
	start(&o, engine, 2);
	struct client c = client_open(o.port, false);
	expect(&c, "/tolak", 400, "ditolak 400");
	expect(&c, "/gambar", 200, "formulir salah");
	expect(&c, "/arah", 303, "Location: /lain");
	assert_int_equal(seen.entered, 0);
	client_close(&c);
	house_close(&o);
}

static void check_failing(struct engine *engine)
{
	struct house o;
	start(&o, engine, 2);
	struct client c = client_open(o.port, false);
	for (int i = 0; i < 20; i++) { /* more than one address's places: each was given back */
		expect(&c, "/gagal?kata=x", 503, "Retry-After: 2");
		expect(&c, "/tolak", 400, "ditolak 400");
		expect(&c, "/catat?kata=x", 200, "sesudah x");
		expect(&c, "/lambat?kata=x", 200, "sesudah x");
	}
	assert_int_equal(seen.entered, 60);
	client_close(&c);
	house_close(&o);
}

static void check_files(struct engine *engine)
{
	struct house o;
	start(&o, engine, 1);
	struct client c = client_open(o.port, false);
	struct reply r = get(&c, "/berkas?kata=x");
	assert_int_equal(r.status, 200);
	assert_string_equal(r.body, "%PDF-1.7");
	assert_true(reply_has(&r, "\r\nContent-Type: application/pdf\r\n"));
	assert_true(reply_has(&r, "\r\nContent-Disposition: inline; filename=\"Berita acara _ 1__a_.pdf\"; "
	                          "filename*=UTF-8''Berita%20acara%20%E2%84%96%201%2F%22a%22.pdf\r\n"));
	assert_true(reply_has(&r, "\r\nCache-Control: no-store\r\n"));
	assert_true(reply_has(&r, "\r\nX-Content-Type-Options: nosniff\r\n"));
	r = get(&c, "/unggahan?kata=x");
	assert_true(reply_has(&r, "\r\nContent-Disposition: attachment; filename=\"ktp.png\"\r\n"));
	assert_true(reply_has(&r, "\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'; sandbox\r\n"));
	client_close(&c);
	house_close(&o);
}

/* One address holds eight places (gate/share.h); those past them are told before
 * anything was done. Others, many together, fill the queue: 503, and the commit stands. */
static void check_full(struct engine *engine)
{
	enum { MANY = 90, PLACES = 1 + 64 };
	struct house o;
	struct client c[MANY], others[16];
	int told[600] = {0};
	start(&o, engine, 1);
	seen.hold = true;
	for (int i = 0; i < 8; i++) {
		others[i] = client_open(o.port, false);
		ask(&others[i], "/catat?kata=x", 200);
	}
	assert_true(HOUSE_WAIT(seen.pages == 8 && seen.entered == 1)); /* these hold their places */
	for (int i = 8; i < 10; i++) {
		others[i] = client_open(o.port, false);
		ask(&others[i], "/catat?kata=x", 200);
		told[client_reply(&others[i], false).status]++;
	}
	assert_int_equal(told[429], 2);
	for (int i = 0; i < MANY; i++) {
		c[i] = client_open(o.port, false);
		ask(&c[i], "/catat?kata=x", i);
	}
	assert_true(HOUSE_WAIT(seen.pages == MANY + 8 && http_stat(o.server).kept == PLACES)); /* the others were told */
	seen.hold = false;
	for (int i = 0; i < MANY; i++)
		told[client_reply(&c[i], false).status]++;
	for (int i = 0; i < 8; i++)
		told[client_reply(&others[i], false).status]++;
	assert_int_equal(told[200], PLACES);
	assert_int_equal(told[503], MANY + 8 - PLACES);
	for (int i = 0; i < MANY; i++)
		client_close(&c[i]);
	for (int i = 0; i < 10; i++)
		client_close(&others[i]);
	house_close(&o);
}

/* ---- the commit does not come about ---- */
static enum rc spoil(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	(void)arg, (void)now_us;
	TRY(tx_undo(tx, err)); /* the savepoint is gone: what follows fails, and the tray with it */
	return RC_OK;
}

static void *spoil_trays(void *arg)
{
	struct house *o = arg;
	struct err err;
	for (int i = 0; i < 50; i++) {
		enum rc rc = gate_errand(o->gate, spoil, NULL, &err);
		assert_int_not_equal(rc, RC_OK);
	}
	return NULL;
}

static void check_no_commit(struct engine *engine)
{
	struct house o;
	int told[600] = {0};
	pthread_t spoiler;
	start(&o, engine, 2);
	struct client c = client_open(o.port, false);
	pthread_create(&spoiler, NULL, spoil_trays, &o);
	for (int i = 0; i < 200; i++)
		told[get(&c, "/catat?kata=x").status]++;
	pthread_join(spoiler, NULL);
	assert_int_equal(told[200] + told[503], 200);
	assert_int_equal(seen.done, told[200]); /* nothing ran for those that were undone */
	expect(&c, "/catat?kata=y", 200, "sesudah y");
	client_close(&c);
	house_close(&o);
}

/* ---- the end ---- */
static void *fall(void *arg)
{
	(void)arg;
	usleep(200000);
	seen.hold = false;
	return NULL;
}

/* Stopped while some work is under way and more waits: all of it is answered. */
static void check_stop(struct engine *engine)
{
	struct house o;
	struct client c[24];
	pthread_t thread;
	start(&o, engine, 2);
	seen.hold = true;
	for (int i = 0; i < 24; i++) {
		c[i] = client_open(o.port, false);
		ask(&c[i], i % 3 ? "/catat?kata=x" : "/lambat?kata=x", i);
	}
	assert_true(HOUSE_WAIT(seen.entered == 2 && seen.pages >= 16 && o.taken == 24));
	assert_int_equal(http_stat(o.server).kept, 24); /* who comes later is refused, and rightly */
	pthread_create(&thread, NULL, fall, NULL);
	house_close(&o);
	pthread_join(thread, NULL);
	for (int i = 0; i < 24; i++) {
		struct reply r = client_reply(&c[i], false);
		assert_int_equal(r.status, 200);
		client_close(&c[i]);
	}
	assert_int_equal(seen.done, 24);
}

/* The gate closes first, and the servers have to wait for its answers: calls go from
 * the pool to the tray and back while both end. */
static void check_close_under_load(struct engine *engine)
{
	struct house o;
	struct client c[40];
	int told[600] = {0};
	start(&o, engine, 2);
	for (int i = 0; i < 40; i++) {
		c[i] = client_open(o.port, false);
		ask(&c[i], i % 2 ? "/catat?kata=x" : "/lambat?kata=x", i);
	}
	assert_true(HOUSE_WAIT(o.taken == 40)); /* nobody comes to a gate that is gone */
	gate_close(o.gate);
	assert_int_equal(http_stat(o.server).kept, 0);
	for (int i = 0; i < 40; i++) {
		told[client_reply(&c[i], false).status]++;
		client_close(&c[i]);
	}
	http_quiesce(o.server);
	http_stop(o.server);
	secret_free(&o.key);
	assert_int_equal(told[200] + told[503], 40);
	assert_int_equal(told[200], seen.done);
}

static void check_visitor_gone(struct engine *engine)
{
	struct house o;
	start(&o, engine, 2);
	seen.hold = true;
	for (int i = 0; i < 6; i++) {
		struct client c = client_open(o.port, false);
		ask(&c, "/catat?kata=x", i);
		assert_true(HOUSE_WAIT(seen.pages > i));
		client_close(&c);
	}
	seen.hold = false;
	assert_true(HOUSE_WAIT(seen.done == 6));
	house_close(&o);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(order)
EACH(not_called)
EACH(failing)
EACH(files)
EACH(full)
EACH(no_commit)
EACH(stop)
EACH(close_under_load)
EACH(visitor_gone)

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(order),        cmocka_unit_test(not_called),
	        cmocka_unit_test(failing),      cmocka_unit_test(files),
	        cmocka_unit_test(full),         cmocka_unit_test(no_commit),
	        cmocka_unit_test(stop),         cmocka_unit_test(close_under_load),
	        cmocka_unit_test(visitor_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
