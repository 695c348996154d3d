/* SPDX-License-Identifier: EUPL-1.2
 * policy/sandbox_inside.h - what the paper of a rehearsal is made of; for policy_decide()
 * alone. */
#pragma once
#include "policy/sandbox.h"

struct sandbox_permit {
	struct nik nik;
	element_set elements;
	enum method method;
	const struct claim *claim;
};
