/* SPDX-License-Identifier: EUPL-1.2
 * web/alarm_band.c - see alarm_band.h. */
#include "web/alarm_band.h"

#include "journal/check.h"
#include "web/alarm_band.page.h"
#include "web/when.h"

#define SHOWN_MAX 3

enum rc alarm_band_write(struct visit *v, struct buf *out, struct err *err)
{
	struct check_alarm alarms[CHECK_ALARMS_MAX];
	struct page_alarm_band_alarm shown[SHOWN_MAX];
	size_t n, shown_n = 0;
	if (principal_instansi(v->who))
		return RC_OK;
	TRY(check_alarm(v->tx, alarms, &n, err));
	for (; shown_n < n && shown_n < SHOWN_MAX; shown_n++) {
		struct url_pair pair = {"log", arena_printf(v->arena, "%d", alarms[shown_n].log_id)};
		shown[shown_n] = (struct page_alarm_band_alarm){
		        .log = pair.value,
		        .url = url_path(v->arena, "/jurnal/keutuhan", &pair, 1),
		        .reason = alarms[shown_n].reason,
		        .when = arena_str(v->arena, str_c(when_row(alarms[shown_n].found_us).z)),
		};
	}
	if (shown_n)
		page_alarm_band_write(out, &(struct page_alarm_band){.alarms = shown, .alarms_n = shown_n});
	return RC_OK;
}
