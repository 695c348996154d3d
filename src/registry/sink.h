/* SPDX-License-Identifier: EUPL-1.2
 * registry/sink.h - where loaded residents go: a new registry, not yet in use.
 *
 * Rows are handed over in blocks to one thread that inserts them. On an engine with
 * files the new registry is a file beside the live one (store/bulk.h), otherwise the
 * slot that is not in use (registry.sql). Nothing of it is seen before sink_publish(). */
#pragma once
#include "registry/resident.h"
#include "registry/view.h"

struct sink;
struct sink_counts {
	int64_t inserted, updated, by_status[STATUS_COUNT];
};

/* RC_CONFLICT: another load is running. RC_ABSENT: a delta, and nothing to put it on. */
MUST_USE enum rc sink_open(const char *url, bool delta, struct day as_of, struct sink **ret, struct err *err);
/* Dictionaries for registry/intake.h; what was added is stored by sink_publish(). */
struct view *sink_view(struct sink *sink);
/* Call now and then, at least every half minute, while nothing is handed over: on an
 * engine without files it keeps other loads out. RC_BROKEN: the turn is lost. */
MUST_USE enum rc sink_keep(struct sink *sink, struct err *err);
/* A resident who is surely not there yet; fastest in order of NIK. */
MUST_USE enum rc sink_insert(struct sink *sink, const struct resident *r, struct err *err);
/* A resident who may be there, and is replaced then. Not twice the same NIK within
 * SINK_BLOCK calls. */
MUST_USE enum rc sink_upsert(struct sink *sink, const struct resident *r, struct err *err);
#define SINK_BLOCK 4096
/* Everything stored, durable, and in use from now on. */
MUST_USE enum rc sink_publish(struct sink *sink, struct sink_counts *ret, struct err *err);
/* What was not published is thrown away. NULL is allowed. */
void sink_close(struct sink *sink);
