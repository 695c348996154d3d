/* SPDX-License-Identifier: EUPL-1.2
 * The whole life of every kind of request: each way from filed to an end, what it does to
 * user ids, papers, versions and heads, and what it refuses on the way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "bureau.h"
#include "identity/handover.h"

#define LETTER "nomor", "800/1/BPBD", "tanggal", "2026-11-23"
#define ANSWER "nomor", "470/2/DUKCAPIL", "tanggal", "2026-11-24"
#define PERSON                                                                                                                     \
	"pengguna.nama", "Wulan Contoh", "pengguna.nik", "3304130101909999", "pengguna.jabatan", "Analis", "pengguna.unit",        \
	        "Bidang Kedaruratan", "pengguna.alamat", "Jalan Contoh Nomor 2", "pengguna.kode_wilayah", "33.04"

static void declined_or_withdrawn(struct bureau *b, enum kind kind, bureau_form form)
{
	int64_t id = bureau_file(b, kind, form);
	bureau_flawed(b, bureau_try_step(b, id, "decline", admin, FORM(ANSWER)), "alasan"); /* a reason is owed */
	bureau_step(b, id, "decline", admin, FORM(ANSWER, "alasan", "Belum lengkap"), "declined");
	assert_int_equal(bureau_try_step(b, id, "withdraw", bureau_head(b), FORM("catatan", "")), RC_CONFLICT); /* decided */
	id = bureau_file(b, kind, form);
	bureau_step(b, id, "withdraw", bureau_head(b), FORM("catatan", ""), "withdrawn");
	assert_int_equal(bureau_try_step(b, id, "decline", admin, FORM(ANSWER, "alasan", "x")), RC_CONFLICT);
}

static bool has_paper(struct bureau *b, enum paper_kind kind, const char *subject)
{
	bool valid;
	OK(paper_valid(b->desk.tx, b->bpbd, kind, str_c(subject), desk_today(&b->desk), &valid, &engine_err));
	return valid;
}

/* ---- user ids: J.II.A, J.II.B, P2.1c ---- */

static void check_j2a_user_new(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	struct user user;
	struct handover *given;
	size_t n;
	bureau_form form = FORM(LETTER, PERSON, "pengguna.user_id", "operator9", "alasan", "Tenaga tambahan");
	bureau_form create =
	        FORM("pengguna.user_id", "operator-9", "petugas.nama", "Sari Contoh", "petugas.jabatan", "Administrator");
	declined_or_withdrawn(&b, KIND_USER_NEW, form);
	int64_t id = bureau_file(&b, KIND_USER_NEW, form);
	bureau_flawed(&b,
	              bureau_try_step(&b, id, "create", admin,
	                              FORM("pengguna.user_id", "operator1", "petugas.nama", "x", "petugas.jabatan", "x")),
	              "pengguna.user_id"); /* taken, and the request stays where it was */
	assert_string_equal(bureau_get(&b, id).state->key, "filed");
	bureau_step(&b, id, "create", admin, create, "created");
	assert_int_equal(b.taken.traces[0].act, ACT_USER);
	OK(user_find(b.desk.tx, S("operator-9"), &user, &engine_err));
	assert_true(user.must_change && user.instansi_id == b.bpbd && user.role == ROLE_OPERATOR); /* P2.1c */
	assert_str(user.holder, "Wulan Contoh");
	assert_str(user.position, "Analis");
	assert_str(user.password_hash, HASH);
	OK(handover_list(b.desk.tx, user.user, &given, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_false(has_paper(&b, PAPER_BAST, "operator-9"));
	bureau_flawed(&b, bureau_try_step(&b, id, "bast", admin, FORM(ANSWER)), "berkas");
	bureau_step(&b, id, "bast", admin, FORM(ANSWER, "berkas", "77"), "done");
	assert_true(has_paper(&b, PAPER_BAST, "operator-9"));
	assert_false(has_paper(&b, PAPER_NDA, "operator-9")); /* J.VI.E: still his to sign */
	bureau_close(&b);
}
EACH(j2a_user_new)

static void check_j2b_user_change(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	struct user user;
	bureau_form form = FORM(LETTER, PERSON, "pengguna.user_id", "operator1", "persempit", "192.0.2.16/28, 192.0.2.64/28",
	                        "alasan", "Nama belum lengkap");
	bureau_flawed(
	        &b,
	        bureau_try_open(&b, KIND_USER_CHANGE, bureau_head(&b),
	                        FORM("persempit", "192.0.2.1/28", LETTER, PERSON, "pengguna.user_id", "operator1", "alasan", "x")),
	        "persempit");
	declined_or_withdrawn(&b, KIND_USER_CHANGE, form);
	int64_t id = bureau_file(&b, KIND_USER_CHANGE, form);
	bureau_step(&b, id, "approve", admin, FORM(ANSWER, "alasan", "Sesuai"), "done");
	OK(user_find(b.desk.tx, S("operator1"), &user, &engine_err));
	assert_str(user.holder, "Wulan Contoh");
	assert_true(user.narrowing.n > 0);
	bureau_close(&b);
}
EACH(j2b_user_change)

static void check_j2b_user_close(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	struct user user;
	struct handover_material material;
	bureau_form form = FORM(LETTER, "pengguna.user_id", "operator1", "alasan", "Selesai bertugas");
	bureau_form close = FORM(ANSWER, "alasan", "Sesuai permohonan", "isi", "Bahan dikembalikan");
	declined_or_withdrawn(&b, KIND_USER_CLOSE, form);
	int64_t id = bureau_file(&b, KIND_USER_CLOSE, form);
	bureau_step(&b, id, "close", admin, close, "closed");
	OK(user_find(b.desk.tx, S("operator1"), &user, &engine_err));
	assert_true(user.closed && user.why == USER_CLOSED_REQUEST);
	assert_int_equal(bureau_get(&b, id).state->turn, TURN_INSTANSI); /* DOMAIN 9: the materials come back */
	bureau_step(&b, id, "give-back", bureau_head(&b), FORM("tanggal", "2026-11-24", "catatan", "Panduan cetak"), "returned");
	bureau_step(&b, id, "received", admin, FORM("tanggal", "2026-11-24", "catatan", ""), "done");
	OK(handover_material_get(b.desk.tx, &user, &material, &engine_err));
	assert_true(handover_all_back(&material));
	bureau_user(&b, "operator4", ROLE_OPERATOR, b.bpbd); /* or straight into the provider's hands */
	id = bureau_file(&b, KIND_USER_CLOSE, FORM(LETTER, "pengguna.user_id", "operator4", "alasan", "x"));
	OK(user_find(b.desk.tx, S("operator4"), &user, &engine_err));
	OK(user_set_closed(b.desk.tx, user.user, USER_CLOSED_DORMANT, NOW, &engine_err));
	bureau_flawed(&b, bureau_try_step(&b, id, "close", admin, close), ""); /* the night was faster */
	OK(user_set_closed(b.desk.tx, user.user, USER_OPEN, NOW, &engine_err));
	bureau_step(&b, id, "close", admin, close, "closed");
	bureau_step(&b, id, "received", admin, FORM("tanggal", "2026-11-24"), "done");
	bureau_close(&b);
}
EACH(j2b_user_close)

/* ---- PoC: J.II.B, J.II.D ---- */

#define PLAN ANSWER, "mulai", "2026-12-01", "pukul", "09.00", "lokasi", "Ruang rapat"

static void check_j2d_poc_lifts_the_quota(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	bureau_form form = FORM(LETTER, "aplikasi", "portal", "aplikasi.keterangan", "Verifikasi korban");
	bureau_flawed(
	        &b,
	        bureau_try_open(&b, KIND_POC, bureau_head(&b), FORM(LETTER, "aplikasi", "CALL_NIK", "aplikasi.keterangan", "x")),
	        "aplikasi"); /* not granted */
	declined_or_withdrawn(&b, KIND_POC, form);
	int64_t id = bureau_file(&b, KIND_POC, form);
	bureau_flawed(&b, bureau_try_step(&b, id, "schedule", admin, FORM("mulai", "2026-11-01", PLAN)), "mulai");
	bureau_flawed(&b, bureau_try_step(&b, id, "schedule", admin, FORM("pukul", "25.00", PLAN)), "pukul");
	bureau_step(&b, id, "schedule", admin, FORM(PLAN), "scheduled");
	bureau_step(&b, id, "schedule", admin, FORM(PLAN), "scheduled");
	bureau_flawed(&b, bureau_try_step(&b, id, "held", admin, FORM("dilaksanakan", "2026-11-20")), "dilaksanakan");
	bureau_on(&b, 2026, 12, 1);
	bureau_step(&b, id, "held", admin, FORM("dilaksanakan", "2026-12-01"), "held");
	assert_false(bureau_standing(&b).poc_passed[METHOD_PORTAL]);
	bureau_step(&b, id, "pass", admin, FORM("nomor", "470/7/POC", "tanggal", "2026-12-01", "penanda_tangan", "Kepala Dinas"),
	            "passed");
	assert_true(bureau_standing(&b).poc_passed[METHOD_PORTAL]); /* J.II.B: at once */
	bureau_flawed(&b, bureau_try_open(&b, KIND_POC, bureau_head(&b), form), "aplikasi");
	bureau_close(&b);
}
EACH(j2d_poc_lifts_the_quota)

static void check_j2d_poc_failed_opens_nothing(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	bureau_form form = FORM(LETTER, "aplikasi", "portal", "aplikasi.keterangan", "Verifikasi korban");
	int64_t id = bureau_file(&b, KIND_POC, form);
	bureau_step(&b, id, "schedule", admin, FORM(PLAN), "scheduled");
	bureau_step(&b, id, "held", admin, FORM("dilaksanakan", "2026-11-24"), "held");
	bureau_step(&b, id, "fail", admin, FORM(ANSWER, "alasan", "Titik akses lain"), "failed");
	assert_false(bureau_standing(&b).poc_passed[METHOD_PORTAL]);
	bureau_file(&b, KIND_POC, form); /* again */
	bureau_close(&b);
}
EACH(j2d_poc_failed_opens_nothing)

/* ---- emergency quota: P6, J.II.B ---- */

#define EMERGENCY(hits, from, to)                                                                                                  \
	LETTER, "kejadian", "Longsor Contoh", "metode", "portal", "jumlah", hits, "mulai", from, "akhir", to, "alasan", "Kahar"

static void check_p6_quota_bad_input(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	static const struct {
		const char *hits, *from, *to, *field;
	} bad[] = {{"150", "2026-11-25", "2026-12-01", "jumlah"}, /* below what there is */
	           {"200", "2026-11-25", "2026-12-01", "jumlah"}, {"1000", "2026-11-23", "2026-12-01", "mulai"}, /* past */
	           {"1000", "2026-11-25", "2026-11-24", "akhir"},  /* ends before it begins */
	           {"1000", "2026-11-25", "2027-02-23", "akhir"},  /* 91 days */
	           {"1000", "2026-11-25", "", "akhir"},            /* an end is mandatory */
	           {"1000", "2027-05-21", "2027-05-22", "mulai"}}; /* after the term */
	for (size_t i = 0; i < LEN(bad); i++)
		bureau_flawed(
		        &b, bureau_try_open(&b, KIND_QUOTA, bureau_head(&b), FORM(EMERGENCY(bad[i].hits, bad[i].from, bad[i].to))),
		        bad[i].field);
	bureau_on(&b, 2027, 5, 1); /* the term is not outlived */
	bureau_flawed(&b, bureau_try_open(&b, KIND_QUOTA, bureau_head(&b), FORM(EMERGENCY("1000", "2027-05-10", "2027-05-21"))),
	              "akhir");
	bureau_close(&b);
}
EACH(p6_quota_bad_input)

static void check_p6_emergency_quota(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	declined_or_withdrawn(&b, KIND_QUOTA, FORM(EMERGENCY("1.000", "2026-11-25", "2027-02-22")));
	int64_t id = bureau_file(&b, KIND_QUOTA, FORM(EMERGENCY("1.000", "2026-11-25", "2026-12-08"))), waiting;
	bureau_step(&b, id, "approve", admin, FORM(ANSWER, "jumlah", "800"), "approved");
	assert_int_equal(bureau_standing(&b).terms->methods[METHOD_PORTAL].quota_before_poc, 200);
	bureau_on(&b, 2026, 11, 25);
	struct standing s = bureau_standing(&b);
	assert_int_equal(s.version_number, 2);
	assert_int_equal(s.terms->methods[METHOD_PORTAL].quota_before_poc, 800);
	assert_int_equal(s.terms->methods[METHOD_PORTAL].quota_after_poc, -1); /* decision 0021 */
	assert_str(s.terms->addendum_ground, "P6");
	assert_str(s.terms->addendum_number, "470/2/DUKCAPIL");
	/* a second one inside it must not outlive it */
	bureau_flawed(&b, bureau_try_open(&b, KIND_QUOTA, bureau_head(&b), FORM(EMERGENCY("2000", "2026-12-01", "2026-12-20"))),
	              "akhir");
	assert_int_equal(bureau_try_step(&b, id, "report", bureau_head(&b), FORM(ANSWER, "terpakai", "0", "kendala", "-")),
	                 RC_INVALID);
	OK(request_waiting(b.desk.tx, b.bpbd, TURN_INSTANSI, desk_today(&b.desk), &waiting, &engine_err));
	assert_int_equal(waiting, 0);
	bureau_on(&b, 2026, 12, 9); /* it ended by itself, and the report is owed */
	assert_int_equal(bureau_standing(&b).version_number, 1);
	OK(request_waiting(b.desk.tx, b.bpbd, TURN_INSTANSI, desk_today(&b.desk), &waiting, &engine_err));
	assert_int_equal(waiting, 1);
	bureau_step(&b, id, "report", bureau_head(&b), FORM(ANSWER, "terpakai", "2.417", "kendala", "Tidak ada"), "done");
	bureau_close(&b);
}
EACH(p6_emergency_quota)

/* office.two_persons: no single admin lifts a quota, by a PoC or by an addendum. */
static void check_two_persons_lift_a_quota(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	const struct request_actor admin2 = {S("admin2"), ROLE_ADMIN, 0};
	bureau_form pass = FORM("nomor", "470/7/POC", "tanggal", "2026-12-01", "penanda_tangan", "Kepala Dinas");
	b.desk.two_persons = true;
	int64_t id = bureau_file(&b, KIND_QUOTA, FORM(EMERGENCY("1.000", "2026-11-25", "2026-12-08")));
	bureau_flawed(&b, bureau_try_step(&b, id, "approve", admin, FORM(ANSWER, "jumlah", "800")), "");
	bureau_flawed(&b, bureau_try_step(&b, id, "propose", admin, FORM(ANSWER, "jumlah", "100")), "jumlah");
	bureau_step(&b, id, "propose", admin, FORM(ANSWER, "jumlah", "800"), "proposed");
	bureau_flawed(&b, bureau_try_step(&b, id, "confirm", admin, FORM("catatan", "x")), "");
	bureau_on(&b, 2026, 11, 25);
	assert_int_equal(bureau_standing(&b).version_number, 1);
	bureau_step(&b, id, "confirm", admin2, FORM("jumlah", "999999"), "approved");
	assert_int_equal(bureau_standing(&b).terms->methods[METHOD_PORTAL].quota_before_poc, 800);
	assert_str(bureau_standing(&b).terms->addendum_number, "470/2/DUKCAPIL");

	id = bureau_file(&b, KIND_POC, FORM(LETTER, "aplikasi", "portal", "aplikasi.keterangan", "Verifikasi korban"));
	bureau_step(&b, id, "schedule", admin, FORM(PLAN), "scheduled");
	bureau_on(&b, 2026, 12, 1);
	bureau_step(&b, id, "held", admin, FORM("dilaksanakan", "2026-12-01"), "held");
	bureau_flawed(&b, bureau_try_step(&b, id, "pass", admin, pass), "");
	assert_false(bureau_standing(&b).poc_passed[METHOD_PORTAL]);
	bureau_step(&b, id, "pass", admin2, pass, "passed");
	assert_true(bureau_standing(&b).poc_passed[METHOD_PORTAL]);
	bureau_close(&b);
}
EACH(two_persons_lift_a_quota)

static void check_p6_late_answer(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	int64_t id = bureau_file(&b, KIND_QUOTA, FORM(EMERGENCY("1000", "2026-11-25", "2026-12-08")));
	bureau_on(&b, 2026, 12, 10);
	bureau_flawed(&b, bureau_try_step(&b, id, "approve", admin, FORM(ANSWER, "jumlah", "800")), "");
	bureau_on(&b, 2026, 12, 3);
	bureau_step(&b, id, "approve", admin, FORM(ANSWER, "jumlah", "800"), "approved");
	assert_int_equal(bureau_standing(&b).version_number, 2);
	assert_int_equal(bureau_standing(&b).terms->begin.n, desk_today(&b.desk).n); /* not backwards */
	bureau_close(&b);
}
EACH(p6_late_answer)

static void check_p6_nothing_to_raise_without_limit(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	struct paper poc = {.kind = PAPER_POC,
	                    .instansi_id = b.bpbd,
	                    .subject = S("portal"),
	                    .number = S("1"),
	                    .signer = S("x"),
	                    .signed_on = FIRST};
	OK(paper_file(b.desk.tx, &poc, NOW, &engine_err));
	bureau_flawed(&b, bureau_try_open(&b, KIND_QUOTA, bureau_head(&b), FORM(EMERGENCY("1000", "2026-11-25", "2026-12-08"))),
	              "metode");
	bureau_close(&b);
}
EACH(p6_nothing_to_raise_without_limit)

/* ---- network, method, renewal, application: versions ---- */

#define NETWORK                                                                                                                    \
	LETTER, "jaringan.penyedia", "Penyedia Lain Contoh", "jaringan.kecepatan", "5", "jaringan.biaya", "instansi",              \
	        "jaringan.pendamping", "provider", "jaringan.alamat", "Pusdalops", "mulai", "2026-12-20", "alasan", "Lambat"

/* An addendum that follows version 1 of the sample. */
#define FIRST_ADDENDUM(ground)                                                                                                     \
	"\"ministry_approval\"",                                                                                                   \
	        "\"addendum\": {\"number\": \"470/9/ADENDUM\", \"signed_on\": \"2026-11-24\", \"ground\": \"" ground               \
	        "\", \"subject\": \"contoh\"}, \"ministry_approval\"",                                                             \
	        "\"begin\": \"2025-05-20\"", "\"begin\": \"2026-11-24\""

static void check_j1c_network(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	bureau_flawed(&b, bureau_try_open(&b, KIND_NETWORK, bureau_head(&b), FORM(NETWORK)), "kajian"); /* J.I.C: with a study */
	declined_or_withdrawn(&b, KIND_NETWORK, FORM(NETWORK, "kajian", "7"));
	int64_t id = bureau_file(&b, KIND_NETWORK, FORM(NETWORK, "kajian", "7"));
	bureau_step(&b, id, "reply", admin, FORM(ANSWER, "alasan", "Sesuai"), "replied");
	bureau_flawed(&b, bureau_try_step(&b, id, "changed", admin, FORM("tanggal", "2026-11-24", "versi", "1")),
	              "versi"); /* older */
	bureau_flawed(&b, bureau_try_step(&b, id, "changed", admin, FORM("tanggal", "2026-11-24", "versi", "2")),
	              "versi"); /* none */
	bureau_version(&b, FORM(FIRST_ADDENDUM("J.I.C"), "Penyedia Jaringan Contoh", "Penyedia Lain Contoh"));
	bureau_step(&b, id, "changed", admin, FORM("tanggal", "2026-11-24", "versi", "2"), "done");
	bureau_close(&b);
}
EACH(j1c_network)

#define METHOD LETTER, "metode", "CALL_VERIFY_BY_ELEMEN", "elemen", "tetap", "mulai", "2026-12-20", "alasan", "Posko", "kajian", "7"
#define APPROVAL "nomor", "400.8/9/DJ", "tanggal", "2026-11-24", "penanda_tangan", "Direktur Jenderal"

static void check_j2c_method(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	declined_or_withdrawn(&b, KIND_METHOD, FORM(METHOD));
	int64_t id = bureau_file(&b, KIND_METHOD, FORM(METHOD));
	bureau_step(&b, id, "reply", admin, FORM(ANSWER, "alasan", "Diusulkan"), "replied");
	bureau_step(&b, id, "ministry", admin, FORM(APPROVAL), "approved");
	assert_true(has_paper(&b, PAPER_MINISTRY, ""));
	bureau_version(&b, FORM(FIRST_ADDENDUM("P9.2")));
	bureau_flawed(&b, bureau_try_step(&b, id, "addendum", admin, FORM("versi", "2")), "versi"); /* another ground */
	bureau_version(&b, FORM("\"P9.2\"", "\"J.II.C\""));
	bureau_flawed(&b, bureau_try_step(&b, id, "addendum", admin, FORM("versi", "3")), "versi"); /* another approval */
	bureau_version(&b, FORM("\"ministry_approval\": \"470/001/DUKCAPIL-CONTOH\"", "\"ministry_approval\": \"400.8/9/DJ\""));
	bureau_step(&b, id, "addendum", admin, FORM("versi", "4"), "done");
	id = bureau_file(&b, KIND_METHOD, FORM(METHOD));
	bureau_step(&b, id, "reply", admin, FORM(ANSWER, "alasan", "Diusulkan"), "replied");
	bureau_step(&b, id, "ministry-no", admin, FORM(ANSWER, "alasan", "Belum perlu"), "declined");
	bureau_close(&b);
}
EACH(j2c_method)

#define RENEWAL(from, to) "nomor", "800/9/BPBD", "tanggal", "2026-11-24", "mulai", from, "akhir", to, "alasan", "Dilanjutkan"

/* P4, J.VI.F-G: at least two months before the end, through the provider, then the ministry. */
static void check_p4_renewal(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	bool under_way;
	bureau_flawed(&b, bureau_try_open(&b, KIND_RENEWAL, bureau_head(&b), FORM(RENEWAL("2027-05-21", "2027-05-20"))), "akhir");
	bureau_flawed(&b, bureau_try_open(&b, KIND_RENEWAL, bureau_head(&b), FORM(RENEWAL("2027-05-22", "2029-05-20"))), "mulai");
	declined_or_withdrawn(&b, KIND_RENEWAL, FORM(RENEWAL("2027-05-21", "2029-05-20")));
	OK(request_renewal(b.desk.tx, b.bpbd, day_from_ymd(2026, 11, 1), &under_way, &engine_err));
	assert_false(under_way); /* declined and withdrawn ones are none */
	int64_t id = bureau_file(&b, KIND_RENEWAL, FORM(RENEWAL("2027-05-21", "2029-05-20")));
	assert_false(bureau_get(&b, id).late);
	bureau_flawed(&b, bureau_try_open(&b, KIND_RENEWAL, bureau_head(&b), FORM(RENEWAL("2027-05-21", "2029-05-20"))), "");
	OK(request_renewal(b.desk.tx, b.bpbd, day_from_ymd(2026, 11, 1), &under_way, &engine_err));
	assert_true(under_way);
	OK(request_renewal(b.desk.tx, b.bpbd, day_from_ymd(2026, 12, 1), &under_way, &engine_err));
	assert_false(under_way);
	bureau_step(&b, id, "forward", admin, FORM(ANSWER, "isi", "Berjalan baik"), "forwarded"); /* J.VI.F: through the provider */
	bureau_step(&b, id, "draft", admin, FORM("tanggal", "2026-11-24"), "drafted");
	bureau_step(&b, id, "ministry", admin, FORM(APPROVAL), "approved");
	bureau_version(&b, FORM(FIRST_ADDENDUM("P4"), "\"ministry_approval\": \"470/001/DUKCAPIL-CONTOH\"",
	                        "\"ministry_approval\": \"400.8/9/DJ\""));
	bureau_flawed(&b, bureau_try_step(&b, id, "record", admin, FORM("versi", "2")), "versi"); /* reaches no further */
	bureau_version(&b, FORM("\"end\": \"2027-05-20\"", "\"end\": \"2029-05-20\""));
	bureau_step(&b, id, "record", admin, FORM("versi", "3"), "done");
	OK(request_renewal(b.desk.tx, b.bpbd, day_from_ymd(2026, 11, 1), &under_way, &engine_err));
	assert_true(under_way);
	bureau_close(&b);
}
EACH(p4_renewal)

static void check_p4_late_renewal_is_taken_and_marked(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	bureau_on(&b, 2027, 3, 18); /* the 19th is a Friday without a holiday: the 18th is in time */
	int64_t id = bureau_file(&b, KIND_RENEWAL, FORM(RENEWAL("2027-05-21", "2029-05-20")));
	assert_false(bureau_get(&b, id).late);
	bureau_step(&b, id, "withdraw", bureau_head(&b), FORM("catatan", ""), "withdrawn");
	bureau_on(&b, 2027, 3, 22);
	id = bureau_file(&b, KIND_RENEWAL, FORM(RENEWAL("2027-05-21", "2029-05-20")));
	assert_true(bureau_get(&b, id).late);
	bureau_step(&b, id, "forward", admin, FORM(ANSWER, "isi", "Terlambat"), "forwarded");
	bureau_step(&b, id, "ministry-no", admin, FORM(ANSWER, "alasan", "Terlambat"), "declined");
	id = bureau_file(&b, KIND_RENEWAL, FORM(RENEWAL("2027-05-21", "2029-05-20")));
	bureau_step(&b, id, "forward", admin, FORM(ANSWER, "isi", "x"), "forwarded");
	bureau_step(&b, id, "draft", admin, FORM("tanggal", "2027-03-22"), "drafted");
	bureau_step(&b, id, "ministry", admin, FORM(APPROVAL), "approved");
	bureau_step(&b, id, "successor", admin, FORM(ANSWER, "catatan", "Kode BPBD-2"), "succeeded");
	bureau_close(&b);
}
EACH(p4_late_renewal_is_taken_and_marked)

#define APPLICATION                                                                                                                \
	LETTER, "aplikasi", "Posko Lapangan", "kode", "posko-lapangan", "aplikasi.keterangan", "Verifikasi di posko", "metode",    \
	        "portal", "elemen", "tetap", "mulai", "2026-12-20"

static void check_j2d_application_opens_its_poc(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	declined_or_withdrawn(&b, KIND_APPLICATION, FORM(APPLICATION));
	int64_t id = bureau_file(&b, KIND_APPLICATION, FORM(APPLICATION));
	bureau_version(&b, FORM(FIRST_ADDENDUM("J.II.D")));
	bureau_flawed(&b, bureau_try_step(&b, id, "record", admin, FORM("versi", "2")), "versi"); /* does not name it */
	bureau_version(&b, FORM("\"allow\":", "\"applications\": [{\"code\": \"posko-lapangan\", \"name\": \"Posko Lapangan\", "
	                                      "\"method\": \"portal\"}], \"allow\":"));
	bureau_flawed(&b, bureau_try_step(&b, id, "record", admin, FORM("versi", "3")), "versi"); /* P9.3: no Juknis revision */
	bureau_version(&b, FORM("\"revisions\": []", "\"revisions\": [{\"revision\": 1, \"signed_on\": \"2026-11-24\", "
	                                             "\"subject\": \"Posko\"}]"));
	bureau_step(&b, id, "record", admin, FORM("versi", "4"), "done");
	struct request poc = bureau_get(&b, id + 1); /* J.II.D: by itself */
	assert_int_equal(poc.kind->kind, KIND_POC);
	assert_str(poc.subject, "posko-lapangan");
	assert_str(poc.title, "Posko Lapangan");
	assert_string_equal(poc.state->key, "filed");
	bureau_flawed(&b, bureau_try_open(&b, KIND_APPLICATION, bureau_head(&b), FORM(APPLICATION)), "kode");
	bureau_close(&b);
}
EACH(j2d_application_opens_its_poc)

/* ---- notices: J.VI.H, J.VI.B ---- */

#define OFFICIAL(status, from, to)                                                                                                 \
	LETTER, "pejabat.status", status, "pejabat.baru", "Hadi Contoh", "pejabat.jabatan", "Kepala Pelaksana", "dasar",           \
	        "821/1/SK", "mulai", from, "akhir", to, "berkas", "7"

static void check_j6h_official(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	struct official head;
	bureau_flawed(&b, bureau_try_open(&b, KIND_OFFICIAL, bureau_head(&b), FORM(OFFICIAL("plt", "2026-11-20", ""))), "akhir");
	bureau_flawed(&b,
	              bureau_try_open(&b, KIND_OFFICIAL, bureau_head(&b), FORM(OFFICIAL("definitif", "2026-11-20", "2026-12-20"))),
	              "akhir");
	bureau_flawed(&b, bureau_try_open(&b, KIND_OFFICIAL, bureau_head(&b), FORM(OFFICIAL("plh", "2026-11-20", "2026-11-19"))),
	              "akhir");
	declined_or_withdrawn(&b, KIND_OFFICIAL, FORM(OFFICIAL("definitif", "2026-11-20", "")));
	int64_t id = bureau_file(&b, KIND_OFFICIAL, FORM(OFFICIAL("definitif", "2026-11-20", "")));
	assert_true(bureau_standing(&b).sptjm);
	bureau_step(&b, id, "acknowledge", admin, FORM(ANSWER, "alasan", "Lengkap"), "done");
	OK(official_on(b.desk.tx, b.bpbd, desk_today(&b.desk), &head, &engine_err));
	assert_str(head.name, "Hadi Contoh");
	assert_false(bureau_standing(&b).sptjm); /* a new head needs a new SPTJM */
	id = bureau_file(&b, KIND_OFFICIAL, FORM(OFFICIAL("plh", "2026-11-24", "2026-11-30")));
	bureau_step(&b, id, "acknowledge", admin, FORM(ANSWER, "alasan", "Lengkap"), "done");
	OK(official_on(b.desk.tx, b.bpbd, desk_today(&b.desk), &head, &engine_err));
	assert_int_equal(head.acting, ACTING_PLH);
	id = bureau_file(&b, KIND_OFFICIAL, FORM(OFFICIAL("plt", "2026-11-24", "2026-11-30"))); /* two acting heads at once */
	bureau_flawed(&b, bureau_try_step(&b, id, "acknowledge", admin, FORM(ANSWER, "alasan", "Lengkap")), "");
	bureau_close(&b);
}
EACH(j6h_official)

#define STRUCTURE(contacts) LETTER, "perihal", "Bidang baru", "isi", "Bidang Data dibentuk", "narahubung", contacts, "berkas", "7"

static void check_j6h_structure_changes_the_contacts(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	bureau_flawed(&b, bureau_try_open(&b, KIND_STRUCTURE, bureau_head(&b), FORM(STRUCTURE("Nama saja"))), "narahubung");
	bureau_form form = FORM(STRUCTURE("Petugas Contoh Lima; Kepala Bidang Data; 0000-000-0005; data5@bpbd.example\n\n"
	                                  "Petugas Contoh Enam; Analis; 0000-000-0006; data6@bpbd.example\r\n"));
	declined_or_withdrawn(&b, KIND_STRUCTURE, form);
	int64_t id = bureau_file(&b, KIND_STRUCTURE, form);
	bureau_step(&b, id, "acknowledge", admin, FORM(ANSWER, "alasan", "Lengkap"), "done");
	struct standing s = bureau_standing(&b);
	assert_int_equal(s.contacts_n, 3); /* the provider's own stands */
	assert_str(s.contacts[0].name, "Petugas Contoh Satu");
	assert_str(s.contacts[1].position, "Kepala Bidang Data");
	assert_str(s.contacts[2].email, "data6@bpbd.example");
	bureau_close(&b);
}
EACH(j6h_structure_changes_the_contacts)

/* ---- dispute P7, meeting J.VI.C ---- */

#define MINUTES(number) "nomor", number, "tanggal", "2026-11-24", "penanda_tangan", "Kepala Dinas"

static void check_p7_dispute(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	bureau_form form = FORM("perihal", "Batas kuota", "isi", "Penafsiran berbeda");
	bureau_form talk = FORM(MINUTES("BA/1"), "pukul", "09.00", "lokasi", "Dinas", "pembahasan", "x", "kesimpulan", "y");
	bureau_form more = FORM(MINUTES("BA/2"), "pukul", "09.00", "lokasi", "Dinas", "pembahasan", "x", "kesimpulan", "y");
	int64_t id = bureau_file(&b, KIND_DISPUTE, form);
	assert_int_equal(bureau_try_step(&b, id, "law", admin, FORM("tanggal", "2026-11-24", "catatan", "x")),
	                 RC_CONFLICT); /* talk first */
	bureau_step(&b, id, "deliberate", admin, talk, "deliberating");
	bureau_step(&b, id, "deliberate", admin, more, "deliberating");
	assert_true(has_paper(&b, PAPER_MINUTES, ""));
	bureau_step(&b, id, "settle", admin, FORM(ANSWER, "catatan", "Sepakat"), "settled");
	OK(bureau_try_open(&b, KIND_DISPUTE, admin, form)); /* the provider may open one too */
	id = b.taken.request_id;
	assert_int_equal(bureau_try_step(&b, id, "withdraw", bureau_head(&b), FORM("catatan", "")), RC_REFUSED);
	bureau_step(&b, id, "deliberate", admin,
	            FORM(MINUTES("BA/3"), "pukul", "09.00", "lokasi", "x", "pembahasan", "x", "kesimpulan", "y"), "deliberating");
	bureau_step(&b, id, "law", bureau_head(&b), FORM("tanggal", "2026-11-24", "catatan", "Pengadilan negeri"), "law");
	id = bureau_file(&b, KIND_DISPUTE, form);
	bureau_step(&b, id, "withdraw", bureau_head(&b), FORM("catatan", ""), "withdrawn");
	bureau_close(&b);
}
EACH(p7_dispute)

static void check_j6c_meeting(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	bureau_form form = FORM("perihal", "Evaluasi", "mulai", "2026-11-24", "pukul", "09:30", "lokasi", "Dinas");
	int64_t id = bureau_file(&b, KIND_MEETING, form);
	bureau_step(&b, id, "minutes", admin, FORM(MINUTES("BA/9"), "isi", "Pembahasan", "kesimpulan", "Sepakat"), "done");
	assert_true(has_paper(&b, PAPER_MINUTES, ""));
	OK(bureau_try_open(&b, KIND_MEETING, admin, form));
	bureau_step(&b, b.taken.request_id, "withdraw", admin, FORM("catatan", "Ditunda"), "withdrawn");
	bureau_close(&b);
}
EACH(j6c_meeting)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(j2a_user_new),
	        cmocka_unit_test(j2b_user_change),
	        cmocka_unit_test(j2b_user_close),
	        cmocka_unit_test(two_persons_lift_a_quota),
	        cmocka_unit_test(j2d_poc_lifts_the_quota),
	        cmocka_unit_test(j2d_poc_failed_opens_nothing),
	        cmocka_unit_test(p6_quota_bad_input),
	        cmocka_unit_test(p6_emergency_quota),
	        cmocka_unit_test(p6_late_answer),
	        cmocka_unit_test(p6_nothing_to_raise_without_limit),
	        cmocka_unit_test(j1c_network),
	        cmocka_unit_test(j2c_method),
	        cmocka_unit_test(p4_renewal),
	        cmocka_unit_test(p4_late_renewal_is_taken_and_marked),
	        cmocka_unit_test(j2d_application_opens_its_poc),
	        cmocka_unit_test(j6h_official),
	        cmocka_unit_test(j6h_structure_changes_the_contacts),
	        cmocka_unit_test(p7_dispute),
	        cmocka_unit_test(j6c_meeting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
