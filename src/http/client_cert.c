/* SPDX-License-Identifier: EUPL-1.2
 * http/client_cert.c - see client_cert.h. */
#include "http/client_cert.h"

#include <sodium.h>

#include "http/percent.h"

#define PEM_BEGIN S("-----BEGIN CERTIFICATE-----")
#define PEM_END S("-----END CERTIFICATE-----")

static enum rc hash_base64(struct str text, struct fingerprint *ret)
{
	unsigned char der[CLIENT_CERT_DER_MAX];
	size_t n;
	if (base64_read(text, der, sizeof der, &n) != RC_OK || n == 0)
		return RC_INVALID;
	crypto_hash_sha256(ret->at, der, n);
	ret->is = true;
	return RC_OK;
}

/* Without line ends and blanks, which some proxies put in their place. */
static struct str packed(struct str text, struct arena *arena)
{
	struct str copy = arena_str(arena, text);
	char *at = (char *)(uintptr_t)copy.at;
	size_t n = 0;
	for (size_t i = 0; i < copy.n; i++)
		if (at[i] != '\n' && at[i] != '\r' && at[i] != ' ' && at[i] != '\t')
			at[n++] = at[i];
	return copy.at ? str_sub(copy, 0, n) : copy;
}

/* The first certificate of a PEM text: its own, where a chain follows. */
static enum rc read_pem(struct str escaped, struct arena *arena, struct fingerprint *ret)
{
	char *out = arena_alloc(arena, escaped.n + 1);
	struct str pem = {out, 0};
	if (!out)
		return RC_BROKEN;
	if (percent_decode(escaped, false, out, &pem.n) != RC_OK)
		return RC_INVALID;
	pem = str_trim(pem);
	if (!str_starts(pem, PEM_BEGIN))
		return RC_INVALID;
	struct str body = str_sub(pem, PEM_BEGIN.n, pem.n);
	const char *end = memmem(body.at, body.n, PEM_END.at, PEM_END.n);
	if (!end)
		return RC_INVALID;
	struct str text = packed(str_sub(body, 0, (size_t)(end - body.at)), arena);
	return text.at ? hash_base64(text, ret) : RC_BROKEN;
}

enum rc client_cert_read(struct str header, struct arena *arena, struct fingerprint *ret)
{
	struct str text = str_trim(header);
	*ret = (struct fingerprint){0};
	if (text.n == 0)
		return RC_OK;
	if (fingerprint_from_str(text, ret) == RC_OK)
		return RC_OK;
	if (text.n > 2 && text.at[0] == ':' && text.at[text.n - 1] == ':')
		return hash_base64(str_sub(text, 1, text.n - 2), ret);
	return read_pem(text, arena, ret);
}
