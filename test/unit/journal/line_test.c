/* SPDX-License-Identifier: EUPL-1.2
 * The canonical line: exactly these bytes, and nothing else is read back. */
#include "journal/line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define MOMENT INT64_C(1795400467123456)

static const unsigned char hash[NIK_HASH] = {0xd4, 0x12, 0x6d, 0x30, 0x96, 0xcc, 0x94, 0x06,
					     0x82, 0x92, 0xb1, 0x33, 0xcb, 0x0d, 0xe4, 0x34};

static const char golden[] =
	"{\"log\":3,\"seq\":12,\"time\":\"2026-11-23T02:21:07.123456Z\",\"act\":\"lookup\",\"outcome\":\"05\",\"ground\":\"quota\","
	"\"clause\":\"II.B \\\"kuota\\\"\",\"instansi\":1,\"version\":2,\"user\":7,\"user_id\":\"operator1\",\"session\":1234,"
	"\"kejadian\":3,\"method\":\"portal\",\"document\":\"ktp-el\",\"peer\":\"192.0.2.13\",\"epoch\":\"2026-11\","
	"\"nik\":\"d4126d3096cc94068292b133cb0de434\",\"repeat\":true,\"repeat_of\":11,\"about\":\"a\\nb\"}";
static const char shortest[] = "{\"log\":0,\"seq\":0,\"time\":\"1970-01-01T00:00:00.000000Z\",\"act\":\"start\"}";

static struct entry golden_entry(void)
{
	struct entry e = {
		.act = ACT_LOOKUP,
		.time_us = MOMENT,
		.outcome = "05",
		.ground = "quota",
		.clause = "II.B \"kuota\"",
		.instansi_id = 1,
		.version_id = 2,
		.user = 7,
		.session = 1234,
		.kejadian_id = 3,
		.user_id = S("operator1"),
		.method = "portal",
		.document = "ktp-el",
		.nik = {INT64_C(3304060101909900)},
		.repeat = true,
		.repeat_of = 11,
		.about = S("a\nb"),
	};
	assert_int_equal(addr_from_str(S("192.0.2.13"), &e.peer), RC_OK);
	return e;
}

static void assert_line(const struct entry *entry, const struct line_place *place, const char *want)
{
	BUF_AUTO out = BUF(LINE_MAX_BYTES);
	line_write(&out, place, entry);
	buf_addc(&out, '\0');
	assert_true(buf_ok(&out));
	assert_string_equal(out.at, want);
}

static void every_byte_is_as_documented(void **state)
{
	(void)state;
	struct entry entry = golden_entry(), least = {.act = ACT_START};
	assert_line(&entry, &(struct line_place){3, 12, hash}, golden);
	assert_line(&least, &(struct line_place){0, 0, NULL}, shortest);
}

static void a_line_is_read_back(void **state)
{
	(void)state;
	struct line line;
	assert_int_equal(line_read(str_c(golden), &line), RC_OK);
	assert_int_equal(line.log_id, 3);
	assert_int_equal(line.seq, 12);
	assert_int_equal(line.time_us, MOMENT);
	assert_true(str_eq(line.act, S("lookup")));
	assert_true(str_eq(line.outcome, S("05")));
	assert_int_equal(line.instansi_id, 1);
	assert_int_equal(line.version_id, 2);
	assert_int_equal(line.user, 7);
	assert_int_equal(line.epoch, 202611);
	assert_true(line.has_nik);
	assert_memory_equal(line.nik_hash, hash, NIK_HASH);
	assert_int_equal(line_read(str_c(shortest), &line), RC_OK);
	assert_false(line.has_nik);
	assert_int_equal(line.user, 0);
}

#define TIME "\"time\":\"2026-11-23T02:21:07.123456Z\""
static void everything_else_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"",
		"{}",
		"{\"log\":0}",
		"[]",
		"{\"seq\":0,\"log\":0," TIME ",\"act\":\"start\"}",
		"{\"log\":00,\"seq\":0," TIME ",\"act\":\"start\"}",
		"{\"log\":0,\"seq\":-1," TIME ",\"act\":\"start\"}",
		"{\"log\":0,\"seq\":1.0," TIME ",\"act\":\"start\"}",
		"{\"log\":0,\"seq\":99999999999999999999," TIME ",\"act\":\"start\"}",
		"{\"log\":0, \"seq\":0," TIME ",\"act\":\"start\"}",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"start\"} ",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"start\"}}",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"start\",\"user\":0}",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"start\",\"user\":1,\"user\":1}",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"start\",\"other\":1}",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"start\",\"repeat\":false}",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"start",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"start\\",
		"{\"log\":0,\"seq\":0,\"time\":\"2026-11-23T02:21:07.123456\",\"act\":\"start\"}",
		"{\"log\":0,\"seq\":0,\"time\":\"2026-11-23T24:21:07.123456Z\",\"act\":\"start\"}",
		"{\"log\":0,\"seq\":0,\"time\":\"2026-02-30T02:21:07.123456Z\",\"act\":\"start\"}",
		"{\"log\":0,\"seq\":0,\"time\":\"2026-11-23T02:21:07.12345xZ\",\"act\":\"start\"}",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"start\",\"epoch\":\"2026-11\"}",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"start\",\"nik\":\"d4126d3096cc94068292b133cb0de434\"}",
		"{\"log\":0,\"seq\":0," TIME
		",\"act\":\"start\",\"epoch\":\"2026-12\",\"nik\":\"d4126d3096cc94068292b133cb0de434\"}",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"start\",\"epoch\":\"2026-11\",\"nik\":\"d4126d3096cc94068292b133cb0de4\"}",
		"{\"log\":0,\"seq\":0," TIME ",\"act\":\"st\xff\"}",
	};
	struct line line;
	for (size_t i = 0; i < LEN(rows); i++) {
		if (line_read(str_c(rows[i]), &line) == RC_OK)
			print_error("row %zu was read\n", i);
		assert_int_equal(line_read(str_c(rows[i]), &line), RC_INVALID);
	}
	for (size_t n = 0; n < sizeof golden - 1; n++)
		assert_int_equal(line_read(str_from(golden, n), &line), RC_INVALID);
}

/* The time is written without printf; base/clock.h is the judge. */
static void times_agree_with_the_clock(void **state)
{
	(void)state;
	static const int64_t moments[] = {0,
					  1,
					  999999,
					  1000000,
					  MOMENT,
					  INT64_C(951782399999999),
					  INT64_C(951782400000000),
					  INT64_C(1798736399999999),
					  -1,
					  -US_PER_DAY,
					  INT64_C(4102444800000000)};
	for (size_t i = 0; i < LEN(moments); i++) {
		struct entry entry = {.act = ACT_START, .time_us = moments[i]};
		struct line line;
		BUF_AUTO out = BUF(LINE_MAX_BYTES);
		line_write(&out, &(struct line_place){0}, &entry);
		assert_memory_equal(out.at + strlen("{\"log\":0,\"seq\":0,\"time\":\""), clock_rfc3339(moments[i]).z, 27);
		assert_int_equal(line_read(buf_str(&out), &line), RC_OK);
		assert_int_equal(line.time_us, moments[i]);
	}
}

static void an_epoch_is_a_wib_month(void **state)
{
	(void)state;
	int64_t november = day_begin_us(day_from_ymd(2026, 11, 1));
	int epoch;
	assert_int_equal(epoch_of_us(november), 202611);
	assert_int_equal(epoch_of_us(november - 1), 202610);
	assert_int_equal(epoch_end_us(202610), november);
	assert_int_equal(epoch_end_us(202612), day_begin_us(day_from_ymd(2027, 1, 1)));
	assert_string_equal(epoch_text(202611).z, "2026-11");
	assert_int_equal(epoch_from_str(S("2026-02"), &epoch), RC_OK);
	assert_int_equal(epoch, 202602);
	static const char *const bad[] = {"", "2026-13", "2026-00", "2026-1", "26-11", "2026/11", "2026--1", "2026-111", "-026-11"};
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(epoch_from_str(str_c(bad[i]), &epoch), RC_INVALID);
}

/* The value is that of Python's hashlib.blake2b(b"3304060101909900", digest_size=16, key=bytes(range(32))). */
static void a_nik_hash_is_keyed_blake2b(void **state)
{
	(void)state;
	unsigned char key[EPOCH_KEY], got[NIK_HASH], want[NIK_HASH];
	for (size_t i = 0; i < sizeof key; i++)
		key[i] = (unsigned char)i;
	epoch_nik_hash(key, (struct nik){INT64_C(3304060101909900)}, got);
	assert_int_equal(hex_read(S("03d96cedb148f6d79a9015df5f0f86e9"), want, sizeof want), RC_OK);
	assert_memory_equal(got, want, sizeof want);
}

static void every_act_has_its_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < ACT_COUNT; i++) {
		const struct act_row *row = act_at(i);
		enum act back;
		assert_int_equal(row->act, i);
		assert_true(row->key[0] && row->label[0]);
		assert_int_equal(act_from_key(str_c(row->key), &back), RC_OK);
		assert_int_equal(back, i); /* so no key stands twice */
	}
	enum act none;
	assert_int_equal(act_from_key(S("nothing"), &none), RC_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_is_as_documented), cmocka_unit_test(a_line_is_read_back),
		cmocka_unit_test(everything_else_is_refused),  cmocka_unit_test(times_agree_with_the_clock),
		cmocka_unit_test(an_epoch_is_a_wib_month),     cmocka_unit_test(a_nik_hash_is_keyed_blake2b),
		cmocka_unit_test(every_act_has_its_row),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
