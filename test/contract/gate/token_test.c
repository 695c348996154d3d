/* SPDX-License-Identifier: EUPL-1.2
 * Visits with an access token share a tray with others (gate/token.h): each is who its own
 * token says, whoever stands beside it; a session counts for nothing there, and a token
 * nothing elsewhere. Who is put off to the next tray is looked up there anew. */
#include "house.h"

#include "../policy/office.h"
#include "gate/throttle.sql.h"
#include "gate/token.h"
#include "identity/access.h"
#include "identity/access.sql.h"
#include "journal/journal.sql.h"

#define SEEN_MAX 16
#define HUNGRY ((size_t)30 << 20)

static struct {
	_Atomic int held;
	_Atomic bool hold;
	size_t n;
	struct {
		int64_t tray_us;
		char path[32], user_id[40];
	} at[SEEN_MAX];
} seen;

static enum rc page_hold(struct visit *v, struct err *err)
{
	(void)err;
	seen.held++;
	while (seen.hold)
		usleep(1000);
	visit_redirect(v, S("/"));
	return RC_OK;
}

/* Who came in where; 303 tells the test that the page ran. */
static enum rc page_note(struct visit *v, struct err *err)
{
	(void)err;
	assert_true(seen.n < SEEN_MAX);
	seen.at[seen.n].tray_us = v->now_us;
	snprintf(seen.at[seen.n].path, sizeof seen.at->path, "%.*s", STR_ARG(http_path(v->rq)));
	snprintf(seen.at[seen.n++].user_id, sizeof seen.at->user_id, "%.*s", STR_ARG(v->who ? principal_user_id(v->who) : S("-")));
	visit_redirect(v, S("/"));
	return RC_OK;
}

static enum rc page_hungry(struct visit *v, struct err *err)
{
	TRY(page_note(v, err));
	return arena_alloc(visit_page_arena(v), HUNGRY) ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* What the revocation endpoint does, for its own caller. */
static enum rc page_end(struct visit *v, struct err *err)
{
	TRY(page_note(v, err));
	return access_end(v->tx, secret_str(&v->gate->conf.credential_key), v->who, http_query(v->rq, "t"), err);
}

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
static const struct route routes[] = {
        {HTTP_GET, "/tahan", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_hold},
        {HTTP_GET, "/umum", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_note},
        {HTTP_GET, "/lapar", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_hungry},
        {HTTP_GET, "/boleh", 0, ROUTE_PUBLIC | ROUTE_BEARER_MAY, 0, ACT_COUNT, NULL, NULL, page_note},
        {HTTP_GET, "/jurnal", 0, ROUTE_BEARER, 0, ACT_COUNT, NULL, NULL, page_note, .scope = SCOPE_JURNAL_READ},
        {HTTP_GET, "/akhir", 0, ROUTE_BEARER, 0, ACT_CREDENTIAL, NULL, NULL, page_end, .scope = SCOPE_JURNAL_READ},
        {HTTP_GET, "/orang", ROLE_BIT(ROLE_OPERATOR), 0, 0, ACT_COUNT, NULL, NULL, page_note},
        {0},
};

struct scene {
	struct office office;
	struct house house;
	struct journal *journal;
	struct person one, two, person;
	char first[ACCESS_TEXT_SIZE], second[ACCESS_TEXT_SIZE], narrow[ACCESS_TEXT_SIZE], cookie[64];
};

/* ---- the office and its gate ---- */

static void give(struct scene *s, const struct person *p, scope_set scopes, char out[ACCESS_TEXT_SIZE])
{
	struct office *o = &s->office;
	struct tx *tx = office_tx(o);
	OK(access_issue(tx, str_from((const char *)o->key, sizeof o->key), person_principal(o, tx, p), scopes, o->now_us, out,
	                &engine_err));
	OK(tx_commit(&tx, &engine_err));
}

static void people(struct scene *s)
{
	struct office *o = &s->office;
	int64_t home = office_instansi(o, (struct says){.code = "DINKES", .before = 200, .after = -1});
	int64_t kejadian = office_kejadian(o, home);
	struct user_new user = {.user_id = S("satu"), .role = ROLE_SERVICE, .instansi_id = home};
	s->one = office_person(o, user, kejadian, true);
	user.user_id = S("dua");
	s->two = office_person(o, user, kejadian, true);
	s->person = office_operator(o, home, "orang", kejadian);
	give(s, &s->one, SCOPE_BIT(SCOPE_JURNAL_READ) | SCOPE_BIT(SCOPE_VERIFIKASI), s->first);
	give(s, &s->two, SCOPE_BIT(SCOPE_JURNAL_READ), s->second);
	give(s, &s->one, SCOPE_BIT(SCOPE_VERIFIKASI), s->narrow);
	BUF_AUTO cookie = BUF(64);
	base64url_add(&cookie, str_from((const char *)s->person.token, SESSION_TOKEN_SIZE));
	snprintf(s->cookie, sizeof s->cookie, "%.*s", STR_ARG(buf_str(&cookie)));
}

static void gate(struct scene *s, struct engine *engine)
{
	struct house *o = &s->house;
	struct secret key = {s->office.key, sizeof s->office.key};
	struct journal_conf journal = {.origin = "padan.example/uji", .master = key};
	OK(journal_open(engine->store, &journal, s->office.now_us, &s->journal, &engine_err));
	struct gate_conf conf = {.office = engine->store,
	                         .agreement = s->office.agreement,
	                         .policy = s->office.policy,
	                         .journal = s->journal,
	                         .routes = routes,
	                         .refuse = on_refuse,
	                         .log = on_log,
	                         .key = key,
	                         .credential_key = key,
	                         .office_key = key,
	                         .idle_s = 3600,
	                         .absolute_s = 3600,
	                         .slow_threads = 1,
	                         .origin = ""};
	OK(gate_open(&conf, &o->gate, &engine_err));
	struct http_conf http = {.listen = "127.0.0.1:0",
	                         .threads = 2,
	                         .admit = on_admit,
	                         .handle = on_handle,
	                         .arg = o,
	                         .trusted_proxies = "127.0.0.1",
	                         .client_header = "X-Real-IP"};
	OK(http_start(&http, &o->server, &engine_err));
	o->port = http_port(o->server);
}

static void scene_open(struct scene *s, struct engine *engine)
{
	const struct schema *schemas[] = {&access_schema, &journal_schema, &throttle_schema};
	*s = (struct scene){0};
	memset(&seen, 0, sizeof seen);
	office_open(&s->office, engine);
	OK(store_migrate(engine->store, schemas, LEN(schemas), s->office.now_us, &engine_err));
	s->office.now_us = clock_now_us(); /* the gate asks the same clock */
	people(s);
	gate(s, engine);
}

static void scene_close(struct scene *s)
{
	house_close(&s->house);
	journal_close(s->journal);
	office_close(&s->office);
}

/* ---- one tray ---- */

struct sent {
	const char *path, *bearer, *cookie;
	int status;
	const char *who; /* of the page; NULL: it never ran */
};

static void ask(struct client *c, const struct sent *q)
{
	BUF_AUTO text = BUF(2048);
	buf_addf(&text, "GET %s HTTP/1.1\r\nHost: a\r\nX-Real-IP: " OFFICE_INSIDE "\r\n", q->path);
	if (q->bearer)
		buf_addf(&text, "Authorization: Bearer %s\r\n", q->bearer);
	if (q->cookie)
		buf_addf(&text, "Cookie: sesi=%s\r\n", q->cookie);
	buf_addz(&text, "\r\n");
	assert_true(buf_ok(&text) && client_send_n(c, text.at, text.n));
}

/* All of them wait when the tray before them is over. */
static void send_all(struct scene *s, const struct sent *sent, int n)
{
	struct client clients[SEEN_MAX], holder = client_open(s->house.port, false);
	seen.hold = true;
	assert_true(client_send(&holder, "GET /tahan HTTP/1.1\r\nHost: a\r\n\r\n"));
	while (!seen.held)
		usleep(1000);
	for (int i = 0; i < n; i++) {
		clients[i] = client_open(s->house.port, false);
		ask(&clients[i], &sent[i]);
		assert_true(HOUSE_WAIT(s->house.taken == i + 2));
	}
	seen.hold = false;
	size_t ran = 0;
	for (int i = 0; i < n; i++) {
		assert_int_equal(client_reply(&clients[i], false).status, sent[i].status);
		client_close(&clients[i]);
	}
	for (int i = 0; i < n; i++) {
		if (sent[i].who)
			assert_string_equal(seen.at[ran++].user_id, sent[i].who);
	}
	assert_int_equal(seen.n, ran);
	assert_int_equal(client_reply(&holder, false).status, 303);
	client_close(&holder);
}

static void check_each_its_own(struct engine *engine)
{
	struct scene s;
	scene_open(&s, engine);
	const char *none = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	const struct sent sent[] = {
	        {"/jurnal", s.second, NULL, 303, "dua"}, {"/umum", s.first, NULL, 303, "-"},
	        {"/jurnal", none, NULL, 401, NULL},      {"/jurnal", s.first, s.cookie, 303, "satu"},
	        {"/jurnal", NULL, s.cookie, 401, NULL},  {"/orang", s.first, s.cookie, 303, "orang"},
	        {"/orang", s.first, NULL, 303, NULL},    {"/jurnal", s.narrow, NULL, 403, NULL},
	        {"/boleh", NULL, NULL, 303, "-"},        {"/boleh", none, NULL, 401, NULL},
	        {"/boleh", s.narrow, NULL, 303, "satu"}, {"/jurnal", s.one.secret, NULL, 401, NULL},
	        {"/jurnal", s.second, NULL, 303, "dua"},
	};
	send_all(&s, sent, LEN(sent));
	for (size_t i = 1; i < seen.n; i++)
		assert_int_equal(seen.at[i].tray_us, seen.at[0].tray_us);
	assert_int_equal(gate_stat(s.house.gate).failed, 0);
	scene_close(&s);
}

/* A token that was ended by a page of the tray before: the page put off behind it hears so. */
static void check_put_off_is_looked_up_anew(struct engine *engine)
{
	struct scene s;
	char end[64 + ACCESS_TEXT_SIZE];
	scene_open(&s, engine);
	snprintf(end, sizeof end, "/akhir?t=%s", s.first);
	const struct sent sent[] = {
	        {end, s.narrow, NULL, 403, NULL},  /* the scope first */
	        {end, s.second, NULL, 303, "dua"}, /* not his: nothing happens */
	        {end, s.first, NULL, 303, "satu"},     {"/lapar", NULL, NULL, 303, "-"},
	        {"/jurnal", s.first, NULL, 401, NULL}, {"/jurnal", s.second, NULL, 303, "dua"},
	};
	send_all(&s, sent, LEN(sent));
	assert_int_equal(seen.at[0].tray_us, seen.at[2].tray_us);
	assert_int_not_equal(seen.at[2].tray_us, seen.at[3].tray_us);
	scene_close(&s);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(each_its_own)
EACH(put_off_is_looked_up_anew)

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(each_its_own),
	        cmocka_unit_test(put_off_is_looked_up_anew),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
