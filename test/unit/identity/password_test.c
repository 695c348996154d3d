/* SPDX-License-Identifier: EUPL-1.2
 * Passwords: the rules and their words, the cost of the hash, and that whoever has
 * no password is refused after the same work. */
#include "identity/password.h"

#include <setjmp.h>
#include <cmocka.h>
#include <time.h>

#include "identity/common_password.h"

static void check(const char *password, const char *user_id, const char *want)
{
	struct err err = {.what = ""};
	enum rc rc = password_check_rules(str_c(password), str_c(user_id), &err);
	assert_string_equal(err.what, want);
	assert_int_equal(rc, *want ? RC_INVALID : RC_OK);
}

static void the_rules(void **state)
{
	(void)state;
	static const char common[] = "kata sandi ini terlalu umum dan mudah ditebak";
	static const char tooshort[] = "kata sandi terlalu pendek: paling sedikit 10 karakter";
	check("kuda-nil menari", "operator1", "");
	check("kucing, payung & 7 jendela", "operator1", "");
	check("", "operator1", tooshort);
	check("hujan-sor", "operator1", tooshort);
	check("hujan-sore", "operator1", "");
	check("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", "operator1", tooshort); /* characters, not bytes */
	check("punya Operator1 saja", "operator1", "kata sandi tidak boleh memuat user ID");
	check("hujan\nsore hari", "operator1", "kata sandi memuat karakter yang tidak dapat dipakai");
	check("hujan\xff sore hari", "operator1", "kata sandi memuat karakter yang tidak dapat dipakai");
	check("Bismillah1", "operator1", common);
	check("INDONESIA2026", "operator1", common);
	check("rahasia123", "operator1", common);
}

static void the_longest(void **state)
{
	(void)state;
	char z[PASSWORD_MAX + 2];
	for (size_t i = 0; i < sizeof z; i++)
		z[i] = "kudanilmenaridipagihari"[i * 7 % 23];
	z[PASSWORD_MAX] = '\0';
	check(z, "operator1", "");
	z[PASSWORD_MAX] = 'k';
	z[PASSWORD_MAX + 1] = '\0';
	check(z, "operator1", "kata sandi terlalu panjang: paling banyak 128 karakter");
}

static void everybodys_passwords(void **state)
{
	(void)state;
	static const char *const common[] = {
	        "Password123!", "passwordpassword", "PASSWORD",     "bismillah",        "Bismillah2026",
	        "indonesia",    "rahasia123",       "qwertyuiop",   "qwerty12345",      "asdfghjkl1",
	        "1q2w3e4r5t6y", "1234567890",       "0987654321",   "3304060101909999", "08-12-1990-00",
	        "aaaaaaaaaa",   "abcabcabcabc",     "kudakudakuda", "abcdefghij",       "zyxwvutsrq",
	        "1qaz2wsx3edc", "dukcapil2025",     "bpbd112233",   "iloveyou!!!",      "Sayangku99",
	};
	static const char *const fine[] = {"kuda-nil menari", "tujuh jendela biru", "Xk29-mmQa-77pL", "passwordnya kucing saya"};
	for (size_t i = 0; i < LEN(common); i++)
		if (!common_password(str_c(common[i])))
			fail_msg("%s is not seen as common", common[i]);
	for (size_t i = 0; i < LEN(fine); i++)
		assert_false(common_password(str_c(fine[i])));
}

static void a_hash_costs_what_it_should(void **state)
{
	(void)state;
	char hash[PASSWORD_HASH_MAX], again[PASSWORD_HASH_MAX];
	struct err err;
	assert_int_equal(password_hash(S("kuda-nil menari"), hash, &err), RC_OK);
	assert_true(str_starts(str_c(hash), S("$argon2id$v=19$m=19456,t=2,p=1$")));
	assert_int_equal(password_hash(S("kuda-nil menari"), again, &err), RC_OK);
	assert_string_not_equal(hash, again); /* salted */
	assert_int_equal(password_verify(str_c(hash), S("kuda-nil menari"), &err), RC_OK);
	assert_int_equal(password_verify(str_c(hash), S("kuda-nil menarI"), &err), RC_REFUSED);
	assert_int_equal(password_verify(str_c(hash), S(""), &err), RC_REFUSED);
}

/* Of this thread alone: other work on the machine does not count. */
static int64_t cpu_us(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return ts.tv_sec * US_PER_S + ts.tv_nsec / 1000;
}

static void cost_us(struct str hash, int64_t *best)
{
	struct err err;
	int64_t from = cpu_us();
	assert_int_equal(password_verify(hash, S("salah sama sekali"), &err), RC_REFUSED);
	int64_t took = cpu_us() - from;
	*best = took < *best ? took : *best;
}

/* DOMAIN 2: `Gagal Login` takes the same time in each case. */
static void nobody_costs_the_same(void **state)
{
	(void)state;
	char hash[PASSWORD_HASH_MAX];
	struct err err;
	assert_int_equal(password_hash(S("kuda-nil menari"), hash, &err), RC_OK);
	int64_t known = INT64_MAX, nobody = INT64_MAX;
	for (int i = 0; i < 5; i++) { /* in turn, so that a busy machine is busy for both */
		cost_us(str_c(hash), &known);
		cost_us((struct str){NULL, 0}, &nobody);
	}
	print_message("Argon2id: %lld us, nobody: %lld us\n", (long long)known, (long long)nobody);
	assert_true(known > 1000);
	assert_true(nobody > known / 2 && nobody < known * 2);
}

static void one_time_passwords_can_be_read_out(void **state)
{
	(void)state;
	char a[PASSWORD_ONE_TIME_SIZE], b[PASSWORD_ONE_TIME_SIZE];
	for (int i = 0; i < 200; i++) {
		password_one_time(a);
		assert_int_equal(strlen(a), 19);
		for (int k = 0; k < 19; k++)
			assert_true(k % 5 == 4 ? a[k] == '-' : !strchr("01lio-", a[k]));
		password_one_time(b);
		assert_string_not_equal(a, b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(the_rules),
	        cmocka_unit_test(the_longest),
	        cmocka_unit_test(everybodys_passwords),
	        cmocka_unit_test(a_hash_costs_what_it_should),
	        cmocka_unit_test(nobody_costs_the_same),
	        cmocka_unit_test(one_time_passwords_can_be_read_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
