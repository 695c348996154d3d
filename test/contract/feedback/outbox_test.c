/* SPDX-License-Identifier: EUPL-1.2
 * The outbox upstream (J.III, DOMAIN 4.2) on both engines: what is put and what is not, the
 * order of a person, lanes that hold up nobody else, claims that two nodes never share, and
 * what becomes of a request the other side took, refused in part, refused without saying
 * whom, or did not answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement/agreement.h"
#include "agreement/kejadian.h"
#include "feedback/outbox.h"
#include "feedback/outbox.sql.h"
#include "ledger.h"
#include "store/migrate.h"
#include "store/query.h"

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}

struct desk {
	struct ledger l;
	struct feedback *quiet; /* the same office while nothing is sent on */
	int64_t flood, slide, other; /* kejadian; the last of LEDGER_OTHER */
	struct arena arena;
};

static int64_t add_kejadian(struct tx *tx, int64_t instansi_id, const char *jenis, const char *name, int64_t now_us)
{
	int64_t id;
	struct kejadian k = {.instansi_id = instansi_id, .jenis = str_c(jenis), .name = str_c(name), .place = S("Batur \"atas\""),
	                     .on = day_from_ymd(2026, 11, 20)};
	OK(kejadian_open(tx, &k, now_us, &id, &engine_err));
	return id;
}

static struct desk desk_open(struct engine *engine)
{
	struct desk d = {.arena = {.max = 0}};
	int64_t id;
	ledger_open(&d.l, engine);
	d.quiet = d.l.feedback;
	struct feedback_conf conf = {.hash_key = d.l.key, .office_key = d.l.key, .journal = d.l.journal, .upstream = true};
	OK(feedback_open(&conf, &d.l.feedback, &engine_err));
	arena_init(&d.arena, 1 << 20);
	TX_AUTO *tx = ledger_tx(&d.l);
	OK(instansi_add(tx, S("SATU"), S("Satu"), d.l.now_us, &id, &engine_err));
	OK(instansi_add(tx, S("DUA"), S("Dua"), d.l.now_us, &id, &engine_err));
	assert_int_equal(id, LEDGER_INSTANSI);
	OK(instansi_add(tx, S("TIGA"), S("Tiga"), d.l.now_us, &id, &engine_err));
	assert_int_equal(id, LEDGER_OTHER);
	d.flood = add_kejadian(tx, LEDGER_INSTANSI, "Banjir", "Banjir Serayu", d.l.now_us);
	d.slide = add_kejadian(tx, LEDGER_INSTANSI, "Tanah longsor", "Longsor Batur", d.l.now_us);
	d.other = add_kejadian(tx, LEDGER_OTHER, "Banjir", "Banjir lain", d.l.now_us);
	OK(tx_commit(&tx, &engine_err));
	return d;
}

static void desk_close(struct desk *d)
{
	arena_free(&d->arena);
	feedback_close(d->quiet);
	ledger_close(&d->l);
}

static void tells(struct desk *d, int64_t kejadian, int serial, enum keterangan keterangan)
{
	struct record record = ledger_victim(kejadian, serial, keterangan);
	if (kejadian == d->other)
		record.instansi_id = LEDGER_OTHER;
	ledger_tells(&d->l, TOLD_SERVICE, record);
}

/* Of whom several things are told in the same second. */
static void tells_on(struct desk *d, int serial, enum keterangan keterangan, struct day on)
{
	struct record record = ledger_victim(d->flood, serial, keterangan);
	record.told.on = on;
	ledger_asks(&d->l, d->flood, serial);
	assert_int_equal(ledger_tells(&d->l, TOLD_FORM, record), RECORD_SAVED);
}

static struct outbox_count count(struct desk *d)
{
	TX_AUTO *tx = ledger_tx(&d->l);
	struct outbox_count count;
	OK(outbox_count(tx, &count, &engine_err));
	return count;
}

/* RC_ABSENT: it is nobody's turn. */
static enum rc take(struct desk *d, int64_t node, struct outbox_batch *batch)
{
	TX_AUTO *tx = ledger_tx(&d->l);
	struct outbox_lane lane;
	enum rc rc = outbox_next(tx, d->l.now_us, &lane, &engine_err);
	if (rc != RC_OK)
		return rc;
	OK(outbox_claim(tx, node, &lane, d->l.now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	tx = ledger_tx(&d->l);
	OK(outbox_load(d->l.feedback, tx, &lane, &d->arena, batch, &engine_err));
	return RC_OK;
}

static struct outbox_settled settle(struct desk *d, const struct outbox_batch *batch, const struct outbox_result *result)
{
	TX_AUTO *tx = ledger_tx(&d->l);
	struct outbox_settled settled;
	OK(outbox_settle(tx, batch, result, d->l.now_us, &settled, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	return settled;
}

static const struct outbox_result delivered = {.end = OUTBOX_DELIVERED};
static const struct outbox_result divided = {
        .end = OUTBOX_DIVIDED, .refused = &(const struct outbox_refused){0, {"NIK 3304060101909900 keliru", 27}}, .refused_n = 1};
static const struct outbox_result later = {.end = OUTBOX_LATER, .trouble = {"connect", 7}};

static struct outbox_lane_seen lane_of(struct desk *d, int64_t instansi_id)
{
	TX_AUTO *tx = ledger_tx(&d->l);
	struct outbox_lane_seen *lanes, found = {0};
	size_t n;
	OK(outbox_lanes(tx, &lanes, &n, &engine_err));
	for (size_t i = 0; i < n; i++)
		if (lanes[i].instansi_id == instansi_id)
			found = lanes[i];
	found.trouble = arena_str(&d->arena, found.trouble);
	return found;
}

static void check_queries(struct engine *engine)
{
	struct desk d = desk_open(engine);
	for (size_t i = 0; outbox_queries[i]; i++)
		OK(query_check(engine->store, outbox_queries[i], &engine_err));
	desk_close(&d);
}
EACH(queries)

/* DOMAIN 4.2, JSON: the NIK as text, the kejadian with place and date, no note; who is no
 * victim is not told of. */
static void check_what_travels(struct engine *engine)
{
	static const char want[] =
	        "[{\"id_lembaga\":\"010001\",\"nama_lembaga\":\"Badan \\\"X\\\"\",\"data\":["
	        "{\"NIK\":\"3304060101909901\",\"param\":[{\"KETERANGAN_KORBAN\":\"Mengungsi\",\"JENIS_BENCANA\":\"Banjir\","
	        "\"KEJADIAN\":\"Banjir Serayu, Batur \\\"atas\\\", 2026-11-20\",\"TANGGAL\":\"2026-11-24\","
	        "\"KERUSAKAN_RUMAH\":\"Rusak berat\"}]},"
	        "{\"NIK\":\"3304060101909902\",\"param\":[{\"KETERANGAN_KORBAN\":\"Hilang\",\"JENIS_BENCANA\":\"Banjir\","
	        "\"KEJADIAN\":\"Banjir Serayu, Batur \\\"atas\\\", 2026-11-20\",\"TANGGAL\":\"2026-11-21\"}]}]}]";
	struct desk d = desk_open(engine);
	struct outbox_batch batch;
	BUF_AUTO body = BUF(OUTBOX_BODY_MAX);
	struct record record = ledger_victim(d.flood, 1, KETERANGAN_MENGUNGSI);
	record.told.house = HOUSE_HEAVY;
	record.told.note = S("di balai desa");
	ledger_tells(&d.l, TOLD_SERVICE, record);
	d.l.now_us += US_PER_S;
	tells_on(&d, 2, KETERANGAN_HILANG, day_from_ymd(2026, 11, 21));
	ledger_asks(&d.l, d.flood, 3);
	assert_int_equal(ledger_tells(&d.l, TOLD_FORM, ledger_waiver(d.flood, 3, WAIVER_TYPED)), RECORD_SAVED);
	assert_int_equal(count(&d).waiting, 2);
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	outbox_write(&body, &(struct outbox_agency){S("010001"), S("Badan \"X\"")}, &batch);
	assert_true(buf_ok(&body));
	buf_addc(&body, '\0');
	assert_string_equal(body.at, want);
	desk_close(&d);
}
EACH(what_travels)

static void check_undone_with_the_telling(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct entry by = ledger_by(&d.l);
	struct record record = ledger_victim(d.flood, 1, KETERANGAN_HILANG);
	enum record_fate fate;
	struct tx *tx = ledger_tx(&d.l);
	OK(record_tell(d.l.feedback, tx, &by, TOLD_SERVICE, &record, 1, &fate, &engine_err));
	tx_rollback(&tx);
	assert_int_equal(count(&d).waiting, 0);
	desk_close(&d);
}
EACH(undone_with_the_telling)

/* One after the other, the first alone in a request; what is the same to the byte and is
 * not the same event is told apart. */
static void check_order_of_a_person(struct engine *engine)
{
	static const enum keterangan told[] = {KETERANGAN_HILANG, KETERANGAN_LUKA, KETERANGAN_HILANG, KETERANGAN_MENINGGAL};
	static const char *const words[] = {"\"Hilang\"", "\"Luka / Sakit\"", "\"Hilang\"", "\"Meninggal\""};
	struct desk d = desk_open(engine);
	struct outbox_batch batch;
	for (size_t i = 0; i < LEN(told); i++)
		tells_on(&d, 1, told[i], day_from_ymd(2026, 11, 22));
	d.l.now_us += US_PER_S;
	tells(&d, d.slide, 1, KETERANGAN_HILANG); /* the same NIK, another disaster */
	for (size_t i = 0; i < LEN(told); i++) {
		assert_int_equal(take(&d, 0, &batch), RC_OK);
		assert_int_equal(batch.n, 1);
		BUF_AUTO param = BUF(4096);
		buf_add(&param, batch.items[0].param);
		buf_addc(&param, '\0');
		assert_non_null(strstr(param.at, words[i]));
		assert_int_equal(strstr(param.at, "\"PERUBAHAN_KE\":\"3\"") != NULL, i == 2);
		settle(&d, &batch, i == 1 ? &later : &delivered);
		if (i == 1) { /* what fails is not overtaken */
			struct outbox_batch again;
			d.l.now_us += OUTBOX_PAUSE_FIRST_US;
			assert_int_equal(take(&d, 0, &again), RC_OK);
			assert_int_equal(again.items[0].entry_id, batch.items[0].entry_id);
			assert_true(str_eq(again.items[0].param, batch.items[0].param)); /* to the byte */
			settle(&d, &again, &delivered);
		}
	}
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	assert_int_equal(batch.n, 1);
	settle(&d, &batch, &delivered);
	assert_int_equal(count(&d).delivered, 5);
	assert_int_equal(take(&d, 0, &batch), RC_ABSENT);
	desk_close(&d);
}
EACH(order_of_a_person)

/* A node whose clock is behind tells something later: it still goes last. */
static void check_order_against_the_clock(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct outbox_batch first, second;
	tells_on(&d, 1, KETERANGAN_HILANG, day_from_ymd(2026, 11, 22));
	d.l.now_us -= 10 * US_PER_S;
	tells_on(&d, 1, KETERANGAN_MENINGGAL, day_from_ymd(2026, 11, 22));
	d.l.now_us += 20 * US_PER_S;
	assert_int_equal(take(&d, 0, &first), RC_OK);
	settle(&d, &first, &delivered);
	assert_int_equal(take(&d, 0, &second), RC_OK);
	assert_true(second.items[0].entry_id > first.items[0].entry_id);
	desk_close(&d);
}
EACH(order_against_the_clock)

static void check_two_nodes_and_a_lease(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct outbox_batch dead, next, none;
	struct outbox_lane lane;
	tells(&d, d.flood, 1, KETERANGAN_HILANG);
	struct tx *tx = ledger_tx(&d.l);
	OK(outbox_next(tx, d.l.now_us, &lane, &engine_err)); /* b looks before a claims */
	tx_rollback(&tx);
	assert_int_equal(take(&d, 0, &dead), RC_OK);
	tx = ledger_tx(&d.l);
	assert_int_equal(outbox_claim(tx, 1, &lane, d.l.now_us, &engine_err), RC_CONFLICT);
	tx_rollback(&tx);
	tells(&d, d.flood, 2, KETERANGAN_HILANG);
	assert_int_equal(take(&d, 1, &none), RC_ABSENT); /* one request at a time in a lane */
	d.l.now_us += OUTBOX_LEASE_US - 1;
	assert_int_equal(take(&d, 1, &none), RC_ABSENT);
	d.l.now_us += 1;
	assert_int_equal(take(&d, 1, &next), RC_OK);
	assert_int_equal(next.n, 2);
	settle(&d, &dead, &delivered); /* what the dead one still writes changes nothing */
	assert_int_equal(count(&d).waiting, 2);
	settle(&d, &next, &delivered);
	assert_int_equal(count(&d).delivered, 2);
	settle(&d, &next, &delivered); /* nor what is written twice */
	assert_int_equal(count(&d).delivered, 2);
	desk_close(&d);
}
EACH(two_nodes_and_a_lease)

static void check_a_restarted_node_lets_go(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct outbox_batch batch, none;
	tells(&d, d.flood, 1, KETERANGAN_HILANG);
	tells(&d, d.other, 1, KETERANGAN_HILANG);
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	assert_int_equal(take(&d, 1, &batch), RC_OK);
	struct tx *tx = ledger_tx(&d.l);
	OK(outbox_release(tx, 0, d.l.now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(take(&d, 0, &batch), RC_OK); /* its own, not the other's */
	assert_int_equal(take(&d, 0, &none), RC_ABSENT);
	desk_close(&d);
}
EACH(a_restarted_node_lets_go)

/* One instansi's trouble: doubling up to a quarter of an hour, never given up, and the
 * other one goes on. */
static void check_trouble_of_one(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct outbox_batch batch;
	tells(&d, d.flood, 1, KETERANGAN_HILANG);
	int64_t pause = OUTBOX_PAUSE_FIRST_US, began = d.l.now_us;
	for (int i = 1; i <= 400; i++) { /* four days of it */
		assert_int_equal(take(&d, 0, &batch), RC_OK);
		assert_int_equal(batch.lane.instansi_id, LEDGER_INSTANSI);
		struct outbox_settled settled = settle(&d, &batch, &later);
		assert_int_equal(settled.began, i == 1);
		assert_int_equal(outbox_pause_us(i), pause);
		if (i == 1) {
			tells(&d, d.other, 1, KETERANGAN_HILANG);
			assert_int_equal(take(&d, 0, &batch), RC_OK);
			assert_int_equal(batch.lane.instansi_id, LEDGER_OTHER);
			settle(&d, &batch, &delivered);
		}
		d.l.now_us += pause - 1;
		assert_int_equal(take(&d, 0, &batch), RC_ABSENT);
		d.l.now_us += 1;
		pause = pause * 2 < OUTBOX_PAUSE_MOST_US ? pause * 2 : OUTBOX_PAUSE_MOST_US;
	}
	struct outbox_lane_seen lane = lane_of(&d, LEDGER_INSTANSI);
	assert_int_equal(lane.fails, 400);
	assert_int_equal(lane.since_us, began);
	assert_int_equal(lane.waiting, 1);
	assert_int_equal(lane.oldest_us, began);
	assert_true(str_eq(lane.trouble, S("connect")));
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	assert_true(settle(&d, &batch, &delivered).ended);
	lane = lane_of(&d, LEDGER_INSTANSI);
	assert_int_equal(lane.fails, 0);
	assert_int_equal(lane.delivered, 1);
	assert_int_equal(lane.trouble.n, 0);
	desk_close(&d);
}
EACH(trouble_of_one)

static void check_retry_after(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct outbox_batch batch;
	struct outbox_result asked = {.end = OUTBOX_LATER, .trouble = S("busy"), .status = 503, .asked_us = 120 * US_PER_S};
	tells(&d, d.flood, 1, KETERANGAN_HILANG);
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	settle(&d, &batch, &asked);
	assert_int_equal(lane_of(&d, LEDGER_INSTANSI).next_us, d.l.now_us + 120 * US_PER_S);
	assert_int_equal(lane_of(&d, LEDGER_INSTANSI).status, 503);
	d.l.now_us += 120 * US_PER_S;
	asked.asked_us = 30 * US_PER_DAY; /* nobody means that */
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	settle(&d, &batch, &asked);
	assert_int_equal(lane_of(&d, LEDGER_INSTANSI).next_us, d.l.now_us + OUTBOX_ASKED_MOST_US);
	struct tx *tx = ledger_tx(&d.l);
	OK(outbox_wake(tx, d.l.now_us, &engine_err)); /* somebody changed the settings */
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	desk_close(&d);
}
EACH(retry_after)

static void check_a_clock_that_steps_back(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct outbox_batch batch;
	d.l.now_us += 30 * US_PER_DAY;
	tells(&d, d.flood, 1, KETERANGAN_HILANG);
	d.l.now_us -= 30 * US_PER_DAY;
	assert_int_equal(take(&d, 0, &batch), RC_OK); /* its turn cannot be a month away */
	desk_close(&d);
}
EACH(a_clock_that_steps_back)

static void tells_many(struct desk *d, int n)
{
	for (int serial = 0; serial < n; serial++)
		tells(d, d->flood, serial, KETERANGAN_HILANG);
}

/* The other side names three; the others go at once. A NIK it repeats is not kept, in groups
 * neither. */
static void check_named_ones_are_refused(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct outbox_batch batch;
	struct outbox_list list;
	const struct outbox_refused three[] = {
	        {1, S("NIK 3304060101909901\ntidak sah (422)")}, {2, S("3304 0601 0190 9902 tidak sah")}, {3, S("\xff")}};
	const struct outbox_result result = {.end = OUTBOX_REFUSED, .refused = three, .refused_n = LEN(three)};
	tells_many(&d, 5);
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	assert_int_equal(batch.n, 5);
	settle(&d, &batch, &result);
	assert_int_equal(count(&d).refused, 3);
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	assert_int_equal(batch.n, 2);
	settle(&d, &batch, &delivered);
	TX_AUTO *tx = ledger_tx(&d.l);
	struct outbox_ask ask = {.state = OUTBOX_TURNED_AWAY, .most = 10};
	OK(outbox_page(d.l.feedback, tx, &ask, &list, &engine_err));
	assert_int_equal(list.all, 3);
	assert_int_equal(list.at[2].nik.n, LEDGER_NIK + 1);
	assert_int_equal(list.at[1].reason.n, 0);
	assert_true(str_eq(list.at[2].reason, S("NIK … tidak sah (422)")));
	assert_int_equal(list.at[0].reason.n, 0);
	ask.instansi_id = LEDGER_OTHER;
	OK(outbox_page(d.l.feedback, tx, &ask, &list, &engine_err));
	assert_int_equal(list.all, 0);
	desk_close(&d);
}
EACH(named_ones_are_refused)

/* Nobody says whom: one of 130 is the culprit, and he alone stays behind. */
static void check_the_culprit_is_searched_for(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct outbox_batch batch;
	int requests = 0, culprit = 77;
	tells_many(&d, 130);
	while (take(&d, 0, &batch) == RC_OK) {
		bool there = false;
		for (size_t i = 0; i < batch.n; i++)
			there = there || batch.items[i].nik.n == LEDGER_NIK + culprit;
		settle(&d, &batch, there ? &divided : &delivered);
		assert_true(++requests < 40);
	}
	assert_int_equal(count(&d).delivered, 129);
	assert_int_equal(count(&d).refused, 1);
	TX_AUTO *tx = ledger_tx(&d.l);
	struct outbox_list list;
	OK(outbox_page(d.l.feedback, tx, &(struct outbox_ask){.state = OUTBOX_TURNED_AWAY, .most = 10}, &list, &engine_err));
	assert_int_equal(list.at[0].nik.n, LEDGER_NIK + culprit);
	assert_true(str_eq(list.at[0].reason, S("NIK … keliru")));
	desk_close(&d);
}
EACH(the_culprit_is_searched_for)

/* Refused ones can be sent again, but not after something later of the same person. */
static void check_retry(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct outbox_batch batch;
	const struct outbox_refused both[] = {{0, S("x")}, {1, S("x")}};
	const struct outbox_result result = {.end = OUTBOX_REFUSED, .refused = both, .refused_n = 2};
	int64_t n;
	tells_many(&d, 2);
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	settle(&d, &batch, &result);
	tells(&d, d.flood, 0, KETERANGAN_MENINGGAL);
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	assert_int_equal(batch.n, 1);
	settle(&d, &batch, &delivered);
	TX_AUTO *tx = ledger_tx(&d.l);
	OK(outbox_retry(tx, LEDGER_OTHER, d.l.now_us, &n, &engine_err));
	assert_int_equal(n, 0);
	OK(outbox_retry(tx, 0, d.l.now_us, &n, &engine_err));
	assert_int_equal(n, 1);
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	assert_int_equal(batch.items[0].nik.n, LEDGER_NIK + 1);
	desk_close(&d);
}
EACH(retry)

static size_t queue(struct desk *d)
{
	size_t n, all = 0;
	int64_t after = -1;
	do {
		TX_AUTO *tx = ledger_tx(&d->l);
		OK(outbox_put_missing(tx, &after, d->l.now_us, &n, &engine_err));
		OK(tx_commit(&tx, &engine_err));
		all += n;
	} while (n > 0);
	return all;
}

/* What was told before there was a system above, with what was told since in between. */
static void check_what_was_told_before(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct outbox_batch batch;
	struct feedback *loud = d.l.feedback;
	d.l.feedback = d.quiet;
	tells_on(&d, 1, KETERANGAN_HILANG, day_from_ymd(2026, 11, 22));
	tells_on(&d, 1, KETERANGAN_LUKA, day_from_ymd(2026, 11, 22));
	tells_on(&d, 2, KETERANGAN_HILANG, day_from_ymd(2026, 11, 22));
	assert_int_equal(count(&d).waiting, 0);
	d.l.feedback = loud;
	d.l.now_us += US_PER_DAY;
	tells_on(&d, 1, KETERANGAN_MENINGGAL, day_from_ymd(2026, 11, 23));
	tells_on(&d, 2, KETERANGAN_MENINGGAL, day_from_ymd(2026, 11, 23));
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	assert_int_equal(batch.n, 2);
	settle(&d, &batch, &later);
	assert_int_equal(queue(&d), 3);
	assert_int_equal(queue(&d), 0);
	d.l.now_us += US_PER_DAY;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(take(&d, 0, &batch), RC_OK);
		assert_int_equal(batch.n, i < 2 ? 2 : 1);
		settle(&d, &batch, &delivered);
	}
	assert_int_equal(count(&d).delivered, 5);
	/* the other side has something later of him: the old one stays at home */
	d.l.feedback = d.quiet;
	d.l.now_us += US_PER_DAY;
	tells_on(&d, 3, KETERANGAN_HILANG, day_from_ymd(2026, 11, 22));
	d.l.feedback = loud;
	d.l.now_us += US_PER_DAY;
	tells_on(&d, 3, KETERANGAN_MENINGGAL, day_from_ymd(2026, 11, 22));
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	settle(&d, &batch, &delivered);
	assert_int_equal(queue(&d), 0);
	feedback_close(loud);
	d.l.feedback = NULL;
	desk_close(&d);
}
EACH(what_was_told_before)

/* J.III: who is no victim after all is not reported as one, whatever was told of him before; what was delivered was. */
static void check_taken_back(struct engine *engine)
{
	struct desk d = desk_open(engine);
	struct outbox_batch batch;
	struct feedback *loud = d.l.feedback;
	const struct outbox_refused first = {0, S("x")};
	const struct outbox_result refused = {.end = OUTBOX_REFUSED, .refused = &first, .refused_n = 1};
	int64_t n;
	tells_on(&d, 1, KETERANGAN_MENINGGAL, day_from_ymd(2026, 11, 22)); /* refused, delivered, waiting */
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	settle(&d, &batch, &refused);
	tells_on(&d, 2, KETERANGAN_MENINGGAL, day_from_ymd(2026, 11, 22));
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	settle(&d, &batch, &delivered);
	tells_on(&d, 3, KETERANGAN_MENINGGAL, day_from_ymd(2026, 11, 22));
	tells_on(&d, 4, KETERANGAN_LUKA, day_from_ymd(2026, 11, 22)); /* of whom it stays true */
	d.l.now_us += US_PER_S;
	for (int serial = 1; serial <= 3; serial++) {
		d.l.feedback = serial == 3 ? d.quiet : loud; /* also where nothing is sent on */
		assert_int_equal(ledger_tells(&d.l, TOLD_FORM, ledger_waiver(d.flood, serial, WAIVER_TYPED)), RECORD_SAVED);
	}
	d.l.feedback = loud;
	assert_int_equal(count(&d).waiting, 1);
	assert_int_equal(count(&d).refused, 0);
	assert_int_equal(count(&d).delivered, 1);
	assert_int_equal(queue(&d), 0);
	struct tx *tx = ledger_tx(&d.l);
	OK(outbox_retry(tx, 0, d.l.now_us, &n, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(n, 0);
	/* a victim once more: that alone is sent */
	d.l.now_us += US_PER_S;
	tells_on(&d, 3, KETERANGAN_HILANG, day_from_ymd(2026, 11, 23));
	assert_int_equal(queue(&d), 0);
	assert_int_equal(take(&d, 0, &batch), RC_OK);
	assert_int_equal(batch.n, 2);
	assert_int_equal(batch.items[0].nik.n, LEDGER_NIK + 4);
	assert_int_equal(batch.items[1].nik.n, LEDGER_NIK + 3);
	assert_non_null(memmem(batch.items[1].param.at, batch.items[1].param.n, "Hilang", 6));
	settle(&d, &batch, &delivered);
	assert_int_equal(count(&d).waiting, 0);
	desk_close(&d);
}
EACH(taken_back)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(queries),
	        cmocka_unit_test(what_travels),
	        cmocka_unit_test(undone_with_the_telling),
	        cmocka_unit_test(order_of_a_person),
	        cmocka_unit_test(order_against_the_clock),
	        cmocka_unit_test(two_nodes_and_a_lease),
	        cmocka_unit_test(a_restarted_node_lets_go),
	        cmocka_unit_test(trouble_of_one),
	        cmocka_unit_test(retry_after),
	        cmocka_unit_test(a_clock_that_steps_back),
	        cmocka_unit_test(named_ones_are_refused),
	        cmocka_unit_test(the_culprit_is_searched_for),
	        cmocka_unit_test(retry),
	        cmocka_unit_test(what_was_told_before),
	        cmocka_unit_test(taken_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
