/* SPDX-License-Identifier: EUPL-1.2
 * gate/alert.c - see alert.h. */
#include "gate/alert.h"

static bool stands_before(const struct alert *alert, struct str email)
{
	for (size_t i = 0; i < alert->to_n; i++)
		if (str_ieq(alert->to[i], email))
			return true;
	return false;
}

static void put_recipients(struct alert *alert, const struct standing *standing)
{
	for (size_t i = 0; i < standing->contacts_n; i++)
		if (standing->contacts[i].email.n && !stands_before(alert, standing->contacts[i].email))
			alert->to[alert->to_n++] = standing->contacts[i].email;
}

enum rc alert_make(struct arena *arena, const struct alert_hold *hold, const struct standing *standing, struct alert *ret,
                   struct err *err)
{
	struct clock_text day = day_long(day_of_us(hold->held_us)), time = clock_time_wib(hold->held_us);
	*ret = (struct alert){.hold_id = hold->hold_id};
	put_recipients(ret, standing);
	ret->subject = arena_printf(arena, "Padan: User ID pada %.*s ditahan (penahanan nomor %lld)", STR_ARG(standing->code),
	                            (long long)hold->hold_id);
	ret->body = arena_printf(arena,
	                         "Penjaga pola menahan satu User ID (Juknis angka II.E1).\n\n"
	                         "Instansi : %.*s\n"
	                         "Waktu    : %s, %s\n"
	                         "Alasan   : %.*s\n"
	                         "Terlihat : %.*s\n\n"
	                         "User ID ini tidak dapat memeriksa NIK sampai Dinas Dukcapil memutuskan. Kepala instansi dapat\n"
	                         "menuliskan penjelasan di %.*s/penjaga/%lld\n",
	                         STR_ARG(standing->name), day.z, time.z, STR_ARG(hold->reason),
	                         STR_ARG(hold->evidence), STR_ARG(hold->origin), (long long)hold->hold_id);
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}
