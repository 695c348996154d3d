/* SPDX-License-Identifier: EUPL-1.2
 * web/pages.h - the handlers that stand in the table of routes; see gate/visit.h for
 * what `slow`, `inquiry` and `page` may do. One file a subject: page_SUBJECT_WHAT is
 * in page_SUBJECT.c. */
#pragma once
#include "gate/visit.h"

MUST_USE enum rc page_asset_get(struct visit *v, struct err *err);

MUST_USE enum rc page_login_get(struct visit *v, struct err *err);
MUST_USE enum rc page_login_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_login_post(struct visit *v, struct err *err);

MUST_USE enum rc page_logout_get(struct visit *v, struct err *err);
MUST_USE enum rc page_logout_post(struct visit *v, struct err *err);

MUST_USE enum rc page_home_get(struct visit *v, struct err *err);
MUST_USE enum rc page_guide_get(struct visit *v, struct err *err);

MUST_USE enum rc page_lookup_get(struct visit *v, struct err *err);
MUST_USE enum rc page_lookup_inquiry(struct visit *v, struct inquiry *ret, struct err *err);
MUST_USE enum rc page_lookup_post(struct visit *v, struct err *err);

MUST_USE enum rc page_slip_print(struct visit *v, struct err *err);
MUST_USE enum rc page_check_get(struct visit *v, struct err *err);
MUST_USE enum rc page_check_post(struct visit *v, struct err *err);

MUST_USE enum rc page_kejadian_get(struct visit *v, struct err *err);
MUST_USE enum rc page_kejadian_choose(struct visit *v, struct err *err);
MUST_USE enum rc page_kejadian_new(struct visit *v, struct err *err);
MUST_USE enum rc page_kejadian_close(struct visit *v, struct err *err);

MUST_USE enum rc page_guard_get(struct visit *v, struct err *err);
MUST_USE enum rc page_guard_one(struct visit *v, struct err *err);
MUST_USE enum rc page_guard_plead(struct visit *v, struct err *err);
MUST_USE enum rc page_guard_decide(struct visit *v, struct err *err);

MUST_USE enum rc page_password_get(struct visit *v, struct err *err);
MUST_USE enum rc page_password_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_password_post(struct visit *v, struct err *err);

MUST_USE enum rc page_sessions_get(struct visit *v, struct err *err);
MUST_USE enum rc page_sessions_post(struct visit *v, struct err *err);
