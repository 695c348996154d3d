/* SPDX-License-Identifier: EUPL-1.2
 * jobs/trouble.c - see trouble.h. */
#include "jobs/trouble.h"

#include <assert.h>

static const struct trouble_row troubles[] = {
	{TROUBLE_CONNECT, "connect", "peladen tidak dapat dihubungi"},
	{TROUBLE_TLS, "tls", "sambungan TLS gagal, atau sertifikat maupun sidik kuncinya tidak cocok"},
	{TROUBLE_TIMEOUT, "timeout", "peladen tidak menjawab pada waktunya"},
	{TROUBLE_NO_TOKEN, "no-token", "belum ada token untuk instansi ini pada berkas balikan.tokens"},
	{TROUBLE_TOKEN, "token", "token instansi ini, atau alamat kita, ditolak peladen"},
	{TROUBLE_AGENCY, "agency", "ID atau nama lembaga pada perjanjian kosong"},
	{TROUBLE_BUSY, "busy", "peladen sedang tidak dapat menerima"},
	{TROUBLE_REDIRECT, "redirect", "peladen mengalihkan ke alamat lain; pengalihan tidak diikuti"},
	{TROUBLE_REPLY, "reply", "jawaban peladen tidak dikenal"},
	{TROUBLE_OURS, "ours", "data tidak dapat disiapkan di sini"},
};
static_assert(LEN(troubles) == TROUBLE_COUNT, "every trouble has its row");

const struct trouble_row *trouble_at(size_t i)
{
	return i < LEN(troubles) ? &troubles[i] : NULL;
}

const char *trouble_label(struct str key)
{
	for (size_t i = 0; i < LEN(troubles); i++)
		if (str_eq(key, str_c(troubles[i].key)))
			return troubles[i].label;
	return "";
}
