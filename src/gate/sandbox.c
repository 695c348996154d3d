/* SPDX-License-Identifier: EUPL-1.2
 * gate/sandbox.c - see sandbox.h. */
#include "gate/sandbox.h"

#include "gate/call.h"
#include "registry/sandbox.h"

void sandbox_mark(struct call *call, const struct principal *who)
{
	if (who && principal_is_sandbox(who))
		call->sandbox = true;
}

struct entry sandbox_entry(struct entry entry)
{
	if (!entry.about.n)
		entry.about = str_c(act_at(entry.act)->key);
	entry.act = ACT_SANDBOX;
	entry.nik = (struct nik){0};
	entry.kejadian_id = 0;
	entry.repeat = false;
	entry.repeat_of = 0;
	entry.repeat_back = 0;
	return entry;
}

bool sandbox_row_at(size_t i, struct sandbox_row *ret)
{
	const struct sandbox_person *person = sandbox_person_at(i);
	if (!person)
		return false;
	*ret = (struct sandbox_row){person->nik, person->outcome ? outcome_get(person->outcome)->code : "503", person->about};
	return true;
}
