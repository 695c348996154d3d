/* SPDX-License-Identifier: EUPL-1.2
 * http/multipart.h - multipart/form-data (RFC 7578), read once into views.
 *
 * Strict where two readers could differ: CRLF everywhere, nothing before the first
 * delimiter and nothing but one CRLF after the last, no folded lines, one
 * Content-Disposition a part, no transfer coding, no filename*. A body that breaks
 * one of these gives a form without fields and files that is not ok. A field that is
 * no text is left out and the form is not ok, as in http/form.h; so is every part
 * past the ceiling. */
#pragma once
#include "http/form.h"

#define MULTIPART_BOUNDARY_MAX 70 /* RFC 2046 5.1.1 */
#define MULTIPART_PARTS_MAX 128
#define MULTIPART_HEAD_MAX 4096
#define MULTIPART_NAME_MAX 200 /* bytes of a file's name that are kept */

/* The boundary among the parameters of a Content-Type (what follows the first ';').
 * RC_INVALID: none, two, too long, or with characters it may not have. */
MUST_USE enum rc multipart_boundary(struct str params, struct str *ret);
/* Never fails; `ok` tells. Views of `body`; only tables and file names are in `arena`. */
void multipart_parse(struct str body, struct str boundary, struct arena *arena, struct form *ret);
