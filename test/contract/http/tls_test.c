/* SPDX-License-Identifier: EUPL-1.2
 * Starting the server, and what only TLS has: versions and ciphers, tickets, another
 * certificate without a restart, and certificates of clients. */
#include "site.h"

/* ---- TLS ---- */
static void subject_of(struct client *c, char *ret, size_t n)
{
	unsigned count;
	const gnutls_datum_t *raw = gnutls_certificate_get_peers(c->tls, &count);
	gnutls_x509_crt_t crt;
	gnutls_x509_crt_init(&crt);
	assert_int_equal(gnutls_x509_crt_import(crt, raw, GNUTLS_X509_FMT_DER), 0);
	gnutls_x509_crt_get_dn(crt, ret, &n);
	gnutls_x509_crt_deinit(crt);
}

static void expect_subject(int port, const char *subject)
{
	char dn[200];
	struct client c = client_open(port, true);
	subject_of(&c, dn, sizeof dn);
	assert_string_equal(dn, subject);
	expect(&c, GET("/keep"), 200, NULL);
	client_close(&c);
}

static void certificates_are_reloaded_without_a_restart(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(true);
	struct http_server *server = start(&conf);
	struct err err;
	struct client old = client_open(http_port(server), true);
	expect_subject(http_port(server), "CN=uji-0.example");
	use_pair(1, 0); /* not a pair */
	assert_int_equal(http_reload_cert(server, &err), RC_INVALID);
	expect_subject(http_port(server), "CN=uji-0.example");
	unlink(live_key);
	assert_int_equal(http_reload_cert(server, &err), RC_INVALID);
	for (int i = 0; i < 20; i++) { /* more often than there are slots for old pairs */
		use_pair(i % 2 ? 0 : 1, i % 2 ? 0 : 1);
		assert_int_equal(http_reload_cert(server, &err), RC_OK);
		expect_subject(http_port(server), i % 2 ? "CN=uji-0.example" : "CN=uji-1.example");
	}
	expect(&old, GET("/keep"), 200, NULL);
	client_close(&old);
	http_stop(server);
	use_pair(0, 0);
}

static void only_modern_tls_is_spoken(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(true);
	struct http_server *server = start(&conf);
	static const struct {
		const char *priority;
		bool works;
	} rows[] = {
	        {"NORMAL:-VERS-ALL:+VERS-TLS1.3", true},
	        {"NORMAL:-VERS-ALL:+VERS-TLS1.2", true},
	        {"NORMAL:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0:%COMPAT", false},
	        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC", false},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct client c;
		client_dial(&c, http_port(server), 1);
		assert_int_equal(client_handshake(&c, rows[i].priority, NULL) == 0, rows[i].works);
		gnutls_datum_t alpn = {NULL, 0};
		if (rows[i].works) {
			assert_int_equal(gnutls_alpn_get_selected_protocol(c.tls, &alpn), 0);
			assert_true(str_eq(str_from((char *)alpn.data, alpn.size), S("http/1.1")));
			expect(&c, GET("/keep"), 200, NULL);
		}
		client_close(&c);
	}
	http_stop(server);
}

static void sessions_are_resumed_by_ticket(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(true);
	struct http_server *server = start(&conf);
	static const char *const versions[] = {"NORMAL:-VERS-ALL:+VERS-TLS1.3", "NORMAL:-VERS-ALL:+VERS-TLS1.2"};
	for (size_t i = 0; i < LEN(versions); i++) {
		struct client first, again;
		gnutls_datum_t ticket;
		client_dial(&first, http_port(server), 1);
		assert_int_equal(client_handshake(&first, versions[i], NULL), 0);
		expect(&first, GET("/now"), 200, NULL);
		assert_int_equal(gnutls_session_get_data2(first.tls, &ticket), 0);
		client_close(&first);
		client_dial(&again, http_port(server), 1);
		assert_int_equal(client_handshake(&again, versions[i], &ticket), 0);
		assert_true(gnutls_session_is_resumed(again.tls));
		expect(&again, GET("/keep"), 200, NULL);
		client_close(&again);
		gnutls_free(ticket.data);
	}
	http_stop(server);
}

/* ---- certificates of clients (issue 5.1) ---- */

static const char *const tls_versions[] = {"NORMAL:-VERS-ALL:+VERS-TLS1.3", "NORMAL:-VERS-ALL:+VERS-TLS1.2"};
#define SAYS_NONE "cert=[]"

/* "cert=[...]" as the echo writes it, of one of the pairs. */
static const char *says(int pair, char room[80])
{
	gnutls_datum_t pem, der;
	gnutls_x509_crt_t crt;
	struct fingerprint f = {.is = true};
	size_t n = sizeof f.at;
	assert_int_equal(gnutls_load_file(cert[pair], &pem), 0);
	gnutls_x509_crt_init(&crt);
	assert_int_equal(gnutls_x509_crt_import(crt, &pem, GNUTLS_X509_FMT_PEM), 0);
	assert_int_equal(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der), 0);
	assert_int_equal(gnutls_fingerprint(GNUTLS_DIG_SHA256, &der, f.at, &n), 0);
	snprintf(room, 80, "cert=[%s]", fingerprint_text(&f).z);
	gnutls_x509_crt_deinit(crt);
	gnutls_free(der.data);
	gnutls_free(pem.data);
	return room;
}

/* From 127.0.0.`from`, with the certificate of a pair (-1: without). */
static struct client show(int port, int from, int pair, const char *version, const gnutls_datum_t *ticket)
{
	struct client c;
	client_dial(&c, port, from);
	if (pair >= 0) {
		c.cert_path = cert[pair];
		c.key_path = key[pair];
	}
	assert_int_equal(client_handshake(&c, version, ticket), 0);
	return c;
}

static void a_client_may_show_a_certificate(void **state)
{
	(void)state;
	char mine[80], other[80];
	struct http_conf conf = conf_for(true);
	conf.ask_certificate = true;
	struct http_server *server = start(&conf);
	says(1, mine);
	says(0, other);
	assert_string_not_equal(mine, other);
	for (size_t i = 0; i < LEN(tls_versions); i++) {
		struct client with = show(http_port(server), 1, 1, tls_versions[i], NULL);
		struct client without = show(http_port(server), 1, -1, tls_versions[i], NULL);
		expect(&with, GET("/now"), 200, mine);
		expect(&without, GET("/now"), 200, SAYS_NONE);
		expect(&with, GET("/keep"), 200, mine); /* of the connection, for each of its requests */
		client_close(&with);
		client_close(&without);
	}
	http_stop(server);
}

static void nobody_is_asked_unless_told(void **state)
{
	(void)state;
	struct http_conf conf = conf_for(true);
	struct http_server *server = start(&conf);
	struct client c = show(http_port(server), 1, 1, NULL, NULL);
	expect(&c, GET("/now"), 200, SAYS_NONE);
	assert_false(gnutls_certificate_client_get_request_status(c.tls));
	client_close(&c);
	http_stop(server);
}

/* A ticket carries the certificate of the handshake it comes from, and another one shown
 * beside it changes nothing. */
static void a_resumed_session_keeps_its_certificate(void **state)
{
	(void)state;
	char mine[80];
	struct http_conf conf = conf_for(true);
	conf.ask_certificate = true;
	struct http_server *server = start(&conf);
	says(1, mine);
	for (size_t i = 0; i < LEN(tls_versions); i++)
		for (int with = 0; with < 2; with++) {
			gnutls_datum_t ticket;
			struct client first = show(http_port(server), 1, with ? 1 : -1, tls_versions[i], NULL);
			expect(&first, GET("/now"), 200, with ? mine : SAYS_NONE);
			assert_int_equal(gnutls_session_get_data2(first.tls, &ticket), 0);
			client_close(&first);
			struct client again = show(http_port(server), 1, 0, tls_versions[i], &ticket);
			assert_true(gnutls_session_is_resumed(again.tls));
			expect(&again, GET("/now"), 200, with ? mine : SAYS_NONE);
			client_close(&again);
			gnutls_free(ticket.data);
		}
	http_stop(server);
}

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define PASSED(heads) "GET /now HTTP/1.1\r\nHost: localhost\r\n" heads "\r\n"

/* What a proxy passes on is its client's, and its own certificate speaks for nobody; what
 * anybody else writes into that header is not read. */
static void a_proxy_names_the_certificate(void **state)
{
	(void)state;
	char mine[80];
	struct http_conf conf = conf_for(true);
	conf.ask_certificate = true;
	conf.certificate_header = "X-Client-Cert";
	struct http_server *server = start(&conf);
	struct client proxy = show(http_port(server), 9, 0, NULL, NULL), stranger = show(http_port(server), 1, 1, NULL, NULL);
	expect(&proxy, PASSED("X-Real-IP: 192.0.2.7\r\nX-Client-Cert: " ABC "\r\n"), 200, "cert=[" ABC "]");
	expect(&proxy, PASSED("X-Client-Cert: :YWJj:\r\n"), 200, "cert=[" ABC "]");
	expect(&proxy, PASSED("X-Real-IP: 192.0.2.7\r\n"), 200, SAYS_NONE);
	expect(&proxy, PASSED("X-Client-Cert: \r\n"), 200, SAYS_NONE);
	expect(&stranger, PASSED("X-Client-Cert: " ABC "\r\n"), 200, says(1, mine));
	expect(&stranger, PASSED("X-Client-Cert: nonsense\r\n"), 200, mine);
	expect(&proxy, PASSED("X-Client-Cert: " ABC "\r\nX-Client-Cert: " ABC "\r\n"), 400, NULL);
	client_close(&proxy);
	proxy = show(http_port(server), 9, -1, NULL, NULL);
	expect(&proxy, PASSED("X-Client-Cert: nonsense\r\n"), 400, NULL);
	client_close(&proxy);
	client_close(&stranger);
	http_stop(server);
	conf.certificate_header = NULL; /* without a name nothing is believed, not even from a proxy */
	server = start(&conf);
	proxy = show(http_port(server), 9, 0, NULL, NULL);
	expect(&proxy, PASSED("X-Client-Cert: " ABC "\r\n"), 200, SAYS_NONE);
	client_close(&proxy);
	http_stop(server);
}

/* ---- starting ---- */
static void a_start_that_fails_says_why(void **state)
{
	(void)state;
	struct http_server *server, *other;
	struct err err;
	struct http_conf conf = conf_for(false);
	server = start(&conf);
	char busy[40];
	snprintf(busy, sizeof busy, "127.0.0.1:%d", http_port(server));
	conf.listen = busy;
	assert_int_equal(http_start(&conf, &other, &err), RC_CONFLICT);
	assert_non_null(strstr(err.what, busy));
	static const char *const bad[] = {
	        "",   "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "localhost:80", "::1:80", "[127.0.0.1]:80", "198.51.100.1:0",
	        ":80"};
	for (size_t i = 0; i < LEN(bad); i++) {
		conf.listen = bad[i];
		assert_int_equal(http_start(&conf, &other, &err), RC_INVALID);
	}
	conf = conf_for(false);
	conf.trusted_proxies = "192.0.2.1/24";
	assert_int_equal(http_start(&conf, &other, &err), RC_INVALID);
	conf = conf_for(true);
	conf.cert_path = "/nonexistent";
	assert_int_equal(http_start(&conf, &other, &err), RC_INVALID);
	conf.cert_path = cert[1];
	assert_int_equal(http_start(&conf, &other, &err), RC_INVALID);
	http_stop(server);
	conf = conf_for(false);
	conf.listen = "[::1]:0";
	server = start(&conf);
	http_stop(server);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN); /* GnuTLS has no MSG_NOSIGNAL */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(certificates_are_reloaded_without_a_restart),
		cmocka_unit_test(only_modern_tls_is_spoken),
		cmocka_unit_test(sessions_are_resumed_by_ticket),
		cmocka_unit_test(a_client_may_show_a_certificate),
		cmocka_unit_test(nobody_is_asked_unless_told),
		cmocka_unit_test(a_resumed_session_keeps_its_certificate),
		cmocka_unit_test(a_proxy_names_the_certificate),
		cmocka_unit_test(a_start_that_fails_says_why),
	};
	return cmocka_run_group_tests(tests, make_pairs, drop_pairs);
}
