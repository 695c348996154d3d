/* SPDX-License-Identifier: EUPL-1.2
 * Requests as such: who may open and move one, what bad input gets, two at once, what is
 * sealed, what waits for whom. The life of each kind is in life_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "bureau.h"
#include "store/query.h"

#define NIK "3304130101909999"
#define LETTER "nomor", "800/1/BPBD", "tanggal", "2026-11-23"
#define PERSON                                                                                                                     \
	"pengguna.nama", "Wulan Contoh", "pengguna.nik", NIK, "pengguna.jabatan", "Analis", "pengguna.unit", "Bidang Kedaruratan", \
	        "pengguna.alamat", "Jalan Contoh Nomor 2", "pengguna.kode_wilayah", "33.04"

static int64_t file_user(struct bureau *b)
{
	return bureau_file(b, KIND_USER_NEW, FORM(LETTER, PERSON, "pengguna.user_id", "operator9", "alasan", "Tenaga tambahan"));
}

static void check_bad_forms_say_what_is_wrong(struct engine *engine)
{
	static const struct {
		const char *field, *typed;
	} bad[] = {{"nomor", ""},
	           {"tanggal", "2026-11-25"},
	           {"tanggal", "23-11-2026"},
	           {"pengguna.nik", "330413010190999"},
	           {"pengguna.nik", "3304133201909999"},
	           {"pengguna.nip", "12"},
	           {"pengguna.kode_wilayah", "33-04"},
	           {"pengguna.kode_wilayah", "3304"},
	           {"pengguna.user_id", "Operator 9"},
	           {"pengguna.user_id", "operator1"},
	           {"pengguna.nama", "Dua\nbaris"},
	           {"alasan", " "},
	           {"alasan", "\xff"}};
	struct bureau b = bureau_open(engine);
	for (size_t i = 0; i < LEN(bad); i++) {
		const char *form[64] = {bad[i].field, bad[i].typed};
		const char *const *good = FORM(LETTER, PERSON, "alasan", "x");
		for (size_t j = 0; good[j]; j++)
			form[j + 2] = good[j];
		enum rc rc = bureau_try_open(&b, KIND_USER_NEW, bureau_head(&b), form);
		if (rc != RC_INVALID)
			fail_msg("%s = %s is taken", bad[i].field, bad[i].typed);
		bureau_flawed(&b, rc, bad[i].field);
	}
	enum rc rc = bureau_try_open(&b, KIND_USER_NEW, bureau_head(&b), FORM("alasan", "x"));
	assert_int_equal(rc, RC_INVALID);
	assert_int_equal(b.flaws.n, 8); /* all at once: number, day and six of the person */
	bureau_close(&b);
}
EACH(bad_forms_say_what_is_wrong)

/* The third item of the form holds NIP and jabatan; a NIK is typed as people group it. */
static void check_nik_is_sealed_and_masked(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	struct buf clear = BUF(64), other = BUF(64);
	struct request_step *steps;
	size_t n, sealed = 0;
	int64_t id = bureau_file(&b, KIND_USER_NEW,
	                         FORM("pengguna.nik", "330413 010190 9999", LETTER, PERSON, "alasan", "Tenaga tambahan"));
	struct request request = bureau_get(&b, id);
	OK(request_steps(b.desk.tx, &request, &steps, &n, &engine_err));
	assert_int_equal(n, 1);
	for (size_t i = 0; i < steps[0].values_n; i++) {
		const struct request_value *v = &steps[0].values[i];
		assert_null(memmem(v->value.at, v->value.n, "9999", 4));
		if (!v->sealed.n)
			continue;
		sealed++;
		assert_null(memmem(v->sealed.at, v->sealed.n, "3304", 4));
		OK(request_unseal(&b.desk, id, &steps[0], v, &clear, &engine_err));
		/* what is sealed for one request does not open in another */
		assert_int_equal(request_unseal(&b.desk, id + 1, &steps[0], v, &other, &engine_err), RC_REFUSED);
	}
	assert_int_equal(sealed, 1);
	assert_str(buf_str(&clear), NIK);
	buf_free(&clear);
	buf_free(&other);
	bureau_close(&b);
}
EACH(nik_is_sealed_and_masked)

static void check_only_its_own_people_move_it(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	int64_t id = file_user(&b);
	struct request_actor stranger = {S("dinkes-kepala"), ROLE_KEPALA, b.dinkes};
	struct request_actor operator= {S("operator1"), ROLE_OPERATOR, b.bpbd}, auditor = {S("auditor"), ROLE_AUDITOR, 0};
	assert_int_equal(bureau_try_step(&b, id, "withdraw", stranger, FORM("catatan", "")), RC_ABSENT);
	assert_int_equal(bureau_try_step(&b, id, "withdraw", operator, FORM("catatan", "")), RC_REFUSED);
	assert_int_equal(bureau_try_step(&b, id, "withdraw", admin, FORM("catatan", "")), RC_REFUSED); /* the head opened it */
	assert_int_equal(bureau_try_step(&b, id, "decline", auditor, FORM("x", "")), RC_REFUSED);
	assert_int_equal(bureau_try_step(&b, id, "decline", bureau_head(&b), FORM("x", "")), RC_REFUSED);
	assert_int_equal(bureau_try_step(&b, id, "terbang", admin, FORM("x", "")), RC_ABSENT);
	assert_int_equal(bureau_try_step(&b, id, "bast", admin, FORM("x", "")), RC_CONFLICT); /* not from here */
	assert_int_equal(bureau_try_open(&b, KIND_POC, stranger, FORM("x", "")), RC_ABSENT);
	assert_int_equal(bureau_try_open(&b, KIND_POC, operator, FORM("x", "")), RC_REFUSED);
	assert_int_equal(bureau_try_open(&b, KIND_POC, admin, FORM("x", "")), RC_REFUSED);
	assert_int_equal(bureau_try_open(&b, KIND_MEETING, auditor, FORM("x", "")), RC_REFUSED);
	assert_int_equal(bureau_get(&b, id).rev, 0);
	bureau_step(&b, id, "withdraw", bureau_head(&b), FORM("catatan", "Tidak jadi"), "withdrawn");
	bureau_close(&b);
}
EACH(only_its_own_people_move_it)

/* Two people saw the same revision: the second is told, and nothing of his is done. */
static void check_of_two_at_once_one_is_told(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	int64_t id = file_user(&b);
	bureau_form form = FORM("pengguna.user_id", "operator9", "petugas.nama", "Sari Contoh", "petugas.jabatan", "Admin");
	struct ask_source source = {bureau_typed, &form};
	struct request_advance ask = {
	        .request_id = id, .rev = 0, .step = S("create"), .by = admin, .source = &source, .password_hash = S(HASH)};
	bureau_step(&b, id, "create", admin, form, "created");
	form = FORM("pengguna.user_id", "operator10", "petugas.nama", "Sari Contoh", "petugas.jabatan", "Admin");
	assert_int_equal(request_advance(&b.desk, &ask, &b.taken, &b.flaws, &engine_err), RC_CONFLICT);
	struct user user;
	assert_int_equal(user_find(b.desk.tx, S("operator10"), &user, &engine_err), RC_ABSENT);
	/* and the same from a state that knows the step again, with the old revision */
	int64_t poc = bureau_file(&b, KIND_POC, FORM(LETTER, "aplikasi", "portal", "aplikasi.keterangan", "Uji"));
	bureau_form plan = FORM("nomor", "1", "tanggal", "2026-11-24", "mulai", "2026-12-01", "pukul", "09.00", "lokasi", "Dinas");
	bureau_step(&b, poc, "schedule", admin, plan, "scheduled");
	struct ask_source again = {bureau_typed, &plan};
	struct request_advance late = {.request_id = poc, .rev = 0, .step = S("schedule"), .by = admin, .source = &again};
	assert_int_equal(request_advance(&b.desk, &late, &b.taken, &b.flaws, &engine_err), RC_CONFLICT);
	bureau_close(&b);
}
EACH(of_two_at_once_one_is_told)

static void check_one_open_request_a_subject(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	bureau_form close = FORM(LETTER, "pengguna.user_id", "operator1", "alasan", "Selesai bertugas");
	int64_t id = bureau_file(&b, KIND_USER_CLOSE, close);
	bureau_flawed(&b, bureau_try_open(&b, KIND_USER_CLOSE, bureau_head(&b), close), "pengguna.user_id");
	bureau_step(&b, id, "withdraw", bureau_head(&b), FORM("catatan", ""), "withdrawn");
	bureau_file(&b, KIND_USER_CLOSE, close);
	/* another agency's user id is none of the choices */
	bureau_flawed(&b,
	              bureau_try_open(&b, KIND_USER_CLOSE, bureau_head(&b),
	                              FORM(LETTER, "pengguna.user_id", "dinkes-operator", "alasan", "x")),
	              "pengguna.user_id");
	bureau_close(&b);
}
EACH(one_open_request_a_subject)

static struct request_list list_of(struct bureau *b, struct request_filter filter)
{
	struct request_list list;
	filter.most = filter.most ? filter.most : 50;
	OK(request_page(&b->desk, &filter, &list, &engine_err));
	return list;
}

static void check_what_waits_stands_first(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	int64_t first = file_user(&b), waiting;
	int64_t closing = bureau_file(&b, KIND_USER_CLOSE, FORM(LETTER, "pengguna.user_id", "operator1", "alasan", "x"));
	bureau_step(&b, closing, "close", admin, FORM("nomor", "1", "tanggal", "2026-11-24", "alasan", "x", "isi", "x"), "closed");
	bureau_file(&b, KIND_MEETING, FORM("perihal", "Evaluasi", "mulai", "2026-12-01", "pukul", "09.00", "lokasi", "x"));
	struct request_list list = list_of(&b, (struct request_filter){.side = TURN_PROVIDER});
	assert_int_equal(list.all, 3);
	assert_int_equal(list.waiting, 1); /* the meeting waits for its day */
	assert_int_equal(list.at[0].request_id, first);
	list = list_of(&b, (struct request_filter){.side = TURN_INSTANSI, .instansi_id = b.bpbd});
	assert_int_equal(list.waiting, 1);
	assert_int_equal(list.at[0].request_id, closing);
	OK(request_waiting(b.desk.tx, b.bpbd, TURN_INSTANSI, desk_today(&b.desk), &waiting, &engine_err));
	assert_int_equal(waiting, 1);
	OK(request_waiting(b.desk.tx, 0, TURN_PROVIDER, day_from_ymd(2026, 12, 1), &waiting, &engine_err));
	assert_int_equal(waiting, 2);
	list = list_of(&b, (struct request_filter){.side = TURN_PROVIDER, .instansi_id = b.dinkes});
	assert_int_equal(list.all, 0);
	list = list_of(&b, (struct request_filter){.kind = kind_at(KIND_USER_CLOSE)});
	assert_int_equal(list.all, 1);
	/* page by page, nothing twice and nothing left out */
	for (int64_t skip = 0; skip < 3; skip++) {
		list = list_of(&b, (struct request_filter){.side = TURN_PROVIDER, .skip = skip, .most = 1});
		assert_int_equal(list.n, 1);
		assert_int_equal(list.at[0].request_id == first, skip == 0);
	}
	bureau_step(&b, first, "withdraw", bureau_head(&b), FORM("catatan", ""), "withdrawn");
	assert_int_equal(list_of(&b, (struct request_filter){.which = REQUEST_ENDED}).all, 1);
	assert_int_equal(list_of(&b, (struct request_filter){.which = REQUEST_OPEN}).all, 2);
	bureau_close(&b);
}
EACH(what_waits_stands_first)

static void check_there_is_a_ceiling(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	struct sql_request_insert row;
	struct sql_request_insert_in in = {.instansi_id = b.bpbd,
	                                   .kind = S("dispute"),
	                                   .state = S("filed"),
	                                   .turn = S("provider"),
	                                   .title = S("x"),
	                                   .subject = S(""),
	                                   .opened_by = S("kepala"),
	                                   .now_us = NOW};
	for (int i = 0; i < REQUEST_OPEN_MAX; i++)
		OK(sql_request_insert(b.desk.tx, in, &row, &engine_err));
	assert_int_equal(bureau_try_open(&b, KIND_DISPUTE, bureau_head(&b), FORM("perihal", "x", "isi", "x")), RC_LIMIT);
	bureau_close(&b);
}
EACH(there_is_a_ceiling)

static void check_queries_prepare(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	tx_rollback(&b.desk.tx);
	for (const struct query *const *q = procedure_queries; *q; q++)
		OK(query_check(engine->store, *q, &engine_err));
	bureau_close(&b);
}
EACH(queries_prepare)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(bad_forms_say_what_is_wrong), cmocka_unit_test(nik_is_sealed_and_masked),
	        cmocka_unit_test(only_its_own_people_move_it), cmocka_unit_test(of_two_at_once_one_is_told),
	        cmocka_unit_test(one_open_request_a_subject),  cmocka_unit_test(what_waits_stands_first),
	        cmocka_unit_test(there_is_a_ceiling),          cmocka_unit_test(queries_prepare),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
