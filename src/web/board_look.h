/* SPDX-License-Identifier: EUPL-1.2
 * web/board_look.h - what a dashboard shows, read before the tray; for page_board.c. */
#pragma once
#include "gate/visit.h"
#include "report/board.h"
#include "web/pager.h"

#define BOARD_SPANS 4
extern const int board_spans[BOARD_SPANS]; /* days, today included; what ?hari= may be */
#define BOARD_TOP 15

struct board_agency {
	int64_t instansi_id;
	struct str code, name; /* of an instansi that is not known: "Tidak dikenal", "" */
	bool known;
	struct spread_sum sum;
};
/* In v->own, everything in v->arena. */
struct board_look {
	bool read;   /* false: who asks may not, or came in only after he was asked */
	bool behind; /* too much was not counted yet: there is nothing else here */
	bool of_all; /* ask.instansi_id is 0 then */
	int days;
	struct spread_ask ask;
	struct spread_sum today;
	struct board board; /* of one */
	/* of all */
	struct spread_all all; /* its agencies are those that follow */
	struct board_agency top[BOARD_TOP], rows[PAGER_MOST];
	size_t top_n, rows_n;
	int64_t agencies_all, today_agencies;
};
