/* SPDX-License-Identifier: EUPL-1.2
 * A paper and its scan are filed together or not at all; papers as pages list them, and
 * how those of user ids stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "agreement/filing.h"
#include "agreement/scan.sql.h"
#include "office.h"

#define SMALL "%PDF-1.4\n1 0 obj << /Contoh 1 >> endobj\n%%EOF\n"

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

static struct paper paper_of(int64_t instansi_id, enum paper_kind kind, struct str subject, struct str number)
{
	return (struct paper){.kind = kind,
	                      .instansi_id = instansi_id,
	                      .subject = subject,
	                      .number = number,
	                      .signer = S("Penanda Contoh"),
	                      .signed_on = day_of_us(NOW)};
}

static enum rc file(struct office *o, enum filing_how how, const struct paper *paper, struct str bytes, int64_t *ret)
{
	struct scan_new scan = {.instansi_id = paper->instansi_id, .user = 41, .name = S("surat.pdf"), .bytes = bytes};
	struct filing filing = {.paper = *paper, .scan = bytes.n ? &scan : NULL, .how = how, .by = S("kepala")};
	return filing_take(o->tx, &key, &filing, NOW, ret, &engine_err);
}

static int64_t pages_of(struct office *o, int64_t instansi_id, enum paper_kind kind, const char *state)
{
	struct paper *papers;
	size_t n;
	int64_t all;
	struct paper_page ask = {.instansi_id = instansi_id, .kind = kind, .state = str_c(state), .most = PAPER_PAGE_MAX};
	OK(paper_page(o->tx, &ask, &papers, &n, &all, &engine_err));
	assert_int_equal(n, all);
	return all;
}

static void check_together_or_not_at_all(struct engine *engine)
{
	struct office o;
	struct scan_meta meta;
	struct paper got;
	int64_t bpbd = begin(&o, engine), id, other;
	struct paper paper = paper_of(bpbd, PAPER_LETTER, S(""), S("SRT/1"));
	OK(file(&o, FILING_SUBMIT, &paper, S(SMALL), &id));
	OK(paper_get(o.tx, id, &got, &engine_err));
	assert_int_equal(got.state, PAPER_FILED);
	OK(scan_meta(o.tx, got.scan_id, &meta, &engine_err));
	OK(paper_decide(o.tx, &(struct paper_decision){id, NOW, true, S(""), S("admin")}, &engine_err));
	/* accepted meanwhile: the second scan is not kept */
	assert_int_equal(file(&o, FILING_SUBMIT, &paper, S(SMALL), &other), RC_CONFLICT);
	assert_int_equal(scan_meta(o.tx, got.scan_id + 1, &meta, &engine_err), RC_ABSENT);
	assert_int_equal(file(&o, FILING_SUBMIT, &paper, S("<html>"), &other), RC_INVALID);
	paper.number = S("SRT/2");
	assert_int_equal(file(&o, FILING_SUBMIT, &paper, S("<html>"), &other), RC_INVALID);
	assert_int_equal(pages_of(&o, bpbd, PAPER_LETTER, ""), 1);
	OK(file(&o, FILING_ENTER, &paper, S(""), &other)); /* the transaction goes on */
	assert_int_equal(pages_of(&o, bpbd, PAPER_LETTER, "accepted"), 2);
	office_close(&o);
}

/* What is accepted is what was looked at. */
static void check_filed_anew_is_looked_at_anew(struct engine *engine)
{
	struct office o;
	struct paper got;
	int64_t bpbd = begin(&o, engine), id;
	struct paper paper = paper_of(bpbd, PAPER_LETTER, S(""), S("SRT/1"));
	struct paper_decision decision = {.accept = true, .note = S(""), .by = S("admin")};
	OK(paper_submit(o.tx, &paper, S("kepala"), NOW, &engine_err));
	OK(paper_id_of(o.tx, &paper, &id, &engine_err));
	OK(paper_get(o.tx, id, &got, &engine_err));
	decision.paper_id = id;
	decision.seen_us = got.filed_us;
	paper.signer = S("Orang Lain");
	OK(paper_submit(o.tx, &paper, S("kepala"), NOW + 1, &engine_err));
	assert_int_equal(paper_decide(o.tx, &decision, &engine_err), RC_CONFLICT);
	decision.accept = false;
	decision.note = S("Buram");
	assert_int_equal(paper_decide(o.tx, &decision, &engine_err), RC_CONFLICT);
	decision.seen_us = NOW + 1;
	OK(paper_decide(o.tx, &decision, &engine_err));
	office_close(&o);
}

/* Filed again and again, a paper has one scan, and no other is left behind. */
static void check_a_scan_that_was_replaced_is_gone(struct engine *engine)
{
	struct office o;
	struct scan_meta meta;
	struct paper got;
	struct sql_scan_count count;
	int64_t bpbd = begin(&o, engine), id;
	struct paper paper = paper_of(bpbd, PAPER_LETTER, S(""), S("SRT/1"));
	for (int i = 0; i < 3; i++)
		OK(file(&o, FILING_SUBMIT, &paper, S(SMALL), &id));
	OK(sql_scan_count(o.tx, (struct sql_scan_count_in){.instansi_id = bpbd}, &count, &engine_err));
	assert_int_equal(count.n, 1);
	OK(paper_get(o.tx, id, &got, &engine_err));
	OK(scan_meta(o.tx, got.scan_id, &meta, &engine_err));
	OK(file(&o, FILING_ENTER, &paper, S(""), &id)); /* the provider accepts it without a scan of its own */
	OK(paper_get(o.tx, id, &got, &engine_err));
	OK(scan_meta(o.tx, got.scan_id, &meta, &engine_err));
	OK(file(&o, FILING_ENTER, &paper, S(SMALL), &id)); /* what was accepted once stays */
	OK(scan_meta(o.tx, got.scan_id, &meta, &engine_err));
	office_close(&o);
}

/* J.II.D: a PoC result waits for the second person, and opens nothing until then. */
static void check_what_two_persons_agree_on_waits(struct engine *engine)
{
	struct office o;
	bool valid;
	int64_t bpbd = begin(&o, engine), id;
	struct paper poc = paper_of(bpbd, PAPER_POC, S("portal"), S("POC/1"));
	assert_int_equal(file(&o, FILING_SUBMIT, &poc, S(""), &id), RC_REFUSED); /* not the agency's */
	OK(file(&o, FILING_PROPOSE, &poc, S(""), &id));
	OK(paper_valid(o.tx, bpbd, PAPER_POC, S("portal"), day_of_us(NOW), &valid, &engine_err));
	assert_false(valid);
	OK(paper_decide(o.tx, &(struct paper_decision){id, NOW, true, S(""), S("admin2")}, &engine_err));
	OK(paper_valid(o.tx, bpbd, PAPER_POC, S("portal"), day_of_us(NOW), &valid, &engine_err));
	assert_true(valid);
	office_close(&o);
}

static void check_the_inbox_holds_what_waits(struct engine *engine)
{
	struct office o;
	struct paper_inbox box;
	int64_t bpbd = begin(&o, engine), dinkes = office_apply(&o, "dinkes", NULL).instansi_id, id;
	struct paper one = paper_of(dinkes, PAPER_LETTER, S(""), S("SRT/1")), two = paper_of(bpbd, PAPER_MINUTES, S(""), S("BA/1"));
	OK(file(&o, FILING_SUBMIT, &one, S(""), &id));
	OK(file(&o, FILING_SUBMIT, &two, S(""), &id));
	OK(paper_inbox(o.tx, 0, 50, &box, &engine_err));
	assert_int_equal(box.n, 2);
	assert_true(str_eq(box.codes[0], S("DINKES")));
	assert_int_equal(box.papers[1].instansi_id, bpbd);
	OK(paper_decide(o.tx, &(struct paper_decision){id, NOW, false, S("Salah"), S("admin")}, &engine_err));
	OK(paper_inbox(o.tx, 0, 50, &box, &engine_err));
	assert_int_equal(box.n, 1);
	assert_int_equal(pages_of(&o, bpbd, PAPER_COUNT, "declined"), 1);
	assert_int_equal(paper_inbox(o.tx, 0, PAPER_PAGE_MAX + 1, &box, &engine_err), RC_INVALID);
	office_close(&o);
}

/* ---- of user ids ---- */

static struct paper_stand stand(struct office *o, enum paper_kind kind, int64_t instansi_id, int64_t since_us)
{
	struct paper_stand ret;
	struct paper_stand_ask ask = {instansi_id, S("Operator9"), since_us};
	OK(paper_stands(o->tx, &(struct paper_stand_list){kind, day_of_us(NOW), &ask, 1}, &ret, &engine_err));
	return ret;
}

/* J.VI.E: missing, waiting, on file, over. */
static void check_an_nda_stands(struct engine *engine)
{
	struct office o;
	int64_t bpbd = begin(&o, engine), id;
	struct paper nda = paper_of(bpbd, PAPER_NDA, S("operator9"), S("NDA/9"));
	assert_int_equal(stand(&o, PAPER_NDA, bpbd, 0).standing, PAPER_MISSING);
	OK(file(&o, FILING_SUBMIT, &nda, S(""), &id));
	assert_int_equal(stand(&o, PAPER_NDA, bpbd, 0).standing, PAPER_WAITING);
	OK(paper_decide(o.tx, &(struct paper_decision){id, NOW, false, S("Buram"), S("admin")}, &engine_err));
	assert_int_equal(stand(&o, PAPER_NDA, bpbd, 0).standing, PAPER_MISSING);
	nda.signed_on.n -= 30;
	nda.valid_until.n = day_of_us(NOW).n - 1;
	OK(file(&o, FILING_ENTER, &nda, S(""), &id));
	struct paper_stand over = stand(&o, PAPER_NDA, bpbd, 0);
	assert_int_equal(over.standing, PAPER_OVER);
	assert_int_equal(over.valid_until.n, nda.valid_until.n);
	nda.valid_until.n++; /* its last day */
	OK(file(&o, FILING_ENTER, &nda, S(""), &id));
	assert_int_equal(stand(&o, PAPER_NDA, bpbd, 0).standing, PAPER_ON_FILE);
	assert_int_equal(stand(&o, PAPER_NDA, bpbd + 1, 0).standing, PAPER_MISSING);
	office_close(&o);
}

/* P2.1c: a BAST of before the last handing over does not count for it. */
static void check_a_bast_stands_for_one_handing_over(struct engine *engine)
{
	struct office o;
	int64_t bpbd = begin(&o, engine), id;
	struct paper bast = paper_of(bpbd, PAPER_BAST, S("operator9"), S("BAST/9"));
	OK(file(&o, FILING_ENTER, &bast, S(""), &id));
	assert_int_equal(stand(&o, PAPER_BAST, bpbd, NOW).standing, PAPER_ON_FILE);
	assert_int_equal(stand(&o, PAPER_BAST, bpbd, NOW + 1).standing, PAPER_MISSING); /* filed before */
	bast.signed_on.n--;
	OK(file(&o, FILING_ENTER, &bast, S(""), &id));
	assert_int_equal(stand(&o, PAPER_BAST, bpbd, NOW).standing, PAPER_MISSING); /* signed before */
	office_close(&o);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(together_or_not_at_all)
EACH(filed_anew_is_looked_at_anew)
EACH(a_scan_that_was_replaced_is_gone)
EACH(what_two_persons_agree_on_waits)
EACH(the_inbox_holds_what_waits)
EACH(an_nda_stands)
EACH(a_bast_stands_for_one_handing_over)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(together_or_not_at_all),
	        cmocka_unit_test(filed_anew_is_looked_at_anew),
	        cmocka_unit_test(a_scan_that_was_replaced_is_gone),
	        cmocka_unit_test(what_two_persons_agree_on_waits),
	        cmocka_unit_test(the_inbox_holds_what_waits),
	        cmocka_unit_test(an_nda_stands),
	        cmocka_unit_test(a_bast_stands_for_one_handing_over),
	};
	return cmocka_run_group_tests(tests, make_key, free_key);
}
