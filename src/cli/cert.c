/* SPDX-License-Identifier: EUPL-1.2
 * cli/cert.c - see cert.h. GnuTLS calls return 0 or a negative number; the first
 * one that fails names itself in the error. */
#include "cli/cert.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "sys/file.h"

#define NAME "localhost"
#define BACKDATE_S 3600 /* for clients whose clock runs behind */

static enum rc fail_tls(struct err *err, int because)
{
	err_fail(err, RC_BROKEN, ERR_HERE, "sertifikat tidak dapat dibuat");
	err_detail(err, "%s", gnutls_strerror(because));
	return RC_BROKEN;
}

static int set_names(gnutls_x509_crt_t crt)
{
	static const unsigned char v4[4] = {127, 0, 0, 1};
	static const unsigned char v6[16] = {[15] = 1};
	int e = gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, NAME, strlen(NAME));
	if (e >= 0)
		e = gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, NAME, strlen(NAME), GNUTLS_FSAN_SET);
	if (e >= 0)
		e = gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, v4, sizeof v4, GNUTLS_FSAN_APPEND);
	if (e >= 0)
		e = gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, v6, sizeof v6, GNUTLS_FSAN_APPEND);
	return e;
}

static int set_use(gnutls_x509_crt_t crt, int64_t now_us)
{
	unsigned char serial[16];
	time_t now = (time_t)(now_us / US_PER_S);
	secret_random(serial, sizeof serial);
	serial[0] = (unsigned char)(serial[0] & 0x3f) | 0x40; /* positive, and of one length */
	int e = gnutls_x509_crt_set_version(crt, 3);
	if (e >= 0)
		e = gnutls_x509_crt_set_serial(crt, serial, sizeof serial);
	if (e >= 0)
		e = gnutls_x509_crt_set_activation_time(crt, now - BACKDATE_S);
	if (e >= 0)
		e = gnutls_x509_crt_set_expiration_time(crt, now + (time_t)CERT_DAYS * 86400);
	if (e >= 0)
		e = gnutls_x509_crt_set_basic_constraints(crt, 0, -1);
	if (e >= 0)
		e = gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_DIGITAL_SIGNATURE);
	if (e >= 0)
		e = gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_SERVER, 0);
	return e;
}

static int fill(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, int64_t now_us)
{
	int e = gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
	if (e >= 0)
		e = set_names(crt);
	if (e >= 0)
		e = set_use(crt, now_us);
	if (e >= 0)
		e = gnutls_x509_crt_set_key(crt, key);
	if (e >= 0)
		e = gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0);
	return e;
}

static enum rc write_pem(const char *path, int e, gnutls_datum_t *pem, struct err *err)
{
	if (e < 0)
		return fail_tls(err, e);
	enum rc rc = file_write(path, 0600, str_from((const char *)pem->data, pem->size), err);
	secret_wipe(pem->data, pem->size);
	gnutls_free(pem->data);
	return rc;
}

static enum rc write_both(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, const char *cert_path, const char *key_path,
                          struct err *err)
{
	gnutls_datum_t pem = {0};
	TRY(write_pem(key_path, gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem), &pem,
	              err));
	return write_pem(cert_path, gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &pem), &pem, err);
}

enum rc cert_make(const char *cert_path, const char *key_path, int64_t now_us, struct err *err)
{
	gnutls_x509_crt_t crt = NULL;
	gnutls_x509_privkey_t key = NULL;
	enum rc rc;
	int e = gnutls_x509_crt_init(&crt);
	if (e >= 0)
		e = gnutls_x509_privkey_init(&key);
	if (e >= 0)
		e = fill(crt, key, now_us);
	rc = e < 0 ? fail_tls(err, e) : write_both(crt, key, cert_path, key_path, err);
	gnutls_x509_privkey_deinit(key);
	gnutls_x509_crt_deinit(crt);
	return rc;
}
