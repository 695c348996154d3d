/* SPDX-License-Identifier: EUPL-1.2
 * web/subject.h - which agency an office page is about, and may the visitor see it:
 * the one place where that is decided.
 *
 * People of an agency are always at their own; naming another one reads as naming one
 * that never was. The provider's people name it with the parameter `instansi` (a code),
 * in the form of a POST, in the query otherwise. */
#pragma once
#include "gate/visit.h"

struct office_subject {
	struct instansi_row row;
	bool own; /* the visitor belongs to it */
};
/* RC_ABSENT: there is no such agency, as far as this visitor may know. */
MUST_USE enum rc office_subject(struct visit *v, struct office_subject *ret, struct err *err);
/* The same when the provider's people need not name one: row.instansi_id is 0 then. */
MUST_USE enum rc office_subject_or_all(struct visit *v, struct office_subject *ret, struct err *err);
/* Of a row fetched by its number: may the visitor know of a row of that agency? If not,
 * he is told what he would be of a number that never was. */
bool office_subject_seen(const struct visit *v, int64_t instansi_id);
