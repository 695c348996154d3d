/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd_serve.c - `padan serve`: everything opened, caged, and answering until it
 * is told to stop.
 *
 * The first thread waits for signals and does the duties; event threads, the
 * tray's thread and the slow workers belong to http and gate, those that send mail and data
 * balikan and count figures to jobs. SIGTERM and SIGINT
 * stop in order: /readyz says no while all goes on for http.drain_s, then no new connections,
 * what waits is answered, the end is journaled and signed, the node's number given back. SIGHUP
 * reads the certificate again. A store that can no longer be trusted, or a log that is another's
 * by now, ends the process at once with 111: whoever keeps it starts it anew. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "cli/app.h"
#include "cli/balikan_conf.h"
#include "cli/cmd.h"
#include "cli/duty.h"
#include "cli/front.h"
#include "cli/mail_conf.h"
#include "cli/node.h"
#include "jobs/courier.h"
#include "jobs/mailer.h"
#include "jobs/mail.h"
#include "jobs/verifier.h"
#include "jobs/reporter.h"
#include "store/transfer.h"
#include "sys/cage.h"
#include "sys/file.h"
#include "sys/lock.h"
#include "sys/log.h"
#include "sys/notify.h"

#define TICK_US US_PER_S
_Static_assert(JOBS_MAX <= PROBE_JOBS_MAX, "the ops door tells of every job");
#define DRAIN_US (30 * US_PER_S)
#define FILES_BESIDE 256 /* open files that are no connections */
#define OPS_CONNECTIONS 32
#define OPS_IDLE_S 30

enum server { SERVER_PORTAL, SERVER_API, SERVER_OPS, SERVER_COUNT };

/* What is served at one address: with a second one for programs, each has its own. */
enum side { SIDE_BOTH, SIDE_PORTAL, SIDE_API };
struct serve;
struct listener {
	const struct serve *serve;
	enum side side;
};

struct serve {
	struct probe_source source; /* first: the ops door gets a pointer to it */
	const struct front *front;
	struct app app;
	struct lock lock;
	struct gate *gate;
	struct http_server *servers[SERVER_COUNT]; /* NULL: not there */
	struct listener listeners[SERVER_COUNT];
	struct duties duties;
	struct mail_conf mail;
	struct mailer *mailer; /* NULL: mail is off */
	struct balikan_conf balikan;
	struct courier *courier; /* NULL: nothing is sent on */
	struct verifier *verifier;
	struct reporter *reporter;
	int64_t started_us;
	atomic_bool ready;
};

/* ---- what gate and http call ---- */

static void on_log(void *arg, const char *what, const struct err *err)
{
	(void)arg;
	log_err(LOG_LEVEL_WARNING, what, err);
}

/* The mail of a hold goes into the outbox in the transaction of its tray. An address that
 * is none must not fail the tray: the alert page shows the hold in any case. */
static enum rc on_alert(void *arg, struct tx *tx, const struct alert *alert, struct err *err)
{
	const struct serve *serve = arg;
	char key[40];
	struct str to[TERMS_CONTACTS_MAX];
	size_t n = 0;
	log_line(LOG_LEVEL_WARNING, "%.*s; lihat menu Penjaga pola", STR_ARG(alert->subject));
	for (size_t i = 0; i < alert->to_n; i++)
		if (mail_address_is_valid(alert->to[i]))
			to[n++] = alert->to[i];
	if (n == 0 || !*conf_text(&serve->app.conf, CONF_MAIL_URL))
		return RC_OK;
	snprintf(key, sizeof key, "penjaga:%lld", (long long)alert->hold_id);
	const struct mail mail = {.key = str_c(key), .to = to, .to_n = n, .subject = alert->subject, .body = alert->body};
	return mail_put(tx, &mail, clock_now_us(), err);
}

static void on_fatal(void *arg, const struct err *err)
{
	const struct serve *serve = arg;
	log_err(LOG_LEVEL_ERROR,
	        journal_is_lost(serve->app.journal) ?
	                "proses ini terlalu lama diam dan nomor simpulnya telah diambil proses lain; proses berhenti" :
	                "basis data kantor tidak dapat dipercaya lagi; proses berhenti",
	        err);
	_exit(EXIT_TEMPORARY); /* no tidying: nothing of this process may be written any more */
}

static bool is_ready(const struct serve *serve)
{
	return serve->ready && serve->duties.well && !gate_is_away(serve->gate);
}

/* For whoever stands in front of several nodes and may not reach the ops door: yes or no, nothing
 * else, and without the tray. */
#define READY_PATH S("/readyz")
static void answer_ready(const struct serve *serve, struct http_request *rq)
{
	bool ready = is_ready(serve);
	struct http_response re = {.status = ready ? 200 : 503, .type = "text/plain; charset=utf-8", .bare = true};
	re.fixed = ready ? S("ready\n") : S("not ready\n");
	http_reply(rq, &re);
}

static int on_admit(void *arg, enum http_method method, struct str path)
{
	const struct listener *listener = arg;
	const struct serve *serve = listener->serve;
	if (str_eq(path, READY_PATH))
		return method == HTTP_GET || method == HTTP_HEAD ? 0 : -405;
	bool api = serve->front->is_api(path);
	if (listener->side == (api ? SIDE_PORTAL : SIDE_API))
		return -404;
	return gate_admit(serve->gate, method, path);
}

static void on_handle(void *arg, struct http_request *rq)
{
	const struct serve *serve = ((const struct listener *)arg)->serve;
	if (str_eq(http_path(rq), READY_PATH))
		answer_ready(serve, rq);
	else
		gate_handle(serve->gate, rq);
}

static const char *on_refuse(void *arg, int status, struct str path, struct buf *body)
{
	const struct listener *listener = arg;
	const struct front *front = listener->serve->front;
	bool api = listener->side == SIDE_API || (path.at && front->is_api(path));
	return api ? front->refuse_api_body(status, path, body) : front->refuse_body(status, body);
}

static struct http_stat stat_of(const struct serve *serve)
{
	struct http_stat sum = {0};
	for (enum server i = SERVER_PORTAL; i <= SERVER_API; i++) {
		if (!serve->servers[i])
			continue;
		struct http_stat one = http_stat(serve->servers[i]);
		sum.connections += one.connections;
		sum.requests += one.requests;
		sum.kept += one.kept;
		sum.late += one.late;
	}
	return sum;
}

static struct probe_relay relay_of(const struct serve *serve)
{
	if (!serve->app.relay)
		return (struct probe_relay){0};
	struct relay_stat stat = relay_stat(serve->app.relay);
	return (struct probe_relay){.there = true,
	                            .open = stat.paused,
	                            .in_flight = stat.in_flight,
	                            .waiting = stat.waiting,
	                            .asked = stat.asked,
	                            .answered = stat.answered,
	                            .failed = stat.failed,
	                            .retried = stat.retried,
	                            .users_paused = stat.users_paused,
	                            .unknown = serve->duties.relay_unknown};
}

static void on_probe(const struct probe_source *source, struct probe *ret)
{
	const struct serve *serve = (const struct serve *)source;
	struct rusage usage = {0};
	getrusage(RUSAGE_SELF, &usage);
	*ret = (struct probe){
		.ready = is_ready(serve),
		.node = serve->app.node,
		.fence = serve->app.lease.fence,
		.started_us = serve->started_us,
		.now_us = clock_now_us(),
		.gate = gate_stat(serve->gate),
		.http = stat_of(serve),
		.journal_size = serve->duties.journal_size,
		.checkpoint_us = serve->duties.checkpoint_us,
		.registry_as_of = {serve->duties.registry_as_of},
		.disk_free = serve->duties.disk_free,
		.clock_synchronised = serve->duties.clock_synchronised,
		.memory_peak = (int64_t)usage.ru_maxrss * 1024,
		.mail_waiting = serve->duties.mail_waiting,
		.mail_failed = serve->duties.mail_failed,
		.runs_waiting = serve->duties.runs_waiting,
		.runs_failing = serve->duties.runs_failing,
		.balikan_waiting = serve->duties.balikan_waiting,
		.balikan_refused = serve->duties.balikan_refused,
		.balikan_oldest_us = serve->duties.balikan_oldest_us,
		.relay = relay_of(serve),
	};
	for (size_t i = 0; i < PROBE_JOBS_MAX && job_at(i); i++)
		ret->jobs[i] = (struct probe_job){job_at(i)->key, serve->duties.job_ok_us[i]};
}

/* ---- opening ---- */

/* Before any thread begins, so that all of them have it. */
static void prepare_process(const struct conf *conf)
{
	struct rlimit files;
	sigset_t waited_for;
	sigemptyset(&waited_for);
	sigaddset(&waited_for, SIGTERM);
	sigaddset(&waited_for, SIGINT);
	sigaddset(&waited_for, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &waited_for, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	rlim_t wanted = (rlim_t)conf_int(conf, CONF_CONNECTIONS_MAX) + FILES_BESIDE;
	if (files.rlim_cur < wanted) {
		files.rlim_cur = wanted < files.rlim_max ? wanted : files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
}

/* The directory a file or a sqlite URL stands in; NULL for anything else. */
static const char *directory_of(struct app *app, const char *where)
{
	const char *path = strncmp(where, "sqlite:", 7) == 0 ? where + 7 : where;
	const char *slash = strrchr(path, '/');
	if (*path != '/' && strncmp(path, app->dir, strlen(app->dir)) != 0)
		return NULL;
	return slash ? arena_str(&app->conf.arena, str_from(path, slash > path ? (size_t)(slash - path) : 1)).at : ".";
}

static void add_path(const char *paths[CAGE_PATHS_MAX], const char *path)
{
	int n = 0;
	while (paths[n])
		n++;
	if (path && n + 1 < CAGE_PATHS_MAX)
		paths[n] = path;
}

static enum rc close_cage(struct app *app, unsigned *ret_parts, struct err *err)
{
	struct cage cage = {
		.write = {app->dir},
		.read = {"/etc", "/usr", "/lib", "/lib64", "/run/systemd/resolve", "/dev/urandom", "/dev/null"},
	};
	add_path(cage.write, directory_of(app, conf_text(&app->conf, CONF_OFFICE_URL)));
	add_path(cage.read, directory_of(app, conf_text(&app->conf, CONF_REGISTRY_URL)));
	add_path(cage.read, directory_of(app, conf_text(&app->conf, CONF_TLS_CERT)));
	add_path(cage.read, directory_of(app, conf_text(&app->conf, CONF_TLS_KEY)));
	add_path(cage.read, directory_of(app, conf_text(&app->conf, CONF_MAIL_CA)));
	add_path(cage.read, directory_of(app, conf_text(&app->conf, CONF_BALIKAN_CA)));
	add_path(cage.read, directory_of(app, conf_text(&app->conf, CONF_REGISTRY_CA)));
	return cage_close(&cage, ret_parts, err);
}

static enum rc open_gate(struct serve *serve, struct err *err)
{
	struct app *app = &serve->app;
	unsigned code_roles;
	TRY(app_code_roles(app, &code_roles, err));
	if (app->relay)
		TRY(relay_start(app->relay, err));
	const struct gate_conf conf = {
		.office = app->office,
		.agreement = app->agreement,
		.policy = app->policy,
		.registry = app->registry,
		.relay = app->relay,
		.patience_us = conf_int(&app->conf, CONF_OFFICE_PATIENCE_MS) * INT64_C(1000),
		.node = app->node,
		.journal = app->journal,
		.feedback = app->feedback,
		.routes = serve->front->routes,
		.refuse = serve->front->refuse,
		.log = on_log,
		.fatal = on_fatal,
		.alert = on_alert,
		.arg = serve,
		.key = app->gate_key,
		.credential_key = app->credential_key,
		.office_key = app->office_key,
		.idle_s = conf_int(&app->conf, CONF_SESSION_IDLE_S),
		.absolute_s = conf_int(&app->conf, CONF_SESSION_ABSOLUTE_S),
		.dormant_days = conf_int(&app->conf, CONF_USER_DORMANT_DAYS),
		.code_roles = code_roles,
		.two_persons = conf_is(&app->conf, CONF_OFFICE_TWO_PERSONS, "on"),
		.mail_on = *conf_text(&app->conf, CONF_MAIL_URL) != '\0',
		.slow_threads = conf_int(&app->conf, CONF_THREADS_SLOW),
		.clear_s = conf_int(&app->conf, CONF_CLEAR_SECONDS),
		.hold_two_persons = conf_is(&app->conf, CONF_GUARD_TWO_PERSONS, "on"),
		.history_per_day = conf_int(&app->conf, CONF_HISTORY_PER_DAY),
		.tls = conf_is(&app->conf, CONF_TLS, "on"),
		.origin = conf_text(&app->conf, CONF_PORTAL_ORIGIN),
	};
	return gate_open(&conf, &serve->gate, err);
}

/* Before the cage is closed, since password and tokens are outside of it, and before any
 * thread begins, since libcurl wants it so. */
static enum rc prepare_senders(struct serve *serve, struct err *err)
{
	enum rc mail = mail_conf_open(&serve->app.conf, &serve->mail, err);
	if (mail != RC_OK && mail != RC_ABSENT)
		return mail;
	enum rc balikan = balikan_conf_open(&serve->app.conf, &serve->balikan, err);
	if (balikan != RC_OK && balikan != RC_ABSENT)
		return balikan;
	return mail == RC_OK || balikan == RC_OK || serve->app.relay ? smtp_begin(err) : RC_OK;
}

static void on_sender(void *arg, const char *what, const struct err *err)
{
	(void)arg;
	if (err)
		log_err(LOG_LEVEL_WARNING, what, err);
	else
		log_line(LOG_LEVEL_INFO, "%s", what);
}

static enum rc start_mailer(struct serve *serve, struct err *err)
{
	const struct app *app = &serve->app;
	struct mailer_conf conf = {.smtp = serve->mail.smtp,
	                           .office = app->office,
	                           .tray = duty_tray(serve->gate),
	                           .node = app->node,
	                           .log = on_sender};
	return *conf_text(&app->conf, CONF_MAIL_URL) ? mailer_start(&conf, &serve->mailer, err) : RC_OK;
}

static enum rc start_courier(struct serve *serve, struct err *err)
{
	const struct app *app = &serve->app;
	struct courier_conf conf = {.post = serve->balikan.post,
	                            .tokens = &serve->balikan.tokens,
	                            .office = app->office,
	                            .tray = duty_tray(serve->gate),
	                            .node = app->node,
	                            .feedback = app->feedback,
	                            .agreement = app->agreement,
	                            .log = on_sender};
	return *conf_text(&app->conf, CONF_BALIKAN_URL) ? courier_start(&conf, &serve->courier, err) : RC_OK;
}

static enum rc start_verifier(struct serve *serve, struct err *err)
{
	const struct app *app = &serve->app;
	struct verifier_conf conf = {.office = app->office,
	                             .tray = duty_tray(serve->gate),
	                             .node = app->node,
	                             .journal = app->journal,
	                             .log = on_sender};
	return verifier_start(&conf, &serve->verifier, err);
}

static enum rc start_reporter(struct serve *serve, struct err *err)
{
	const struct app *app = &serve->app;
	struct reporter_conf conf = {.office = app->office,
	                             .journal = app->journal,
	                             .tray = duty_tray(serve->gate),
	                             .node = app->node,
	                             .log = on_sender};
	return reporter_start(&conf, &serve->reporter, err);
}

static int event_threads(const struct conf *conf)
{
	int n = conf_int(conf, CONF_THREADS_HTTP);
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	return n > 0 ? n : cores > 0 && cores < 64 ? (int)cores : 2;
}

static enum rc listen_front(struct serve *serve, enum server which, enum side side, const char *address, struct err *err)
{
	const struct conf *conf = &serve->app.conf;
	struct listener *listener = &serve->listeners[which];
	*listener = (struct listener){serve, side};
	const struct http_conf http = {
		.listen = address,
		.tls = conf_is(conf, CONF_TLS, "on"),
		.cert_path = conf_text(conf, CONF_TLS_CERT),
		.key_path = conf_text(conf, CONF_TLS_KEY),
		.threads = event_threads(conf),
		.connections_max = conf_int(conf, CONF_CONNECTIONS_MAX),
		.connections_per_addr = conf_int(conf, CONF_CONNECTIONS_PER_ADDR),
		.idle_s = conf_int(conf, CONF_HTTP_IDLE_S),
		.trusted_proxies = conf_text(conf, CONF_PROXY_TRUSTED),
		.client_header = conf_text(conf, CONF_PROXY_HEADER),
		.ask_certificate = side == SIDE_API && conf_is(conf, CONF_API_CLIENT_CERT, "ask"),
		.certificate_header = conf_text(conf, CONF_PROXY_CLIENT_CERT_HEADER),
		.admit = on_admit,
		.handle = on_handle,
		.refuse = on_refuse,
		.arg = listener,
	};
	return http_start(&http, &serve->servers[which], err);
}

static enum rc listen_ops(struct serve *serve, const char *address, struct err *err)
{
	const struct http_conf http = {
		.listen = address,
		.threads = 1,
		.connections_max = OPS_CONNECTIONS,
		.idle_s = OPS_IDLE_S,
		.trusted_proxies = "",
		.client_header = "X-Real-IP",
		.admit = serve->front->ops_admit,
		.handle = serve->front->ops_handle,
		.refuse = serve->front->ops_refuse,
		.arg = &serve->source,
	};
	return http_start(&http, &serve->servers[SERVER_OPS], err);
}

static enum rc listen_all(struct serve *serve, struct err *err)
{
	const struct conf *conf = &serve->app.conf;
	const char *portal = conf_text(conf, CONF_PORTAL_LISTEN), *api = conf_text(conf, CONF_API_LISTEN);
	const char *ops = conf_text(conf, CONF_OPS_LISTEN);
	bool apart = *api && strcmp(api, portal) != 0;
	TRY(listen_front(serve, SERVER_PORTAL, apart ? SIDE_PORTAL : SIDE_BOTH, portal, err));
	if (apart)
		TRY(listen_front(serve, SERVER_API, SIDE_API, api, err));
	return *ops ? listen_ops(serve, ops, err) : RC_OK;
}

/* Who may write there could put another database, or another key, in place of ours. */
static enum rc check_dir(const struct serve *serve, struct err *err)
{
	unsigned mode;
	const char *dir = serve->app.dir;
	TRY(file_mode(dir, &mode, err));
	if (mode & 022)
		return FAIL(err, RC_REFUSED, "%.120s dapat ditulisi pengguna lain (%03o); jalankan chmod 700", dir, mode);
	return RC_OK;
}

static enum rc take_lock(struct serve *serve, struct err *err)
{
	enum rc rc = lock_take(app_path(&serve->app, APP_LOCK_FILE).at, &serve->lock, err);
	return rc == RC_CONFLICT ? RC_LIMIT : rc; /* temporary: the other one may end */
}

/* ---- journal of our own life ---- */

struct life {
	const struct app *app;
	enum act act;
};

static enum rc write_life(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	const struct life *life = arg;
	const struct receipt *receipt;
	const struct lease *lease = &life->app->lease;
	struct entry entry = {.act = life->act, .time_us = now_us, .outcome = "ok"};
	entry.about = arena_printf(tx_arena(tx), "serve node %d fence %lld", lease->log_id, (long long)lease->fence);
	TRY(journal_append(life->app->journal, tx, &entry, 1, &receipt, err));
	return transfer_check(tx, APP_OFFICE, err); /* it may have been moved since it was opened */
}

static enum rc journal_life(struct serve *serve, enum act act, struct err *err)
{
	struct life life = {&serve->app, act};
	return gate_errand(serve->gate, write_life, &life, err);
}

/* What a process before this one asked and never brought home. */
static enum rc forsake(struct serve *serve, struct err *err)
{
	size_t n;
	TRY(gate_forsake(serve->gate, INT64_MAX, &n, err));
	if (n)
		log_line(LOG_LEVEL_WARNING, "relai: hasil %zu permintaan tidak diketahui; hitnya tetap dihitung", n);
	return RC_OK;
}

/* ---- running ---- */

static void reload(struct serve *serve)
{
	struct err err = {0};
	notify_reloading();
	for (enum server i = SERVER_PORTAL; i <= SERVER_API; i++) {
		if (!serve->servers[i] || !conf_is(&serve->app.conf, CONF_TLS, "on"))
			continue;
		if (http_reload_cert(serve->servers[i], &err) != RC_OK)
			log_err(LOG_LEVEL_ERROR, "sertifikat lama tetap dipakai", &err);
		else
			log_line(LOG_LEVEL_INFO, "sertifikat dibaca kembali");
	}
	notify_ready();
}

/* One second, less while a duty fails, or until a signal; true: SIGTERM or SIGINT. */
static bool tick(struct serve *serve)
{
	int64_t us = serve->duties.well ? TICK_US : DUTY_RETRY_US;
	struct timespec length = {.tv_sec = us / US_PER_S, .tv_nsec = us % US_PER_S * 1000};
	sigset_t waited_for;
	sigemptyset(&waited_for);
	sigaddset(&waited_for, SIGTERM);
	sigaddset(&waited_for, SIGINT);
	sigaddset(&waited_for, SIGHUP);
	int signal_number = sigtimedwait(&waited_for, NULL, &length);
	if (signal_number == SIGTERM || signal_number == SIGINT)
		return true;
	if (signal_number == SIGHUP)
		reload(serve);
	duties_round(&serve->duties, clock_steady_us());
	if (notify_watchdog_us() > 0)
		notify_watchdog();
	return false;
}

static void run(struct serve *serve)
{
	while (!tick(serve))
		;
}

/* /readyz says no by now: so long whoever stands in front may take to hear it. Asked a second
 * time, at once. */
static void linger(struct serve *serve)
{
	int64_t until = clock_steady_us() + conf_int(&serve->app.conf, CONF_HTTP_DRAIN_S) * US_PER_S;
	while (clock_steady_us() < until && !tick(serve))
		;
}

/* What was taken before the gate was quiesced gets its answer. */
static void drain(const struct serve *serve)
{
	int64_t until = clock_steady_us() + DRAIN_US;
	while (stat_of(serve).kept > 0 && clock_steady_us() < until)
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static void stop_servers(struct serve *serve)
{
	for (enum server i = 0; i < SERVER_COUNT; i++)
		if (serve->servers[i])
			http_quiesce(serve->servers[i]);
	if (serve->gate)
		gate_quiesce(serve->gate);
	drain(serve);
	for (int i = SERVER_COUNT - 1; i >= 0; i--) { /* ops first: it asks the others for their figures */
		http_stop(serve->servers[i]);
		serve->servers[i] = NULL;
	}
}

static void give_back(struct serve *serve)
{
	struct err err = {0};
	if (node_give_back(&serve->app, &err) != RC_OK)
		log_err(LOG_LEVEL_WARNING, "nomor simpul tidak dikembalikan", &err);
}

static void say_goodbye(struct serve *serve)
{
	struct err err = {0};
	if (journal_life(serve, ACT_STOP, &err) != RC_OK || duty_sign(&serve->duties, &err) != RC_OK ||
	    store_checkpoint(serve->app.office, &err) != RC_OK)
		log_err(LOG_LEVEL_ERROR, "akhir layanan tidak tercatat", &err);
}

static void stop_senders(struct serve *serve)
{
	reporter_stop(serve->reporter);
	serve->reporter = NULL;
	courier_stop(serve->courier);
	serve->courier = NULL;
	mailer_stop(serve->mailer);
	serve->mailer = NULL;
	verifier_stop(serve->verifier);
	serve->verifier = NULL;
}

static void close_all(struct serve *serve)
{
	stop_senders(serve);
	stop_servers(serve);
	gate_close(serve->gate);
	give_back(serve);
	mail_conf_close(&serve->mail);
	balikan_conf_close(&serve->balikan);
	app_close(&serve->app);
	lock_release(&serve->lock);
}

static void tell_ready(const struct serve *serve, unsigned parts)
{
	static const char *const words[SERVER_COUNT] = {"portal", "layanan web", "ops"};
	for (enum server i = 0; i < SERVER_COUNT; i++)
		if (serve->servers[i])
			log_line(LOG_LEVEL_INFO, "%s pada port %d", words[i], http_port(serve->servers[i]));
	log_line(LOG_LEVEL_INFO, "simpul %d, pagar %lld", serve->app.node, (long long)serve->app.lease.fence);
	log_line(LOG_LEVEL_INFO, "siap dalam %lld ms; Landlock %s, seccomp %s",
	         (long long)((clock_now_us() - serve->started_us) / 1000), parts & CAGE_LANDLOCK ? "ya" : "tidak ada",
	         parts & CAGE_SECCOMP ? "ya" : "tidak ada");
}

static enum rc open_all(struct serve *serve, const struct command *command, struct err *err)
{
	unsigned parts;
	TRY(app_open(&serve->app, command, APP_STORE, err));
	TRY(check_dir(serve, err));
	TRY(take_lock(serve, err));
	TRY(node_take(&serve->app, err));
	TRY(app_deepen(&serve->app, command, APP_ANSWER, err));
	prepare_process(&serve->app.conf);
	TRY(prepare_senders(serve, err));
	TRY(close_cage(&serve->app, &parts, err));
	TRY(open_gate(serve, err));
	TRY(journal_life(serve, ACT_START, err));
	TRY(forsake(serve, err));
	duties_begin(&serve->duties, &serve->app, serve->gate);
	TRY(listen_all(serve, err));
	TRY(start_mailer(serve, err));
	TRY(start_courier(serve, err));
	TRY(start_verifier(serve, err));
	TRY(start_reporter(serve, err));
	serve->ready = true;
	notify_ready();
	tell_ready(serve, parts);
	return RC_OK;
}

enum rc cmd_serve(const struct command *command, struct err *err)
{
	struct serve serve = {.source = {on_probe}, .front = command->front, .lock = LOCK_NONE, .started_us = clock_now_us()};
	enum rc rc = open_all(&serve, command, err);
	if (rc == RC_OK) {
		run(&serve);
		log_line(LOG_LEVEL_INFO, "berhenti");
		notify_stopping();
		serve.ready = false;
		linger(&serve);
		stop_senders(&serve);
		stop_servers(&serve);
		say_goodbye(&serve);
	}
	close_all(&serve);
	return rc;
}
