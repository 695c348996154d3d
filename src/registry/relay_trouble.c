/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_trouble.c - see relay_trouble.h. */
#include "registry/relay_trouble.h"

#include <assert.h>

static const struct relay_trouble_row rows[] = {
	{RELAY_WELL, "", "", RELAY_BLAME_NONE},
	{RELAY_CONNECT, "relay_connect", "sistem di atas tidak dapat dihubungi", RELAY_BLAME_IT},
	{RELAY_TLS, "relay_tls", "sambungan TLS gagal, atau sertifikat maupun sidik kuncinya tidak cocok", RELAY_BLAME_IT},
	{RELAY_TIMEOUT, "relay_timeout", "sistem di atas tidak menjawab pada waktunya", RELAY_BLAME_IT},
	{RELAY_BUSY, "relay_busy", "sistem di atas sedang tidak dapat menjawab", RELAY_BLAME_IT},
	{RELAY_REDIRECT, "relay_redirect", "sistem di atas mengalihkan ke alamat lain; pengalihan tidak diikuti", RELAY_BLAME_IT},
	{RELAY_REPLY, "relay_reply", "jawaban sistem di atas tidak dikenal", RELAY_BLAME_WORDS},
	{RELAY_QUOTA, "relay_quota", "kuota instansi ini pada sistem di atas telah habis", RELAY_BLAME_USER},
	{RELAY_REFUSED, "relay_refused", "sistem di atas menolak kita untuk instansi ini", RELAY_BLAME_USER},
	{RELAY_QUESTION, "relay_question", "sistem di atas tidak menerima isi pertanyaan", RELAY_BLAME_WORDS},
	{RELAY_NO_USER, "relay_no_user", "registry.credentials tidak memuat instansi ini", RELAY_BLAME_USER},
	{RELAY_FULL, "relay_full", "terlalu banyak permintaan menunggu sistem di atas", RELAY_BLAME_NONE},
	{RELAY_PAUSED, "relay_paused", "sistem di atas belum ditanya lagi setelah gangguan", RELAY_BLAME_NONE},
	{RELAY_STOPPING, "relay_stopping", "layanan sedang dihentikan", RELAY_BLAME_NONE},
	{RELAY_LOST, "relay_lost", "permintaan ini telah dianggap tidak diketahui", RELAY_BLAME_NONE},
};
static_assert(LEN(rows) == RELAY_TROUBLES, "every trouble has its row");

const struct relay_trouble_row *relay_trouble_get(enum relay_trouble trouble)
{
	assert((size_t)trouble < LEN(rows) && rows[trouble].trouble == trouble);
	return &rows[trouble];
}
