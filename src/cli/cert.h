/* SPDX-License-Identifier: EUPL-1.2
 * cli/cert.h - a certificate to begin with: P-256, self-signed, for localhost alone
 * (localhost, 127.0.0.1, ::1). A real one replaces it (tls.cert, tls.key). */
#pragma once
#include "base/base.h"

#define CERT_DAYS 820
/* Both as PEM files, mode 0600. */
MUST_USE enum rc cert_make(const char *cert_path, const char *key_path, int64_t now_us, struct err *err);
