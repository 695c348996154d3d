/* SPDX-License-Identifier: EUPL-1.2
 * sheet/escape.h - how workbooks write characters that XML has no way to say:
 * _x000D_ is a carriage return, and _x005F_ the line before such a thing meant as it
 * stands (ISO/IEC 29500-1, 22.9.2.19). */
#pragma once
#include "sheet/raw.h"

/* In place; it only gets shorter. NUL and surrogates stay as they are written. */
void escape_off(struct raw *raw);
