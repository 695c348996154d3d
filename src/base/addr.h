/* SPDX-License-Identifier: EUPL-1.2
 * base/addr.h - network addresses and the ranges that hold them.
 *
 * An address is IPv4 or IPv6 without a port. IPv4-mapped IPv6 (::ffff:a.b.c.d)
 * is folded to IPv4 wherever it comes from, so that an allow-list written in
 * IPv4 holds on a socket that listens on both. Zone ids ("%eth0") are refused. */
#pragma once
#include <stdbool.h>

#include "base/str.h"

struct sockaddr;

struct addr {
	int family;           /* AF_INET or AF_INET6; 0: none */
	unsigned char at[16]; /* network order; IPv4 uses the first four bytes, the rest is 0 */
};
struct addr_text {
	char z[48];
};

/* "192.0.2.13", "2001:db8::1", "::ffff:192.0.2.13". Nothing around it.
 * RC_INVALID: anything else. */
MUST_USE enum rc addr_from_str(struct str s, struct addr *ret);
/* RC_INVALID: neither IPv4 nor IPv6 (a local socket, NULL). */
MUST_USE enum rc addr_from_sockaddr(const struct sockaddr *sa, struct addr *ret);
/* The canonical text (RFC 5952); "-" for no address. */
struct addr_text addr_text(const struct addr *addr);
bool addr_eq(const struct addr *a, const struct addr *b);

struct cidr {
	struct addr addr; /* the first address of the range */
	int bits;         /* 0-32, or 0-128 */
};

/* "192.0.2.0/24", "2001:db8::/32"; a lone address is a range of one.
 * RC_INVALID: not an address, prefix out of range, or bits set behind the
 * prefix (192.0.2.1/24 is a slip of the pen, not a range). */
MUST_USE enum rc cidr_from_str(struct str s, struct cidr *ret);
/* Never across families. */
bool cidr_has(const struct cidr *cidr, const struct addr *addr);
/* true when every address of `inner` is in `outer`: a user id may only narrow. */
bool cidr_covers(const struct cidr *outer, const struct cidr *inner);
/* "192.0.2.0/24", always with its prefix. */
struct addr_text cidr_text(const struct cidr *cidr);
