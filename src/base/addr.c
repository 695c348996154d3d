/* SPDX-License-Identifier: EUPL-1.2
 * base/addr.c - see addr.h. inet_pton does the parsing: it is strict (no octal,
 * no missing parts) and knows every form of IPv6. */
#include "base/addr.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

static const unsigned char mapped_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static void fold_mapped(struct addr *addr)
{
	if (addr->family != AF_INET6 || memcmp(addr->at, mapped_prefix, sizeof mapped_prefix) != 0)
		return;
	addr->family = AF_INET;
	memcpy(addr->at, addr->at + 12, 4);
	memset(addr->at + 4, 0, 12);
}

/* As written, not yet folded. */
static enum rc read_addr(struct str s, struct addr *ret)
{
	char z[INET6_ADDRSTRLEN];
	if (s.n == 0 || s.n >= sizeof z || memchr(s.at, 0, s.n))
		return RC_INVALID;
	memcpy(z, s.at, s.n);
	z[s.n] = 0;
	*ret = (struct addr){.family = memchr(z, ':', s.n) ? AF_INET6 : AF_INET};
	return inet_pton(ret->family, z, ret->at) == 1 ? RC_OK : RC_INVALID;
}

enum rc addr_from_str(struct str s, struct addr *ret)
{
	struct addr addr;
	TRY(read_addr(s, &addr));
	fold_mapped(&addr);
	*ret = addr;
	return RC_OK;
}

enum rc addr_from_sockaddr(const struct sockaddr *sa, struct addr *ret)
{
	struct addr addr = {.family = sa ? sa->sa_family : 0};
	if (addr.family == AF_INET)
		memcpy(addr.at, &((const struct sockaddr_in *)(const void *)sa)->sin_addr, 4);
	else if (addr.family == AF_INET6)
		memcpy(addr.at, &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr, 16);
	else
		return RC_INVALID;
	fold_mapped(&addr);
	*ret = addr;
	return RC_OK;
}

struct addr_text addr_text(const struct addr *addr)
{
	struct addr_text text = {"-"};
	if (addr->family == AF_INET || addr->family == AF_INET6)
		inet_ntop(addr->family, addr->at, text.z, sizeof text.z);
	return text;
}

bool addr_eq(const struct addr *a, const struct addr *b)
{
	return a->family == b->family && memcmp(a->at, b->at, sizeof a->at) == 0;
}

static int width(const struct addr *addr)
{
	return addr->family == AF_INET ? 32 : 128;
}

/* Are the first `bits` bits the same? */
static bool same_prefix(const unsigned char *a, const unsigned char *b, int bits)
{
	size_t whole = (size_t)bits / 8;
	if (memcmp(a, b, whole) != 0)
		return false;
	unsigned mask = 0xffU << (8 - bits % 8) & 0xffU;
	return bits % 8 == 0 || ((a[whole] ^ b[whole]) & mask) == 0;
}

static bool zero_behind(const struct addr *addr, int bits)
{
	for (int i = bits; i < width(addr); i++)
		if (addr->at[i / 8] & (0x80U >> (i % 8)))
			return false;
	return true;
}

enum rc cidr_from_str(struct str s, struct cidr *ret)
{
	struct str rest = s;
	struct str head = str_split(&rest, '/');
	struct addr addr;
	TRY(read_addr(head, &addr));
	int64_t bits = width(&addr);
	if (rest.at && (rest.n > 3 || (rest.n > 1 && rest.at[0] == '0')))
		return RC_INVALID;
	if (rest.at)
		TRY(str_int(rest, 0, width(&addr), &bits));
	if (!zero_behind(&addr, (int)bits))
		return RC_INVALID;
	/* a mapped range shorter than the mapping itself spans both families; it stays IPv6 and matches no IPv4 */
	if (addr.family == AF_INET6 && bits >= 96) {
		fold_mapped(&addr);
		bits -= addr.family == AF_INET ? 96 : 0;
	}
	*ret = (struct cidr){addr, (int)bits};
	return RC_OK;
}

bool cidr_has(const struct cidr *cidr, const struct addr *addr)
{
	return cidr->addr.family == addr->family && same_prefix(cidr->addr.at, addr->at, cidr->bits);
}

bool cidr_covers(const struct cidr *outer, const struct cidr *inner)
{
	return inner->bits >= outer->bits && cidr_has(outer, &inner->addr);
}

struct addr_text cidr_text(const struct cidr *cidr)
{
	struct addr_text addr = addr_text(&cidr->addr), text;
	snprintf(text.z, sizeof text.z, "%.43s/%d", addr.z, cidr->bits & 0xff);
	return text;
}
