/* SPDX-License-Identifier: EUPL-1.2
 * sys/https.c - see https.h. */
#include "sys/https.h"

#include <stdio.h>

#define PIN "sha256//"
#define PIN_TEXT 44 /* SHA-256 in base64 */

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
	bool slash = rest.n > 0 && rest.at[rest.n - 1] == '/'; /* of the path that is added */
	return ret_host->n > 0 && !slash && url.n < HTTPS_URL_MAX;
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

enum rc https_check(const struct https_conf *conf, struct err *err)
{
	bool sealed;
	struct str host;
	const char *name = conf->name;
	if (!url_is_valid(str_c(conf->url), &sealed, &host))
		return FAIL(err, RC_INVALID, "%s.url harus berbentuk https://nama[:port]/jalur, tanpa garis miring di akhir", name);
	if (!sealed && !is_loopback(host))
		return FAIL(err, RC_INVALID, "%s.url tanpa TLS (http://) hanya diterima untuk mesin ini", name);
	if (sealed && !*conf->pin)
		return FAIL(err, RC_INVALID, "%s.url menuntut %s.pin: sidik kunci publik peladennya (sha256//...)", name, name);
	if (*conf->pin && !pins_are_valid(str_c(conf->pin)))
		return FAIL(err, RC_INVALID, "%s.pin harus berbentuk sha256//... dalam base64; dua dipisahkan titik koma", name);
	return RC_OK;
}

/* ---- a handle ---- */

static CURLcode set_safety(CURL *curl, const struct https_conf *conf)
{
	CURLcode bad = curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http"); /* https_check() said which */
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_PROXY, "");
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	if (!bad && *conf->pin)
		bad = curl_easy_setopt(curl, CURLOPT_PINNEDPUBLICKEY, conf->pin);
	if (!bad && *conf->ca)
		bad = curl_easy_setopt(curl, CURLOPT_CAINFO, conf->ca);
	return bad;
}

CURLcode https_prepare(CURL *curl, const struct https_conf *conf, const char *more)
{
	char url[2 * HTTPS_URL_MAX];
	if (snprintf(url, sizeof url, "%s%s", conf->url, more) >= (int)sizeof url)
		return CURLE_URL_MALFORMAT;
	CURLcode bad = curl_easy_setopt(curl, CURLOPT_URL, url);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_POST, 1L);
	return bad ? bad : set_safety(curl, conf);
}

enum https_trouble https_trouble(CURLcode code)
{
	switch (code) {
	case CURLE_OK: return HTTPS_NONE;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR: return HTTPS_CONNECT;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH: return HTTPS_TLS;
	case CURLE_OPERATION_TIMEDOUT: return HTTPS_TIMEOUT;
	case CURLE_ABORTED_BY_CALLBACK: return HTTPS_STOPPED;
	default: return HTTPS_OTHER;
	}
}

/* ---- headers ---- */

static struct curl_slist *add(struct curl_slist *list, const char *line)
{
	struct curl_slist *more = curl_slist_append(list, line);
	if (!more)
		https_headers_free(list);
	return more;
}

struct curl_slist *https_headers(const char *line)
{
	static const char *const always[] = {
		"Content-Type: application/json",
		"Accept: application/json",
		"Expect:", /* no second round trip on a slow line */
	};
	struct curl_slist *list = line ? add(NULL, line) : NULL;
	if (line && !list)
		return NULL;
	for (size_t i = 0; i < LEN(always); i++) {
		list = add(list, always[i]);
		if (!list)
			return NULL;
	}
	return list;
}

void https_headers_free(struct curl_slist *list)
{
	for (struct curl_slist *one = list; one; one = one->next)
		secret_wipe(one->data, strlen(one->data));
	curl_slist_free_all(list);
}
