/* SPDX-License-Identifier: EUPL-1.2
 * http/accept.h - which content codings a visitor takes (RFC 9110 12.5.3). */
#pragma once
#include "base/base.h"

#define ACCEPT_GZIP 1U
#define ACCEPT_BR 2U

/* The codings named with a weight above zero; "*" counts for those not named. */
unsigned accept_encodings(struct str header);
