/* SPDX-License-Identifier: EUPL-1.2
 * api/ops.h - the small door for those who watch the machine: is it alive, is it
 * ready, what are its figures. It listens on an address of its own, on loopback,
 * asks nothing of the office and tells nothing about anybody. */
#pragma once
#include "gate/probe.h"

/* For http_conf; arg is a struct probe_source *. */
int ops_admit(void *arg, enum http_method method, struct str path);
void ops_handle(void *arg, struct http_request *rq);
const char *ops_refuse(void *arg, int status, struct str path, struct buf *body);
/* The figures as Prometheus reads them (text format 0.0.4). */
void ops_write_metrics(const struct probe *probe, struct buf *out);
