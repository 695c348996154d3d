/* SPDX-License-Identifier: EUPL-1.2
 * jobs/reply.h - what a reply of the data balikan service above means (DOMAIN 4.2). Pure.
 *
 *	200 {"message":"Success"}                           delivered
 *	400 {"message":"Data sudah pernah dikirim"}         delivered: it has them
 *	422 {"errors":[{"item":3,"reason":"..."}]}          those are refused, the others go again
 *	422 without an item                                 one of them is: which is searched for
 *	413                                                 fewer at once
 *	401, 403; 429, 5xx; 3xx; anything else              later, with the trouble named
 *
 * Nothing is given up for a reply that was not foreseen, and nothing counts as delivered
 * for one: a page of some proxy with status 200 is no receipt. */
#pragma once
#include "feedback/outbox.h"

/* `refused` has room for `items`, as many as were sent. Texts of *ret in `arena`. */
void reply_judge(int status, struct str body, size_t items, struct arena *arena, struct outbox_result *ret);
