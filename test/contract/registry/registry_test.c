/* SPDX-License-Identifier: EUPL-1.2
 * The registry on both engines: what is loaded is answered, digit for digit; granted
 * elements and no others; deltas, rejects, swaps; and not one failed answer while
 * imports replace what is being asked. */
#include "registry/registry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "engines.h"
#include "policy/permit_inside.h"
#include "registry/load.h"
#include "registry/registry.sql.h"
#include "store/query.h"

#define HEADER                                                                                                         \
	"nik,no_kk,nama_lgkp,jenis_klmin,tmpt_lhr,tgl_lhr,jenis_pkrjn,alamat,no_rt,no_rw,no_prop,prop_name,no_kab,"    \
	"kab_name,no_kec,kec_name,no_kel,kel_name,status\n"
#define PLACE "33,JAWA TENGAH,04,BANJARNEGARA,13,KARANGKOBAR,2001,LEKSANA"
#define ROW(nik, name, status)                                                                                         \
	nik ",3304130102159901," name ",Perempuan,WONOSOBO,1990-01-01,GURU,\"DUSUN KRAJAN, NO. 1\",007,2," PLACE       \
	    "," status "\n"

#define AS_OF 20453 /* 2025-12-31 */

static void url_of(const struct engine *engine, char out[1100])
{
	if (store_is_sqlite(engine->store))
		snprintf(out, 1100, "sqlite:%s/registry.db", engine->dir);
	else
		snprintf(out, 1100, "%s", engine->url);
}

static int file_with(const struct engine *engine, const char *text)
{
	char path[128];
	snprintf(path, sizeof path, "%s/input.csv", engine->dir);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static enum rc import(const struct engine *engine, struct load_conf conf, const char *text, struct load_result *ret)
{
	char url[1100];
	url_of(engine, url);
	conf.url = url;
	conf.as_of = conf.as_of.n ? conf.as_of : (struct day){AS_OF};
	int fd = file_with(engine, text);
	enum rc rc = load_csv(&conf, fd, ret, &engine_err);
	close(fd);
	return rc;
}

static void generate(const struct engine *engine, int64_t residents, uint64_t seed)
{
	char url[1100];
	struct load_result result;
	url_of(engine, url);
	struct load_conf conf = {.url = url, .as_of = {AS_OF}};
	ENGINE_OK(load_generate(&conf, &(struct generate_conf){residents, seed}, &result, &engine_err));
	assert_int_equal(result.inserted, residents);
}

struct asker {
	struct registry *registry;
	struct arena arena;
};

static struct asker asker_open(const struct engine *engine)
{
	char url[1100];
	struct asker a = {0};
	url_of(engine, url);
	arena_init(&a.arena, (size_t)8 << 20);
	ENGINE_OK(registry_open(url, &a.registry, &engine_err));
	return a;
}

static void asker_close(struct asker *a)
{
	registry_close(a->registry);
	arena_free(&a->arena);
}

/* Valid until the next ask. */
static const struct answer *ask(struct asker *a, int64_t nik, element_set elements)
{
	struct permit permit = {.nik = {nik}, .elements = elements};
	const struct permit *permits[] = {&permit};
	const struct answer *answer;
	arena_reset(&a->arena);
	ENGINE_OK(registry_answer(a->registry, permits, 1, &a->arena, &answer, &engine_err));
	return answer;
}

static enum outcome outcome_of(struct asker *a, int64_t nik)
{
	return answer_outcome(ask(a, nik, ELEMENT_SET_BASE));
}

static void check_absent_registry(struct engine *engine)
{
	char url[1100];
	struct registry *r;
	struct registry_stat stat;
	struct load_result result;
	url_of(engine, url);
	assert_int_equal(registry_open(url, &r, &engine_err), RC_ABSENT);
	assert_null(r);
	assert_int_equal(registry_stat(url, &stat, &engine_err), RC_ABSENT);
	struct load_conf delta = {.delta = true};
	assert_int_equal(import(engine, delta, HEADER ROW("3304134101909999", "A", "aktif"), &result), RC_ABSENT);
	assert_int_equal(registry_open(url, &r, &engine_err), RC_ABSENT);
}

static void check_every_element(struct engine *engine)
{
	static const struct {
		enum element element;
		const char *text;
	} rows[ELEMENT_COUNT] = {
		{ELEMENT_NO_KK, "3304130102159901"},
		{ELEMENT_NIK, "9702064101909999"},
		{ELEMENT_NAMA_LGKP, "SITI CONTOH, S.PD."},
		{ELEMENT_JENIS_KLMIN, "Perempuan"},
		{ELEMENT_TMPT_LHR, "WONOSOBO"},
		{ELEMENT_TGL_LHR, "1990-01-01"},
		{ELEMENT_JENIS_PKRJN, "GURU"},
		{ELEMENT_ALAMAT, "DUSUN KRAJAN, NO. 1"},
		{ELEMENT_NO_PROP, "33"},
		{ELEMENT_PROP_NAME, "JAWA TENGAH"},
		{ELEMENT_NO_KAB, "04"},
		{ELEMENT_KAB_NAME, "BANJARNEGARA"},
		{ELEMENT_NO_KEC, "13"},
		{ELEMENT_KEC_NAME, "KARANGKOBAR"},
		{ELEMENT_NO_KEL, "2001"},
		{ELEMENT_KEL_NAME, "LEKSANA"},
		{ELEMENT_NO_RT, "007"},
		{ELEMENT_NO_RW, "002"},
	};
	struct load_result result;
	ENGINE_OK(import(engine, (struct load_conf){0},
	                 HEADER ROW("9702064101909999", "\"SITI CONTOH, S.PD.\"", "aktif"), &result));
	assert_int_equal(result.inserted, 1);
	struct asker a = asker_open(engine);
	for (size_t i = 0; i < ELEMENT_COUNT; i++) { /* granted one by one: that one, and no other */
		const struct answer *answer = ask(&a, INT64_C(9702064101909999), ELEMENT_BIT(rows[i].element));
		assert_int_equal(answer_outcome(answer), OUTCOME_DATA);
		assert_int_equal(answer_as_of(answer).n, AS_OF);
		for (size_t e = 0; e < ELEMENT_COUNT; e++) {
			struct str s = answer_element(answer, (enum element)e);
			assert_true(e == rows[i].element ? str_eq(s, str_c(rows[i].text)) : s.at == NULL);
		}
	}
	const struct answer *base = ask(&a, INT64_C(9702064101909999), ELEMENT_SET_BASE);
	assert_true(answer_element(base, ELEMENT_KEC_NAME).n == 11 && !answer_element(base, ELEMENT_NO_KEL).at);
	asker_close(&a);
}

static void check_outcomes(struct engine *engine)
{
	struct load_result result;
	ENGINE_OK(import(engine, (struct load_conf){0},
	                 HEADER ROW("3304134101909991", "A", "aktif") ROW("3304134101909992", "B", "meninggal")
	                     ROW("3304134101909993", "C", "ganda") ROW("3304134101909994", "D", "nonaktif"),
	                 &result));
	struct asker a = asker_open(engine);
	static const enum outcome expected[] = {OUTCOME_DATA, OUTCOME_DECEASED, OUTCOME_DOUBLE, OUTCOME_NONACTIVE,
	                                        OUTCOME_ABSENT};
	struct permit permit[6];
	const struct permit *permits[6];
	const struct answer *answers[6];
	for (size_t i = 0; i < 5; i++) {
		permit[i] = (struct permit){.nik = {INT64_C(3304134101909991) + (int64_t)i}, .elements = ELEMENT_SET_BASE};
		permits[i] = &permit[i];
	}
	permits[5] = permits[2];
	permits[2] = NULL; /* somebody in the tray was refused */
	ENGINE_OK(registry_answer(a.registry, permits, 6, &a.arena, answers, &engine_err));
	assert_null(answers[2]);
	answers[2] = answers[5];
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(answer_outcome(answers[i]), expected[i]);
		for (int e = 0; i > 0 && e < ELEMENT_COUNT; e++)
			assert_null(answer_element(answers[i], (enum element)e).at);
	}
	asker_close(&a);
}

/* Kesesuaian (J.II.C): accords and no texts, of what was said and granted alone. */
static void check_claims(struct engine *engine)
{
	struct load_result result;
	ENGINE_OK(import(engine, (struct load_conf){0},
	                 HEADER ROW("9702064101909999", "SITI CONTOH", "aktif") ROW("3304134101909992", "B", "meninggal"),
	                 &result));
	struct asker a = asker_open(engine);
	struct claim claim = {.threshold = 90};
	claim.said[ELEMENT_NAMA_LGKP] = S("SITI CONTOH");
	claim.said[ELEMENT_TMPT_LHR] = S("KLATEN");
	claim.said[ELEMENT_NO_KK] = S("3304130102159901");
	claim.said[ELEMENT_TGL_LHR] = S("01-01-1990");
	claim.said[ELEMENT_NO_RT] = S("8");
	claim.said[ELEMENT_NO_PROP] = S("33");         /* not granted */
	claim.said[ELEMENT_NIK] = S("9702064101909999"); /* nothing to compare */
	struct permit permit = {
		.nik = {INT64_C(9702064101909999)}, .elements = ELEMENT_SET_BASE, .method = METHOD_VERIFY, .claim = &claim};
	struct permit dead = permit, silent = permit, plain = permit;
	dead.nik.n = INT64_C(3304134101909992);
	silent.claim = NULL;
	plain.method = METHOD_CALL_NIK;
	const struct permit *permits[] = {&permit, &dead, &silent, &plain};
	const struct answer *answers[4];
	ENGINE_OK(registry_answer(a.registry, permits, 4, &a.arena, answers, &engine_err));
	static const struct accord wanted[ELEMENT_COUNT] = {
		[ELEMENT_NAMA_LGKP] = {true, true, true, 100}, [ELEMENT_TMPT_LHR] = {true, false, true, 0},
		[ELEMENT_NO_KK] = {true, true, false, 100},    [ELEMENT_TGL_LHR] = {true, true, false, 100},
		[ELEMENT_NO_RT] = {true, false, false, 0},
	};
	for (enum element e = 0; e < ELEMENT_COUNT; e++) {
		struct accord accord = answer_accord(answers[0], e);
		assert_true(accord.asked == wanted[e].asked && accord.same == wanted[e].same && accord.scored == wanted[e].scored);
		assert_int_equal(accord.score, wanted[e].score);
		for (size_t i = 0; i < 3; i++)
			assert_null(answer_element(answers[i], e).at); /* never a value, whoever asked with what */
		for (size_t i = 1; i < 4; i++)
			assert_false(answer_accord(answers[i], e).asked);
	}
	assert_int_equal(answer_outcome(answers[0]), OUTCOME_DATA);
	assert_int_equal(answer_outcome(answers[1]), OUTCOME_DECEASED);
	assert_true(str_eq(answer_element(answers[3], ELEMENT_NAMA_LGKP), S("SITI CONTOH")));
	asker_close(&a);
}

static void check_stat(struct engine *engine)
{
	char url[1100];
	struct registry_stat stat;
	url_of(engine, url);
	generate(engine, 3000, 1);
	ENGINE_OK(registry_stat(url, &stat, &engine_err));
	assert_int_equal(stat.rows, 3000);
	assert_int_equal(stat.by_status[0] + stat.by_status[1] + stat.by_status[2] + stat.by_status[3], 3000);
	assert_int_equal(stat.as_of.n, AS_OF);
	assert_true(stat.by_status[0] > 2600 && stat.by_status[3] > 10);
}

static void check_delta(struct engine *engine)
{
	char url[1100];
	struct load_result result;
	struct registry_stat stat;
	url_of(engine, url);
	ENGINE_OK(import(engine, (struct load_conf){0},
	                 HEADER ROW("3304134101909991", "A", "aktif") ROW("3304134101909992", "B", "aktif"), &result));
	struct asker a = asker_open(engine);
	assert_int_equal(outcome_of(&a, INT64_C(3304134101909992)), OUTCOME_DATA);
	struct load_conf delta = {.delta = true, .as_of = {AS_OF + 1}};
	ENGINE_OK(import(engine, delta,
	                 HEADER ROW("3304134101909993", "NEW", "aktif") ROW("3304134101909992", "B", "aktif")
	                     ROW("3304134101909992", "B", "meninggal"),
	                 &result));
	assert_int_equal(result.rows, 3);
	assert_int_equal(result.inserted, 1);
	assert_int_equal(result.updated, 2);
	assert_int_equal(outcome_of(&a, INT64_C(3304134101909991)), OUTCOME_DATA);
	assert_int_equal(outcome_of(&a, INT64_C(3304134101909992)), OUTCOME_DECEASED);
	assert_int_equal(outcome_of(&a, INT64_C(3304134101909993)), OUTCOME_DATA);
	assert_int_equal(answer_as_of(ask(&a, INT64_C(3304134101909993), ELEMENT_SET_BASE)).n, AS_OF + 1);
	ENGINE_OK(registry_stat(url, &stat, &engine_err));
	assert_int_equal(stat.rows, 3);
	assert_int_equal(stat.by_status[0], 2);
	assert_int_equal(stat.by_status[1], 1);
	ENGINE_OK(import(engine, (struct load_conf){.delta = true, .as_of = {AS_OF + 2}}, HEADER, &result));
	assert_int_equal(answer_as_of(ask(&a, INT64_C(3304134101909993), ELEMENT_SET_BASE)).n, AS_OF + 2);
	asker_close(&a);
}

static void check_full_import_replaces(struct engine *engine)
{
	char url[1100];
	struct load_result result;
	struct registry_stat stat;
	url_of(engine, url);
	generate(engine, 1000, 1);
	ENGINE_OK(import(engine, (struct load_conf){0}, HEADER ROW("3304134101909991", "A", "aktif"), &result));
	ENGINE_OK(registry_stat(url, &stat, &engine_err));
	assert_int_equal(stat.rows, 1);
	struct asker a = asker_open(engine);
	for (int i = 0; i < 5; i++) { /* slots, files and dictionaries change hands */
		generate(engine, 500, (uint64_t)i);
		assert_int_equal(outcome_of(&a, INT64_C(3304134101909991)), OUTCOME_ABSENT);
		ENGINE_OK(import(engine, (struct load_conf){0}, HEADER ROW("3304134101909991", "A", "aktif"), &result));
		struct str job = answer_element(ask(&a, INT64_C(3304134101909991), ELEMENT_SET_BASE), ELEMENT_JENIS_PKRJN);
		assert_true(str_eq(job, S("GURU")));
	}
	asker_close(&a);
}

static void check_later_line_wins(struct engine *engine)
{
	struct load_result result;
	ENGINE_OK(import(engine, (struct load_conf){0},
	                 HEADER ROW("3304134101909992", "B", "aktif") ROW("3304134101909991", "FIRST", "aktif")
	                     ROW("3304134101909992", "B", "aktif") ROW("3304134101909991", "SECOND", "aktif"),
	                 &result));
	assert_int_equal(result.inserted, 2);
	assert_int_equal(result.updated, 2);
	struct asker a = asker_open(engine);
	struct str name = answer_element(ask(&a, INT64_C(3304134101909991), ELEMENT_SET_BASE), ELEMENT_NAMA_LGKP);
	assert_true(str_eq(name, S("SECOND")));
	asker_close(&a);
}

static void read_all(const char *path, char *out, size_t max)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, out, max - 1);
	assert_true(n >= 0);
	out[n] = '\0';
	close(fd);
}

static void check_rejects(struct engine *engine)
{
	char path[128], text[4096];
	struct load_result result;
	struct stat st;
	snprintf(path, sizeof path, "%s/rejects.csv", engine->dir);
	struct load_conf conf = {.rejects_path = path};
	ENGINE_OK(import(engine, conf,
	                 HEADER ROW("3304134101909991", "A", "aktif") ROW("3.30406E+15", "RAHASIA", "aktif")
	                     ROW("3304134101909992", "\"TWO\nLINES\"", "aktif") ROW("3304134101909993", "RAHASIA", "hidup")
	                 "3304134101909994,x,y\n"
	                 "3304134101909995,\"RAHASIA\n" ROW("3304134101909996", "B", "aktif"),
	                 &result));
	assert_int_equal(result.rows, 7);
	assert_int_equal(result.bad, 4);
	assert_int_equal(result.inserted, 3);
	read_all(path, text, sizeof text);
	assert_string_equal(
		text, "baris,kolom,alasan\n"
		      "3,nik,\"NIK rusak oleh lembar kerja (ditulis sebagai bilangan, angka belakang hilang)\"\n"
		      "6,status,\"bukan aktif, meninggal, ganda, atau nonaktif\"\n"
		      "7,,\"jumlah kolom tidak sama dengan baris judul\"\n"
		      "8,,\"tanda kutip tidak pada tempatnya\"\n");
	assert_true(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
}

static void check_odd_occupation(struct engine *engine)
{
	char path[128], text[1024];
	struct load_result result;
	snprintf(path, sizeof path, "%s/rejects.csv", engine->dir);
	struct load_conf conf = {.rejects_path = path};
	ENGINE_OK(import(engine, conf,
	                 HEADER "3304134101909991,3304130102159901,A,2,,1990-01-01,Guru,,,," PLACE ",aktif\n", &result));
	assert_int_equal(result.noted, 1);
	assert_int_equal(result.bad, 0);
	struct asker a = asker_open(engine);
	const struct answer *answer = ask(&a, INT64_C(3304134101909991), ELEMENT_SET_BASE);
	assert_true(str_eq(answer_element(answer, ELEMENT_JENIS_PKRJN), S("Guru")));
	struct str birthplace = answer_element(answer, ELEMENT_TMPT_LHR);
	assert_true(birthplace.at && birthplace.n == 0); /* granted, and empty */
	asker_close(&a);
	read_all(path, text, sizeof text);
	assert_string_equal(text, "baris,kolom,alasan\n"
	                          "2,jenis_pkrjn,\"dimuat; jenis pekerjaan tidak ada dalam daftar resmi\"\n");
}

static void check_bad_files_change_nothing(struct engine *engine)
{
	struct load_result result;
	BUF_AUTO rounded = BUF(1 << 16);
	generate(engine, 100, 1);
	struct asker a = asker_open(engine);
	static const char *const files[] = {
		"", "\n", "nik,nama\n", HEADER, HEADER ROW("3304134101909991", "A", "hidup"), "\x7f" "ELF\x01\x01",
	};
	for (size_t i = 0; i < LEN(files); i++)
		assert_int_equal(import(engine, (struct load_conf){0}, files[i], &result), RC_INVALID);
	buf_addz(&rounded, HEADER);
	for (int i = 0; i < 30; i++) /* a spreadsheet rounded every NIK to fifteen digits */
		buf_addf(&rounded, "33041341019%02d990,3304130102159901,A,2,,1990-01-01,GURU,,,," PLACE ",aktif\n", i + 10);
	buf_addc(&rounded, '\0');
	assert_int_equal(import(engine, (struct load_conf){0}, rounded.at, &result), RC_INVALID);
	assert_non_null(strstr(engine_err.what, "lembar kerja"));
	assert_int_equal(result.bad, 0);
	const struct answer *answer = ask(&a, INT64_C(3304134101909991), ELEMENT_SET_BASE);
	assert_int_equal(answer_as_of(answer).n, AS_OF);
	struct registry_stat stat;
	char url[1100];
	url_of(engine, url);
	ENGINE_OK(registry_stat(url, &stat, &engine_err));
	assert_int_equal(stat.rows, 100);
	asker_close(&a);
}

static void check_csv_round_trip(struct engine *engine)
{
	char path[128], url[1100];
	struct load_result result;
	struct nik niks[50];
	struct registry_stat generated, imported;
	size_t n;
	url_of(engine, url);
	snprintf(path, sizeof path, "%s/people.csv", engine->dir);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ENGINE_OK(load_generate_csv(&(struct generate_conf){2000, 5}, fd, &engine_err));
	generate(engine, 2000, 5);
	ENGINE_OK(registry_stat(url, &generated, &engine_err));
	ENGINE_OK(load_sample(url, OUTCOME_DATA, niks, 50, &n, &engine_err));
	struct asker a = asker_open(engine);
	char first[50][400];
	for (size_t i = 0; i < n; i++) {
		const struct answer *answer = ask(&a, niks[i].n, ELEMENT_SET_BASE);
		size_t at = 0;
		for (int e = 0; e < ELEMENT_COUNT; e++)
			at += (size_t)snprintf(first[i] + at, 400 - at, "%.*s|", STR_ARG(answer_element(answer, (enum element)e)));
	}
	lseek(fd, 0, SEEK_SET);
	struct load_conf conf = {.url = url, .as_of = {AS_OF}};
	ENGINE_OK(load_csv(&conf, fd, &result, &engine_err));
	close(fd);
	assert_int_equal(result.inserted, 2000);
	assert_int_equal(result.bad + result.noted + result.updated, 0);
	ENGINE_OK(registry_stat(url, &imported, &engine_err));
	assert_memory_equal(generated.by_status, imported.by_status, sizeof generated.by_status);
	for (size_t i = 0; i < n; i++) {
		const struct answer *answer = ask(&a, niks[i].n, ELEMENT_SET_BASE);
		char again[400];
		size_t at = 0;
		for (int e = 0; e < ELEMENT_COUNT; e++)
			at += (size_t)snprintf(again + at, 400 - at, "%.*s|", STR_ARG(answer_element(answer, (enum element)e)));
		assert_string_equal(again, first[i]);
	}
	asker_close(&a);
}

static void check_samples(struct engine *engine)
{
	static const enum outcome outcomes[] = {OUTCOME_DATA, OUTCOME_DECEASED, OUTCOME_DOUBLE, OUTCOME_NONACTIVE,
	                                        OUTCOME_ABSENT};
	char url[1100];
	url_of(engine, url);
	generate(engine, 6000, 9);
	struct asker a = asker_open(engine);
	for (size_t o = 0; o < LEN(outcomes); o++) {
		struct nik niks[50];
		size_t n;
		int64_t low = INT64_MAX, high = 0;
		ENGINE_OK(load_sample(url, outcomes[o], niks, 50, &n, &engine_err));
		assert_int_equal(n, 50);
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(nik_check(niks[i].n), NIK_FLAW_NONE);
			assert_in_range(nik_serial(niks[i]), 9900, 9999);
			assert_int_equal(outcome_of(&a, niks[i].n), outcomes[o]);
			low = niks[i].n < low ? niks[i].n : low;
			high = niks[i].n > high ? niks[i].n : high;
			for (size_t k = 0; k < i; k++)
				assert_true(niks[k].n != niks[i].n);
		}
		assert_true(low < INT64_C(3304100000000000) && high > INT64_C(3304120000000000));
	}
	asker_close(&a);
}

static void check_wiping(struct engine *engine)
{
	struct load_result result;
	ENGINE_OK(import(engine, (struct load_conf){0}, HEADER ROW("3304134101909991", "KENARI", "aktif"), &result));
	struct asker a = asker_open(engine);
	struct str name = answer_element(ask(&a, INT64_C(3304134101909991), ELEMENT_SET_BASE), ELEMENT_NAMA_LGKP);
	assert_true(str_eq(name, S("KENARI")));
	arena_reset(&a.arena); /* the first block stays, wiped */
	for (size_t i = 0; i < name.n; i++)
		assert_int_equal(name.at[i], 0);
	asker_close(&a);
}

static void check_queries(struct engine *engine)
{
	static const struct schema *const schemas[] = {&registry_schema};
	ENGINE_OK(store_migrate(engine->store, schemas, 1, 0, &engine_err));
	for (size_t i = 0; registry_queries[i]; i++)
		ENGINE_OK(query_check(engine->store, registry_queries[i], &engine_err));
}

/* ---- under fire ---- */

struct fire {
	const struct engine *engine;
	atomic_bool stop;
	int64_t asked, changes, failed, wrong;
};

/* Each generation has resident 1 with a name and a date of its own that belong
 * together: an answer that mixes two of them is wrong. */
static void *keep_asking(void *arg)
{
	struct fire *f = arg;
	struct asker a = asker_open(f->engine);
	int last = 0;
	while (!atomic_load(&f->stop)) {
		struct permit permit = {.nik = {INT64_C(3304134101909991)}, .elements = ELEMENT_SET_BASE};
		const struct permit *permits[] = {&permit, &permit};
		const struct answer *answers[2];
		struct err err;
		char expected[32];
		arena_reset(&a.arena);
		f->asked++;
		if (registry_answer(a.registry, permits, 2, &a.arena, answers, &err) != RC_OK) {
			print_error("%s: %s\n", err.what, err.detail);
			f->failed++;
			continue;
		}
		int as_of = answer_as_of(answers[0]).n;
		snprintf(expected, sizeof expected, "ORANG %d", as_of);
		for (int i = 0; i < 2; i++)
			if (answer_as_of(answers[i]).n != as_of ||
			    !str_eq(answer_element(answers[i], ELEMENT_NAMA_LGKP), str_c(expected)) ||
			    !str_eq(answer_element(answers[i], ELEMENT_JENIS_PKRJN), str_c(expected)))
				f->wrong++;
		f->changes += as_of != last;
		last = as_of;
	}
	asker_close(&a);
	return NULL;
}

static void swap_in(const struct engine *engine, int day, bool delta)
{
	char text[1024];
	struct load_result result;
	snprintf(text, sizeof text, HEADER "3304134101909991,3304130102159901,ORANG %d,2,,1990-01-01,ORANG %d,,,," PLACE ",aktif\n",
	         day, day);
	ENGINE_OK(import(engine, (struct load_conf){.as_of = {day}, .delta = delta}, text, &result));
}

static void check_swap_under_fire(struct engine *engine)
{
	pthread_t thread;
	struct fire f = {.engine = engine};
	swap_in(engine, AS_OF, false);
	assert_int_equal(pthread_create(&thread, NULL, keep_asking, &f), 0);
	for (int i = 1; i <= 60; i++)
		swap_in(engine, AS_OF + i, i % 3 == 0);
	atomic_store(&f.stop, true);
	pthread_join(thread, NULL);
	assert_int_equal(f.failed, 0);
	assert_int_equal(f.wrong, 0);
	assert_true(f.asked > 100 && f.changes > 10);
}

/* Only the dictionary is asked to keep up here: a place nobody has heard of. */
static void check_delta_with_new_words(struct engine *engine)
{
	struct load_result result;
	ENGINE_OK(import(engine, (struct load_conf){0}, HEADER ROW("3304134101909991", "A", "aktif"), &result));
	struct asker a = asker_open(engine);
	for (int i = 0; i < 3; i++) {
		char text[1024], place[32];
		snprintf(place, sizeof place, "TEMPAT %d", i);
		snprintf(text, sizeof text,
		         HEADER "3304134101909991,3304130102159901,A,2,%s,1990-01-01,GURU,,,,33,JAWA TENGAH,04,BANJARNEGARA,13,"
		                "KARANGKOBAR,2%03d,%s,aktif\n",
		         place, i + 1, place);
		ENGINE_OK(import(engine, (struct load_conf){.delta = true}, text, &result));
		assert_int_equal(result.updated, 1);
		const struct answer *answer = ask(&a, INT64_C(3304134101909991), ELEMENT_SET_BASE);
		assert_true(str_eq(answer_element(answer, ELEMENT_TMPT_LHR), str_c(place)));
		assert_true(str_eq(answer_element(answer, ELEMENT_KEL_NAME), str_c(place)));
	}
	asker_close(&a);
}

static void add_row(struct buf *b, int64_t nik, const char *name)
{
	buf_addf(b, "%lld,3304130102159901,%s,2,,1990-01-01,GURU,,,," PLACE ",aktif\n", (long long)nik, name);
}

/* Enough rows in order that they go straight in; then some that are not, among them
 * the last one again and one that stands long before. */
static void check_stragglers_in_an_ordered_file(struct engine *engine)
{
	const int64_t first = INT64_C(3304134101000001), n = 50500;
	struct load_result result;
	BUF_AUTO b = BUF((size_t)16 << 20);
	buf_addz(&b, HEADER);
	for (int64_t i = 0; i < n; i++)
		add_row(&b, first + i / 9000 * 10000 + i % 9000, "ORDERED");
	int64_t last = first + (n - 1) / 9000 * 10000 + (n - 1) % 9000;
	add_row(&b, last, "AGAIN");
	add_row(&b, first + 5, "OLD");
	add_row(&b, first + 9500, "NEW");
	add_row(&b, first + 5, "NEWER");
	add_row(&b, last + 10, "AHEAD");
	buf_addc(&b, '\0');
	assert_true(buf_ok(&b));
	ENGINE_OK(import(engine, (struct load_conf){0}, b.at, &result));
	assert_int_equal(result.bad, 0);
	assert_int_equal(result.inserted, n + 2);
	assert_int_equal(result.updated, 3);
	const struct {
		int64_t nik;
		const char *name;
	} rows[] = {{first, "ORDERED"}, {last, "AGAIN"}, {first + 5, "NEWER"}, {first + 9500, "NEW"}, {last + 10, "AHEAD"}};
	struct asker a = asker_open(engine);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str name = answer_element(ask(&a, rows[i].nik, ELEMENT_SET_BASE), ELEMENT_NAMA_LGKP);
		assert_true(str_eq(name, str_c(rows[i].name)));
	}
	assert_int_equal(outcome_of(&a, first + 9501), OUTCOME_ABSENT);

	/* a delta carries over what is more than one page of a copy */
	ENGINE_OK(import(engine, (struct load_conf){.delta = true}, HEADER ROW("3304134101909991", "A", "aktif"), &result));
	for (size_t i = 0; i < LEN(rows); i++)
		assert_int_equal(outcome_of(&a, rows[i].nik), OUTCOME_DATA);
	assert_int_equal(outcome_of(&a, INT64_C(3304134101909991)), OUTCOME_DATA);
	asker_close(&a);
}

/* A load that was killed on an engine without files has left rows in the other slot. */
static void check_leftovers_in_the_slot(struct engine *engine)
{
	struct load_result result;
	struct tx *tx;
	generate(engine, 100, 1);
	if (store_is_sqlite(engine->store))
		return;
	struct sql_resident_insert_in left = {.resident_key = INT64_C(10000000000000000) + INT64_C(3304134101909991),
	                                      .kk = 1, .name = S("LEFT"), .address = S(""), .birthplace_id = 1,
	                                      .job_id = 1, .region_id = 1};
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(sql_resident_insert(tx, &left, 1, &engine_err));
	ENGINE_OK(tx_commit(&tx, &engine_err));
	ENGINE_OK(import(engine, (struct load_conf){0}, HEADER ROW("3304134101909991", "A", "aktif"), &result));
	struct asker a = asker_open(engine);
	struct str name = answer_element(ask(&a, INT64_C(3304134101909991), ELEMENT_SET_BASE), ELEMENT_NAMA_LGKP);
	assert_true(str_eq(name, S("A")));
	asker_close(&a);
}

/* Two loads at once: each is whole, or was told to come back; never a mixture. */
struct load_beside {
	const struct engine *engine;
	int64_t residents;
	uint64_t seed;
	enum rc rc;
};

static void *load_beside(void *arg)
{
	struct load_beside *l = arg;
	char url[1100];
	struct load_result result;
	struct err err;
	url_of(l->engine, url);
	struct load_conf conf = {.url = url, .as_of = {AS_OF}};
	l->rc = load_generate(&conf, &(struct generate_conf){l->residents, l->seed}, &result, &err);
	return NULL;
}

static int64_t residents_really_there(const char *url)
{
	static const enum outcome outcomes[] = {OUTCOME_DATA, OUTCOME_DECEASED, OUTCOME_DOUBLE, OUTCOME_NONACTIVE};
	static struct nik niks[40000];
	int64_t all = 0;
	for (size_t i = 0; i < LEN(outcomes); i++) {
		size_t n;
		ENGINE_OK(load_sample(url, outcomes[i], niks, LEN(niks), &n, &engine_err));
		all += (int64_t)n;
	}
	return all;
}

static void check_two_loads_at_once(struct engine *engine)
{
	char url[1100];
	struct registry_stat stat;
	url_of(engine, url);
	generate(engine, 100, 1);
	for (int i = 0; i < 4; i++) {
		struct load_beside loads[2] = {{engine, 20000, 1, RC_OK}, {engine, 15000, 2, RC_OK}};
		pthread_t threads[2];
		for (int k = 0; k < 2; k++)
			assert_int_equal(pthread_create(&threads[k], NULL, load_beside, &loads[k]), 0);
		for (int k = 0; k < 2; k++)
			pthread_join(threads[k], NULL);
		assert_true(loads[0].rc == RC_OK || loads[1].rc == RC_OK);
		for (int k = 0; k < 2; k++)
			assert_true(loads[k].rc == RC_OK || loads[k].rc == RC_CONFLICT);
		ENGINE_OK(registry_stat(url, &stat, &engine_err));
		assert_true(stat.rows == 20000 || stat.rows == 15000);
		assert_int_equal(residents_really_there(url), stat.rows);
	}
}

#define ON_BOTH(name)                                                                                                  \
	static void test_##name(void **state)                                                                          \
	{                                                                                                              \
		(void)state;                                                                                           \
		engine_each(check_##name);                                                                             \
	}
ON_BOTH(absent_registry)
ON_BOTH(every_element)
ON_BOTH(outcomes)
ON_BOTH(claims)
ON_BOTH(stat)
ON_BOTH(delta)
ON_BOTH(full_import_replaces)
ON_BOTH(later_line_wins)
ON_BOTH(rejects)
ON_BOTH(odd_occupation)
ON_BOTH(bad_files_change_nothing)
ON_BOTH(csv_round_trip)
ON_BOTH(samples)
ON_BOTH(wiping)
ON_BOTH(queries)
ON_BOTH(swap_under_fire)
ON_BOTH(delta_with_new_words)
ON_BOTH(stragglers_in_an_ordered_file)
ON_BOTH(leftovers_in_the_slot)
ON_BOTH(two_loads_at_once)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_absent_registry),
		cmocka_unit_test(test_every_element),
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_claims),
		cmocka_unit_test(test_stat),
		cmocka_unit_test(test_delta),
		cmocka_unit_test(test_full_import_replaces),
		cmocka_unit_test(test_later_line_wins),
		cmocka_unit_test(test_rejects),
		cmocka_unit_test(test_odd_occupation),
		cmocka_unit_test(test_bad_files_change_nothing),
		cmocka_unit_test(test_csv_round_trip),
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_wiping),
		cmocka_unit_test(test_queries),
		cmocka_unit_test(test_swap_under_fire),
		cmocka_unit_test(test_delta_with_new_words),
		cmocka_unit_test(test_stragglers_in_an_ordered_file),
		cmocka_unit_test(test_leftovers_in_the_slot),
		cmocka_unit_test(test_two_loads_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
