/* SPDX-License-Identifier: EUPL-1.2
 * registry/jobs.h - the official list of occupations (DOMAIN 6). */
#pragma once
#include "base/base.h"

#define JOB_COUNT 99
/* By code, 1 to JOB_COUNT; {NULL,0} otherwise. */
struct str job_text(int code);
