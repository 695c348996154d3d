/* SPDX-License-Identifier: EUPL-1.2
 * The published people of the rehearsal: every outcome has somebody, everybody is whole and
 * can have been issued to nobody; and what a paper of the rehearsal brings out. */
#include "registry/sandbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include "policy/sandbox_inside.h"
#include "registry/resident.h"

static const char *const jobs[] = {
#define JOB(code, text) [code] = text,
#include "registry/jenis_pekerjaan.def"
#undef JOB
};

static bool is_job(const char *text)
{
	for (size_t i = 0; i < LEN(jobs); i++)
		if (jobs[i] && strcmp(jobs[i], text) == 0)
			return true;
	return false;
}

/* I5.7: a NIK for every outcome a client can meet here. */
static void every_outcome_has_one(void **state)
{
	(void)state;
	static const enum outcome wanted[] = {OUTCOME_DATA,      OUTCOME_QUOTA,  OUTCOME_DECEASED, OUTCOME_DOUBLE, OUTCOME_ABSENT,
	                                      OUTCOME_NONACTIVE, OUTCOME_FORMAT, OUTCOME_INSTANSI, OUTCOME_USER,   (enum outcome)0};
	for (size_t w = 0; w < LEN(wanted); w++) {
		size_t n = 0;
		for (size_t i = 0; sandbox_person_at(i); i++)
			n += sandbox_person_at(i)->outcome == wanted[w];
		assert_true(n > 0);
	}
}

/* Well formed but for those of 15, of serials that are never issued, and no two the same. */
static void every_nik_is_one(void **state)
{
	(void)state;
	for (size_t i = 0; sandbox_person_at(i); i++) {
		const struct sandbox_person *p = sandbox_person_at(i);
		struct nik nik;
		bool good = nik_from_str(str_c(p->nik), &nik, NULL) == RC_OK;
		assert_int_equal(good, p->outcome != OUTCOME_FORMAT);
		assert_true(!good || nik_serial(nik) >= 9900);
		assert_true(p->about && *p->about && !strchr(p->about, '|'));
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(sandbox_person_at(k)->nik, p->nik);
	}
}

static void check_texts(const struct sandbox_person *p)
{
	int64_t kk;
	struct day day;
	static const struct {
		enum element element;
		size_t n;
	} digits[] = {{ELEMENT_NO_PROP, 2}, {ELEMENT_NO_KAB, 2}, {ELEMENT_NO_KEC, 2},
	              {ELEMENT_NO_KEL, 4},  {ELEMENT_NO_RT, 3},  {ELEMENT_NO_RW, 3}};
	assert_string_equal(p->element[ELEMENT_NIK], p->nik);
	assert_int_equal(kk_from_str(str_c(p->element[ELEMENT_NO_KK]), &kk), RC_OK);
	assert_true(kk % 10000 >= 9900);
	assert_int_equal(day_from_str(str_c(p->element[ELEMENT_TGL_LHR]), &day), RC_OK);
	assert_true(is_job(p->element[ELEMENT_JENIS_PKRJN]));
	bool male = strcmp(p->element[ELEMENT_JENIS_KLMIN], "Laki-Laki") == 0;
	assert_true(male || strcmp(p->element[ELEMENT_JENIS_KLMIN], "Perempuan") == 0);
	assert_int_equal(p->nik[6] >= '4', !male);
	assert_true(strlen(p->element[ELEMENT_NAMA_LGKP]) <= RESIDENT_NAME_MAX);
	assert_true(strlen(p->element[ELEMENT_ALAMAT]) <= RESIDENT_ADDRESS_MAX);
	for (size_t i = 0; i < LEN(digits); i++) {
		int64_t n;
		assert_int_equal(strlen(p->element[digits[i].element]), digits[i].n);
		assert_int_equal(str_int(str_c(p->element[digits[i].element]), 0, 9999, &n), RC_OK);
	}
}

/* Data is whole where there is some, and nowhere else. */
static void every_person_is_whole(void **state)
{
	(void)state;
	bool beyond_double = false;
	for (size_t i = 0; sandbox_person_at(i); i++) {
		const struct sandbox_person *p = sandbox_person_at(i);
		for (size_t e = 0; e < ELEMENT_COUNT; e++)
			assert_int_equal(p->element[e] != NULL, p->outcome == OUTCOME_DATA);
		if (p->outcome != OUTCOME_DATA)
			continue;
		check_texts(p);
		beyond_double |= p->nik[0] == '9' && p->element[ELEMENT_NO_KK][0] == '9';
	}
	assert_true(beyond_double);
}

/* ---- answering ---- */

static struct sandbox_said ask(struct arena *arena, const char *nik, element_set elements, const struct claim *claim)
{
	struct sandbox_permit permit = {.elements = elements, .method = claim ? METHOD_VERIFY : METHOD_CALL_NIK, .claim = claim};
	struct sandbox_said said;
	assert_int_equal(nik_from_str(str_c(nik), &permit.nik, NULL), RC_OK);
	assert_int_equal(sandbox_answer(&permit, arena, &said, NULL), RC_OK);
	return said;
}

/* P2.1a: what is not granted is not in the answer. */
static void only_what_is_granted(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena, 65536);
	const struct sandbox_person *p = sandbox_person_at(0);
	element_set granted = ELEMENT_BIT(ELEMENT_NIK) | ELEMENT_BIT(ELEMENT_ALAMAT);
	struct sandbox_said said = ask(&arena, p->nik, granted, NULL);
	assert_int_equal(said.outcome, OUTCOME_DATA);
	assert_int_equal(answer_outcome(said.answer), OUTCOME_DATA);
	for (enum element e = 0; e < ELEMENT_COUNT; e++) {
		struct str text = answer_element(said.answer, e);
		assert_int_equal(text.at != NULL, (granted & ELEMENT_BIT(e)) != 0);
		if (text.at)
			assert_true(str_eq(text, str_c(p->element[e])));
	}
	arena_free(&arena);
}

static void a_claim_gets_accords_and_no_text(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena, 65536);
	const struct claim claim = {.said = {[ELEMENT_NAMA_LGKP] = S("budi contoh latihan"), [ELEMENT_NO_RT] = S("9"),
	                                     [ELEMENT_NO_PROP] = S("34")},
	                            .threshold = 90};
	struct sandbox_said said = ask(&arena, sandbox_person_at(0)->nik, ELEMENT_SET_BASE, &claim);
	assert_true(answer_accord(said.answer, ELEMENT_NAMA_LGKP).same);
	assert_true(answer_accord(said.answer, ELEMENT_NO_RT).asked);
	assert_false(answer_accord(said.answer, ELEMENT_NO_RT).same);
	assert_false(answer_accord(said.answer, ELEMENT_NO_PROP).asked); /* not of the base grant */
	for (enum element e = 0; e < ELEMENT_COUNT; e++)
		assert_null(answer_element(said.answer, e).at);
	arena_free(&arena);
}

static void what_is_simulated_has_no_answer(void **state)
{
	(void)state;
	struct arena arena;
	arena_init(&arena, 65536);
	for (size_t i = 0; sandbox_person_at(i); i++) {
		const struct sandbox_person *p = sandbox_person_at(i);
		if (p->outcome == OUTCOME_FORMAT)
			continue;
		struct sandbox_said said = ask(&arena, p->nik, ELEMENT_SET_BASE, NULL);
		assert_int_equal(said.outcome, p->outcome);
		assert_int_equal(said.outage, p->outcome == 0);
		assert_int_equal(said.answer != NULL, p->outcome && outcome_get(p->outcome)->hit);
	}
	struct sandbox_said stranger = ask(&arena, "3304060101909999", ELEMENT_SET_BASE, NULL);
	assert_int_equal(answer_outcome(stranger.answer), OUTCOME_ABSENT);
	arena_free(&arena);
}

static void a_full_arena_answers_nobody(void **state)
{
	(void)state;
	struct arena arena;
	struct sandbox_said said;
	struct sandbox_permit permit = {.elements = ELEMENT_SET_BASE, .method = METHOD_CALL_NIK};
	arena_init(&arena, 1);
	assert_int_equal(nik_from_str(str_c(sandbox_person_at(0)->nik), &permit.nik, NULL), RC_OK);
	assert_int_equal(sandbox_answer(&permit, &arena, &said, NULL), RC_LIMIT);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_outcome_has_one),
		cmocka_unit_test(every_nik_is_one),
		cmocka_unit_test(every_person_is_whole),
		cmocka_unit_test(only_what_is_granted),
		cmocka_unit_test(a_claim_gets_accords_and_no_text),
		cmocka_unit_test(what_is_simulated_has_no_answer),
		cmocka_unit_test(a_full_arena_answers_nobody),
	};
	return cmocka_run_group_tests_name("registry/sandbox", tests, NULL, NULL);
}
