/* SPDX-License-Identifier: EUPL-1.2
 * http/asset.c - see asset.h. The ETag is strong, so each coding has its own. */
#include "http/asset.h"

#include <assert.h>
#include <stdio.h>

#include "http/accept.h"
#include "http/server.h"

const struct asset *asset_find(const struct asset *assets, size_t n, struct str path)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(str_c(assets[i].path), path))
			return &assets[i];
	return NULL;
}

struct url asset_url(const struct asset *assets, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(assets[i].name, name) == 0)
			return (struct url){str_c(assets[i].path)};
	assert(!"an asset of that name");
	return (struct url){{NULL, 0}};
}

/* Any coding of the same contents will do: the visitor has the file. */
static bool has_it(const struct asset *asset, struct str if_none_match)
{
	while (if_none_match.at) {
		struct str tag = str_trim(str_split(&if_none_match, ','));
		if (str_starts(tag, S("W/")))
			tag = str_sub(tag, 2, tag.n);
		if (tag.n > 2 && str_starts(str_sub(tag, 1, tag.n), str_c(asset->hash)))
			return true;
	}
	return false;
}

void asset_respond(const struct asset *asset, const char *cache, struct http_request *rq, struct http_response *re)
{
	static const char *const codings[] = {NULL, "gzip", "br"};
	int coding = asset->br.at && (rq->accepts & ACCEPT_BR) ? 2 : asset->gzip.at && (rq->accepts & ACCEPT_GZIP) ? 1 : 0;
	char *etag = arena_alloc(http_arena(rq), 80);
	*re = (struct http_response){.status = 200, .type = asset->type, .bare = true};
	re->fixed = coding == 2 ? asset->br : coding == 1 ? asset->gzip : asset->plain;
	http_add_header(re, "Cache-Control", str_c(cache));
	if (asset->br.at || asset->gzip.at)
		http_add_header(re, "Vary", S("Accept-Encoding"));
	if (etag) {
		snprintf(etag, 80, "\"%.60s%s%s\"", asset->hash, coding ? "-" : "", coding ? codings[coding] : "");
		http_add_header(re, "ETag", str_c(etag));
	}
	if (has_it(asset, http_header(rq, "If-None-Match"))) {
		re->status = 304;
		re->type = NULL;
		re->fixed = (struct str){NULL, 0};
	} else if (coding) {
		http_add_header(re, "Content-Encoding", str_c(codings[coding]));
	}
}
