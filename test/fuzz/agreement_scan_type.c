/* SPDX-License-Identifier: EUPL-1.2
 * Any bytes as a scan: what is taken begins like its kind, ends within the bytes, and is
 * found to be the same once more when only that is kept. */
#include "agreement/scan_type.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err err = {0};
	enum scan_type type, again;
	size_t kept, kept_again;
	struct str bytes = str_from((const char *)data, n);
	enum rc rc = scan_type_find(bytes, &type, &kept, &err);
	assert(rc == RC_OK || (rc == RC_INVALID && err.what[0]));
	if (rc != RC_OK)
		return 0;
	assert(type < SCAN_TYPE_COUNT && kept > 0 && kept <= n);
	assert(scan_type_find(str_sub(bytes, 0, kept), &again, &kept_again, &err) == RC_OK);
	assert(again == type && kept_again == kept);
	return 0;
}
