/* SPDX-License-Identifier: EUPL-1.2
 * registry/intake.h - from texts to dictionary ids, while loading. */
#pragma once
#include "registry/person.h"
#include "registry/view.h"

/* A new registry's dictionary begins with the official occupations, so that an
 * occupation's id is its code. RC_LIMIT: no memory. */
MUST_USE enum rc intake_begin(struct view *view, struct err *err);
/* The occupation is not on the official list. */
bool intake_is_odd_job(const struct resident *r);
/* Fill the ids of person->resident.
 * RC_LIMIT: more different places, occupations or regions than a dictionary holds. */
MUST_USE enum rc intake(struct view *view, struct person *person, struct err *err);
