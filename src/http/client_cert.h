/* SPDX-License-Identifier: EUPL-1.2
 * http/client_cert.h - the client certificate as a proxy that ends TLS passes it on in a
 * header. Pure. Three forms are in use:
 *
 *   64 hex digits                 its SHA-256; HAProxy: %[ssl_c_der,sha2(256),hex]
 *   :base64 of its DER bytes:     RFC 9440 (Client-Cert)
 *   PEM, percent-encoded          nginx: $ssl_client_escaped_cert
 *
 * What is inside the certificate is not looked at: it is known by its fingerprint alone. */
#pragma once
#include "base/base.h"

#define CLIENT_CERT_DER_MAX 4096 /* more than a header block holds */

/* Blank: RC_OK, and there is none. RC_INVALID: none of the three. RC_BROKEN: no memory. */
MUST_USE enum rc client_cert_read(struct str header, struct arena *arena, struct fingerprint *ret);
