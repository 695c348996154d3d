/* SPDX-License-Identifier: EUPL-1.2
 * registry/relay_line.c - see relay_line.h. */
#include "registry/relay_line.h"

#include "registry/relay.h"

#include <stdio.h>

#define PATH_MAX_OURS 160 /* two words and slashes */

static size_t on_body(char *at, size_t size, size_t n, void *arg)
{
	struct relay_line *line = arg;
	buf_add(&line->in, str_from(at, size * n));
	return buf_ok(&line->in) ? size * n : 0; /* 0: curl stops */
}

static size_t on_read(char *at, size_t size, size_t n, void *arg)
{
	struct relay_line *line = arg;
	struct str rest = str_sub(buf_str(&line->out), line->sent, size * n);
	if (rest.n)
		memcpy(at, rest.at, rest.n);
	line->sent += rest.n;
	return rest.n;
}

enum rc relay_line_open(struct relay_line *line, const struct https_conf *conf, struct err *err)
{
	line->out = BUF(RELAY_BODY_MAX);
	line->in = BUF(RELAY_REPLY_MAX);
	line->curl = curl_easy_init();
	line->headers = line->curl ? https_headers(NULL) : NULL;
	CURLcode bad = line->headers ? https_prepare(line->curl, conf, "") : CURLE_FAILED_INIT;
	bad = bad ? bad : curl_easy_setopt(line->curl, CURLOPT_ERRORBUFFER, line->said);
	bad = bad ? bad : curl_easy_setopt(line->curl, CURLOPT_HTTPHEADER, line->headers);
	bad = bad ? bad : curl_easy_setopt(line->curl, CURLOPT_CONNECTTIMEOUT_MS, RELAY_CONNECT_MS);
	bad = bad ? bad : curl_easy_setopt(line->curl, CURLOPT_WRITEFUNCTION, on_body);
	bad = bad ? bad : curl_easy_setopt(line->curl, CURLOPT_WRITEDATA, line);
	bad = bad ? bad : curl_easy_setopt(line->curl, CURLOPT_READFUNCTION, on_read);
	bad = bad ? bad : curl_easy_setopt(line->curl, CURLOPT_READDATA, line);
	bad = bad ? bad : curl_easy_setopt(line->curl, CURLOPT_PRIVATE, line);
	if (!bad)
		return RC_OK;
	relay_line_close(line);
	return FAIL(err, RC_BROKEN, "libcurl tidak dapat disiapkan: %s", curl_easy_strerror(bad));
}

void relay_line_close(struct relay_line *line)
{
	curl_easy_cleanup(line->curl);
	https_headers_free(line->headers);
	relay_line_clear(line);
	line->curl = NULL;
	line->headers = NULL;
}

bool relay_line_ask(struct relay_line *line, const struct https_conf *conf, const struct relay_call *call)
{
	const struct relay_user *user = call->user;
	const struct relay_question *q = call->question;
	char url[HTTPS_URL_MAX + PATH_MAX_OURS];
	int n = snprintf(url, sizeof url, "%s/%.*s/%s", conf->url, STR_ARG(user->its_code), relay_method_key(q->method));
	relay_body_write(&line->out, q, user);
	if (n >= (int)sizeof url || !buf_ok(&line->out))
		return false;
	line->said[0] = '\0';
	CURLcode bad = curl_easy_setopt(line->curl, CURLOPT_URL, url);
	bad = bad ? bad : curl_easy_setopt(line->curl, CURLOPT_TIMEOUT_MS, call->timeout_ms > 0 ? call->timeout_ms : 1L);
	bad = bad ? bad : curl_easy_setopt(line->curl, CURLOPT_FRESH_CONNECT, (long)call->fresh);
	bad = bad ? bad : curl_easy_setopt(line->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)line->out.n);
	return bad == CURLE_OK;
}

static enum relay_trouble trouble_of(const struct relay_line *line, CURLcode code)
{
	if (code == CURLE_WRITE_ERROR && !buf_ok(&line->in))
		return RELAY_REPLY;
	if (code == CURLE_PARTIAL_FILE || code == CURLE_SEND_FAIL_REWIND)
		return RELAY_CONNECT; /* the line broke in the middle of it, or before it */
	switch (https_trouble(code)) {
	case HTTPS_TLS: return RELAY_TLS;
	case HTTPS_TIMEOUT: return RELAY_TIMEOUT;
	case HTTPS_NONE:
	case HTTPS_CONNECT:
	case HTTPS_STOPPED: return RELAY_CONNECT;
	case HTTPS_OTHER: break;
	}
	return RELAY_REPLY;
}

enum relay_trouble relay_line_end(const struct relay_line *line, CURLcode code, const struct relay_question *q,
                                  struct arena *arena, struct relay_reply *ret, bool *ret_sent)
{
	long status = 0, bytes = 0;
	curl_easy_getinfo(line->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(line->curl, CURLINFO_REQUEST_SIZE, &bytes);
	*ret_sent = bytes > 0 || line->sent > 0;
	if (code != CURLE_OK)
		return trouble_of(line, code);
	return relay_reply_read((int)status, buf_str(&line->in), q, arena, ret);
}

void relay_line_clear(struct relay_line *line)
{
	buf_free(&line->out);
	buf_free(&line->in);
	line->out = BUF(RELAY_BODY_MAX);
	line->in = BUF(RELAY_REPLY_MAX);
	line->sent = 0;
	line->owner = NULL;
}

enum rc relay_probe(const struct https_conf *conf, struct err *err)
{
	char said[CURL_ERROR_SIZE] = "";
	CURL *curl = curl_easy_init();
	CURLcode bad = curl ? https_prepare(curl, conf, "") : CURLE_FAILED_INIT;
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, said);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 2 * RELAY_CONNECT_MS);
	bad = bad ? bad : curl_easy_perform(curl);
	curl_easy_cleanup(curl);
	if (!bad)
		return RC_OK;
	enum relay_trouble trouble = https_trouble(bad) == HTTPS_TLS ? RELAY_TLS : RELAY_CONNECT;
	err_fail(err, RC_BROKEN, ERR_HERE, "%s", relay_trouble_get(trouble)->label);
	err_detail(err, "%s (curl %d)", *said ? said : curl_easy_strerror(bad), (int)bad);
	return RC_BROKEN;
}
