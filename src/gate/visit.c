/* SPDX-License-Identifier: EUPL-1.2
 * gate/visit.c - what a page may do with its visit; see visit.h. */
#include "gate/visit.h"

#include <sodium.h>

#include "gate/call.h"
#include "gate/csrf.h"
#include "gate/sandbox.h"
#include "http/html.h"
#include "store/store.h"

#define PRE_SIZE 16

void visit_sign(const struct visit *v, struct entry *entry)
{
	if (!entry->time_us)
		entry->time_us = v->now_us;
	if (!entry->peer.family)
		entry->peer = *http_peer(v->rq);
	if (!entry->instansi_id)
		entry->instansi_id = v->standing.instansi_id;
	if (!entry->version_id)
		entry->version_id = v->standing.version_id;
	if (v->who && !entry->user) {
		entry->user = principal_user(v->who);
		entry->user_id = principal_user_id(v->who);
		entry->session = principal_session(v->who);
	}
}

enum rc visit_journal(struct visit *v, struct entry entry, const struct receipt **ret, struct err *err)
{
	const struct receipt *receipt;
	visit_sign(v, &entry);
	if (v->who && principal_is_sandbox(v->who))
		entry = sandbox_entry(entry);
	TRY(journal_append(v->gate->conf.journal, v->tx, &entry, 1, &receipt, err));
	if (ret)
		*ret = receipt;
	return RC_OK;
}

const struct feedback *visit_feedback(const struct visit *v)
{
	return v->gate->conf.feedback;
}

const struct secret *visit_office_key(const struct visit *v)
{
	return &v->gate->conf.office_key;
}

enum rc visit_read(struct visit *v, enum rc (*read)(struct visit *v, struct err *err), struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(v->gate->conf.office, TX_READ, &tx, err));
	v->tx = tx;
	enum rc rc = read(v, err);
	v->tx = NULL;
	return rc;
}

bool visit_two_persons(const struct visit *v)
{
	return v->gate->conf.two_persons;
}

bool visit_mail_on(const struct visit *v)
{
	return v->gate->conf.mail_on;
}

struct arena *visit_page_arena(struct visit *v)
{
	return tx_arena(v->tx);
}

void visit_html(struct visit *v, int status, struct buf *body)
{
	buf_free(&v->out.body);
	v->out.status = status;
	v->out.type = "text/html; charset=utf-8";
	v->out.body = *body;
	*body = BUF(body->max);
}

void visit_redirect(struct visit *v, struct str path)
{
	buf_free(&v->out.body);
	v->out.status = 303;
	v->out.type = NULL;
	http_add_header(&v->out, "Location", path);
}

/* ---- files (RFC 6266) ---- */

#define FILE_NAME_MAX 120 /* bytes */

/* For clients that know no filename*: what is not plain becomes '_'. */
static void add_plain_name(struct buf *b, struct str name)
{
	static const char special[] = "\"\\/%:*?<>|;";
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.at[i];
		if (c < 0x80)
			buf_addc(b, c < ' ' || c == 0x7f || strchr(special, c) ? '_' : name.at[i]);
		else if (c >= 0xc0) /* once for each character */
			buf_addc(b, '_');
	}
}

/* {NULL,0}: no memory. */
static struct str disposition(struct visit *v, const char *kind, struct str name)
{
	BUF_AUTO b = BUF(8 * FILE_NAME_MAX);
	name = str_cut(name, FILE_NAME_MAX);
	if (name.n == 0 || !str_is_text(name))
		name = S("berkas");
	buf_addf(&b, "%s; filename=\"", kind);
	size_t from = b.n;
	add_plain_name(&b, name);
	bool plain = str_eq(str_sub(buf_str(&b), from, b.n), name);
	buf_addc(&b, '"');
	if (!plain) {
		buf_addz(&b, "; filename*=UTF-8''");
		url_encode(&b, name);
	}
	return buf_ok(&b) ? arena_str(v->arena, buf_str(&b)) : (struct str){NULL, 0};
}

static void send_file(struct visit *v, const char *type, struct str disposition, struct buf *body)
{
	buf_free(&v->out.body);
	v->out.status = 200;
	v->out.type = type;
	v->out.body = *body;
	v->out.bare = true; /* no-store and nosniff; a page's policy would hinder the browser's own viewer */
	*body = BUF(body->max);
	if (!disposition.at) {
		v->out.body.broken = true;
		return;
	}
	http_add_header(&v->out, "Content-Disposition", disposition);
	http_add_header(&v->out, "Cross-Origin-Resource-Policy", S("same-origin"));
}

void visit_file(struct visit *v, const char *type, struct str filename, struct buf *body)
{
	bool shown = strcmp(type, "application/pdf") == 0;
	send_file(v, type, disposition(v, shown ? "inline" : "attachment", filename), body);
	http_add_header(&v->out, "Content-Security-Policy", S("frame-ancestors 'none'"));
}

void visit_uploaded_file(struct visit *v, const char *type, struct str filename, struct buf *body)
{
	send_file(v, type, disposition(v, "attachment", filename), body);
	http_add_header(&v->out, "Content-Security-Policy", S("default-src 'none'; frame-ancestors 'none'; sandbox"));
}

bool visit_wants_fragment(const struct visit *v)
{
	return str_eq(http_header(v->rq, "X-Padan-Bagian"), S("1"));
}

/* The cookie that stands in for a session until there is one. */
static struct str pre_cookie(struct call *call)
{
	struct visit *v = &call->v;
	unsigned char bytes[PRE_SIZE];
	struct buf text = BUF(64);
	if (call->pre_cookie.at)
		return call->pre_cookie;
	secret_random(bytes, sizeof bytes);
	base64url_add(&text, (struct str){(const char *)bytes, sizeof bytes});
	call->pre_cookie = arena_str(v->arena, buf_str(&text));
	buf_free(&text);
	http_set_cookie(v->rq, &v->out, COOKIE_PRE, call->pre_cookie, -1);
	return call->pre_cookie;
}

struct str visit_csrf(struct visit *v)
{
	unsigned char key[32];
	char token[CSRF_TOKEN_TEXT + 1];
	if (v->who) {
		csrf_make(principal_csrf_key(v->who), token);
	} else {
		csrf_key_of_cookie(secret_str(&v->gate->conf.key), pre_cookie(call_of_visit(v)), key);
		csrf_make((struct str){(const char *)key, sizeof key}, token);
	}
	return arena_str(v->arena, (struct str){token, CSRF_TOKEN_TEXT});
}

#define ONCE_TIME 5
#define ONCE_SIZE 16

struct str visit_once(struct visit *v)
{
	unsigned char bytes[ONCE_SIZE];
	char text[VISIT_ONCE_TEXT + 1];
	int64_t ms = v->now_us / 1000;
	secret_random(bytes, sizeof bytes);
	for (int i = 0; i < ONCE_TIME; i++)
		bytes[i] = (unsigned char)(ms >> 8 * (ONCE_TIME - 1 - i));
	sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return arena_str(v->arena, (struct str){text, VISIT_ONCE_TEXT});
}

int64_t visit_once_made(struct str once)
{
	unsigned char bytes[ONCE_SIZE];
	size_t n;
	int64_t ms = 0;
	if (once.n != VISIT_ONCE_TEXT || base64url_read(once, bytes, sizeof bytes, &n) != RC_OK || n != sizeof bytes)
		return 0;
	for (int i = 0; i < ONCE_TIME; i++)
		ms = ms << 8 | bytes[i];
	return ms;
}

void visit_set_session(struct visit *v, const unsigned char *token, size_t n)
{
	struct buf text = BUF(128);
	base64url_add(&text, (struct str){(const char *)token, n});
	http_set_cookie(v->rq, &v->out, COOKIE_SESSION, arena_str(v->arena, buf_str(&text)), -1);
	buf_free(&text);
}

void visit_clear_session(struct visit *v)
{
	http_set_cookie(v->rq, &v->out, COOKIE_SESSION, S(""), 0);
}
