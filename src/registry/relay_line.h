/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_line.h - one conversation with the system above at a time (libcurl, in the
 * caller's multi handle); for registry/relay.c alone.
 *
 * The body that goes out names user id, password and NIK, what comes back a person: both stand
 * in buffers of ours that are wiped at its end.
 *
 * curl would send a question again by itself, where a connection it kept turns out to be dead:
 * as often as it likes. It cannot here, since the body comes from a function that does not go
 * back: how often something is sent is for relay_run.c to say. */
#pragma once
#include "registry/relay_body.h"
#include "registry/relay_reply.h"
#include "sys/https.h"

#define RELAY_CONNECT_MS 3000L /* TLS included */

struct relay_line {
	CURL *curl;
	struct curl_slist *headers;
	struct buf out, in;
	size_t sent;   /* of `out`, to curl */
	char said[CURL_ERROR_SIZE];
	void *owner;   /* the caller's; NULL: nothing is said on it */
};
/* For one that is all zero. */
MUST_USE enum rc relay_line_open(struct relay_line *line, const struct https_conf *conf, struct err *err);
void relay_line_close(struct relay_line *line);
struct relay_call {
	const struct relay_user *user;
	const struct relay_question *question;
	long timeout_ms;
	bool fresh; /* on a connection that nobody used before */
};
/* Fill in what is asked, for curl_multi_add_handle(). false: it does not fit. */
bool relay_line_ask(struct relay_line *line, const struct https_conf *conf, const struct relay_call *call);
/* How it ended. *ret_sent: perhaps it was read there, whatever came back. */
enum relay_trouble relay_line_end(const struct relay_line *line, CURLcode code, const struct relay_question *q,
                                  struct arena *arena, struct relay_reply *ret, bool *ret_sent);
/* Wipe what was said. */
void relay_line_clear(struct relay_line *line);
