/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as the file of registry.credentials: five words a line, each within the text, the
 * codes fit for a path, nobody named twice. */
#include "registry/relay_user.h"

#include <assert.h>

static bool is_code(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] == '/' || s.at[i] == '.' || s.at[i] == '?' || s.at[i] == '%' || (unsigned char)s.at[i] <= ' ')
			return false;
	return s.n > 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct relay_user users[RELAY_USERS_MAX];
	struct err err = {0};
	size_t users_n;
	if (relay_users_read(str_from((const char *)bytes, n), users, &users_n, &err) != RC_OK)
		return 0;
	assert(users_n <= RELAY_USERS_MAX);
	for (size_t i = 0; i < users_n; i++) {
		struct addr addr;
		assert(is_code(users[i].code) && is_code(users[i].its_code) && users[i].user_id.n && users[i].password.n);
		assert(addr_from_str(users[i].ip_user, &addr) == RC_OK);
		for (size_t k = 0; k < i; k++)
			assert(!str_ieq(users[i].code, users[k].code));
	}
	return 0;
}
