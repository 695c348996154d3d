/* SPDX-License-Identifier: EUPL-1.2
 * The life of an agency's standing and its grounds (P4, P5, P9.1), its heads (J.VI.H)
 * and contact persons (J.VI.B). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement/life.h"
#include "agreement/official.h"
#include "office.h"

static enum rc take(struct office *o, int64_t id, enum life life, const char *note, int64_t now_us)
{
	struct life_ask ask = {.instansi_id = id,
	                       .life = life,
	                       .letter_number = S("470/9/CONTOH"),
	                       .letter_day = day_of_us(now_us),
	                       .note = str_c(note),
	                       .by = S("admin")};
	return life_take(o->tx, &ask, now_us, &engine_err);
}

static enum instansi_state state_of(struct office *o, int64_t id)
{
	return office_standing(o, id, NOW).state;
}

static void the_table_has_no_holes(void **state)
{
	(void)state;
	for (size_t i = 0; i < LIFE_COUNT; i++) {
		const struct life_row *row = life_at(i);
		assert_int_equal(row->life, i);
		assert_true(*row->key && *row->label && *row->done && *row->clause && *row->letter);
		assert_int_equal(life_of(str_c(row->key)), i);
		assert_false(life_allowed((enum life)i, INSTANSI_DRAFT)); /* nothing to end before it began */
	}
	assert_null(life_at(LIFE_COUNT));
	assert_int_equal(life_of(S("x")), LIFE_COUNT);
}

/* P9.1: suspended and resumed; each step with its ground, letter and who did it. */
static void check_p91_suspend_and_resume(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	struct life_step *steps;
	size_t n;
	assert_int_equal(take(&o, id, LIFE_RESUME, "", NOW), RC_REFUSED);
	assert_int_equal(take(&o, id, LIFE_SUSPEND, " ", NOW), RC_INVALID); /* a ground is needed */
	OK(take(&o, id, LIFE_SUSPEND, "Kewajiban laporan tidak dipenuhi", NOW));
	assert_int_equal(state_of(&o, id), INSTANSI_SUSPENDED);
	OK(take(&o, id, LIFE_RESUME, "", NOW + US_PER_S));
	assert_int_equal(state_of(&o, id), INSTANSI_ACTIVE);
	OK(life_list(o.tx, id, &steps, &n, &engine_err));
	assert_int_equal(n, 2);
	assert_int_equal(steps[0].life, LIFE_RESUME);
	assert_str(steps[1].note, "Kewajiban laporan tidak dipenuhi");
	assert_str(steps[1].letter_number, "470/9/CONTOH");
	assert_str(steps[1].by, "admin");
	assert_int_equal(steps[1].letter_day.n, day_of_us(NOW).n);
	office_close(&o);
}
EACH(p91_suspend_and_resume)

/* P5, P9.1: three endings and revocation; none has a way back. */
static void check_p5_three_endings_and_revocation(struct engine *engine)
{
	static const struct {
		enum life life;
		enum instansi_state state;
	} endings[] = {{LIFE_END_CONSENT, INSTANSI_ENDED},
	               {LIFE_END_NOMENCLATURE, INSTANSI_ENDED},
	               {LIFE_REVOKE, INSTANSI_REVOKED},
	               {LIFE_END_TERM, INSTANSI_ENDED}};
	for (size_t i = 0; i < LEN(endings); i++) {
		struct office o = office_open(engine);
		int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
		int64_t now = endings[i].life == LIFE_END_TERM ? day_begin_us(LAST) + US_PER_DAY : NOW;
		if (endings[i].life == LIFE_END_TERM) /* P4: not while it runs, its last day included */
			assert_int_equal(take(&o, id, LIFE_END_TERM, "", day_begin_us(LAST)), RC_INVALID);
		OK(take(&o, id, endings[i].life, "Dasar contoh", now));
		assert_int_equal(state_of(&o, id), endings[i].state);
		for (enum life next = 0; next < LIFE_COUNT; next++)
			assert_int_not_equal(take(&o, id, next, "Dasar contoh", now), RC_OK);
		office_close(&o);
	}
}
EACH(p5_three_endings_and_revocation)

static void check_bad_steps_are_refused(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	static char long_note[LIFE_NOTE_MAX + 2];
	memset(long_note, 'x', sizeof long_note - 1);
	struct life_ask ask = {.instansi_id = id, .life = LIFE_SUSPEND, .note = S("x"), .by = S("admin")};
	ask.letter_number = S("1"); /* a number without its day */
	assert_int_equal(life_take(o.tx, &ask, NOW, &engine_err), RC_INVALID);
	ask.letter_day = (struct day){day_of_us(NOW).n + 1}; /* of tomorrow */
	assert_int_equal(life_take(o.tx, &ask, NOW, &engine_err), RC_INVALID);
	ask.letter_number = S("");
	ask.letter_day.n = 0;
	ask.note = str_c(long_note);
	assert_int_equal(life_take(o.tx, &ask, NOW, &engine_err), RC_INVALID);
	ask.note = S("x");
	ask.life = LIFE_COUNT;
	assert_int_equal(life_take(o.tx, &ask, NOW, &engine_err), RC_INVALID);
	ask.life = LIFE_SUSPEND;
	ask.instansi_id = id + 99;
	assert_int_equal(life_take(o.tx, &ask, NOW, &engine_err), RC_ABSENT);
	ask.instansi_id = id;
	OK(life_take(o.tx, &ask, NOW, &engine_err)); /* a letter may follow later */
	office_close(&o);
}
EACH(bad_steps_are_refused)

/* ---- heads (J.VI.H) ---- */

static struct official head(int64_t id, const char *name, struct day begin)
{
	return (struct official){.instansi_id = id,
	                         .name = str_c(name),
	                         .nip = S("199001012015031001"),
	                         .position = S("Kepala Pelaksana"),
	                         .begin = begin,
	                         .letter_number = S("821/1/CONTOH")};
}

static bool sptjm(struct office *o, int64_t id, struct day on)
{
	return office_standing(o, id, day_begin_us(on)).sptjm;
}

static void check_jvih_a_new_head_needs_a_new_sptjm(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	struct day change = day_from_ymd(2026, 3, 2);
	struct official first = head(id, "Kepala Satu", FIRST), second = head(id, "Kepala Dua", change), found;
	OK(official_add(o.tx, &first, NOW, &engine_err));
	assert_true(sptjm(&o, id, change));
	OK(official_add(o.tx, &second, NOW, &engine_err));
	assert_true(sptjm(&o, id, (struct day){change.n - 1})); /* the day before, still the first one's */
	assert_false(sptjm(&o, id, change));
	struct paper paper = {.kind = PAPER_SPTJM,
	                      .instansi_id = id,
	                      .number = S("FR.01/2"),
	                      .signer = S("Kepala Dua"),
	                      .signed_on = {change.n + 3}};
	OK(paper_file(o.tx, &paper, NOW, &engine_err));
	assert_false(sptjm(&o, id, (struct day){change.n + 2}));
	assert_true(sptjm(&o, id, (struct day){change.n + 3}));
	OK(official_on(o.tx, id, change, &found, &engine_err));
	assert_str(found.name, "Kepala Dua");
	OK(official_on(o.tx, id, (struct day){change.n - 1}, &found, &engine_err));
	assert_str(found.name, "Kepala Satu");
	office_close(&o);
}
EACH(jvih_a_new_head_needs_a_new_sptjm)

static void check_jvih_an_acting_head_has_dates(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	struct day from = day_from_ymd(2026, 1, 5), to = day_from_ymd(2026, 1, 30);
	struct official first = head(id, "Kepala Satu", FIRST), acting = head(id, "Sekretaris", from), found;
	struct official *list;
	size_t n;
	OK(official_add(o.tx, &first, NOW, &engine_err));
	acting.acting = ACTING_PLH;
	assert_int_equal(official_add(o.tx, &acting, NOW, &engine_err), RC_INVALID); /* no last day */
	acting.end = (struct day){from.n - 1};
	assert_int_equal(official_add(o.tx, &acting, NOW, &engine_err), RC_INVALID);
	acting.end = (struct day){from.n + 400};
	assert_int_equal(official_add(o.tx, &acting, NOW, &engine_err), RC_INVALID);
	acting.end = to;
	OK(official_add(o.tx, &acting, NOW, &engine_err));
	assert_int_equal(official_add(o.tx, &acting, NOW, &engine_err), RC_CONFLICT);
	OK(official_on(o.tx, id, to, &found, &engine_err));
	assert_str(found.name, "Sekretaris");
	assert_int_equal(found.acting, ACTING_PLH);
	OK(official_definitive(o.tx, id, to, &found, &engine_err));
	assert_str(found.name, "Kepala Satu");
	OK(official_on(o.tx, id, (struct day){to.n + 1}, &found, &engine_err));
	assert_str(found.name, "Kepala Satu");
	assert_true(sptjm(&o, id, from)); /* the definitive head's statement goes on */
	OK(official_list(o.tx, id, &list, &n, &engine_err));
	assert_int_equal(n, 2);
	assert_int_equal(list[1].end.n, 0);
	office_close(&o);
}
EACH(jvih_an_acting_head_has_dates)

static void check_bad_heads_are_refused(struct engine *engine)
{
	struct office o = office_open(engine);
	int64_t id = office_apply(&o, "bpbd", NULL).instansi_id;
	struct official bad[5];
	for (size_t i = 0; i < LEN(bad); i++)
		bad[i] = head(id, "Kepala", FIRST);
	bad[0].name = S("");
	bad[1].position = S("");
	bad[2].nip = S("12345");
	bad[3].letter_number = S("");
	bad[4].name = S("dua\nbaris");
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(official_add(o.tx, &bad[i], NOW, &engine_err), RC_INVALID);
	struct official good = head(id, "Kepala", FIRST), found;
	assert_int_equal(official_on(o.tx, id, FIRST, &found, &engine_err), RC_ABSENT);
	OK(official_add(o.tx, &good, NOW, &engine_err));
	assert_int_equal(official_add(o.tx, &good, NOW, &engine_err), RC_CONFLICT); /* not after himself */
	office_close(&o);
}
EACH(bad_heads_are_refused)

/* ---- contact persons (J.VI.B) ---- */

static void check_jvib_contacts_change_without_an_addendum(struct engine *engine)
{
	struct office o = office_open(engine);
	struct applied a = office_apply(&o, "bpbd", NULL);
	struct standing s = office_standing(&o, a.instansi_id, NOW);
	assert_int_equal(s.contacts_n, 2);
	assert_ptr_equal(s.contacts, s.terms->contacts);
	OK(agreement_set_contacts(o.tx, a.instansi_id,
	                          S("[{\"side\":\"provider\",\"name\":\"Petugas "
	                            "Baru\",\"position\":\"Admin\",\"phone\":\"0\",\"email\":\"a@b.example\"},"
	                            "{\"side\":\"instansi\",\"name\":\"Petugas "
	                            "Lain\",\"position\":\"Kasi\",\"phone\":\"1\",\"email\":\"c@d.example\"}]"),
	                          NOW, &engine_err));
	s = office_standing(&o, a.instansi_id, NOW);
	assert_int_equal(s.contacts_n, 2);
	assert_str(s.contacts[0].name, "Petugas Baru");
	assert_int_equal(s.version_number, 1); /* still the first version */
	assert_int_equal(agreement_set_contacts(
	                         o.tx, a.instansi_id,
	                         S("[{\"side\":\"provider\",\"name\":\"x\",\"position\":\"x\",\"phone\":\"0\",\"email\":\"x\"},"
	                           "{\"side\":\"provider\",\"name\":\"y\",\"position\":\"x\",\"phone\":\"0\",\"email\":\"x\"}]"),
	                         NOW, &engine_err),
	                 RC_INVALID);
	assert_int_equal(agreement_set_contacts(o.tx, a.instansi_id, S("{}"), NOW, &engine_err), RC_INVALID);
	assert_int_equal(agreement_set_contacts(o.tx, a.instansi_id, S("x"), NOW, &engine_err), RC_INVALID);
	office_close(&o);
}
EACH(jvib_contacts_change_without_an_addendum)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(the_table_has_no_holes),
	        cmocka_unit_test(p91_suspend_and_resume),
	        cmocka_unit_test(p5_three_endings_and_revocation),
	        cmocka_unit_test(bad_steps_are_refused),
	        cmocka_unit_test(jvih_a_new_head_needs_a_new_sptjm),
	        cmocka_unit_test(jvih_an_acting_head_has_dates),
	        cmocka_unit_test(bad_heads_are_refused),
	        cmocka_unit_test(jvib_contacts_change_without_an_addendum),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
