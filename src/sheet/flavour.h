/* SPDX-License-Identifier: EUPL-1.2
 * sheet/flavour.h - what a file is, by its first bytes, and the words for those that
 * are no table we read. */
#pragma once
#include "base/base.h"

enum flavour { FLAVOUR_TEXT, FLAVOUR_ZIP };

/* RC_INVALID: a file of another kind (old .xls, protected workbook, PDF, picture, web page, nothing at all);
 * err says which it is and how to make a usable one of it. */
MUST_USE enum rc flavour_of(struct str file, enum flavour *ret, struct err *err);
