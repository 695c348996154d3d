/* SPDX-License-Identifier: EUPL-1.2
 * Elements, methods and documents: tables in enum order, found by their keys; the
 * base grant is the eight elements of the clause (P2.1a, P3.2a). */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void elements_stand_in_enum_order(void **state)
{
	(void)state;
	enum element element;
	for (size_t i = 0; i < ELEMENT_COUNT; i++) {
		const struct element_row *row = element_at(i);
		assert_int_equal(row->element, i);
		assert_true(strlen(row->label) > 0);
		assert_int_equal(element_from_key(str_c(row->key), &element), RC_OK);
		assert_int_equal(element, i);
		bool number = strncmp(row->key, "NO_", 3) == 0 || strcmp(row->key, "NIK") == 0;
		assert_int_equal(row->number, number); /* DOMAIN 4.1: NIK, NO_KK and NO_* are JSON numbers */
	}
	assert_null(element_at(ELEMENT_COUNT));
	assert_int_equal(element_from_key(S("NAMA_IBU"), &element), RC_ABSENT);
	assert_int_equal(element_from_key(S("nik"), &element), RC_ABSENT);
}

static void p21a_eight_elements(void **state)
{
	(void)state;
	static const char *const base[] = {"NO_KK",   "NIK",         "NAMA_LGKP", "JENIS_KLMIN", "TMPT_LHR",
	                                   "TGL_LHR", "JENIS_PKRJN", "ALAMAT",    "PROP_NAME",   "KAB_NAME",
	                                   "NO_KEC",  "KEC_NAME",    "KEL_NAME",  "NO_RT",       "NO_RW"};
	element_set set = 0;
	for (size_t i = 0; i < LEN(base); i++) {
		enum element element;
		assert_int_equal(element_from_key(str_c(base[i]), &element), RC_OK);
		set |= ELEMENT_BIT(element);
	}
	assert_true(set == ELEMENT_SET_BASE);
}

static void methods_stand_in_enum_order(void **state)
{
	(void)state;
	static const char *const keys[] = {"portal", "CALL_NIK", "CALL_VERIFY_BY_ELEMEN", "card_reader"};
	enum method method;
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		assert_int_equal(method_at(i)->method, i);
		assert_string_equal(method_at(i)->key, keys[i]);
		assert_int_equal(method_from_key(str_c(keys[i]), &method), RC_OK);
		assert_int_equal(method, i);
	}
	assert_int_equal(method_from_key(S("call_nik"), &method), RC_OK); /* paths match without case */
	assert_int_equal(method, METHOD_CALL_NIK);
	assert_int_equal(method_from_key(S("CALL"), &method), RC_ABSENT);
	assert_null(method_at(METHOD_COUNT));
}

static void documents_stand_in_enum_order(void **state)
{
	(void)state;
	static const char *const rows[][2] = {{"none", "Tidak ada"}, {"ktp-el", "KTP-el"}, {"ikd", "IKD"}};
	enum document document;
	for (size_t i = 0; i < DOCUMENT_COUNT; i++) {
		assert_int_equal(document_at(i)->document, i);
		assert_string_equal(document_at(i)->key, rows[i][0]);
		assert_string_equal(document_at(i)->label, rows[i][1]);
		assert_int_equal(document_from_key(str_c(rows[i][0]), &document), RC_OK);
		assert_int_equal(document, i);
	}
	assert_null(document_at(DOCUMENT_COUNT));
	assert_int_equal(document_from_key(S("sim"), &document), RC_ABSENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(elements_stand_in_enum_order),
	        cmocka_unit_test(p21a_eight_elements),
	        cmocka_unit_test(methods_stand_in_enum_order),
	        cmocka_unit_test(documents_stand_in_enum_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
