/* SPDX-License-Identifier: EUPL-1.2
 * What a report says beside the journal's figures: terms, papers, NDAs, debts and holds as
 * they stood when the period ended, whatever happened since (P8, J.V). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define office desk_office /* the test's own office is none of the report's */
#include "contract/agreement/office.h"
#undef office

#include "agreement/life.h"
#include "agreement/official.h"
#include "feedback/feedback.sql.h"
#include "feedback/words.h"
#include "identity/identity.sql.h"
#include "identity/user.h"
#include "policy/guard.sql.h"
#include "procedure/incident.h"
#include "procedure/incident.sql.h"
#include "procedure/procedure.sql.h"
#include "report/office.h"

#define YEAR 2026

struct bureau {
	struct desk_office o;
	struct arena arena;
	int64_t id, persons;
};

static struct day on(int month, int mday)
{
	return day_from_ymd(YEAR, month, mday);
}

static int64_t at(int month, int mday)
{
	return day_begin_us(on(month, mday)) + INT64_C(9) * US_PER_HOUR;
}

static struct bureau bureau_open(struct engine *engine, const char *which)
{
	const struct schema *schemas[] = {&identity_schema, &procedure_schema, &feedback_schema, &guard_schema, &incident_schema};
	struct bureau b = {.o = office_open(engine)};
	arena_init(&b.arena, (size_t)16 << 20);
	tx_rollback(&b.o.tx);
	OK(store_migrate(engine->store, schemas, LEN(schemas), NOW, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &b.o.tx, &engine_err));
	b.id = office_apply(&b.o, which, NULL).instansi_id;
	return b;
}

static void bureau_close(struct bureau *b)
{
	arena_free(&b->arena);
	office_close(&b->o);
}

static const struct office *read_until(struct bureau *b, struct day first, struct day last, int64_t now_us)
{
	struct office *office;
	const struct office_ask ask = {
	        .agreement = b->o.agreement, .instansi_id = b->id, .first = first, .last = last, .now_us = now_us};
	OK(office_read(b->o.tx, &ask, &b->arena, &office, &engine_err));
	return office;
}

/* The first semester of 2026, long after it. */
static const struct office *semester(struct bureau *b)
{
	return read_until(b, on(1, 1), on(6, 30), NOW);
}

static void file_paper(struct bureau *b, enum paper_kind kind, const char *subject, struct day from, struct day until)
{
	static int number;
	char z[32];
	snprintf(z, sizeof z, "%d/CONTOH", ++number);
	struct paper p = {.kind = kind,
	                  .instansi_id = b->id,
	                  .subject = str_c(subject),
	                  .number = str_c(z),
	                  .signer = S("Contoh"),
	                  .signed_on = from,
	                  .valid_until = until};
	OK(paper_file(b->o.tx, &p, day_begin_us(from) + US_PER_HOUR, &engine_err));
}

/* ---- terms ---- */

/* P9.2, P6: a dated addendum in the middle, and the base agreement on either side of it */
static void check_versions_of_the_period(struct engine *engine)
{
	struct bureau b = bureau_open(engine, "dinkes");
	office_apply(&b.o, "dinkes-adendum",
	             CHANGES("\"begin\": \"2025-05-20\"", "\"begin\": \"2026-03-01\"", "\"end\": \"2027-05-20\"",
	                     "\"end\": \"2026-03-31\""));
	const struct office *o = semester(&b);
	assert_int_equal(o->spans_n, 3);
	assert_int_equal(o->versions_n, 2);
	const struct day days[3][2] = {{on(1, 1), on(2, 28)}, {on(3, 1), on(3, 31)}, {on(4, 1), on(6, 30)}};
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(o->spans[i].first.n, days[i][0].n);
		assert_int_equal(o->spans[i].last.n, days[i][1].n);
		assert_int_equal(o->versions[o->spans[i].version].number, i == 1 ? 2 : 1);
	}
	assert_false(o->versions[0].granted[METHOD_CALL_NIK]);
	assert_true(o->versions[1].granted[METHOD_CALL_NIK]);
	assert_str(o->versions[1].addendum_number, "470/003/ADENDUM/CONTOH");
	assert_int_equal(o->begin.n, day_from_ymd(2025, 5, 20).n);
	assert_int_equal(o->end.n, day_from_ymd(2027, 5, 20).n);
	o = read_until(&b, on(3, 10), on(3, 12), NOW);
	assert_int_equal(o->spans_n, 1);
	assert_int_equal(o->versions[o->spans[0].version].number, 2);
	bureau_close(&b);
}
EACH(versions_of_the_period)

/* J.II.B: the PoC result lifts the quota from its day on */
static void check_quota_follows_the_poc(struct engine *engine)
{
	struct bureau b = bureau_open(engine, "bpbd");
	file_paper(&b, PAPER_POC, "portal", on(2, 10), (struct day){0});
	const struct office *o = semester(&b);
	assert_int_equal(o->spans_n, 2);
	assert_int_equal(office_limit(o, on(2, 9)), 200);
	assert_int_equal(office_limit(o, on(2, 10)), -1);
	assert_int_equal(o->spans[0].quota[METHOD_PORTAL], 200);
	assert_int_equal(o->spans[0].quota[METHOD_CALL_NIK], 0);
	assert_int_equal(o->pocs_n, 1);
	assert_int_equal(o->pocs[0].paper.state, OFFICE_PAPER_VALID);
	o = read_until(&b, on(1, 1), on(1, 31), NOW);
	assert_int_equal(o->pocs[0].paper.state, OFFICE_PAPER_NONE);
	bureau_close(&b);
}
EACH(quota_follows_the_poc)

static void check_before_and_after_the_agreement(struct engine *engine)
{
	struct bureau b = bureau_open(engine, "bpbd");
	const struct office *o = read_until(&b, day_from_ymd(2025, 1, 1), day_from_ymd(2025, 5, 19), NOW);
	assert_int_equal(o->spans_n + o->versions_n, 0);
	assert_int_equal(o->begin.n, 0);
	assert_string_equal(o->state, instansi_state_at(INSTANSI_DRAFT)->label);
	assert_int_equal(o->ministry.state, OFFICE_PAPER_NONE);
	o = read_until(&b, day_from_ymd(2025, 5, 1), day_from_ymd(2025, 5, 31), NOW);
	assert_int_equal(o->spans[0].first.n, day_from_ymd(2025, 5, 20).n);
	o = read_until(&b, day_from_ymd(2027, 5, 1), day_from_ymd(2027, 6, 30), day_begin_us(day_from_ymd(2027, 8, 1)));
	assert_int_equal(o->spans_n, 1);
	assert_int_equal(o->spans[0].last.n, day_from_ymd(2027, 5, 20).n);
	assert_int_equal(office_limit(o, day_from_ymd(2027, 5, 21)), -1);
	assert_string_equal(o->state, instansi_state_at(INSTANSI_ENDED)->label);
	bureau_close(&b);
}
EACH(before_and_after_the_agreement)

/* ---- papers ---- */

/* J.VI.D, P2.2i: those that cover the last day count; one put on file since is marked */
static void check_papers_as_they_stood(struct engine *engine)
{
	struct bureau b = bureau_open(engine, "bpbd");
	const struct office *o = semester(&b);
	assert_int_equal(o->sptjm.state, OFFICE_PAPER_VALID);
	assert_true(o->sptjm.late); /* the sample is filed in November */
	assert_int_equal(o->iso.state, OFFICE_PAPER_NONE);
	assert_int_equal(o->ministry.state, OFFICE_PAPER_VALID);
	assert_str(o->ministry.number, "470/001/DUKCAPIL-CONTOH");
	file_paper(&b, PAPER_ISO27001, "", on(1, 5), on(6, 29));
	o = semester(&b);
	assert_int_equal(o->iso.state, OFFICE_PAPER_OVER);
	assert_int_equal(o->iso.valid_until.n, on(6, 29).n);
	o = read_until(&b, on(1, 1), on(6, 29), NOW);
	assert_int_equal(o->iso.state, OFFICE_PAPER_VALID);
	assert_false(o->iso.late);
	struct official head = {.instansi_id = b.id,
	                        .name = S("Hadi Contoh"),
	                        .nip = S("197505052002121999"),
	                        .position = S("Kepala Pelaksana"),
	                        .begin = on(4, 1),
	                        .letter_number = S("821/1")};
	OK(official_add(b.o.tx, &head, NOW, &engine_err));
	assert_int_equal(semester(&b)->sptjm.state, OFFICE_PAPER_NONE); /* J.VI.H: the new head signed none */
	bureau_close(&b);
}
EACH(papers_as_they_stood)

static const struct office_user *user_of(const struct office *o, const char *user_id)
{
	for (size_t i = 0; i < o->users_n; i++)
		if (str_eq(o->users[i].user_id, str_c(user_id)))
			return &o->users[i];
	return NULL;
}

static int64_t add_user(struct bureau *b, const char *user_id, enum role role, int64_t made_us)
{
	int64_t user;
	struct user_new add = {.user_id = str_c(user_id), .role = role, .instansi_id = b->id};
	OK(user_add(b->o.tx, &add, made_us, &user, &engine_err));
	return user;
}

/* J.VI.E: who was there, and whose NDA held at the end */
static void check_ndas_as_they_stood(struct engine *engine)
{
	struct bureau b = bureau_open(engine, "bpbd");
	int64_t gone, later;
	add_user(&b, "kepala", ROLE_KEPALA, at(1, 1));
	add_user(&b, "operator1", ROLE_OPERATOR, at(1, 1));
	add_user(&b, "operator2", ROLE_OPERATOR, at(2, 1));
	add_user(&b, "operator4", ROLE_OPERATOR, at(7, 1));
	gone = add_user(&b, "operator5", ROLE_OPERATOR, at(1, 1) - 9 * US_PER_DAY);
	later = add_user(&b, "operator6", ROLE_OPERATOR, at(1, 1));
	OK(user_set_closed(b.o.tx, gone, USER_CLOSED_ADMIN, at(1, 1) - US_PER_DAY, &engine_err));
	OK(user_set_closed(b.o.tx, later, USER_CLOSED_ADMIN, at(8, 1), &engine_err));
	file_paper(&b, PAPER_NDA, "operator2", on(2, 1), on(5, 31));
	const struct office *o = semester(&b);
	assert_int_equal(o->users_n, 4);
	assert_int_equal(user_of(o, "kepala")->nda.state, OFFICE_PAPER_VALID);
	assert_str(user_of(o, "kepala")->role, "kepala");
	assert_int_equal(user_of(o, "operator2")->nda.state, OFFICE_PAPER_OVER);
	assert_int_equal(user_of(o, "operator2")->nda.valid_until.n, on(5, 31).n);
	assert_int_equal(user_of(o, "operator6")->nda.state, OFFICE_PAPER_NONE);
	assert_false(user_of(o, "operator6")->closed); /* closed only since */
	assert_null(user_of(o, "operator4"));
	assert_null(user_of(o, "operator5"));
	o = read_until(&b, on(1, 1), on(5, 31), NOW);
	assert_int_equal(user_of(o, "operator2")->nda.state, OFFICE_PAPER_VALID);
	assert_true(read_until(&b, on(1, 1), on(8, 31), NOW)->users_n == 5);
	bureau_close(&b);
}
EACH(ndas_as_they_stood)

/* ---- debts ---- */

static int64_t open_kejadian(struct bureau *b, const char *name, int64_t now_us)
{
	int64_t id;
	struct kejadian k = {.instansi_id = b->id,
	                     .jenis = S("Banjir"),
	                     .name = str_c(name),
	                     .place = S("Contoh"),
	                     .note = S(""),
	                     .on = day_of_us(now_us)};
	OK(kejadian_open(b->o.tx, &k, now_us, &id, &engine_err));
	return id;
}

/* A person asked for, and what was told of him and when; kind NULL: nothing. */
static void person(struct bureau *b, int64_t kejadian, int64_t asked_us, const char *kind, int64_t told_us)
{
	unsigned char hash[16] = {(unsigned char)++b->persons};
	struct str bytes = str_from((const char *)hash, sizeof hash);
	struct sql_feedback_person_put_in put = {.kejadian_id = kejadian,
	                                         .instansi_id = b->id,
	                                         .nik_hash = bytes,
	                                         .nik_sealed = bytes,
	                                         .state = S("open"),
	                                         .asked_us = asked_us,
	                                         .asked_us_null = asked_us == 0,
	                                         .asked_by = S("operator1"),
	                                         .no_hash = bytes};
	OK(sql_feedback_person_put(b->o.tx, &put, 1, &engine_err));
	if (!kind)
		return;
	bool victim = strcmp(kind, "victim") == 0;
	struct str word = victim ? S("mengungsi") : str_c(waiver_at(0)->key);
	struct sql_feedback_entry_put_in entry = {.entry_id = b->persons,
	                                          .person_id = b->persons,
	                                          .instansi_id = b->id,
	                                          .kind = str_c(kind),
	                                          .word = word,
	                                          .house = S(""),
	                                          .told_hash = bytes,
	                                          .source = S("form"),
	                                          .told_by = S("operator1"),
	                                          .told_us = told_us};
	struct sql_feedback_person_set_in set = {.person_id = b->persons,
	                                         .state = victim ? S("closed") : S("waived"),
	                                         .keterangan = word,
	                                         .house = S(""),
	                                         .told_us = told_us,
	                                         .told_by = S("operator1"),
	                                         .told_hash = bytes};
	OK(sql_feedback_entry_put(b->o.tx, &entry, 1, &engine_err));
	OK(sql_feedback_person_set(b->o.tx, &set, 1, &engine_err));
}

/* P2.2b, J.III: open when nothing was told before the end; told since changes nothing */
static void check_debts_as_they_stood(struct engine *engine)
{
	struct bureau b = bureau_open(engine, "bpbd");
	int64_t flood = open_kejadian(&b, "Banjir Contoh", at(1, 2)), slide = open_kejadian(&b, "Longsor Contoh", at(7, 1));
	person(&b, flood, at(6, 30), NULL, 0);            /* 0 days old */
	person(&b, flood, at(6, 23), NULL, 0);            /* 7 */
	person(&b, flood, at(6, 22), NULL, 0);            /* 8 */
	person(&b, flood, at(5, 31), "victim", at(7, 1)); /* 30, told only since */
	person(&b, flood, at(4, 1), "waiver", at(7, 5));  /* 90, the same */
	person(&b, flood, at(3, 31), NULL, 0);            /* 91 */
	person(&b, flood, at(2, 1), "victim", at(2, 2));  /* closed */
	person(&b, flood, at(2, 1), "waiver", at(6, 30)); /* waived on the last day */
	person(&b, flood, 0, "victim", at(3, 1));         /* nobody asked */
	person(&b, flood, at(7, 1), NULL, 0);             /* asked since */
	person(&b, slide, at(7, 2), "victim", at(7, 3));  /* a kejadian of later */
	const struct office *o = semester(&b);
	assert_int_equal(o->kejadian_n, 1);
	assert_str(o->kejadian[0].name, "Banjir Contoh");
	assert_int_equal(o->debt.answered, 8);
	assert_int_equal(o->debt.open, 6);
	assert_int_equal(o->debt.closed, 1);
	assert_int_equal(o->debt.waived, 1);
	const int64_t ages[OFFICE_AGES] = {2, 2, 1, 1};
	for (size_t i = 0; i < OFFICE_AGES; i++)
		assert_int_equal(o->debt.age[i], ages[i]);
	assert_memory_equal(&o->debt, &o->kejadian[0].debt, sizeof o->debt);
	assert_int_equal(o->told[0].n, 2);                /* victims, within the period */
	assert_int_equal(o->told[KETERANGAN_COUNT].n, 1); /* waived */
	o = read_until(&b, on(7, 1), on(7, 31), NOW);
	assert_int_equal(o->debt.answered, 10);
	assert_int_equal(o->debt.closed, 3);
	assert_int_equal(o->debt.waived, 2);
	assert_int_equal(o->debt.open, 5);
	bureau_close(&b);
}
EACH(debts_as_they_stood)

/* ---- holds, steps, moments ---- */

static void check_holds_and_steps_of_the_period(struct engine *engine)
{
	struct bureau b = bureau_open(engine, "bpbd");
	const int64_t held[] = {at(1, 1) - 10 * US_PER_HOUR, at(3, 3), at(6, 30), at(7, 1)};
	for (size_t i = 0; i < LEN(held); i++) {
		struct sql_guard_hold_insert made;
		struct sql_guard_hold_insert_in in = {.instansi_id = b.id,
		                                      .user_key = 7,
		                                      .user_id = S("operator1"),
		                                      .reason = S("berurutan"),
		                                      .clue = S("walk"),
		                                      .evidence = S("x"),
		                                      .held_us = held[i]};
		OK(sql_guard_hold_insert(b.o.tx, in, &made, &engine_err));
	}
	struct life_ask step = {.instansi_id = b.id,
	                        .life = LIFE_SUSPEND,
	                        .letter_number = S("470/9"),
	                        .letter_day = on(6, 1),
	                        .note = S("contoh"),
	                        .by = S("admin")};
	OK(life_take(b.o.tx, &step, at(6, 1), &engine_err));
	step.life = LIFE_RESUME;
	step.letter_day = on(7, 2);
	OK(life_take(b.o.tx, &step, at(7, 2), &engine_err));
	const struct office *o = semester(&b);
	assert_int_equal(o->holds_n, 2);
	assert_int_equal(o->holds[0].held_us, held[1]);
	assert_str(o->holds[0].reason, "berurutan");
	assert_int_equal(o->steps_n, 1);
	assert_str(o->steps[0].letter_number, "470/9");
	assert_string_equal(o->state, instansi_state_at(INSTANSI_SUSPENDED)->label); /* resumed only since */
	assert_string_equal(read_until(&b, on(7, 1), on(7, 31), NOW)->state, instansi_state_at(INSTANSI_ACTIVE)->label);
	bureau_close(&b);
}
EACH(holds_and_steps_of_the_period)

/* What became known within the period, as far as it had come at its end (P2.2g). */
static int64_t incident_of(struct bureau *b, int64_t found_us)
{
	int64_t id;
	const struct incident incident = {.instansi_id = b->id,
	                                  .kind = INCIDENT_KIND_COUNT - 1,
	                                  .title = S("Contoh"),
	                                  .what = S("Contoh."),
	                                  .found_us = found_us,
	                                  .source_entry = -1,
	                                  .opened_by = S("admin")};
	OK(incident_open(b->o.tx, &incident, found_us, &id, &engine_err));
	return id;
}

static void incident_moves(struct bureau *b, int64_t id, enum incident_move move, int64_t at_us)
{
	struct incident incident;
	OK(incident_get(b->o.tx, id, &incident, &engine_err));
	const struct incident_ask ask = {.incident_id = id,
	                                 .rev = incident.rev,
	                                 .move = move,
	                                 .at_us = at_us,
	                                 .letter = S("360/1"),
	                                 .note = S("Sudah."),
	                                 .by = S("admin")};
	OK(incident_take(b->o.tx, &ask, at_us, &engine_err));
}

static void check_incidents_of_the_period(struct engine *engine)
{
	struct bureau b = bureau_open(engine, "bpbd");
	incident_of(&b, at(1, 1) - 10 * US_PER_HOUR);
	int64_t dismissed = incident_of(&b, at(3, 3)), running = incident_of(&b, at(6, 29));
	incident_of(&b, at(7, 1));
	incident_moves(&b, dismissed, INCIDENT_DISMISS, at(3, 4));
	incident_moves(&b, running, INCIDENT_HANDLE, at(6, 29));
	incident_moves(&b, running, INCIDENT_TELL_AUTHORITY, at(6, 30));
	incident_moves(&b, running, INCIDENT_TELL_PEOPLE, at(7, 1));
	const struct office *o = semester(&b);
	assert_int_equal(o->incidents_n, 2);
	assert_int_equal(o->incidents[0].ended_us, at(3, 4));
	assert_true(o->incidents[0].dismissed && *o->incidents[0].kind);
	assert_int_equal(o->incidents[1].found_us, at(6, 29));
	assert_int_equal(o->incidents[1].authority_us, at(6, 30));
	assert_int_equal(o->incidents[1].people_us, 0); /* only since */
	assert_int_equal(o->incidents[1].ended_us, 0);
	bureau_close(&b);
}
EACH(incidents_of_the_period)

/* A period that runs ends now. */
static void check_a_period_that_runs(struct engine *engine)
{
	struct bureau b = bureau_open(engine, "bpbd");
	const struct office *o = read_until(&b, on(1, 1), on(6, 30), at(2, 3));
	assert_int_equal(o->end_us, at(2, 3));
	assert_int_equal(o->spans[0].last.n, on(2, 3).n);
	struct office *none;
	struct office_ask ask = {
	        .agreement = b.o.agreement, .instansi_id = b.id, .first = on(6, 30), .last = on(6, 29), .now_us = NOW};
	assert_int_equal(office_read(b.o.tx, &ask, &b.arena, &none, &engine_err), RC_INVALID);
	ask.last = (struct day){ask.first.n + 1100};
	assert_int_equal(office_read(b.o.tx, &ask, &b.arena, &none, &engine_err), RC_INVALID);
	ask.first = ask.last = day_of_us(NOW + 2 * US_PER_DAY);
	assert_int_equal(office_read(b.o.tx, &ask, &b.arena, &none, &engine_err), RC_INVALID);
	ask.first = ask.last = on(1, 1);
	ask.instansi_id = 99;
	assert_int_equal(office_read(b.o.tx, &ask, &b.arena, &none, &engine_err), RC_ABSENT);
	bureau_close(&b);
}
EACH(a_period_that_runs)

static struct str field(const struct office *o, const char *name)
{
	for (size_t i = 0; i < o->letter->fields_n; i++)
		if (strcmp(o->letter->fields[i].name, name) == 0)
			return o->letter->fields[i].value;
	return S("");
}

/* Terms are those of the end, who signs is who heads the agency today. */
static void check_the_parties(struct engine *engine)
{
	struct bureau b = bureau_open(engine, "bpbd");
	struct official head = {.instansi_id = b.id,
	                        .name = S("Hadi Contoh"),
	                        .nip = S("197505052002121999"),
	                        .position = S("Kepala Pelaksana"),
	                        .acting = ACTING_PLT,
	                        .begin = on(11, 1),
	                        .end = on(12, 31),
	                        .letter_number = S("821/1")};
	OK(official_add(b.o.tx, &head, NOW, &engine_err));
	const struct office *o = semester(&b);
	assert_str(field(o, "pks.nomor"), "470/001/PKS/CONTOH");
	assert_str(field(o, "kepala.nama"), "Hadi Contoh");
	assert_str(field(o, "kepala.jabatan"), "Plt. Kepala Pelaksana");
	assert_int_equal(o->letter->letterhead_n, 3);
	o = read_until(&b, day_from_ymd(2027, 5, 21), day_from_ymd(2027, 6, 30), day_begin_us(day_from_ymd(2027, 8, 1)));
	assert_str(field(o, "pks.nomor"), "470/001/PKS/CONTOH"); /* it is over and still has a number */
	bureau_close(&b);
}
EACH(the_parties)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(versions_of_the_period),
	        cmocka_unit_test(quota_follows_the_poc),
	        cmocka_unit_test(before_and_after_the_agreement),
	        cmocka_unit_test(papers_as_they_stood),
	        cmocka_unit_test(ndas_as_they_stood),
	        cmocka_unit_test(debts_as_they_stood),
	        cmocka_unit_test(holds_and_steps_of_the_period),
	        cmocka_unit_test(incidents_of_the_period),
	        cmocka_unit_test(a_period_that_runs),
	        cmocka_unit_test(the_parties),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
