/* SPDX-License-Identifier: EUPL-1.2
 * cli/balikan_conf.c - see balikan_conf.h. */
#include "cli/balikan_conf.h"

#include "cli/key.h"
#include "jobs/token.h"

static enum rc read_tokens(const char *file, struct secret *ret, struct err *err)
{
	struct err why = {0};
	TRY(key_read_lines(file, TOKENS_MAX, ret, err));
	if (tokens_check(secret_str(ret), &why) == RC_OK)
		return RC_OK;
	secret_free(ret);
	return FAIL(err, RC_INVALID, "balikan.tokens: %.150s", why.what);
}

enum rc balikan_conf_open(const struct conf *conf, struct balikan_conf *ret, struct err *err)
{
	const char *file = conf_text(conf, CONF_BALIKAN_TOKENS);
	*ret = (struct balikan_conf){.post = {.url = conf_text(conf, CONF_BALIKAN_URL),
	                                      .pin = conf_text(conf, CONF_BALIKAN_PIN),
	                                      .ca = conf_text(conf, CONF_BALIKAN_CA)}};
	if (!*ret->post.url)
		return FAIL(err, RC_ABSENT, "balikan.url kosong: data balikan tidak diteruskan");
	TRY(post_check(&ret->post, err));
	return *file ? read_tokens(file, &ret->tokens, err) : RC_OK;
}

void balikan_conf_close(struct balikan_conf *balikan)
{
	secret_free(&balikan->tokens);
}
