/* SPDX-License-Identifier: EUPL-1.2
 * gate/visit.h - one request on its way through the corridor, as the front doors
 * (web, api) see it.
 *
 * A route is a row in a const table: who may come, how large the body may be, what
 * is journaled. The gate matches the route, checks Origin and CSRF, puts the visit
 * on the tray, finds the principal inside the tray's transaction, checks the role,
 * and only then calls the page. The page runs on the tray's thread, inside the
 * transaction, under a savepoint: it may read and write through the rooms, fills
 * v->out, and returns. Nothing it wrote leaves before the commit is durable; if
 * the commit fails, the visitor gets 503 and nothing happened.
 *
 * Three kinds of work must not run there and have their own place in the row:
 *   slow     runs before the tray, on a worker thread without a transaction
 *            (Argon2); it may open a short read transaction of its own;
 *   inquiry  turns the request into a struct inquiry; all inquiries of a tray walk
 *            identity, policy, registry and journal together; `page` is called
 *            afterwards with v->verdict set;
 *   after    runs when the commit is durable, on a worker thread without a
 *            transaction (typesetting a PDF, opening a scan), and fills v->out. It is
 *            called unless the page refused or drew an answer itself: a body, or a
 *            status other than 200. What it needs the page leaves in v->own, in memory
 *            of v->arena: the transaction's arena is gone by then, and v->who,
 *            v->standing and v->verdict with it, so no form with a CSRF token is drawn
 *            there. When it fails, or too much waits (503, Retry-After), the commit
 *            stands: a page of such a route must bear being asked again. One address
 *            holds a few places at most (gate/share.h); past them 429, before anything
 *            was done. A closing gate still runs it. */
#pragma once
#include "base/base.h"
#include "http/http.h"
#include "identity/principal.h"
#include "identity/scope.h"
#include "agreement/agreement.h"
#include "policy/decide.h"
#include "journal/journal.h"

struct feedback;
struct gate;
struct tx;
struct visit;
struct answer;

/* What an inquiry came to, for the page that shows it. Valid during `page` only. */
struct verdict {
	enum outcome outcome;
	enum ground ground;           /* GROUND_NONE when the registry was asked */
	const struct answer *answer;  /* NULL unless the registry was asked; read it through gate/answer.h */
	const struct receipt *receipt; /* NULL only when nothing was journaled (empty form) */
	struct standing standing;
	int64_t kejadian_id;
	int64_t quota_left;           /* -1 without limit */
	int64_t quota_limit;
	int64_t quota_resets_us;      /* when the next WIB day begins; 0 where the quota is not known */
	int wait_s;                   /* > 0: nothing was decided, and the page is not called: 503, Retry-After */
	bool repeat;
	bool clash;                   /* refused: the key was used with another body (repeat_strict) */
	bool fresh_debt;              /* this inquiry opened the debt: nothing was told of that person (feedback/debt.h) */
	struct str caution;           /* what the pattern guard saw, for the operator's eyes; "" nothing */
};

/* What a door makes of a request that asks for a person. */
struct inquiry {
	ground_set against;           /* found by the door: malformed, credential empty */
	enum method method;           /* METHOD_COUNT: unknown, and malformed for it */
	/* ROUTE_PROGRAM: who asks, as he says himself, in memory of v->arena */
	struct str user_id, secret;
	struct str path_code;         /* the instansi the path names; absent: none */
	int64_t path_instansi;        /* of path_code, by the gate; 0: none named; -1: named, but there is none */
	struct addr claimed;          /* IP_USER; family 0 when none, -1 when it is no address */
	bool untold;                  /* by the gate: nobody we know, too often; leaves no trace in the journal */
	const struct claim *claim;    /* METHOD_VERIFY: what is to be compared, in memory of v->arena */
	bool nik_bad;                 /* something was typed, but it is no NIK */
	struct nik nik;
	enum nik_flaw flaw;
	element_set wanted;           /* 0: all granted */
	int64_t kejadian_id;          /* 0: the one of the session or the standing one */
	enum document document;
	struct str repeat_key, repeat_body;
	int64_t repeat_order;         /* visit_once_made() of the key; 0: not made by us */
	bool repeat_strict;           /* a key that was used with another body is refused, not asked anew (DOMAIN 2) */
};

/* Where the gate itself sends a visitor. */
#define GATE_SIGN_IN "/masuk"
#define GATE_PASSWORD "/sandi"
#define GATE_CODE "/kode"
#define GATE_ENROL "/kode/daftar"

enum route_flag {
	ROUTE_PUBLIC = 1,      /* needs no session; a session is used when there is one */
	ROUTE_CSRF = 2,        /* POST of the portal: Origin and token are checked */
	ROUTE_MUST_CHANGE = 4, /* open to a user id that must change its password first */
	ROUTE_ENDED = 8,       /* open although the instansi is not active (head's papers, sign-out); to a user id whose
	                          own time is over only with ROUTE_MUST_CHANGE or ROUTE_CODE */
	ROUTE_CODE = 16,       /* open to a session whose one-time code is still missing (gate/code.h) */
	ROUTE_DEBT = 32,       /* data balikan: the head of a stopped instansi may act here too (DOMAIN 2) */
	ROUTE_PROGRAM = 64,    /* an inquiry of a program: user id and secret come with it, a session counts for
	                          nothing, and whatever stands against it is said by v->verdict (gate/program.h) */
	ROUTE_ANY_CASE = 128,  /* the path in any case */
	ROUTE_BEARER = 256,    /* for programs with an access token that has the row's scope (gate/token.h); a session
	                          counts for nothing, and there is no form to forge */
	ROUTE_BEARER_MAY = 512, /* with ROUTE_PUBLIC: a token is used when there is one, and must be good then */
	ROUTE_STILL = 2048,    /* a page that the script asks for by itself: it keeps no session alive */
	ROUTE_SANDBOX = 1024   /* with either: a page that knows the rehearsal (gate/sandbox.h), and neither shows nor
	                          changes anything real in it; to the others a token of the rehearsal is no key */
};

struct route {
	enum http_method method;   /* GET also serves HEAD */
	const char *path;          /* exact; a trailing '*' matches any rest */
	unsigned roles;            /* ROLE_BIT(...); 0 with ROUTE_PUBLIC */
	unsigned flags;
	int body_max;              /* bytes; 0 for GET */
	enum act act;              /* what it is in the journal; ACT_COUNT: reading only, not journaled */
	enum rc (*slow)(struct visit *v, struct err *err);
	enum rc (*inquiry)(struct visit *v, struct inquiry *ret, struct err *err);
	enum rc (*page)(struct visit *v, struct err *err);
	enum rc (*after)(struct visit *v, struct err *err); /* this and the next a row may leave out */
	enum scope scope;          /* ROUTE_BEARER */
};

/* Why a program was turned away before its page ran; for the door that tells it. */
enum token_fault {
	TOKEN_GOOD,
	TOKEN_MISSING,
	TOKEN_UNKNOWN,  /* unknown, expired, ended */
	TOKEN_SCOPE,  /* the row's is not the token's */
	TOKEN_SANDBOX, /* of the rehearsal, and this page knows nothing of it */
	TOKEN_GROUND  /* `ground` of policy/decide.h stands against it */
};

struct visit {
	/* set before anything of the route runs */
	const struct route *route;
	struct http_request *rq;
	struct gate *gate;
	struct arena *arena;          /* lives until the answer is sent, wiped then */
	int64_t now_us;               /* the tray's moment */
	/* set inside the tray */
	struct tx *tx;
	const struct principal *who;  /* NULL on public routes without a session */
	struct standing standing;     /* of who's instansi; instansi_id 0 for the provider */
	const struct verdict *verdict; /* inquiry routes */
	enum token_fault fault;         /* ROUTE_BEARER */
	enum ground ground;           /* with TOKEN_GROUND */
	/* filled by the route */
	struct http_response out;
	void *own;                    /* from `slow` or `inquiry` to `page`, and on to `after` */
};

/* Write one journal entry of the route's act inside the visit's transaction; actor,
 * instansi, peer and time are filled in from the visit where the entry leaves them
 * empty. Of a sandbox user id it is ACT_SANDBOX, whatever was meant, and about nobody. */
MUST_USE enum rc visit_journal(struct visit *v, struct entry entry, const struct receipt **ret, struct err *err);

/* The same filling in for a room that journals by itself. */
void visit_sign(const struct visit *v, struct entry *entry);

/* Data balikan: feedback/debt.h, feedback/record.h, feedback/person.h. */
const struct feedback *visit_feedback(const struct visit *v);

/* For base/seal.h: what the office database must not show is sealed under it. */
const struct secret *visit_office_key(const struct visit *v);

/* The setting office.two_persons: what one admin wrote or entered, another confirms. */
bool visit_two_persons(const struct visit *v);

/* Is there a server that takes mail (the setting mail.url)? */
bool visit_mail_on(const struct visit *v);

/* For `slow` and `after`, which have no transaction: `read` runs in a short reading one,
 * as v->tx. What it keeps must be copied into v->arena. */
MUST_USE enum rc visit_read(struct visit *v, enum rc (*read)(struct visit *v, struct err *err), struct err *err);

/* Memory for what a large page is drawn from: lives until `page` returns, and is not
 * wiped with the visit. v->arena is small. */
struct arena *visit_page_arena(struct visit *v);

/* ---- answers ---- */
/* Status, type and body; the body is taken over. */
void visit_html(struct visit *v, int status, struct buf *body);
/* A file that Padan made; the body is taken over. A PDF opens in the browser, anything
 * else is saved. `filename` is what it is to be called: any text, with its suffix. */
void visit_file(struct visit *v, const char *type, struct str filename, struct buf *body);
/* A file that somebody uploaded: always saved, and in a sandbox should a browser show it
 * all the same. */
void visit_uploaded_file(struct visit *v, const char *type, struct str filename, struct buf *body);
/* 303 See Other to a path of ours. */
void visit_redirect(struct visit *v, struct str path);
/* The browser's own word that it wants a fragment (header X-Padan-Bagian: 1, set by
 * our script; never changes what is checked, only how much is drawn). */
bool visit_wants_fragment(const struct visit *v);

/* ---- CSRF ---- */
/* A token for a form of this visit: masked anew for every response, so that a
 * compressed page never repeats it. For public routes it is bound to a cookie of
 * its own, which this call sets. */
struct str visit_csrf(struct visit *v);
/* A one-time key for a form (DOMAIN 2 "Repeats"): five bytes of the moment and eleven
 * random ones, base64url, VISIT_ONCE_TEXT characters. */
#define VISIT_ONCE_TEXT 22
struct str visit_once(struct visit *v);
/* When such a key was made, in ms since 1970; 0 when it cannot be one of ours. */
int64_t visit_once_made(struct str once);

/* ---- session ---- */
/* Set or clear the session cookie of the answer. */
void visit_set_session(struct visit *v, const unsigned char *token, size_t n);
void visit_clear_session(struct visit *v);
