/* SPDX-License-Identifier: EUPL-1.2
 * jobs/smtp.c - see smtp.h. */
#include "jobs/smtp.h"

#include <assert.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

#include "jobs/mail.h"

#define URL_MAX 180

static const struct smtp_trouble_row troubles[] = {
	{SMTP_NONE, "", "", false},
	{SMTP_CONNECT, "connect", "peladen surat tidak dapat dihubungi", true},
	{SMTP_TLS, "tls", "sambungan TLS ke peladen surat gagal atau sertifikatnya tidak dipercaya", true},
	{SMTP_LOGIN, "login", "peladen surat menolak pengguna atau kata sandi", true},
	{SMTP_TIMEOUT, "timeout", "peladen surat tidak menjawab pada waktunya", true},
	{SMTP_SENDER, "sender", "peladen surat menolak pengirim", true},
	{SMTP_RECIPIENT, "recipient", "peladen surat menolak penerima", false},
	{SMTP_REFUSED, "refused", "peladen surat menolak isi surat", false},
	{SMTP_STOPPED, "stopped", "pengiriman dihentikan", true},
	{SMTP_OTHER, "other", "surat tidak terkirim", true},
};
static_assert(LEN(troubles) == SMTP_TROUBLE_COUNT, "every trouble has its row");

const struct smtp_trouble_row *smtp_trouble_at(size_t i)
{
	return i < LEN(troubles) ? &troubles[i] : NULL;
}

struct smtp {
	struct smtp_conf conf;
	CURL *curl;
	char said[CURL_ERROR_SIZE];
	struct str rest; /* of the message under way */
};

/* ---- settings ---- */

/* Host and port alone: who signs in, and how, stands elsewhere. */
static bool url_is_valid(struct str url, struct str *ret_host)
{
	struct str host = str_starts(url, S("smtp://")) ? str_sub(url, 7, url.n) : str_starts(url, S("smtps://")) ?
	                  str_sub(url, 8, url.n) : S("");
	for (size_t i = 0; i < host.n; i++) {
		char c = host.at[i];
		bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
		          c == ':' || c == '[' || c == ']';
		if (!ok)
			return false;
	}
	*ret_host = host;
	return host.n > 0 && url.n <= URL_MAX;
}

static bool is_loopback(struct str host)
{
	if (host.at[0] == '[')
		return str_starts(host, S("[::1]"));
	host = str_sub(host, 0, str_index(host, ':'));
	struct addr addr;
	if (str_ieq(host, S("localhost")))
		return true;
	return addr_from_str(host, &addr) == RC_OK && str_starts(host, S("127."));
}

enum rc smtp_check(const struct smtp_conf *conf, struct err *err)
{
	struct str host, url = str_c(conf->url);
	bool sealed = str_starts(url, S("smtps://")) || conf->tls == SMTP_TLS_REQUIRE;
	if (!url_is_valid(url, &host))
		return FAIL(err, RC_INVALID, "mail.url harus berbentuk smtp://nama[:port] atau smtps://nama[:port]");
	if (!mail_address_is_valid(str_c(conf->from)))
		return FAIL(err, RC_INVALID, "mail.from harus berupa alamat surat elektronik, misalnya padan@dinas.example");
	if (conf->tls == SMTP_TLS_OFF && !is_loopback(host))
		return FAIL(err, RC_INVALID, "mail.tls=off hanya diterima untuk peladen surat pada mesin ini");
	if (*conf->user && !sealed && !is_loopback(host))
		return FAIL(err, RC_INVALID, "mail.user menuntut mail.tls=require: kata sandi tidak dikirim tanpa TLS");
	if (*conf->user && (!conf->password || conf->password->n == 0))
		return FAIL(err, RC_INVALID, "mail.user menuntut mail.password_file");
	return RC_OK;
}

/* ---- the conversation ---- */

static size_t on_read(char *out, size_t size, size_t n, void *arg)
{
	struct smtp *smtp = arg;
	struct str part = str_sub(smtp->rest, 0, size * n);
	if (part.n)
		memcpy(out, part.at, part.n);
	smtp->rest = str_sub(smtp->rest, part.n, smtp->rest.n);
	return part.n;
}

static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct smtp *smtp = arg;
	(void)a, (void)b, (void)c, (void)d;
	return smtp->conf.stopping && *smtp->conf.stopping; /* not 0: curl stops */
}

static CURLcode set_safety(struct smtp *smtp)
{
	static const long tls[] = {CURLUSESSL_ALL, CURLUSESSL_TRY, CURLUSESSL_NONE};
	CURL *curl = smtp->curl;
	CURLcode bad = curl_easy_setopt(curl, CURLOPT_USE_SSL, tls[smtp->conf.tls]);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
	if (!bad && *smtp->conf.ca)
		bad = curl_easy_setopt(curl, CURLOPT_CAINFO, smtp->conf.ca);
	return bad;
}

static CURLcode set_login(struct smtp *smtp)
{
	char password[SMTP_PASSWORD_MAX + 1];
	const struct secret *secret = smtp->conf.password;
	if (!*smtp->conf.user)
		return CURLE_OK;
	assert(secret->n <= SMTP_PASSWORD_MAX);
	memcpy(password, secret->at, secret->n);
	password[secret->n] = '\0';
	CURLcode bad = curl_easy_setopt(smtp->curl, CURLOPT_USERNAME, smtp->conf.user);
	bad = bad ? bad : curl_easy_setopt(smtp->curl, CURLOPT_PASSWORD, password); /* copied */
	secret_wipe(password, sizeof password);
	return bad;
}

static CURLcode set_rest(struct smtp *smtp)
{
	CURL *curl = smtp->curl;
	CURLcode bad = curl_easy_setopt(curl, CURLOPT_URL, smtp->conf.url);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, smtp->said);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)SMTP_CONNECT_S);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SMTP_MOST_S);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_READDATA, smtp);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	bad = bad ? bad : curl_easy_setopt(curl, CURLOPT_XFERINFODATA, smtp);
	return bad;
}

enum rc smtp_begin(struct err *err)
{
	CURLcode bad = curl_global_init(CURL_GLOBAL_DEFAULT);
	return bad ? FAIL(err, RC_BROKEN, "libcurl tidak dapat disiapkan: %s", curl_easy_strerror(bad)) : RC_OK;
}

enum rc smtp_open(const struct smtp_conf *conf, struct smtp **ret, struct err *err)
{
	TRY(smtp_check(conf, err));
	struct smtp *smtp = calloc(1, sizeof *smtp); /* tidy: allow, lives with its thread */
	if (!smtp)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	smtp->conf = *conf;
	smtp->curl = curl_easy_init();
	CURLcode bad = smtp->curl ? set_rest(smtp) : CURLE_FAILED_INIT;
	bad = bad ? bad : set_safety(smtp);
	bad = bad ? bad : set_login(smtp);
	if (bad) {
		smtp_close(smtp);
		return FAIL(err, RC_BROKEN, "libcurl tidak dapat disiapkan: %s", curl_easy_strerror(bad));
	}
	*ret = smtp;
	return RC_OK;
}

void smtp_close(struct smtp *smtp)
{
	if (!smtp)
		return;
	curl_easy_cleanup(smtp->curl);
	free(smtp); /* tidy: allow */
}

/* Which step the server refused stands only in what curl says about it; a message that was
 * refused whole says nothing there, but has a reply of 4xx or 5xx. */
static enum smtp_trouble trouble_of_reply(const struct smtp *smtp, CURLcode code, long reply)
{
	struct str said = str_c(smtp->said);
	if (str_starts(said, S("RCPT failed")))
		return SMTP_RECIPIENT;
	if (str_starts(said, S("MAIL failed")))
		return SMTP_SENDER;
	bool whole = code == CURLE_WEIRD_SERVER_REPLY && !str_starts(said, S("Got unexpected"));
	return reply >= 400 && (whole || str_starts(said, S("DATA failed"))) ? SMTP_REFUSED : SMTP_OTHER;
}

static enum smtp_trouble trouble_of(const struct smtp *smtp, CURLcode code, long reply)
{
	switch (code) {
	case CURLE_OK: return SMTP_NONE;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_GOT_NOTHING: return SMTP_CONNECT;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_USE_SSL_FAILED: return SMTP_TLS;
	case CURLE_LOGIN_DENIED: return SMTP_LOGIN;
	case CURLE_OPERATION_TIMEDOUT: return SMTP_TIMEOUT;
	case CURLE_ABORTED_BY_CALLBACK: return SMTP_STOPPED;
	default: return trouble_of_reply(smtp, code, reply);
	}
}

static CURLcode converse(struct smtp *smtp, struct str to, struct str message, long *ret_reply)
{
	char from[MAIL_ADDRESS_MAX + 3], address[MAIL_ADDRESS_MAX + 3];
	snprintf(from, sizeof from, "<%s>", smtp->conf.from);
	snprintf(address, sizeof address, "<%.*s>", STR_ARG(to));
	struct curl_slist *list = curl_slist_append(NULL, address);
	if (!list)
		return CURLE_OUT_OF_MEMORY;
	smtp->rest = message;
	smtp->said[0] = '\0';
	CURLcode code = curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, from);
	code = code ? code : curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, list);
	code = code ? code : curl_easy_setopt(smtp->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message.n);
	code = code ? code : curl_easy_perform(smtp->curl);
	curl_easy_getinfo(smtp->curl, CURLINFO_RESPONSE_CODE, ret_reply);
	curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(list);
	return code;
}

enum rc smtp_send(struct smtp *smtp, struct str to, struct str message, enum smtp_trouble *ret_trouble, struct err *err)
{
	long reply = 0;
	assert(mail_address_is_valid(to));
	CURLcode code = converse(smtp, to, message, &reply);
	*ret_trouble = trouble_of(smtp, code, reply);
	if (*ret_trouble == SMTP_NONE)
		return RC_OK;
	err_fail(err, RC_BROKEN, ERR_HERE, "%s", troubles[*ret_trouble].label);
	err_detail(err, "%s (curl %d, jawaban %ld)", curl_easy_strerror(code), (int)code, reply);
	return *ret_trouble == SMTP_RECIPIENT && reply >= 500 ? RC_REFUSED : RC_BROKEN;
}
