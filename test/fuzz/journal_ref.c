/* SPDX-License-Identifier: EUPL-1.2
 * A reference as somebody typed it: refused, or the number whose reference it is. */
#include <stdlib.h>

#include "journal/ref.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const unsigned char key[REF_KEY] = {1, 2, 3};
	int64_t number, back;
	if (ref_read(key, str_from((const char *)data, n), &number) != RC_OK)
		return 0;
	if (number < 0 || number >> REF_BITS)
		abort();
	struct ref_text ref = ref_of(key, number);
	if (ref_read(key, str_c(ref.z), &back) != RC_OK || back != number)
		abort();
	return 0;
}
