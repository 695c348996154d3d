/* SPDX-License-Identifier: EUPL-1.2
 * web/page_asset.c - style sheet, script and logo, from inside the program. */
#include "http/asset.h"
#include "web/assets.h"
#include "web/pages.h"

enum rc page_asset_get(struct visit *v, struct err *err)
{
	const struct asset *asset = asset_find(assets, assets_n, http_path(v->rq));
	if (!asset)
		return FAIL(err, RC_ABSENT, "Berkas tidak ditemukan.");
	asset_respond(asset, ASSET_FOR_EVER, v->rq, &v->out);
	return RC_OK;
}
