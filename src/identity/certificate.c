/* SPDX-License-Identifier: EUPL-1.2
 * identity/certificate.c - see certificate.h. */
#include "identity/certificate.h"

static bool has(const struct certificates *certificates, const struct fingerprint *one)
{
	bool found = false;
	for (size_t i = 0; i < certificates->n; i++)
		found |= fingerprint_eq(&certificates->at[i], one);
	return found;
}

static enum rc add(struct certificates *certificates, struct str text, struct err *err)
{
	struct fingerprint one;
	if (certificates->n == CERTIFICATES_MAX)
		return FAIL(err, RC_LIMIT, "paling banyak %d sertifikat untuk satu user ID", CERTIFICATES_MAX);
	if (fingerprint_from_str(text, &one) != RC_OK)
		return FAIL(err, RC_INVALID, "sidik sertifikat: 64 angka heksadesimal (SHA-256)");
	if (has(certificates, &one))
		return FAIL(err, RC_INVALID, "sidik sertifikat ditulis dua kali");
	certificates->at[certificates->n++] = one;
	return RC_OK;
}

enum rc certificates_read(struct str text, struct certificates *ret, struct err *err)
{
	*ret = (struct certificates){0};
	if (str_trim(text).n == 0)
		return RC_OK;
	for (struct str rest = text; rest.at;)
		TRY(add(ret, str_trim(str_split(&rest, ',')), err));
	return RC_OK;
}

struct str certificates_text(const struct certificates *certificates, struct arena *arena)
{
	struct str text = S("");
	for (size_t i = 0; i < certificates->n; i++)
		text = arena_printf(arena, "%.*s%s%s", STR_ARG(text), i ? "," : "", fingerprint_text(&certificates->at[i]).z);
	return text;
}

bool certificates_allow(const struct certificates *certificates, const struct fingerprint *shown)
{
	static const struct fingerprint none;
	bool found = has(certificates, shown ? shown : &none);
	return certificates->n == 0 || found;
}
