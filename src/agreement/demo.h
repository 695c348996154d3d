/* SPDX-License-Identifier: EUPL-1.2
 * agreement/demo.h - the sample agreements of data/agreement/, dated from a day.
 *
 * "bpbd" is the base agreement as every agency begins with it: portal only, 200
 * hits a day. "dinkes" is the same for a second agency, its PoC of the portal
 * passed; "dinkes-adendum" opens both web services to it (apply it after
 * "dinkes"). People, offices and letters are invented. */
#pragma once
#include "base/base.h"

/* The samples in the order in which they are applied; NULL past the end. */
const char *agreement_demo_at(size_t i);
/* The canonical file, its term beginning that day and running two years (P4).
 * RC_ABSENT: no such sample. */
MUST_USE enum rc agreement_demo_json(const char *which, struct day today, struct buf *out);
