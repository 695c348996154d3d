/* SPDX-License-Identifier: EUPL-1.2
 * report/mask.h - a user id as a report shows it: enough for those who know it, too little
 * to sign in with (J.II.A counts user ids among what is secret). */
#pragma once
#include "base/base.h"

struct mask_text {
	char z[24];
};
/* The first two characters, three dots, the last one; of fewer than six the first alone and
 * the dots. "" stays "". */
struct mask_text mask_user_id(struct str user_id);
