/* SPDX-License-Identifier: EUPL-1.2
 * sheet/mark.h - the apostrophe by which spreadsheet programs mark a text.
 *
 * In CSV a cell that begins with = + - @ would be computed when the file is opened
 * ("formula injection"): the writer puts an apostrophe before it and the reader takes
 * one off, so that what was written is what is read. People put one before digits, to
 * keep their zeros; that one is taken off too. */
#pragma once
#include "base/base.h"

bool mark_needed(struct str text);
/* `text` without its apostrophe, if it has one; and ="0123", the other way to keep zeros, as 0123. */
struct str mark_off(struct str text);
