/* SPDX-License-Identifier: EUPL-1.2
 * api/ops.c - see ops.h. */
#include "api/ops.h"

#define PAGE_MAX ((size_t)16 << 10)
#define METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"
#define TEXT_TYPE "text/plain; charset=utf-8"

/* ---- /metrics ---- */

static void add(struct buf *out, const char *name, const char *type, const char *help, int64_t value)
{
	buf_addf(out, "# HELP padan_%s %s\n# TYPE padan_%s %s\npadan_%s ", name, help, name, type, name);
	buf_add_int(out, value);
	buf_addc(out, '\n');
}

static void add_jobs(struct buf *out, const struct probe *p)
{
	if (!p->jobs[0].key)
		return;
	buf_addz(out, "# HELP padan_job_age_seconds Seconds since the job last went well, on any node; -1 not yet.\n"
	              "# TYPE padan_job_age_seconds gauge\n");
	for (const struct probe_job *job = p->jobs; job->key; job++)
		buf_addf(out, "padan_job_age_seconds{job=\"%s\"} %lld\n", job->key,
		         job->ok_us ? (long long)((p->now_us - job->ok_us) / US_PER_S) : -1LL);
}

static void add_relay(struct buf *out, const struct probe_relay *r)
{
	if (!r->there)
		return;
	add(out, "relay_open", "gauge", "1 while the system above failed too often and is not asked.", r->open);
	add(out, "relay_in_flight", "gauge", "Inquiries the system above is asked now.", r->in_flight);
	add(out, "relay_waiting", "gauge", "Inquiries that wait for it.", r->waiting);
	add(out, "relay_asked_total", "counter", "Inquiries that ended there, one way or the other.", r->asked);
	add(out, "relay_answered_total", "counter", "Inquiries it answered.", r->answered);
	add(out, "relay_failed_total", "counter", "Inquiries it gave no answer to.", r->failed);
	add(out, "relay_retried_total", "counter", "Times one was sent again under its name.", r->retried);
	add(out, "relay_users_paused", "gauge", "Agencies it refuses us for.", r->users_paused);
	add(out, "relay_unknown", "gauge", "Hits charged whose outcome will never be known, on all nodes.", r->unknown);
}

void ops_write_metrics(const struct probe *p, struct buf *out)
{
	add(out, "ready", "gauge", "1 when inquiries are answered and the last duties went well.", p->ready);
	buf_addf(out, "# HELP padan_node 1, and under which number and fence this node writes its log.\n# TYPE padan_node gauge\n"
	              "padan_node{number=\"%d\",fence=\"%lld\"} 1\n",
	         p->node, (long long)p->fence);
	add(out, "uptime_seconds", "gauge", "Seconds since the process began.", (p->now_us - p->started_us) / US_PER_S);
	add(out, "trays_total", "counter", "Transactions the gate committed.", p->gate.trays);
	add(out, "visits_total", "counter", "Requests that reached the gate.", p->gate.visits);
	add(out, "inquiries_total", "counter", "Inquiries about a NIK, answered or refused.", p->gate.inquiries);
	add(out, "refused_full_total", "counter", "Requests refused because too many waited.", p->gate.refused_full);
	add(out, "failed_total", "counter", "Trays undone because the store failed.", p->gate.failed);
	add(out, "waiting", "gauge", "Requests waiting for a tray.", p->gate.waiting);
	add(out, "http_connections", "gauge", "Open connections.", p->http.connections);
	add(out, "http_requests_total", "counter", "HTTP requests received.", p->http.requests);
	add(out, "http_kept", "gauge", "Requests received and not answered yet.", p->http.kept);
	add(out, "journal_entries_signed", "gauge", "Entries under the newest checkpoint.", p->journal_size);
	add(out, "journal_signed_age_seconds", "gauge", "Seconds since it was signed; -1 not yet.",
	    p->checkpoint_us ? (p->now_us - p->checkpoint_us) / US_PER_S : -1);
	add(out, "registry_age_days", "gauge", "Age of the population data; -1 unknown.",
	    p->registry_as_of.n ? day_of_us(p->now_us).n - p->registry_as_of.n : -1);
	add(out, "disk_free_bytes", "gauge", "Room left beside the office; -1 unknown.", p->disk_free);
	add(out, "clock_synchronised", "gauge", "1 when something keeps the clock right.", p->clock_synchronised);
	add(out, "memory_peak_bytes", "gauge", "Most memory that was ever resident.", p->memory_peak);
	add(out, "mail_waiting", "gauge", "Mails in the outbox.", p->mail_waiting);
	add(out, "mail_failed", "gauge", "Mails given up or refused in the last 90 days.", p->mail_failed);
	add(out, "report_runs_waiting", "gauge", "Figures of reports that wait or are being counted.", p->runs_waiting);
	add(out, "report_runs_failing", "gauge", "Those of them whose last try failed.", p->runs_failing);
	add(out, "balikan_waiting", "gauge", "Entries of data balikan that wait for the system above.", p->balikan_waiting);
	add(out, "balikan_refused", "gauge", "Entries of data balikan that it refused.", p->balikan_refused);
	add(out, "balikan_oldest_seconds", "gauge", "How long the first of them has waited; 0: none waits.",
	    p->balikan_oldest_us ? (p->now_us - p->balikan_oldest_us) / US_PER_S : 0);
	add_relay(out, &p->relay);
	add_jobs(out, p);
}

/* ---- the three pages ---- */

static int page_health(const struct probe *probe, struct buf *out)
{
	(void)probe;
	buf_addz(out, "ok\n");
	return 200;
}

static int page_ready(const struct probe *probe, struct buf *out)
{
	buf_addz(out, probe->ready ? "ready\n" : "not ready\n");
	if (probe->relay.there) /* the portal works without it: no reason to take this node away */
		buf_addz(out, probe->relay.open ? "relay paused\n" : "relay open\n");
	return probe->ready ? 200 : 503;
}

static int page_metrics(const struct probe *probe, struct buf *out)
{
	ops_write_metrics(probe, out);
	return 200;
}

static const struct ops_page {
	const char *path, *type;
	int (*write)(const struct probe *probe, struct buf *out);
} pages[] = {
	{"/healthz", TEXT_TYPE, page_health},
	{"/readyz", TEXT_TYPE, page_ready},
	{"/metrics", METRICS_TYPE, page_metrics},
};

static const struct ops_page *page_find(struct str path)
{
	for (size_t i = 0; i < LEN(pages); i++)
		if (str_eq(path, str_c(pages[i].path)))
			return &pages[i];
	return NULL;
}

/* ---- for http ---- */

int ops_admit(void *arg, enum http_method method, struct str path)
{
	(void)arg;
	if (!page_find(path))
		return -404;
	return method == HTTP_GET || method == HTTP_HEAD ? 0 : -405;
}

void ops_handle(void *arg, struct http_request *rq)
{
	const struct probe_source *source = arg;
	const struct ops_page *page = page_find(http_path(rq));
	struct http_response re = {.status = 404, .body = BUF(PAGE_MAX), .bare = true};
	struct probe probe;
	if (page) {
		source->read(source, &probe);
		re.type = page->type;
		re.status = page->write(&probe, &re.body);
	}
	http_reply(rq, &re);
}

const char *ops_refuse(void *arg, int status, struct str path, struct buf *body)
{
	(void)arg, (void)path;
	buf_addf(body, "%d\n", status);
	return TEXT_TYPE;
}
