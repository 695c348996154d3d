/* SPDX-License-Identifier: EUPL-1.2
 * sheet/number.h - numbers as workbooks write them: -12, 0.5, 3.304E+15. */
#pragma once
#include "base/base.h"

bool number_is(struct str text);
/* May it be given to a spreadsheet program as a number? Those keep 15 digits; a longer one is better a text. */
bool number_is_safe(struct str text);
