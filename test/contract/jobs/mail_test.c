/* SPDX-License-Identifier: EUPL-1.2
 * The outbox: the same mail is queued once, each address has its own fate, two senders never
 * take one, tries lie further and further apart, and what is hopeless is given up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

static const struct str pair[] = {{"satu@bpbd.example", 17}, {"dua@bpbd.example", 16}};
static const struct mail renewal = {
        .key = {"renewal:1", 9}, .to = pair, .to_n = 2, .subject = {"Tenggat", 7}, .body = {"Isi\n", 4}};

static void put(struct office *o, const struct mail *mail)
{
	struct tx *tx = office_begin(&o->a);
	OK(mail_put(tx, mail, o->now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

/* RC_ABSENT: nothing due. The texts are gone with the transaction. */
static enum rc take(struct office *o, struct node *node, struct mail_due *due)
{
	struct tx *tx = office_begin(node);
	enum rc rc = mail_next(tx, o->now_us, due, &engine_err);
	if (rc == RC_OK)
		rc = mail_claim(tx, node->office.node, due, o->now_us, &engine_err);
	if (rc == RC_OK)
		OK(tx_commit(&tx, &engine_err));
	tx_rollback(&tx);
	return rc;
}

static void settle(struct office *o, struct node *node, const struct mail_due *due, enum mail_fate fate, const char *trouble)
{
	struct tx *tx = office_begin(node);
	OK(mail_settle(tx, due, fate, str_c(trouble), o->now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

static struct mail_count count(struct office *o)
{
	struct mail_count count;
	struct tx *tx = office_begin(&o->a);
	OK(mail_count(tx, &count, &engine_err));
	tx_rollback(&tx);
	return count;
}

static void check_the_same_is_queued_once(struct engine *engine)
{
	struct office o = office_open(engine);
	struct str third[] = {S("dua@bpbd.example"), S("tiga@bpbd.example")};
	struct mail again = renewal, other = renewal;
	put(&o, &renewal);
	put(&o, &renewal);
	assert_int_equal(count(&o).waiting, 2);
	again.to = third;
	put(&o, &again); /* a new address of an old mail */
	assert_int_equal(count(&o).waiting, 3);
	other.key = S("renewal:2");
	put(&o, &other);
	assert_int_equal(count(&o).waiting, 5);
	struct tx *tx = office_begin(&o.a);
	OK(mail_put(tx, &(struct mail){S("renewal:3"), pair, 2, S("x"), S("x")}, o.now_us, &engine_err));
	tx_rollback(&tx); /* what it tells about did not happen */
	assert_int_equal(count(&o).waiting, 5);
	office_close(&o);
}
EACH(the_same_is_queued_once)

static void check_bad_mail_is_refused_whole(struct engine *engine)
{
	struct office o = office_open(engine);
	static char long_text[MAIL_BODY_MAX + 2];
	memset(long_text, 'x', sizeof long_text - 1);
	struct str bad[] = {S("a@b"), S("a@b\r\nBcc: c@d")}, good = S("a@b"), many[MAIL_TO_MAX + 1];
	for (size_t i = 0; i < LEN(many); i++)
		many[i] = good;
	const struct {
		enum rc want;
		struct mail mail;
	} table[] = {
	        {RC_INVALID, {S("k"), bad, 2, S("s"), S("b")}},
	        {RC_INVALID, {S("k"), &good, 0, S("s"), S("b")}},
	        {RC_LIMIT, {S("k"), many, LEN(many), S("s"), S("b")}},
	        {RC_INVALID, {S(""), &good, 1, S("s"), S("b")}},
	        {RC_INVALID, {S("K"), &good, 1, S("s"), S("b")}},
	        {RC_INVALID, {S("k"), &good, 1, S(" "), S("b")}},
	        {RC_INVALID, {S("k"), &good, 1, S("s\r\nBcc: c@d"), S("b")}},
	        {RC_INVALID, {S("k"), &good, 1, S("s\nx"), S("b")}},
	        {RC_INVALID, {S("k"), &good, 1, S("s\tx"), S("b")}},
	        {RC_INVALID, {S("k"), &good, 1, S("\xff"), S("b")}},
	        {RC_INVALID, {S("k"), &good, 1, S("s"), S("")}},
	        {RC_INVALID, {S("k"), &good, 1, S("s"), S("\xff")}},
	        {RC_LIMIT, {S("k"), &good, 1, str_from(long_text, MAIL_SUBJECT_MAX + 1), S("b")}},
	        {RC_LIMIT, {S("k"), &good, 1, S("s"), str_from(long_text, MAIL_BODY_MAX + 1)}},
	        {RC_LIMIT, {str_from(long_text, MAIL_KEY_MAX + 1), &good, 1, S("s"), S("b")}},
	};
	struct tx *tx = office_begin(&o.a);
	for (size_t i = 0; i < LEN(table); i++)
		assert_int_equal(mail_put(tx, &table[i].mail, o.now_us, &engine_err), table[i].want);
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(count(&o).waiting, 0);
	put(&o, &(struct mail){S("k"), many, MAIL_TO_MAX, S("s"), S("b")});
	assert_int_equal(count(&o).waiting, 1); /* one named twenty times gets one */
	office_close(&o);
}
EACH(bad_mail_is_refused_whole)

static void check_two_senders_never_take_one(struct engine *engine)
{
	struct office o = office_open(engine);
	struct mail_due first, second, none;
	put(&o, &renewal);
	assert_int_equal(take(&o, &o.a, &first), RC_OK);
	assert_int_equal(take(&o, &o.b, &second), RC_OK);
	assert_int_not_equal(first.mail_id, second.mail_id);
	assert_int_equal(take(&o, &o.a, &none), RC_ABSENT);
	/* b looked before a claimed: its claim comes to nothing */
	struct tx *tx = office_begin(&o.b);
	first.tries = 1;
	assert_int_equal(mail_claim(tx, 1, &first, o.now_us, &engine_err), RC_CONFLICT);
	tx_rollback(&tx);
	settle(&o, &o.a, &first, MAIL_SENT, "");
	settle(&o, &o.b, &second, MAIL_FAILED, "recipient");
	assert_int_equal(count(&o).sent, 1);
	assert_int_equal(count(&o).failed, 1);
	assert_int_equal(take(&o, &o.a, &none), RC_ABSENT);
	office_close(&o);
}
EACH(two_senders_never_take_one)

/* Killed between sending and writing it down: after the lease it goes out again, and
 * what the dead one might still write changes nothing. */
static void check_a_claim_ends_with_its_lease(struct engine *engine)
{
	struct office o = office_open(engine);
	struct mail_due dead, next;
	struct mail one = renewal;
	one.to_n = 1;
	put(&o, &one);
	assert_int_equal(take(&o, &o.a, &dead), RC_OK);
	o.now_us += MAIL_LEASE_US - 1;
	assert_int_equal(take(&o, &o.b, &next), RC_ABSENT);
	o.now_us += 1;
	assert_int_equal(take(&o, &o.b, &next), RC_OK);
	assert_int_equal(next.tries, 2);
	settle(&o, &o.a, &dead, MAIL_FAILED, "other");
	assert_int_equal(count(&o).waiting, 1);
	settle(&o, &o.b, &next, MAIL_SENT, "");
	assert_int_equal(count(&o).sent, 1);
	office_close(&o);
}
EACH(a_claim_ends_with_its_lease)

static void check_a_restarted_node_lets_go(struct engine *engine)
{
	struct office o = office_open(engine);
	struct mail_due due, none;
	put(&o, &renewal);
	assert_int_equal(take(&o, &o.a, &due), RC_OK);
	assert_int_equal(take(&o, &o.b, &due), RC_OK);
	struct tx *tx = office_begin(&o.a);
	OK(mail_release(tx, 0, o.now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(take(&o, &o.a, &due), RC_OK); /* its own, not b's */
	assert_int_equal(take(&o, &o.a, &none), RC_ABSENT);
	office_close(&o);
}
EACH(a_restarted_node_lets_go)

static void check_tries_lie_further_apart(struct engine *engine)
{
	static const int minutes[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360};
	struct office o = office_open(engine);
	struct mail_due due;
	struct mail one = renewal;
	one.to_n = 1;
	put(&o, &one);
	for (size_t i = 0; i < LEN(minutes); i++) {
		assert_int_equal(mail_pause_us((int64_t)i + 1), S_US(60) * minutes[i]);
		assert_int_equal(take(&o, &o.a, &due), RC_OK);
		settle(&o, &o.a, &due, MAIL_LATER, "connect");
		o.now_us += S_US(60) * minutes[i] - 1;
		assert_int_equal(take(&o, &o.a, &due), RC_ABSENT);
		o.now_us += 1;
	}
	o.now_us = NOON + MAIL_PATIENCE_US; /* the last chance, on the fifth day */
	assert_int_equal(take(&o, &o.a, &due), RC_OK);
	settle(&o, &o.a, &due, MAIL_LATER, "connect");
	o.now_us += S_US(360 * 60);
	assert_int_equal(take(&o, &o.a, &due), RC_OK);
	settle(&o, &o.a, &due, MAIL_LATER, "connect");
	assert_int_equal(count(&o).failed, 1);
	office_close(&o);
}
EACH(tries_lie_further_apart)

static void check_a_clock_that_steps_back(struct engine *engine)
{
	struct office o = office_open(engine);
	struct mail_due due;
	struct mail one = renewal;
	one.to_n = 1;
	o.now_us += 30 * US_PER_DAY;
	put(&o, &one);
	o.now_us = NOON;
	assert_int_equal(take(&o, &o.a, &due), RC_OK); /* its turn cannot be a month away */
	settle(&o, &o.a, &due, MAIL_LATER, "connect");
	assert_int_equal(count(&o).waiting, 1);
	office_close(&o);
}
EACH(a_clock_that_steps_back)

static void check_the_sweep(struct engine *engine)
{
	struct office o = office_open(engine);
	bool more;
	struct tx *tx = office_begin(&o.a);
	for (int i = 0; i < 1001; i++) {
		char key[32];
		snprintf(key, sizeof key, "k:%d", i);
		OK(mail_put(tx, &(struct mail){str_c(key), pair, 1, S("s"), S("b")}, NOON, &engine_err));
	}
	OK(mail_sweep(tx, NOON + MAIL_PATIENCE_US, &more, &engine_err));
	assert_false(more);
	for (int i = 0; i < 3; i++) {
		OK(mail_sweep(tx, NOON + MAIL_PATIENCE_US + MAIL_LEASE_US + 1, &more, &engine_err));
		assert_int_equal(more, i < 2);
	}
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(count(&o).failed, 1001);
	struct mail_seen *list;
	size_t n;
	tx = office_begin(&o.a);
	OK(mail_list(tx, &list, &n, &engine_err));
	assert_int_equal(n, 200);
	assert_true(str_eq(list[0].key, S("k:1000")));
	assert_true(str_eq(list[0].state, S("failed")));
	for (int i = 0; i < 3; i++)
		OK(mail_sweep(tx, NOON + MAIL_PATIENCE_US + MAIL_LEASE_US + 2 + MAIL_KEPT_US, &more, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	assert_int_equal(count(&o).failed, 0);
	office_close(&o);
}
EACH(the_sweep)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(the_same_is_queued_once),
	        cmocka_unit_test(bad_mail_is_refused_whole),
	        cmocka_unit_test(two_senders_never_take_one),
	        cmocka_unit_test(a_claim_ends_with_its_lease),
	        cmocka_unit_test(a_restarted_node_lets_go),
	        cmocka_unit_test(tries_lie_further_apart),
	        cmocka_unit_test(a_clock_that_steps_back),
	        cmocka_unit_test(the_sweep),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
