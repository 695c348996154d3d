/* SPDX-License-Identifier: EUPL-1.2
 * jobs/post.c - see post.h. */
#include "jobs/post.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "sys/https.h"

#define HEADER_MAX (POST_TOKEN_MAX + 40)

struct post {
	struct post_conf conf;
	CURL *curl;
	char said[CURL_ERROR_SIZE];
	struct buf *into; /* the body of the reply under way */
};

/* ---- settings ---- */

static struct https_conf https_of(const struct post_conf *conf)
{
	return (struct https_conf){.name = "balikan", .url = conf->url, .pin = conf->pin, .ca = conf->ca};
}

enum rc post_check(const struct post_conf *conf, struct err *err)
{
	const struct https_conf https = https_of(conf);
	return https_check(&https, err);
}

/* ---- the conversation ---- */

static size_t on_body(char *at, size_t size, size_t n, void *arg)
{
	struct post *post = arg;
	buf_add(post->into, str_from(at, size * n));
	return buf_ok(post->into) ? size * n : 0; /* 0: curl stops */
}

static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct post *post = arg;
	(void)a, (void)b, (void)c, (void)d;
	return post->conf.stopping && *post->conf.stopping;
}

static CURLcode prepare(struct post *post)
{
	CURL *curl = post->curl;
	const struct https_conf https = https_of(&post->conf);
	CURLcode bad = https_prepare(curl, &https, "/api/store");
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, post->said);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)POST_CONNECT_S);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)POST_MOST_S);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_WRITEDATA, post);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_XFERINFODATA, post);
	return bad;
}

enum rc post_open(const struct post_conf *conf, struct post **ret, struct err *err)
{
	TRY(post_check(conf, err));
	struct post *post = calloc(1, sizeof *post); /* tidy: allow, lives with its thread */
	if (!post)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	post->conf = *conf;
	post->curl = curl_easy_init();
	CURLcode bad = post->curl ? prepare(post) : CURLE_FAILED_INIT;
	if (bad) {
		post_close(post);
		return FAIL(err, RC_BROKEN, "libcurl tidak dapat disiapkan: %s", curl_easy_strerror(bad));
	}
	*ret = post;
	return RC_OK;
}

void post_close(struct post *post)
{
	if (!post)
		return;
	curl_easy_cleanup(post->curl);
	free(post); /* tidy: allow */
}

static enum post_trouble trouble_of(const struct post *post, CURLcode code)
{
	if (code == CURLE_WRITE_ERROR && !buf_ok(post->into))
		return POST_TOO_LONG;
	switch (https_trouble(code)) {
	case HTTPS_NONE: return POST_NONE;
	case HTTPS_CONNECT: return POST_CONNECT;
	case HTTPS_TLS: return POST_TLS;
	case HTTPS_TIMEOUT: return POST_TIMEOUT;
	case HTTPS_STOPPED: return POST_STOPPED;
	case HTTPS_OTHER: break;
	}
	return POST_OTHER;
}

/* The token stands in memory of curl's for as long as the request runs. */
static struct curl_slist *headers_of(struct str token)
{
	char line[HEADER_MAX];
	snprintf(line, sizeof line, "Authorization: Bearer %.*s", STR_ARG(token));
	struct curl_slist *list = https_headers(line);
	secret_wipe(line, sizeof line);
	return list;
}

static CURLcode converse(struct post *post, struct str token, struct str body, struct post_reply *ret)
{
	long status = 0;
	curl_off_t wait_s = 0;
	struct curl_slist *headers = headers_of(token);
	if (!headers)
		return CURLE_OUT_OF_MEMORY;
	post->said[0] = '\0';
	CURLcode code = curl_easy_setopt(post->curl, CURLOPT_HTTPHEADER, headers);
	code = code ? code : curl_easy_setopt(post->curl, CURLOPT_POSTFIELDS, body.at); /* not copied */
	code = code ? code : curl_easy_setopt(post->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n);
	code = code ? code : curl_easy_perform(post->curl);
	curl_easy_getinfo(post->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(post->curl, CURLINFO_RETRY_AFTER, &wait_s);
	curl_easy_setopt(post->curl, CURLOPT_HTTPHEADER, NULL);
	curl_easy_setopt(post->curl, CURLOPT_POSTFIELDS, NULL);
	https_headers_free(headers);
	ret->status = (int)status;
	ret->retry_after_us = wait_s > 0 && wait_s < 86400 ? wait_s * US_PER_S : wait_s > 0 ? US_PER_DAY : 0;
	return code;
}

enum rc post_send(struct post *post, struct str token, struct str body, struct post_reply *ret, enum post_trouble *ret_trouble,
                  struct err *err)
{
	assert(token.n <= POST_TOKEN_MAX);
	*ret = (struct post_reply){.body = BUF(POST_REPLY_MAX)};
	post->into = &ret->body;
	CURLcode code = converse(post, token, body, ret);
	*ret_trouble = trouble_of(post, code);
	post->into = NULL;
	if (code == CURLE_OK)
		return RC_OK;
	buf_free(&ret->body);
	err_fail(err, RC_BROKEN, ERR_HERE, "tidak ada jawaban");
	err_detail(err, "%s (curl %d)", *post->said ? post->said : curl_easy_strerror(code), (int)code);
	return RC_BROKEN;
}
