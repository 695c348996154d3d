/* SPDX-License-Identifier: EUPL-1.2
 * cli/front.h - the front doors, as src/main.c hands them in.
 *
 * cli stands below web and api in the order of rooms and may not look into them;
 * `serve` only needs a few functions of theirs, so main.c fills this in. */
#pragma once
#include "gate/gate.h"
#include "gate/probe.h"

struct front {
	const struct route *routes; /* ends with a row whose path is NULL */
	/* An error page of the gate, and one of the HTTP server itself. */
	void (*refuse)(struct visit *v, int status, const struct err *err);
	const char *(*refuse_body)(int status, struct buf *body);
	/* Web services: which paths are theirs, and the page's like for them. */
	bool (*is_api)(struct str path);
	const char *(*refuse_api_body)(int status, struct str path, struct buf *body);
	/* /healthz, /readyz, /metrics, for http_conf; arg is a struct probe_source *. */
	int (*ops_admit)(void *arg, enum http_method method, struct str path);
	void (*ops_handle)(void *arg, struct http_request *rq);
	const char *(*ops_refuse)(void *arg, int status, struct str path, struct buf *body);
};
