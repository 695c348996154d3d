/* SPDX-License-Identifier: EUPL-1.2
 * agreement/feedback_window.h - how long an agency may still send data balikan once its
 * agreement is over (DOMAIN 2, J.III): the debts it made while it asked can be closed. */
#pragma once
#include "agreement/agreement.h"

#define FEEDBACK_WINDOW_DAYS 90

struct feedback_window {
	bool open;       /* data balikan may be written now */
	struct day last; /* the last day it may be; n == 0: the agreement is not over */
};
/* Closed, too, for who never began. A suspended agency goes on telling. Days are whole
 * ones: the ninetieth after the day of the end is included, however that came. */
struct feedback_window feedback_window(const struct standing *standing, int64_t now_us);
/* The latest day of an end whose window is shut today. */
struct day feedback_window_shut(struct day today);
