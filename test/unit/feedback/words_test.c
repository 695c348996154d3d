/* SPDX-License-Identifier: EUPL-1.2
 * The lists of DOMAIN 6: no row has a hole, and what people write is understood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "feedback/words.h"

/* Keys, labels and digits are there, and no two rows share one. */
static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; keterangan_at(i); i++) {
		const struct keterangan_row *row = keterangan_at(i);
		enum keterangan back;
		assert_int_equal(row->keterangan, i);
		assert_int_equal(keterangan_from_key(str_c(row->key), &back), RC_OK);
		assert_int_equal(back, i);
		assert_int_equal(row->digit[0], '1' + (int)i);
		assert_int_equal(keterangan_from_text(str_c(row->label), &back), RC_OK);
		assert_int_equal(back, i);
	}
	for (size_t i = 0; house_at(i); i++) {
		enum house back;
		assert_int_equal(house_from_key(str_c(house_at(i)->key), &back), RC_OK);
		assert_int_equal(back, i);
		assert_int_equal(house_from_text(str_c(house_at(i)->label), &back), RC_OK);
		assert_int_equal(back, i);
	}
	for (size_t i = 0; waiver_at(i); i++) {
		enum waiver back;
		assert_int_equal(waiver_from_key(str_c(waiver_at(i)->key), &back), RC_OK);
		assert_int_equal(back, i);
		assert_true(*waiver_at(i)->label);
	}
	assert_null(keterangan_at(KETERANGAN_COUNT));
	assert_null(house_at(HOUSE_COUNT));
	assert_null(waiver_at(WAIVER_COUNT));
}

static void test_texts(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum keterangan keterangan;
	} understood[] = {
		{"MENGUNGSI", KETERANGAN_MENGUNGSI}, {"Luka / Sakit", KETERANGAN_LUKA}, {"luka/sakit", KETERANGAN_LUKA},
		{"Luka-luka", KETERANGAN_LUKA},      {" terdampak ", KETERANGAN_MENDERITA},
		{"Menderita (Terdampak)", KETERANGAN_MENDERITA}, {"meninggal dunia", KETERANGAN_MENINGGAL},
	};
	enum keterangan keterangan;
	enum house house;
	for (size_t i = 0; i < LEN(understood); i++) {
		assert_int_equal(keterangan_from_text(str_c(understood[i].text), &keterangan), RC_OK);
		assert_int_equal(keterangan, understood[i].keterangan);
	}
	static const char *const strange[] = {"", "selamat", "hilang meninggal", "mengungsi\xc3\xa9",
	                                      "meninggalmeninggalmeninggalmeninggalmeninggal"};
	for (size_t i = 0; i < LEN(strange); i++)
		assert_int_equal(keterangan_from_text(str_c(strange[i]), &keterangan), RC_INVALID);
	assert_int_equal(house_from_text(S("RUSAK  BERAT"), &house), RC_OK);
	assert_int_equal(house, HOUSE_HEAVY);
	assert_int_equal(house_from_text(S("hancur"), &house), RC_INVALID);
	assert_int_equal(house_from_key(S("hancur"), &house), RC_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_texts)};
	return cmocka_run_group_tests_name("feedback/words", tests, NULL, NULL);
}
