/* SPDX-License-Identifier: EUPL-1.2
 * policy/permit_inside.h - what a permit is made of; for policy_decide() alone. */
#pragma once
#include "policy/permit.h"

struct permit {
	struct nik nik;
	element_set elements;
	enum method method;
	const struct claim *claim;
	int64_t instansi_id, version_id;
	bool repeat;
};
