/* SPDX-License-Identifier: EUPL-1.2
 * jobs/post.c - see post.h. */
#include "jobs/post.h"

#include <assert.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

#define URL_MAX 200
#define PIN "sha256//"
#define PIN_TEXT 44 /* SHA-256 in base64 */
#define HEADER_MAX (POST_TOKEN_MAX + 40)

struct post {
	struct post_conf conf;
	CURL *curl;
	char url[URL_MAX];
	char said[CURL_ERROR_SIZE];
	struct buf *into; /* the body of the reply under way */
};

/* ---- settings ---- */

static bool is_loopback(struct str host)
{
	struct addr addr;
	if (str_eq(host, S("[::1]")) || str_starts(host, S("[::1]:")))
		return true;
	host = str_sub(host, 0, str_index(host, ':'));
	return str_ieq(host, S("localhost")) || (addr_from_str(host, &addr) == RC_OK && str_starts(host, S("127.")));
}

static bool is_url_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("-._~/:[]", c));
}

/* Scheme, host, port, path; nobody's name and no query. */
static bool url_is_valid(struct str url, bool *ret_sealed, struct str *ret_host)
{
	*ret_sealed = str_starts(url, S("https://"));
	size_t from = *ret_sealed ? strlen("https://") : strlen("http://");
	struct str rest = *ret_sealed || str_starts(url, S("http://")) ? str_sub(url, from, url.n) : S("");
	for (size_t i = 0; i < rest.n; i++)
		if (!is_url_letter(rest.at[i]))
			return false;
	*ret_host = str_sub(rest, 0, str_index(rest, '/'));
	bool slash = rest.n > 0 && rest.at[rest.n - 1] == '/'; /* of /api/store, which is added */
	return ret_host->n > 0 && !slash;
}

static bool pins_are_valid(struct str pins)
{
	unsigned char hash[32];
	size_t n;
	while (pins.at) {
		struct str one = str_split(&pins, ';'), text = str_sub(one, strlen(PIN), one.n);
		if (!str_starts(one, S(PIN)) || text.n != PIN_TEXT || base64_read(text, hash, sizeof hash, &n) != RC_OK ||
		    n != sizeof hash)
			return false;
	}
	return true;
}

enum rc post_check(const struct post_conf *conf, struct err *err)
{
	bool sealed;
	struct str host;
	if (!url_is_valid(str_c(conf->url), &sealed, &host))
		return FAIL(err, RC_INVALID, "balikan.url harus berbentuk https://nama[:port]/jalur, tanpa garis miring di akhir");
	if (!sealed && !is_loopback(host))
		return FAIL(err, RC_INVALID, "balikan.url tanpa TLS (http://) hanya diterima untuk mesin ini");
	if (sealed && !*conf->pin)
		return FAIL(err, RC_INVALID, "balikan.url menuntut balikan.pin: sidik kunci publik peladennya (sha256//...)");
	if (*conf->pin && !pins_are_valid(str_c(conf->pin)))
		return FAIL(err, RC_INVALID, "balikan.pin harus berbentuk sha256//... dalam base64; dua dipisahkan titik koma");
	return RC_OK;
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

static CURLcode set_safety(struct post *post)
{
	CURL *curl = post->curl;
	CURLcode bad = curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http"); /* post_check() said which */
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_PROXY, "");
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	if (!bad && *post->conf.pin)
		bad = curl_easy_setopt(curl, CURLOPT_PINNEDPUBLICKEY, post->conf.pin);
	if (!bad && *post->conf.ca)
		bad = curl_easy_setopt(curl, CURLOPT_CAINFO, post->conf.ca);
	return bad;
}

static CURLcode set_rest(struct post *post)
{
	CURL *curl = post->curl;
	CURLcode bad = curl_easy_setopt(curl, CURLOPT_URL, post->url);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, post->said);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)POST_CONNECT_S);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)POST_MOST_S);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_POST, 1L);
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
	snprintf(post->url, sizeof post->url, "%s/api/store", conf->url);
	post->curl = curl_easy_init();
	CURLcode bad = post->curl ? set_rest(post) : CURLE_FAILED_INIT;
	bad = bad ? bad : set_safety(post);
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
	switch (code) {
	case CURLE_OK: return POST_NONE;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR: return POST_CONNECT;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH: return POST_TLS;
	case CURLE_OPERATION_TIMEDOUT: return POST_TIMEOUT;
	case CURLE_ABORTED_BY_CALLBACK: return POST_STOPPED;
	case CURLE_WRITE_ERROR: return buf_ok(post->into) ? POST_OTHER : POST_TOO_LONG;
	default: return POST_OTHER;
	}
}

/* The token stands in memory of curl's for as long as the request runs. */
static struct curl_slist *headers_of(struct str token)
{
	char line[HEADER_MAX];
	snprintf(line, sizeof line, "Authorization: Bearer %.*s", STR_ARG(token));
	struct curl_slist *list = curl_slist_append(NULL, line);
	struct curl_slist *more = list ? curl_slist_append(list, "Content-Type: application/json") : NULL;
	more = more ? curl_slist_append(list, "Accept: application/json") : NULL;
	more = more ? curl_slist_append(list, "Expect:") : NULL; /* no second round trip on a slow line */
	secret_wipe(line, sizeof line);
	if (more)
		return list;
	curl_slist_free_all(list);
	return NULL;
}

static void free_headers(struct curl_slist *list)
{
	for (struct curl_slist *one = list; one; one = one->next)
		secret_wipe(one->data, strlen(one->data));
	curl_slist_free_all(list);
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
	free_headers(headers);
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
