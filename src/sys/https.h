/* SPDX-License-Identifier: EUPL-1.2
 * sys/https.h - how Padan speaks to a system above, whatever it says there (libcurl).
 *
 * TLS with the certificate checked and its public key pinned; plain HTTP to this machine
 * only. No redirects, no proxy of the environment, no names or passwords in the address.
 * The settings NAME.url, NAME.pin and NAME.ca are one trio wherever such a system is named. */
#pragma once
#include <curl/curl.h>

#include "base/base.h"

#define HTTPS_URL_MAX 200

struct https_conf {
	const char *name; /* of the trio: "balikan" */
	const char *url;  /* without a slash at its end */
	const char *pin;  /* "sha256//...", several with ';' between; must be there with https */
	const char *ca;   /* PEM file; "": those of the machine */
};
/* RC_INVALID: the settings do not go together, and names the one. */
MUST_USE enum rc https_check(const struct https_conf *conf, struct err *err);
/* What https_check() promised, and the address with `more` behind it. HTTP/1.1, no signals,
 * POST. The handle borrows nothing. */
CURLcode https_prepare(CURL *curl, const struct https_conf *conf, const char *more);

/* Why there is no reply. */
enum https_trouble { HTTPS_NONE, HTTPS_CONNECT, HTTPS_TLS, HTTPS_TIMEOUT, HTTPS_STOPPED, HTTPS_OTHER };
enum https_trouble https_trouble(CURLcode code);

/* The headers of a JSON request; `line` is one more, NULL none. NULL: no memory. */
struct curl_slist *https_headers(const char *line);
/* Wiped first: one of them may be a secret. */
void https_headers_free(struct curl_slist *list);
