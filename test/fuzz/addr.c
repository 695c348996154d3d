/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as an address and as a range: what is read is written back the same. */
#include "base/base.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = {(const char *)data, n};
	struct addr addr, addr2;
	struct cidr cidr, cidr2;
	if (addr_from_str(s, &addr) == RC_OK) {
		assert(addr_from_str(str_c(addr_text(&addr).z), &addr2) == RC_OK);
		assert(addr_eq(&addr, &addr2));
	}
	if (cidr_from_str(s, &cidr) == RC_OK) {
		assert(cidr_from_str(str_c(cidr_text(&cidr).z), &cidr2) == RC_OK);
		assert(cidr.bits == cidr2.bits && addr_eq(&cidr.addr, &cidr2.addr) && cidr_has(&cidr, &cidr2.addr));
	}
	return 0;
}
