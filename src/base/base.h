/* SPDX-License-Identifier: EUPL-1.2
 * base/base.h - the words every room shares, in one include.
 *
 * Pure code: nothing here opens a file, a socket or a database, and nothing
 * reads the clock except base/clock.h, which says so. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"
#include "base/arena.h"
#include "base/addr.h"
#include "base/buf.h"
#include "base/claim.h"
#include "base/clock.h"
#include "base/element.h"
#include "base/fingerprint.h"
#include "base/hex.h"
#include "base/nik.h"
#include "base/outcome.h"
#include "base/seal.h"
#include "base/secret.h"

#define LEN(a) (sizeof(a) / sizeof *(a))
