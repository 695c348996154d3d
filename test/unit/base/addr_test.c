/* SPDX-License-Identifier: EUPL-1.2
 * Addresses and ranges: every accepted form, every refused one, folding of
 * IPv4-mapped addresses, and membership at the edges of a prefix. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

static struct addr addr(const char *z)
{
	struct addr a;
	assert_int_equal(addr_from_str(str_c(z), &a), RC_OK);
	return a;
}

static struct cidr cidr(const char *z)
{
	struct cidr c;
	assert_int_equal(cidr_from_str(str_c(z), &c), RC_OK);
	return c;
}

static void addresses_are_read_and_written(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	        {"192.0.2.13", "192.0.2.13"},           {"0.0.0.0", "0.0.0.0"},
	        {"255.255.255.255", "255.255.255.255"}, {"::ffff:192.0.2.13", "192.0.2.13"},
	        {"2001:DB8:0:0::1", "2001:db8::1"},     {"::", "::"},
	        {"::ffff:c000:20d", "192.0.2.13"},      {"2001:db8::192.0.2.1", "2001:db8::c000:201"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct addr a = addr(rows[i][0]);
		assert_string_equal(addr_text(&a).z, rows[i][1]);
	}
	struct addr none = {0};
	assert_string_equal(addr_text(&none).z, "-");
}

static void everything_else_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {
	        "",
	        " ",
	        "192.0.2",
	        "192.0.2.1 ",
	        " 192.0.2.1",
	        "192.0.2.256",
	        "192.0.2.01x",
	        "0x7f.0.0.1",
	        "2001:db8::g",
	        "::1%lo",
	        "[::1]",
	        "192.0.2.1:80",
	        "1:2:3:4:5:6:7:8:9",
	        "::1::2",
	        "-",
	        "localhost",
	        "192.0.2.1/24",
	        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	struct addr a;
	for (size_t i = 0; i < LEN(rows); i++)
		assert_int_equal(addr_from_str(str_c(rows[i]), &a), RC_INVALID);
	assert_int_equal(addr_from_str(str_from("192.0.2.1\0", 10), &a), RC_INVALID);
	assert_int_equal(addr_from_str((struct str){NULL, 0}, &a), RC_INVALID);
}

static void sockets_are_folded(void **state)
{
	(void)state;
	struct addr a, want = addr("192.0.2.7");
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	inet_pton(AF_INET, "192.0.2.7", &v4.sin_addr);
	assert_int_equal(addr_from_sockaddr((const struct sockaddr *)&v4, &a), RC_OK);
	assert_true(addr_eq(&a, &want));
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	inet_pton(AF_INET6, "::ffff:192.0.2.7", &v6.sin6_addr);
	assert_int_equal(addr_from_sockaddr((const struct sockaddr *)&v6, &a), RC_OK);
	assert_true(addr_eq(&a, &want));
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	assert_int_equal(addr_from_sockaddr((const struct sockaddr *)&un, &a), RC_INVALID);
	assert_int_equal(addr_from_sockaddr(NULL, &a), RC_INVALID);
}

static void ranges_are_read_and_written(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	        {"192.0.2.0/24", "192.0.2.0/24"},
	        {"192.0.2.13", "192.0.2.13/32"},
	        {"0.0.0.0/0", "0.0.0.0/0"},
	        {"2001:db8::/32", "2001:db8::/32"},
	        {"::1", "::1/128"},
	        {"::/0", "::/0"},
	        {"::ffff:192.0.2.0/120", "192.0.2.0/24"},
	        {"192.0.2.128/25", "192.0.2.128/25"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct cidr c = cidr(rows[i][0]);
		assert_string_equal(cidr_text(&c).z, rows[i][1]);
	}
	static const char *const bad[] = {
	        "",
	        "/",
	        "192.0.2.0/",
	        "192.0.2.0/33",
	        "192.0.2.1/24",
	        "192.0.2.0/-1",
	        "192.0.2.0/024",
	        "192.0.2.0/ 24",
	        "2001:db8::1/32",
	        "::/129",
	        "192.0.2.0/24/24",
	        "192.0.2/24",
	        "192.0.2.64/25",
	        "192.0.2.0/4294967320",
	};
	struct cidr c;
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(cidr_from_str(str_c(bad[i]), &c), RC_INVALID);
}

static void membership_at_the_edges(void **state)
{
	(void)state;
	static const struct {
		const char *range, *addr;
		bool in;
	} rows[] = {
	        {"192.0.2.0/24", "192.0.2.0", true},
	        {"192.0.2.0/24", "192.0.2.255", true},
	        {"192.0.2.0/24", "192.0.3.0", false},
	        {"192.0.2.0/24", "192.0.1.255", false},
	        {"192.0.2.128/25", "192.0.2.127", false},
	        {"192.0.2.128/25", "192.0.2.128", true},
	        {"192.0.2.13", "192.0.2.13", true},
	        {"192.0.2.13", "192.0.2.12", false},
	        {"0.0.0.0/0", "203.0.113.9", true},
	        {"0.0.0.0/0", "2001:db8::1", false},
	        {"::/0", "192.0.2.1", false},
	        {"::/0", "2001:db8::1", true},
	        {"2001:db8::/33", "2001:db8:8000::", false},
	        {"2001:db8::/33", "2001:db8:7fff::", true},
	        {"192.0.2.0/24", "::ffff:192.0.2.9", true},
	        {"::ffff:192.0.2.0/120", "192.0.2.9", true},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct cidr c = cidr(rows[i].range);
		struct addr a = addr(rows[i].addr);
		assert_int_equal(cidr_has(&c, &a), rows[i].in);
	}
}

static void a_narrower_range_is_covered(void **state)
{
	(void)state;
	struct cidr wide = cidr("192.0.2.0/24"), half = cidr("192.0.2.128/25"), other = cidr("198.51.100.0/25");
	assert_true(cidr_covers(&wide, &half));
	assert_true(cidr_covers(&wide, &wide));
	assert_false(cidr_covers(&half, &wide));
	assert_false(cidr_covers(&wide, &other));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(addresses_are_read_and_written),
	        cmocka_unit_test(everything_else_is_refused),
	        cmocka_unit_test(sockets_are_folded),
	        cmocka_unit_test(ranges_are_read_and_written),
	        cmocka_unit_test(membership_at_the_edges),
	        cmocka_unit_test(a_narrower_range_is_covered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
