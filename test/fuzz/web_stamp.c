/* SPDX-License-Identifier: EUPL-1.2
 * The moment of a watermark as somebody typed it: refused, or a second or a minute that is
 * read again from how the portal writes it. */
#include <stdlib.h>

#include "web/stamp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct stamp stamp, again;
	if (stamp_from_str(str_from((const char *)data, n), &stamp) != RC_OK)
		return 0;
	if (stamp.until_us <= stamp.from_us)
		abort();
	if (stamp_from_str(str_c(clock_short_wib(stamp.from_us).z), &again) != RC_OK || again.from_us != stamp.from_us)
		abort();
	return 0;
}
