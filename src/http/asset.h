/* SPDX-License-Identifier: EUPL-1.2
 * http/asset.h - files inside the program: style sheet, script, icons.
 *
 * tools/mkasset makes the table. The path of an asset holds a hash of its contents,
 * so it may be cached for ever; a changed file has another path. */
#pragma once
#include "http/html.h"
#include "http/http.h"

struct asset {
	const char *name; /* as in the source tree: "padan.css" */
	const char *path; /* "/aset/padan.1f2e3d4c.css" */
	const char *type;
	const char *hash;
	struct str plain;
	struct str gzip, br; /* {NULL,0} where it would not be smaller */
};

/* NULL: no asset has that path. */
const struct asset *asset_find(const struct asset *assets, size_t n, struct str path);
/* For href and src. The name must exist (asserted): it is written in the source. */
struct url asset_url(const struct asset *assets, size_t n, const char *name);
/* For Cache-Control: what its path names for ever, and what keeps its path when it changes. */
#define ASSET_FOR_EVER "public, max-age=31536000, immutable"
#define ASSET_ASK_AGAIN "no-cache"
/* Fill an answer in the smallest coding the visitor takes, or 304 when he has it. */
void asset_respond(const struct asset *asset, const char *cache, struct http_request *rq, struct http_response *re);
