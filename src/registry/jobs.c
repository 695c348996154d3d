/* SPDX-License-Identifier: EUPL-1.2
 * registry/jobs.c - see jobs.h. */
#include "registry/jobs.h"

static const char *const jobs[JOB_COUNT + 1] = {
#define JOB(code, text) [code] = text,
#include "registry/jenis_pekerjaan.def"
#undef JOB
};

struct str job_text(int code)
{
	return code >= 1 && code <= JOB_COUNT ? str_c(jobs[code]) : (struct str){NULL, 0};
}
