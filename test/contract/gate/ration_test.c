/* SPDX-License-Identifier: EUPL-1.2
 * How much work goes into one tray: pages are rationed by the bytes of their bodies, those
 * without one are not, nobody is lost and nobody overtakes (decision 0001). Who wants much
 * memory takes it from nobody else. */
#include "house.h"

#define OK ENGINE_OK
#define CLIENTS_MAX 40
#define RATION ((size_t)64 << 10)
#define MB ((size_t)1 << 20)
#define TOO_MUCH (65 * MB) /* more than a tray has */

static struct {
	_Atomic int held;
	_Atomic bool hold;
	size_t n;
	struct {
		int64_t tray_us;
		size_t size;
		int client;
	} at[CLIENTS_MAX];
} seen;

/* Whoever comes meanwhile waits together for the next tray. */
static enum rc page_hold(struct visit *v, struct err *err)
{
	(void)err;
	seen.held++;
	while (seen.hold)
		usleep(1000);
	visit_redirect(v, S("/"));
	return RC_OK;
}

static enum rc page_note(struct visit *v, struct err *err)
{
	int64_t client;
	(void)err;
	assert_true(seen.n < CLIENTS_MAX);
	TRY(str_int(http_query(v->rq, "k"), 0, CLIENTS_MAX, &client));
	seen.at[seen.n].tray_us = v->now_us;
	seen.at[seen.n].client = (int)client;
	seen.at[seen.n++].size = http_body(v->rq).n;
	visit_redirect(v, S("/"));
	return RC_OK;
}

/* Wants k megabytes of the tray's memory. */
static enum rc page_hungry(struct visit *v, struct err *err)
{
	int64_t mb;
	TRY(page_note(v, err));
	TRY(str_int(http_query(v->rq, "mb"), 1, 1000, &mb));
	seen.at[seen.n - 1].size = (size_t)mb * MB;
	return arena_alloc(visit_page_arena(v), (size_t)mb * MB) ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* The same, and nobody asks whether it was given. */
static enum rc page_careless(struct visit *v, struct err *err)
{
	TRY(page_note(v, err));
	(void)arena_str(visit_page_arena(v), arena_printf(visit_page_arena(v), "%0*d", (int)TOO_MUCH, 0));
	return RC_OK;
}

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
static const struct route routes[] = {
        {HTTP_GET, "/tahan", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_hold, NULL},
        {HTTP_GET, "/isi", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_note, NULL},
        {HTTP_POST, "/isi", 0, ROUTE_PUBLIC, 200 << 10, ACT_COUNT, NULL, NULL, page_note, NULL},
        {HTTP_GET, "/lapar", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_hungry, NULL},
        {HTTP_GET, "/ceroboh", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_careless, NULL},
        {0},
};

/* `size` from a megabyte on: of memory, not of a body; TOO_MUCH + 1: without asking for it. */
static const char *path_of(size_t size)
{
	return size > TOO_MUCH ? "/ceroboh" : size >= MB ? "/lapar" : "/isi";
}

static void ask(struct client *c, int k, size_t size)
{
	struct buf text = BUF((size_t)1 << 20);
	bool body = size && size < MB;
	buf_addf(&text, "%s %s?k=%d&mb=%zu HTTP/1.1\r\nHost: a\r\n", body ? "POST" : "GET", path_of(size), k, size / MB);
	if (body)
		buf_addf(&text, "Content-Length: %zu\r\n", size);
	buf_addz(&text, "\r\n");
	for (size_t i = 0; body && i < size; i++)
		buf_addc(&text, 'a');
	assert_true(buf_ok(&text) && client_send_n(c, text.at, text.n));
	buf_free(&text);
}

/* Bodies of these sizes, all waiting when the tray before them is over; in their order. */
static void send_all(struct house *o, const size_t *sizes, int n)
{
	static struct client clients[CLIENTS_MAX];
	struct client holder = client_open(o->port, false);
	memset(&seen, 0, sizeof seen);
	seen.hold = true;
	assert_true(client_send(&holder, "GET /tahan HTTP/1.1\r\nHost: a\r\n\r\n"));
	while (!seen.held)
		usleep(1000);
	for (int i = 0; i < n; i++) {
		clients[i] = client_open(o->port, false);
		ask(&clients[i], i, sizes[i]);
		assert_true(HOUSE_WAIT(o->taken == i + 2)); /* and no count of who waits: the gate itself asks when it is quiet */
	}
	seen.hold = false;
	for (int i = 0; i < n; i++) {
		assert_int_equal(client_reply(&clients[i], false).status, sizes[i] >= TOO_MUCH ? 503 : 303);
		client_close(&clients[i]);
	}
	assert_int_equal(client_reply(&holder, false).status, 303);
	client_close(&holder);
	assert_int_equal(seen.n, n);
}

/* Bytes of bodies in the tray of seen.at[i]. */
static size_t tray_size(size_t i)
{
	size_t size = 0;
	for (size_t k = 0; k < seen.n; k++)
		size += seen.at[k].tray_us == seen.at[i].tray_us ? seen.at[k].size : 0;
	return size;
}

static int trays(void)
{
	int n = 0;
	for (size_t i = 0; i < seen.n; i++)
		n += i == 0 || seen.at[i].tray_us != seen.at[i - 1].tray_us;
	return n;
}

static void check_large_ones_go_one_after_the_other(struct engine *engine)
{
	struct house o;
	size_t sizes[12];
	house_open(&o, engine, routes, 2);
	for (size_t i = 0; i < LEN(sizes); i++)
		sizes[i] = (size_t)150 << 10;
	send_all(&o, sizes, LEN(sizes));
	assert_int_equal(trays(), LEN(sizes));
	for (size_t i = 0; i < seen.n; i++)
		assert_int_equal(seen.at[i].client, i);
	house_close(&o);
}

static void check_small_ones_share(struct engine *engine)
{
	struct house o;
	size_t sizes[20];
	house_open(&o, engine, routes, 2);
	for (size_t i = 0; i < LEN(sizes); i++)
		sizes[i] = (size_t)16 << 10;
	send_all(&o, sizes, LEN(sizes));
	assert_int_equal(trays(), 5);
	for (size_t i = 0; i < seen.n; i++) {
		assert_true(tray_size(i) <= RATION);
		assert_int_equal(seen.at[i].client, i);
	}
	house_close(&o);
}

/* Whoever brings nothing does not wait behind those who bring much. */
static void check_no_body_no_ration(struct engine *engine)
{
	struct house o;
	size_t sizes[12];
	house_open(&o, engine, routes, 2);
	for (size_t i = 0; i < LEN(sizes); i++)
		sizes[i] = i % 2 ? 0 : (size_t)100 << 10;
	send_all(&o, sizes, LEN(sizes));
	assert_int_equal(trays(), LEN(sizes) / 2);
	for (size_t i = 0; i < seen.n; i++)
		if (seen.at[i].size == 0)
			assert_int_equal(seen.at[i].tray_us, seen.at[0].tray_us);
	house_close(&o);
}

static void check_the_hungry_go_one_after_the_other(struct engine *engine)
{
	struct house o;
	const size_t sizes[] = {0, 30 * MB, 30 * MB, 0, 30 * MB, 0};
	house_open(&o, engine, routes, 2);
	send_all(&o, sizes, LEN(sizes));
	assert_int_equal(trays(), 4);
	for (size_t i = 0; i < seen.n; i++)
		assert_int_equal(seen.at[i].client, i);
	house_close(&o);
}

static void check_too_much_is_refused_alone(struct engine *engine)
{
	struct house o;
	const size_t sizes[] = {0, TOO_MUCH, 0, TOO_MUCH + 1, 0};
	house_open(&o, engine, routes, 2);
	send_all(&o, sizes, LEN(sizes));
	assert_int_equal(trays(), 1);
	assert_int_equal(gate_stat(o.gate).failed, 0);
	house_close(&o);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(large_ones_go_one_after_the_other)
EACH(small_ones_share)
EACH(no_body_no_ration)
EACH(the_hungry_go_one_after_the_other)
EACH(too_much_is_refused_alone)

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(large_ones_go_one_after_the_other),
	        cmocka_unit_test(small_ones_share),
	        cmocka_unit_test(no_body_no_ration),
	        cmocka_unit_test(the_hungry_go_one_after_the_other),
	        cmocka_unit_test(too_much_is_refused_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
