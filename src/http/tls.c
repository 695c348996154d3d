/* SPDX-License-Identifier: EUPL-1.2
 * http/tls.c - see tls.h. libmicrohttpd knows one certificate for its whole life;
 * therefore each session gets our credentials in place of its own when the
 * connection begins. GnuTLS makes tickets only for sessions that are told to, and
 * rotates the key behind them by itself. */
#include "http/tls.h"

#include <pthread.h>

#define PAIRS_MAX 8 /* certificates still in use by some connection */

struct tls_pair {
	gnutls_certificate_credentials_t cred; /* NULL: free slot */
	int held;                              /* connections, and one for being current */
};

struct tls {
	const char *cert_path, *key_path;
	gnutls_datum_t ticket_key;
	pthread_mutex_t lock;
	struct tls_pair pairs[PAIRS_MAX];
	struct tls_pair *now;
};

static void wipe_file(gnutls_datum_t *file)
{
	if (!file->data)
		return;
	secret_wipe(file->data, file->size);
	gnutls_free(file->data);
}

/* Load both files; GnuTLS itself refuses a key that is not the certificate's. */
static int load_files(const struct tls *tls, gnutls_certificate_credentials_t cred, const char **ret_file)
{
	gnutls_datum_t cert = {NULL, 0}, key = {NULL, 0};
	*ret_file = tls->cert_path;
	int rc = gnutls_load_file(tls->cert_path, &cert);
	if (rc == 0) {
		*ret_file = tls->key_path;
		rc = gnutls_load_file(tls->key_path, &key);
	}
	if (rc == 0)
		rc = gnutls_certificate_set_x509_key_mem2(cred, &cert, &key, GNUTLS_X509_FMT_PEM, NULL, 0);
	wipe_file(&cert);
	wipe_file(&key);
	return rc;
}

static enum rc load(const struct tls *tls, gnutls_certificate_credentials_t *ret, struct err *err)
{
	const char *file;
	if (gnutls_certificate_allocate_credentials(ret) != 0)
		return FAIL(err, RC_BROKEN, "memori tidak cukup untuk sertifikat");
	int rc = load_files(tls, *ret, &file);
	if (rc >= 0)
		return RC_OK;
	gnutls_certificate_free_credentials(*ret);
	FAIL(err, RC_INVALID,
	     rc == GNUTLS_E_CERTIFICATE_KEY_MISMATCH ? "kunci TLS bukan pasangan sertifikatnya"
	                                             : "berkas sertifikat atau kunci TLS tidak dapat dibaca");
	err_detail(err, "%s: %s", file, gnutls_strerror(rc));
	return RC_INVALID;
}

/* Under lock. */
static void let_go(struct tls_pair *pair)
{
	if (--pair->held > 0)
		return;
	gnutls_certificate_free_credentials(pair->cred);
	pair->cred = NULL;
}

static enum rc make_current(struct tls *tls, gnutls_certificate_credentials_t cred, struct err *err)
{
	pthread_mutex_lock(&tls->lock);
	struct tls_pair *slot = NULL;
	for (int i = 0; i < PAIRS_MAX && !slot; i++)
		slot = tls->pairs[i].cred ? NULL : &tls->pairs[i];
	if (slot) {
		*slot = (struct tls_pair){cred, 1};
		if (tls->now)
			let_go(tls->now);
		tls->now = slot;
	}
	pthread_mutex_unlock(&tls->lock);
	return slot ? RC_OK : FAIL(err, RC_LIMIT, "terlalu banyak sertifikat lama masih dipakai sambungan");
}

enum rc tls_reload(struct tls *tls, struct err *err)
{
	gnutls_certificate_credentials_t cred;
	TRY(load(tls, &cred, err));
	enum rc rc = make_current(tls, cred, err);
	if (rc != RC_OK)
		gnutls_certificate_free_credentials(cred);
	return rc;
}

enum rc tls_open(struct arena *arena, const char *cert_path, const char *key_path, struct tls **ret, struct err *err)
{
	struct tls *tls = ARENA_NEW(arena, struct tls);
	if (!tls || gnutls_global_init() != 0)
		return FAIL(err, RC_BROKEN, "GnuTLS tidak dapat dimulai");
	if (!cert_path || !key_path)
		return FAIL(err, RC_INVALID, "sertifikat atau kunci TLS belum disebut");
	tls->cert_path = cert_path;
	tls->key_path = key_path;
	if (gnutls_session_ticket_key_generate(&tls->ticket_key) != 0)
		return FAIL(err, RC_BROKEN, "kunci tiket TLS tidak dapat dibuat");
	pthread_mutex_init(&tls->lock, NULL);
	enum rc rc = tls_reload(tls, err);
	if (rc == RC_OK)
		*ret = tls;
	else
		tls_close(tls);
	return rc;
}

void tls_close(struct tls *tls)
{
	if (!tls)
		return;
	for (int i = 0; i < PAIRS_MAX; i++)
		if (tls->pairs[i].cred)
			gnutls_certificate_free_credentials(tls->pairs[i].cred);
	wipe_file(&tls->ticket_key);
	pthread_mutex_destroy(&tls->lock);
}

/* A client that shows a certificate proves in the handshake that it has the key; GnuTLS
 * asks no more than that unless told to, and more is not wanted: a certificate is known by
 * its fingerprint (decision 0030), so there is no authority to name or to check it by. */
struct tls_pair *tls_begin(struct tls *tls, gnutls_session_t session, bool ask)
{
	pthread_mutex_lock(&tls->lock);
	struct tls_pair *pair = tls->now;
	pair->held++;
	pthread_mutex_unlock(&tls->lock);
	if (ask)
		gnutls_certificate_server_set_request(session, GNUTLS_CERT_REQUEST);
	if (gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, pair->cred) == 0 &&
	    gnutls_session_ticket_enable_server(session, &tls->ticket_key) == 0)
		return pair;
	tls_end(tls, pair);
	return NULL;
}

void tls_end(struct tls *tls, struct tls_pair *pair)
{
	pthread_mutex_lock(&tls->lock);
	let_go(pair);
	pthread_mutex_unlock(&tls->lock);
}

void tls_certificate(gnutls_session_t session, struct fingerprint *ret)
{
	unsigned n = 0;
	size_t size = sizeof ret->at;
	*ret = (struct fingerprint){0};
	const gnutls_datum_t *chain = gnutls_certificate_get_peers(session, &n);
	if (!chain || n == 0 || gnutls_certificate_type_get2(session, GNUTLS_CTYPE_PEERS) != GNUTLS_CRT_X509)
		return;
	ret->is = gnutls_fingerprint(GNUTLS_DIG_SHA256, &chain[0], ret->at, &size) == 0 && size == sizeof ret->at;
	if (!ret->is)
		*ret = (struct fingerprint){0};
}
