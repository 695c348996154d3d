/* SPDX-License-Identifier: EUPL-1.2
 * registry/sandbox.c - see sandbox.h. One row a person; the table is published by
 * doc/sandbox.md and in the Panduan, and both are held to it by tests. Rows are added,
 * never taken away: a client's own tests stand on them. */
#include "registry/sandbox.h"

#include <assert.h>

#include "registry/answer_inside.h"
#include "registry/compare.h"

static const struct sandbox_person people[] = {
	{"3404011503859901", OUTCOME_DATA, "laki-laki; alamat dengan RT dan RW",
	 {[ELEMENT_NO_KK] = "3404011203109901", [ELEMENT_NIK] = "3404011503859901",
	  [ELEMENT_NAMA_LGKP] = "BUDI CONTOH LATIHAN", [ELEMENT_JENIS_KLMIN] = "Laki-Laki", [ELEMENT_TMPT_LHR] = "SLEMAN",
	  [ELEMENT_TGL_LHR] = "1985-03-15", [ELEMENT_JENIS_PKRJN] = "PETANI/PEKEBUN",
	  [ELEMENT_ALAMAT] = "JL. LATIHAN NO. 12", [ELEMENT_NO_PROP] = "34",
	  [ELEMENT_PROP_NAME] = "DAERAH ISTIMEWA YOGYAKARTA", [ELEMENT_NO_KAB] = "04", [ELEMENT_KAB_NAME] = "SLEMAN",
	  [ELEMENT_NO_KEC] = "01", [ELEMENT_KEC_NAME] = "GAMPING", [ELEMENT_NO_KEL] = "2001",
	  [ELEMENT_KEL_NAME] = "BALECATUR", [ELEMENT_NO_RT] = "001", [ELEMENT_NO_RW] = "002"}},
	{"3404015507889902", OUTCOME_DATA, "perempuan: tanggal lahir dalam NIK ditambah 40; sekeluarga dengan baris di atas",
	 {[ELEMENT_NO_KK] = "3404011203109901", [ELEMENT_NIK] = "3404015507889902",
	  [ELEMENT_NAMA_LGKP] = "SITI CONTOH LATIHAN", [ELEMENT_JENIS_KLMIN] = "Perempuan", [ELEMENT_TMPT_LHR] = "BANTUL",
	  [ELEMENT_TGL_LHR] = "1988-07-15", [ELEMENT_JENIS_PKRJN] = "MENGURUS RUMAH TANGGA",
	  [ELEMENT_ALAMAT] = "JL. LATIHAN NO. 12", [ELEMENT_NO_PROP] = "34",
	  [ELEMENT_PROP_NAME] = "DAERAH ISTIMEWA YOGYAKARTA", [ELEMENT_NO_KAB] = "04", [ELEMENT_KAB_NAME] = "SLEMAN",
	  [ELEMENT_NO_KEC] = "01", [ELEMENT_KEC_NAME] = "GAMPING", [ELEMENT_NO_KEL] = "2001",
	  [ELEMENT_KEL_NAME] = "BALECATUR", [ELEMENT_NO_RT] = "001", [ELEMENT_NO_RW] = "002"}},
	{"3578102002799903", OUTCOME_DATA, "nama panjang dengan gelar",
	 {[ELEMENT_NO_KK] = "3578100101059903", [ELEMENT_NIK] = "3578102002799903",
	  [ELEMENT_NAMA_LGKP] = "Dr. H. MUHAMMAD ABDURRAHMAN CONTOH WIRAKUSUMANINGRAT LATIHAN, S.Pd., M.Si.",
	  [ELEMENT_JENIS_KLMIN] = "Laki-Laki", [ELEMENT_TMPT_LHR] = "SURABAYA", [ELEMENT_TGL_LHR] = "1979-02-20",
	  [ELEMENT_JENIS_PKRJN] = "PEGAWAI NEGERI SIPIL", [ELEMENT_ALAMAT] = "PERUM CONTOH INDAH BLOK C-7",
	  [ELEMENT_NO_PROP] = "35", [ELEMENT_PROP_NAME] = "JAWA TIMUR", [ELEMENT_NO_KAB] = "78",
	  [ELEMENT_KAB_NAME] = "KOTA SURABAYA", [ELEMENT_NO_KEC] = "10", [ELEMENT_KEC_NAME] = "GUBENG",
	  [ELEMENT_NO_KEL] = "1003", [ELEMENT_KEL_NAME] = "KERTAJAYA", [ELEMENT_NO_RT] = "007", [ELEMENT_NO_RW] = "011"}},
	{"1271054112909904", OUTCOME_DATA, "nama satu kata; tanggal lahir 1 Desember",
	 {[ELEMENT_NO_KK] = "1271050506159904", [ELEMENT_NIK] = "1271054112909904", [ELEMENT_NAMA_LGKP] = "SUPARMI",
	  [ELEMENT_JENIS_KLMIN] = "Perempuan", [ELEMENT_TMPT_LHR] = "MEDAN", [ELEMENT_TGL_LHR] = "1990-12-01",
	  [ELEMENT_JENIS_PKRJN] = "WIRASWASTA", [ELEMENT_ALAMAT] = "GG. CONTOH LATIHAN", [ELEMENT_NO_PROP] = "12",
	  [ELEMENT_PROP_NAME] = "SUMATERA UTARA", [ELEMENT_NO_KAB] = "71", [ELEMENT_KAB_NAME] = "KOTA MEDAN",
	  [ELEMENT_NO_KEC] = "05", [ELEMENT_KEC_NAME] = "MEDAN BARAT", [ELEMENT_NO_KEL] = "1001",
	  [ELEMENT_KEL_NAME] = "KESAWAN", [ELEMENT_NO_RT] = "003", [ELEMENT_NO_RW] = "000"}},
	{"9171023101959905", OUTCOME_DATA, "NIK dan nomor KK lebih dari 2^53: jangan dibaca sebagai bilangan pecahan",
	 {[ELEMENT_NO_KK] = "9171020209189905", [ELEMENT_NIK] = "9171023101959905", [ELEMENT_NAMA_LGKP] = "YOHANIS CONTOH",
	  [ELEMENT_JENIS_KLMIN] = "Laki-Laki", [ELEMENT_TMPT_LHR] = "JAYAPURA", [ELEMENT_TGL_LHR] = "1995-01-31",
	  [ELEMENT_JENIS_PKRJN] = "NELAYAN/PERIKANAN", [ELEMENT_ALAMAT] = "JL. PANTAI CONTOH", [ELEMENT_NO_PROP] = "91",
	  [ELEMENT_PROP_NAME] = "PAPUA", [ELEMENT_NO_KAB] = "71", [ELEMENT_KAB_NAME] = "KOTA JAYAPURA",
	  [ELEMENT_NO_KEC] = "02", [ELEMENT_KEC_NAME] = "JAYAPURA SELATAN", [ELEMENT_NO_KEL] = "1006",
	  [ELEMENT_KEL_NAME] = "HAMADI", [ELEMENT_NO_RT] = "010", [ELEMENT_NO_RW] = "004"}},
	{"9701016908009906", OUTCOME_DATA, "provinsi 97; lahir 29 Agustus 2000; tanda petik dalam nama",
	 {[ELEMENT_NO_KK] = "9701010707209906", [ELEMENT_NIK] = "9701016908009906", [ELEMENT_NAMA_LGKP] = "MARIA D'CONTOH",
	  [ELEMENT_JENIS_KLMIN] = "Perempuan", [ELEMENT_TMPT_LHR] = "WAMENA", [ELEMENT_TGL_LHR] = "2000-08-29",
	  [ELEMENT_JENIS_PKRJN] = "PELAJAR/MAHASISWA", [ELEMENT_ALAMAT] = "KAMPUNG CONTOH", [ELEMENT_NO_PROP] = "97",
	  [ELEMENT_PROP_NAME] = "PAPUA PEGUNUNGAN", [ELEMENT_NO_KAB] = "01", [ELEMENT_KAB_NAME] = "JAYAWIJAYA",
	  [ELEMENT_NO_KEC] = "01", [ELEMENT_KEC_NAME] = "WAMENA", [ELEMENT_NO_KEL] = "2003", [ELEMENT_KEL_NAME] = "SINAKMA",
	  [ELEMENT_NO_RT] = "002", [ELEMENT_NO_RW] = "001"}},
	{"3171052902009907", OUTCOME_DATA, "lahir 29 Februari; wilayah pada NIK bukan wilayah alamat: hal yang sah",
	 {[ELEMENT_NO_KK] = "3273101010229907", [ELEMENT_NIK] = "3171052902009907",
	  [ELEMENT_NAMA_LGKP] = "AGUS CONTOH PINDAH", [ELEMENT_JENIS_KLMIN] = "Laki-Laki", [ELEMENT_TMPT_LHR] = "JAKARTA",
	  [ELEMENT_TGL_LHR] = "2000-02-29", [ELEMENT_JENIS_PKRJN] = "KARYAWAN SWASTA",
	  [ELEMENT_ALAMAT] = "JL. BARU NO. 3 RT 05 RW 06", [ELEMENT_NO_PROP] = "32", [ELEMENT_PROP_NAME] = "JAWA BARAT",
	  [ELEMENT_NO_KAB] = "73", [ELEMENT_KAB_NAME] = "KOTA BANDUNG", [ELEMENT_NO_KEC] = "10",
	  [ELEMENT_KEC_NAME] = "COBLONG", [ELEMENT_NO_KEL] = "1002", [ELEMENT_KEL_NAME] = "DAGO", [ELEMENT_NO_RT] = "005",
	  [ELEMENT_NO_RW] = "006"}},
	{"3404011708459911", OUTCOME_DECEASED, "meninggal dunia", {NULL}},
	{"3404015210709912", OUTCOME_DOUBLE, "data ganda", {NULL}},
	{"3404010105909913", OUTCOME_ABSENT,
	 "tidak ada dalam data; demikian pula setiap NIK lain yang tidak tercantum di sini", {NULL}},
	{"3404016606829914", OUTCOME_NONACTIVE, "status tidak aktif", {NULL}},
	{"3404013215909915", OUTCOME_FORMAT, "bukan NIK: tanggal 32, bulan 15", {NULL}},
	{"330406010190991", OUTCOME_FORMAT, "bukan NIK: 15 angka", {NULL}},
	{"3404010202029905", OUTCOME_QUOTA, "seolah-olah kuota hari ini habis", {NULL}},
	{"3404010303039916", OUTCOME_INSTANSI, "seolah-olah instansi tidak aktif", {NULL}},
	{"3404010404049917", OUTCOME_USER, "seolah-olah user ID tidak aktif", {NULL}},
	{"3404010505059903", (enum outcome)0,
	 "seolah-olah layanan sedang tidak dapat menjawab: HTTP 503 dengan Retry-After", {NULL}},
};

/* "data per tanggal" of people who never change. */
#define AS_OF_YEAR 2026
#define AS_OF_MONTH 1
#define AS_OF_DAY 2

const struct sandbox_person *sandbox_person_at(size_t i)
{
	return i < LEN(people) ? &people[i] : NULL;
}

static const struct sandbox_person *person_of(struct nik nik)
{
	struct nik_text digits = nik_digits(nik);
	for (size_t i = 0; i < LEN(people); i++)
		if (strcmp(people[i].nik, digits.z) == 0)
			return &people[i];
	return NULL;
}

static enum rc full(struct err *err)
{
	return FAIL(err, RC_LIMIT, "Jawaban terlalu besar");
}

/* As registry_answer() does it: granted elements, or of kesesuaian how they agree. */
static enum rc fill(const struct sandbox_permit *permit, const struct sandbox_person *person, struct arena *arena,
                    struct answer *a, struct err *err)
{
	element_set granted = sandbox_permit_elements(permit);
	struct str held[ELEMENT_COUNT];
	assert(person); /* only with outcome 01 */
	for (int e = 0; e < ELEMENT_COUNT; e++)
		held[e] = granted & ELEMENT_BIT(e) ? str_c(person->element[e]) : (struct str){NULL, 0};
	if (sandbox_permit_method(permit) != METHOD_VERIFY) {
		memcpy(a->element, held, sizeof held);
		return RC_OK;
	}
	const struct claim *claim = sandbox_permit_claim(permit);
	a->accords = compare(claim, granted & compare_asked(claim), held, arena);
	return a->accords ? RC_OK : full(err);
}

enum rc sandbox_answer(const struct sandbox_permit *permit, struct arena *arena, struct sandbox_said *ret, struct err *err)
{
	const struct sandbox_person *person = person_of(sandbox_permit_nik(permit));
	*ret = (struct sandbox_said){.outcome = person ? person->outcome : OUTCOME_ABSENT};
	ret->outage = person && !person->outcome;
	if (ret->outage || !outcome_get(ret->outcome)->hit)
		return RC_OK;
	struct answer *a = ARENA_NEW(arena, struct answer);
	if (!a)
		return full(err);
	*a = (struct answer){.outcome = ret->outcome, .as_of = {day_from_ymd(AS_OF_YEAR, AS_OF_MONTH, AS_OF_DAY).n}};
	if (a->outcome == OUTCOME_DATA)
		TRY(fill(permit, person, arena, a, err));
	ret->answer = a;
	return RC_OK;
}
