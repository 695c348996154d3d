/* SPDX-License-Identifier: EUPL-1.2
 * api/v1.c - see v1.h. */
#include "api/v1.h"

#include "api/problem.h"
#include "api/v1_reply.h"

#define PROBLEM_MAX 2048

bool v1_owns(struct str path)
{
	struct str base = S(V1_BASE);
	return str_starts(path, base) && (path.n == base.n || path.at[base.n] == '/');
}

void v1_refuse(struct visit *v, int status)
{
	if (v->fault != TOKEN_GOOD)
		problem_reply_fault(v);
	else
		problem_reply_plain(v, problem_of_status(status));
}

const char *v1_refuse_body(int status, struct buf *body)
{
	problem_write(body, problem_of_status(status));
	return PROBLEM_TYPE;
}

enum rc v1_problem(struct visit *v, struct err *err)
{
	BUF_AUTO out = BUF(PROBLEM_MAX);
	struct str slug = str_sub(http_path(v->rq), sizeof PROBLEM_BASE - 1, PROBLEM_MAX);
	const struct problem_row *row = NULL;
	for (size_t i = 0; problem_at(i) && !row; i++)
		if (str_eq(slug, str_c(problem_at(i)->slug)))
			row = problem_at(i);
	if (!row)
		return FAIL(err, RC_ABSENT, "Tidak ada");
	buf_addf(&out, "{\"type\":\"" PROBLEM_BASE "%s\",\"title\":", row->slug);
	buf_add_json(&out, str_c(row->title));
	buf_addf(&out, ",\"status\":%d,\"kode\":", row->status);
	v1_add_text(&out, str_c(row->code));
	buf_addz(&out, ",\"tindakan\":");
	buf_add_json(&out, str_c(row->advice));
	buf_addc(&out, '}');
	v1_reply(v, 200, V1_JSON, &out);
	return RC_OK;
}
