/* SPDX-License-Identifier: EUPL-1.2
 * http/html.h - the two kinds of text that pages write without the usual escape,
 * and the few functions that may make them.
 *
 * A `struct html` is markup that is already safe; a `struct url` is a path of
 * ours, safe in href, action and src (the writer still escapes & and quotes).
 * Whoever fills one by hand takes the promise on himself: review greps for it. */
#pragma once
#include "base/base.h"

struct html {
	struct str s;
};
struct url {
	struct str s;
};

/* What a page writer wrote: a view, valid as long as the buffer is untouched.
 * A broken buffer gives nothing rather than half a page. */
struct html html_from_buf(const struct buf *b);
/* A path written in the source: URL("/masuk"). */
#define URL(lit) ((struct url){S(lit)})

struct url_pair {
	const char *name; /* unreserved characters only; written as it is */
	struct str value; /* percent-encoded */
};
/* `path` (begins with one '/', asserted) followed by ?name=value&...; pairs whose
 * value is absent are left out. The absent url when the arena is full. */
struct url url_path(struct arena *arena, const char *path, const struct url_pair *pairs, size_t n);
/* A path that came from outside (a "kembali ke" field): it must stay on this
 * server. RC_INVALID: does not begin with exactly one '/', holds a backslash, a
 * control character, a blank or a byte past ASCII. The view is kept, not copied. */
MUST_USE enum rc url_from_str(struct str s, struct url *ret);
/* RFC 3986 2.3: everything but unreserved characters becomes %XX. */
void url_encode(struct buf *b, struct str s);
