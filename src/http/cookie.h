/* SPDX-License-Identifier: EUPL-1.2
 * http/cookie.h - one cookie out of a Cookie header (RFC 6265 5.4), as a view. */
#pragma once
#include "base/base.h"

#define COOKIES_MAX 50

/* Only cookie octets (RFC 6265 4.1.1): what may be written and what is believed. */
bool cookie_octets(struct str value);
/* The first cookie of that name (prefix + name) among the first COOKIES_MAX;
 * {NULL,0} when absent or when its value holds anything but cookie octets. */
struct str cookie_find(struct str header, struct str prefix, struct str name);
