/* SPDX-License-Identifier: EUPL-1.2
 * jobs/post.h - one request to the data balikan service above (libcurl).
 *
 * TLS with the certificate checked and its public key pinned; plain HTTP to this machine
 * only. No redirects, no proxy of the environment, a ceiling on what comes back and on how
 * long it takes. A struct post keeps its connection between requests and belongs to one
 * thread. smtp_begin() prepares libcurl for this too. */
#pragma once
#include <stdatomic.h>

#include "base/base.h"

struct post_conf {
	const char *url; /* base; /api/store is added */
	const char *pin; /* "sha256//...", several with ';' between; must be there with https */
	const char *ca;  /* PEM file; "": those of the machine */
	const atomic_bool *stopping; /* borrowed; true ends a conversation; NULL: never */
};
#define POST_CONNECT_S 10
#define POST_MOST_S 60
#define POST_REPLY_MAX ((size_t)64 << 10)
#define POST_TOKEN_MAX 256 /* bytes */

/* Why there is no reply. */
enum post_trouble {
	POST_NONE, POST_CONNECT, POST_TLS, POST_TIMEOUT, POST_TOO_LONG, POST_STOPPED, POST_OTHER
};
struct post_reply {
	int status;
	int64_t retry_after_us; /* 0: it did not say */
	struct buf body;
};

struct post;
/* RC_INVALID: the settings do not go together. Borrows what `conf` points to. */
MUST_USE enum rc post_open(const struct post_conf *conf, struct post **ret, struct err *err);
/* What post_open() would refuse. */
MUST_USE enum rc post_check(const struct post_conf *conf, struct err *err);
/* RC_OK: there is a reply, whatever it says; the caller frees its body.
 * RC_BROKEN: there is none; *ret_trouble says why, err->detail what curl said. */
MUST_USE enum rc post_send(struct post *post, struct str token, struct str body, struct post_reply *ret,
                           enum post_trouble *ret_trouble, struct err *err);
/* NULL is allowed. */
void post_close(struct post *post);
