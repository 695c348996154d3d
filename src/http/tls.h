/* SPDX-License-Identifier: EUPL-1.2
 * http/tls.h - certificate pairs and session tickets.
 *
 * A pair is loaded once and shared by every connection that began while it was the
 * current one; the last to let go frees it. Loading another changes nothing for
 * connections that live. */
#pragma once
#include <gnutls/gnutls.h>

#include "base/base.h"

/* TLS 1.2 and 1.3, forward secrecy and authenticated encryption only. */
#define TLS_PRIORITIES                                                                                                             \
	"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:+ECDHE-RSA:"                                              \
	"-CIPHER-ALL:+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305:-MAC-ALL:+AEAD:%SERVER_PRECEDENCE"

struct tls;
struct tls_pair;

/* RC_INVALID: a file is unreadable, not PEM, or key and certificate do not belong
 * together. RC_BROKEN: no memory or no entropy. `arena` is only used here. */
MUST_USE enum rc tls_open(struct arena *arena, const char *cert_path, const char *key_path, struct tls **ret, struct err *err);
void tls_close(struct tls *tls);
/* Read the same paths again. RC_INVALID as above; the old pair stays. */
MUST_USE enum rc tls_reload(struct tls *tls, struct err *err);
/* Give a new session its certificate and tickets; the pair is held until
 * tls_end(). With `ask` the client may show a certificate of its own. NULL: the session
 * cannot be served. */
struct tls_pair *tls_begin(struct tls *tls, gnutls_session_t session, bool ask);
void tls_end(struct tls *tls, struct tls_pair *pair);
/* What the client has shown, in this handshake or in the one its ticket comes from. */
void tls_certificate(gnutls_session_t session, struct fingerprint *ret);
