/* SPDX-License-Identifier: EUPL-1.2
 * feedback/list_nik.h - a NIK out of a cell, and what a spreadsheet program did to it; for
 * the room `feedback` alone. */
#pragma once
#include "feedback/list.h"

/* LIST_FINE, or what is wrong; *ret is set in the first case only. Whether many texts of a
 * list end in 0 is not asked here. */
enum list_flaw list_nik(const struct sheet_cell *cell, struct nik *ret);
