/* SPDX-License-Identifier: EUPL-1.2
 * Settings: where a value comes from, every bound of the table, refusals that name
 * file and line, and the texts made from the table. */
#include "conf/conf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <stdio.h>

static struct conf fresh(void)
{
	struct conf conf;
	assert_int_equal(conf_open(&conf, "/srv/padan", NULL), RC_OK);
	return conf;
}

static void read_ok(struct conf *conf, const char *text)
{
	struct err err = {0};
	enum rc rc = conf_read(conf, str_c(text), "padan.conf", &err);
	if (rc != RC_OK)
		print_message("%s\n", err.what);
	assert_int_equal(rc, RC_OK);
}

static void refused(const char *text, const char *why)
{
	struct conf conf = fresh();
	struct err err = {0};
	assert_int_equal(conf_read(&conf, str_c(text), "padan.conf", &err), RC_INVALID);
	if (!strstr(err.what, why))
		print_message("'%s' does not say '%s'\n", err.what, why);
	assert_non_null(strstr(err.what, why));
	conf_close(&conf);
}

static void every_default_is_within_its_bounds(void **state)
{
	(void)state;
	struct conf conf = fresh(); /* refuses a default outside of its row */
	struct err err = {0};
	assert_int_equal(conf_check(&conf, &err), RC_OK);
	for (size_t i = 0; conf_option_at(i); i++) {
		const struct conf_option *o = conf_option_at(i), *found;
		assert_true(*o->name && *o->help && *o->unit && o->min <= o->max);
		assert_int_equal(conf_option_find(str_c(o->name), &found), RC_OK);
		assert_ptr_equal(found, o); /* no name twice */
		assert_string_equal(conf.at[i].source, "bawaan");
	}
	conf_close(&conf);
}

static void a_value_comes_from_set_then_file_then_default(void **state)
{
	(void)state;
	struct conf conf = fresh();
	assert_int_equal(conf_set(&conf, "session.idle_s=77", NULL), RC_OK);
	read_ok(&conf, "# a comment\n[session]\nidle_s = 88\nabsolute_s = 99999 ; a remark\n[]\ntls = off\n");
	assert_int_equal(conf_int(&conf, CONF_SESSION_IDLE_S), 77);
	assert_string_equal(conf.at[CONF_SESSION_IDLE_S].source, "--set");
	assert_int_equal(conf_int(&conf, CONF_SESSION_ABSOLUTE_S), 99999);
	assert_string_equal(conf.at[CONF_SESSION_ABSOLUTE_S].source, "padan.conf:4");
	assert_true(conf_is(&conf, CONF_TLS, "off"));
	assert_int_equal(conf_int(&conf, CONF_USER_DORMANT_DAYS), 90);
	assert_int_equal(conf_set(&conf, " session.idle_s = 66 ", NULL), RC_OK); /* the last --set wins */
	assert_int_equal(conf_int(&conf, CONF_SESSION_IDLE_S), 66);
	conf_close(&conf);
}

static void paths_are_relative_to_the_directory(void **state)
{
	(void)state;
	struct conf conf = fresh();
	assert_string_equal(conf_text(&conf, CONF_OFFICE_URL), "sqlite:/srv/padan/office.db");
	assert_string_equal(conf_text(&conf, CONF_MASTER_KEY_FILE), "/srv/padan/keys/master.key");
	read_ok(&conf, "office.url = postgres://padan:rahasia@192.0.2.1/padan\ntls.cert = /etc/ssl/padan.pem\n"
	               "registry.url = sqlite:/var/registry.db\nmaster.key_file = credential:padan.master\n");
	assert_string_equal(conf_text(&conf, CONF_OFFICE_URL), "postgres://padan:rahasia@192.0.2.1/padan");
	assert_string_equal(conf_text(&conf, CONF_REGISTRY_URL), "sqlite:/var/registry.db");
	assert_string_equal(conf_text(&conf, CONF_TLS_CERT), "/etc/ssl/padan.pem");
	assert_string_equal(conf_text(&conf, CONF_MASTER_KEY_FILE), "credential:padan.master");
	conf_close(&conf);
}

static void a_refusal_names_file_and_line(void **state)
{
	(void)state;
	refused("\n\nsesion.idle_s = 5\n", "padan.conf baris 3: pengaturan 'sesion.idle_s' tidak dikenal");
	refused("session.idle_s = 59\n", "padan.conf baris 1: session.idle_s harus bilangan 60 sampai 86400 (detik)");
	refused("\nsession.idle_s = 86401\n", "baris 2");
	refused("session.idle_s = 60x\n", "bilangan");
	refused("session.idle_s = 99999999999999999999\n", "bilangan");
	refused("tls = maybe\n", "padan.conf baris 1: tls harus salah satu dari on|off");
	refused("# x\ntls = on\n# y\ntls = on\n", "padan.conf baris 4: 'tls' sudah disebut pada baris 2");
	refused("tls = on\nnonsense\n", "padan.conf baris 2: bukan 'kunci = nilai'");
	refused("portal.listen = localhost:8443\n", "alamat:port");
	refused("portal.listen = 127.0.0.1:65536\n", "alamat:port");
	refused("portal.listen = 127.0.0.1\n", "alamat:port");
	refused("portal.listen = ::1:8443\n", "alamat:port");
	refused("portal.listen = [::1:8443\n", "alamat:port");
	refused("proxy.trusted = 192.0.2.1/24\n", "CIDR");
	refused("proxy.trusted = 192.0.2.0/24,\n", "CIDR");
	refused("proxy.header = X Real\n", "nama header");
	refused("office.url = mysql://x\n", "sqlite:BERKAS");
	refused("tls.cert =\n", "karakter");
	refused("tls.cert = \xff\n", "UTF-8");
}

static void an_overlong_line_is_not_two_lines(void **state)
{
	(void)state;
	char text[400];
	snprintf(text, sizeof text, "# %0200d\ntls = on\n", 0);
	refused(text, "padan.conf baris 1: baris terlalu panjang");
	snprintf(text, sizeof text, "tls.cert = %0187d\n", 0); /* CONF_LINE_MAX exactly: read, then too long a value */
	refused(text, "tls.cert harus 1 sampai 180 karakter");
}

static void set_refuses_what_it_does_not_know(void **state)
{
	(void)state;
	struct conf conf = fresh();
	struct err err = {0};
	static const char *const bad[] = {"tls", "=on", "tls=", "nothing.here=1", "journal.node=64", ""};
	for (size_t i = 0; i < LEN(bad); i++) {
		assert_int_equal(conf_set(&conf, bad[i], &err), RC_INVALID);
		assert_non_null(strstr(err.what, "--set: "));
	}
	conf_close(&conf);
}

static void check_one(const char *assignments[], size_t n, enum rc expected)
{
	struct conf conf = fresh();
	struct err err = {0};
	for (size_t i = 0; i < n; i++)
		assert_int_equal(conf_set(&conf, assignments[i], &err), RC_OK);
	assert_int_equal(conf_check(&conf, &err), expected);
	conf_close(&conf);
}

static void plain_http_stays_on_loopback(void **state)
{
	(void)state;
	static const struct {
		const char *set[2];
		enum rc rc;
	} rows[] = {
		{{"tls=off", "portal.listen=127.0.0.1:0"}, RC_OK},
		{{"tls=off", "portal.listen=127.9.9.9:0"}, RC_OK},
		{{"tls=off", "portal.listen=[::1]:80"}, RC_OK},
		{{"tls=off", "portal.listen=0.0.0.0:80"}, RC_INVALID},
		{{"tls=off", "portal.listen=[::]:80"}, RC_INVALID},
		{{"tls=off", "portal.listen=192.0.2.1:80"}, RC_INVALID},
		{{"tls=off", "api.listen=192.0.2.1:80"}, RC_INVALID},
		{{"tls=on", "portal.listen=192.0.2.1:80"}, RC_OK},
		{{"tls=on", "ops.listen=192.0.2.1:80"}, RC_INVALID},
		{{"tls=on", "ops.listen=127.0.0.1:80"}, RC_OK},
		{{"session.idle_s=7200", "session.absolute_s=3600"}, RC_INVALID},
	};
	for (size_t i = 0; i < LEN(rows); i++)
		check_one((const char **)rows[i].set, 2, rows[i].rc);
}

static void printed_values_hide_passwords(void **state)
{
	(void)state;
	struct conf conf = fresh();
	BUF_AUTO out = BUF(65536);
	assert_int_equal(conf_set(&conf, "office.url=postgres://padan:rahasia@192.0.2.1/padan", NULL), RC_OK);
	conf_write_effective(&conf, &out);
	buf_addc(&out, '\0');
	assert_non_null(strstr(out.at, "office.url = postgres://padan:***@192.0.2.1/padan\t# --set\n"));
	assert_non_null(strstr(out.at, "registry.url = sqlite:/srv/padan/registry.db\t# bawaan\n"));
	assert_null(strstr(out.at, "rahasia"));
	conf_close(&conf);
}

/* Take every '#' before a key away: the sample must be a file we read. */
static void the_sample_is_a_valid_file(void **state)
{
	(void)state;
	struct conf conf = fresh();
	BUF_AUTO out = BUF(65536);
	conf_write_sample(&out);
	read_ok(&conf, "");
	for (size_t i = 0; i + 1 < out.n; i++)
		if (out.at[i] == '#' && out.at[i + 1] >= 'a' && out.at[i + 1] <= 'z')
			out.at[i] = ' ';
	for (size_t i = 0; i < out.n; i++) /* a value may be empty only where the table says so */
		if (i > 0 && out.at[i] == ' ' && out.at[i - 1] == '\n')
			memmove(out.at + i, out.at + i + 1, --out.n - i);
	struct err err = {0};
	enum rc rc = conf_read(&conf, buf_str(&out), "sample", &err);
	if (rc != RC_OK)
		print_message("%s\n", err.what);
	assert_int_equal(rc, RC_OK);
	for (size_t i = 0; i < CONF_COUNT; i++)
		assert_string_not_equal(conf.at[i].source, "bawaan"); /* every key stands in it */
	conf_close(&conf);
}

static void the_manual_has_every_key(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(65536);
	char wanted[80];
	conf_write_man(&out);
	assert_true(buf_ok(&out));
	buf_addc(&out, '\0');
	for (size_t i = 0; conf_option_at(i); i++) {
		snprintf(wanted, sizeof wanted, ".BR %s ", conf_option_at(i)->name);
		assert_non_null(strstr(out.at, wanted));
	}
}

static void rewritten(const char *text, const char *value, const char *expected)
{
	BUF_AUTO out = BUF(CONF_FILE_MAX);
	struct err err = {0};
	enum rc rc = conf_rewrite(str_c(text), "/srv/padan", CONF_OFFICE_URL, str_c(value), &out, &err);
	if (rc != RC_OK)
		print_message("%s\n", err.what);
	assert_int_equal(rc, RC_OK);
	buf_addc(&out, '\0');
	assert_string_equal(out.at, expected);
}

static void one_setting_is_rewritten(void **state)
{
	(void)state;
	rewritten("", "sqlite:a.db", "office.url = sqlite:a.db\n");
	rewritten("# a\n[office]\nurl = sqlite:x.db\n[registry]\nurl = sqlite:y.db", "postgres://u@h/d",
	          "# a\n[office]\nurl = postgres://u@h/d\n[registry]\nurl = sqlite:y.db");
	rewritten("clear.seconds=30\r\noffice.url:sqlite:x.db ; remark\n\n", "sqlite:a.db",
	          "clear.seconds=30\r\noffice.url: sqlite:a.db\n\n");
	/* not below [journal] */
	rewritten("[journal]\nnode = 3\n", "sqlite:a.db", "office.url = sqlite:a.db\n[journal]\nnode = 3\n");
	rewritten("#office.url = sqlite:x.db\n", "sqlite:a.db", "office.url = sqlite:a.db\n#office.url = sqlite:x.db\n");
}

static void what_could_not_be_read_again_is_not_written(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(CONF_FILE_MAX);
	assert_int_equal(conf_rewrite(S("nothing.here = 1\n"), "/srv", CONF_OFFICE_URL, S("sqlite:a.db"), &out, NULL), RC_INVALID);
	buf_clear(&out);
	assert_int_equal(conf_rewrite(S(""), "/srv", CONF_OFFICE_URL, S("sqlite:a ;b.db"), &out, NULL), RC_INVALID); /* a remark */
	buf_clear(&out);
	assert_int_equal(conf_rewrite(S(""), "/srv", CONF_OFFICE_URL, S("mysql://x"), &out, NULL), RC_INVALID);
}

/* Also where libpq takes one from behind the '?', and in an address that was mistyped. */
static void a_password_is_masked(void **state)
{
	static const struct {
		const char *url, *shown;
	} rows[] = {
		{"postgres://padan:rahasia@h/d", "postgres://padan:***@h/d"},
		{"postgres://padan@h/d?sslmode=require", "postgres://padan@h/d?sslmode=require"},
		{"postgres://padan@h/d?password=rahasia&sslmode=require", "postgres://padan@h/d?password=***&sslmode=require"},
		{"postgres:///d?host=h&sslpassword=rahasia", "postgres:///d?host=h&sslpassword=***"},
		{"postgres://u:rahasia@h/d?a=b&password=rahasia", "postgres://u:***@h/d?a=b&password=***"},
		{"postgres:///d?p%61ssword=rahasia", "postgres:///d?p%61ssword=***"},
		{"postgres://u:raha@sia@h/d", "postgres://u:***@h/d"},
		{"postgres://u:raha?sia@h/d", "postgres://u:***@h/d"},
		{"postgres://u:raha/sia@h/d", "postgres://u:***@h/d"},
		{"sqlite:office.db", "sqlite:office.db"},
	};
	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		BUF_AUTO out = BUF(200);
		conf_write_masked(CONF_OFFICE_URL, str_c(rows[i].url), &out);
		buf_addc(&out, '\0');
		assert_string_equal(out.at, rows[i].shown);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_setting_is_rewritten),
		cmocka_unit_test(what_could_not_be_read_again_is_not_written),
		cmocka_unit_test(a_password_is_masked),
		cmocka_unit_test(every_default_is_within_its_bounds),
		cmocka_unit_test(a_value_comes_from_set_then_file_then_default),
		cmocka_unit_test(paths_are_relative_to_the_directory),
		cmocka_unit_test(a_refusal_names_file_and_line),
		cmocka_unit_test(an_overlong_line_is_not_two_lines),
		cmocka_unit_test(set_refuses_what_it_does_not_know),
		cmocka_unit_test(plain_http_stays_on_loopback),
		cmocka_unit_test(printed_values_hide_passwords),
		cmocka_unit_test(the_sample_is_a_valid_file),
		cmocka_unit_test(the_manual_has_every_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
