/* SPDX-License-Identifier: EUPL-1.2
 * pdf/language.h - a PDF says which language it is in.
 *
 * cairo has no word for it, and a reader for the blind needs it. The catalogue is
 * written once more behind the end, with /Lang and the wish that a window shows the
 * title: an incremental update (ISO 32000-1, 7.5.6). */
#pragma once
#include "base/base.h"

/* *out holds from `from` on a PDF as cairo writes it in version 1.4. One that is built
 * otherwise is left as it is: true when the language was added. */
bool language_add(struct buf *out, size_t from, const char *language);
