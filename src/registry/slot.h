/* SPDX-License-Identifier: EUPL-1.2
 * registry/slot.h - population data that came from an engine of slots into one of whole
 * files (registry.sql), where only slot 0 is used. */
#pragma once
#include "base/base.h"

struct store;

/* Throw away what is not in use and move the rest to slot 0. For a database that nobody
 * else sees yet. RC_ABSENT: nothing was ever loaded. */
MUST_USE enum rc slot_first(struct store *store, struct err *err);
