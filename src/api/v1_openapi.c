/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_openapi.c - see v1_openapi.h. The document is nobody's secret and changes with the
 * program only: it may be kept, but is asked for again. */
#include "api/v1_openapi.h"

#include "api/openapi.h"
#include "api/v1_reply.h"
#include "http/asset.h"

enum rc v1_openapi(struct visit *v, struct err *err)
{
	(void)err;
	asset_respond(&openapi[0], ASSET_ASK_AGAIN, v->rq, &v->out);
	http_add_header(&v->out, HTTP_REQUEST_ID, v1_request_id(v));
	return RC_OK;
}
