/* SPDX-License-Identifier: EUPL-1.2
 * agreement/position.h - on which line of a JSON text something stands.
 *
 * jansson forgets lines once a text has parsed; whoever corrects a file by hand
 * needs them. Asked only when there is something to complain about, so it reads
 * the text again from the start. */
#pragma once
#include "base/base.h"

/* The line, from 1, of the member or list item a path names: "terms.allow[1]", ""
 * for the whole. `json` has been parsed without complaint. A part that is not
 * there gives the line of the deepest part that is. */
int position_line(struct str json, const char *path);
/* The line where brackets are first nested deeper than `max`; 0: nowhere. Also for
 * texts that are no JSON. */
int position_too_deep(struct str json, int max);
