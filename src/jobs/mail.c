/* SPDX-License-Identifier: EUPL-1.2
 * jobs/mail.c - see mail.h. */
#include "jobs/mail.h"

#include "jobs/jobs.sql.h"
#include "store/store.h"

#define PAUSE_FIRST_US (60 * US_PER_S)
#define PAUSE_MOST_US (INT64_C(6) * 3600 * US_PER_S)
#define SWEEP_MAX 500 /* as jobs.sql has it */
#define LOCAL_MAX 64
#define LABEL_MAX 63

/* ---- addresses and texts ---- */

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* RFC 5322 3.2.3 */
static bool is_atext(char c)
{
	return is_alnum(c) || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static bool is_local(struct str s)
{
	if (s.n == 0 || s.n > LOCAL_MAX)
		return false;
	while (s.at) {
		struct str atom = str_split(&s, '.');
		if (atom.n == 0)
			return false;
		for (size_t i = 0; i < atom.n; i++)
			if (!is_atext(atom.at[i]))
				return false;
	}
	return true;
}

static bool is_label(struct str s)
{
	if (s.n == 0 || s.n > LABEL_MAX || s.at[0] == '-' || s.at[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.at[i]) && s.at[i] != '-')
			return false;
	return true;
}

bool mail_address_is_valid(struct str address)
{
	size_t at = str_index(address, '@');
	struct str domain = str_sub(address, at + 1, address.n);
	if (address.n > MAIL_ADDRESS_MAX || at >= address.n || !is_local(str_sub(address, 0, at)) || domain.n == 0)
		return false;
	while (domain.at)
		if (!is_label(str_split(&domain, '.')))
			return false;
	return true;
}

static bool is_key(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i];
		bool ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':' || c == '.' || c == '_' || c == '-';
		if (!ok)
			return false;
	}
	return s.n > 0;
}

/* Header injection stops here: no control character at all. */
static bool is_line(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.at[i] < ' ' || s.at[i] == 0x7f)
			return false;
	return str_trim(s).n > 0 && str_is_text(s);
}

static enum rc check(const struct mail *mail, struct err *err)
{
	if (mail->to_n == 0)
		return FAIL(err, RC_INVALID, "surat tanpa penerima");
	if (mail->to_n > MAIL_TO_MAX)
		return FAIL(err, RC_LIMIT, "paling banyak %d penerima untuk satu surat", MAIL_TO_MAX);
	if (mail->key.n > MAIL_KEY_MAX || mail->subject.n > MAIL_SUBJECT_MAX || mail->body.n > MAIL_BODY_MAX)
		return FAIL(err, RC_LIMIT, "surat terlalu panjang");
	if (!is_key(mail->key))
		return FAIL(err, RC_INVALID, "kunci surat tidak berbentuk");
	if (!is_line(mail->subject))
		return FAIL(err, RC_INVALID, "perihal surat harus berupa teks satu baris");
	if (!str_is_text(mail->body) || mail->body.n == 0)
		return FAIL(err, RC_INVALID, "isi surat bukan teks");
	for (size_t i = 0; i < mail->to_n; i++)
		if (!mail_address_is_valid(mail->to[i]))
			return FAIL(err, RC_INVALID, "alamat surat elektronik tidak berbentuk nama@contoh.go.id");
	return RC_OK;
}

enum rc mail_put(struct tx *tx, const struct mail *mail, int64_t now_us, struct err *err)
{
	TRY(check(mail, err));
	for (size_t i = 0; i < mail->to_n; i++) {
		struct sql_mail_insert_in in = {.key = mail->key, .address = mail->to[i], .subject = mail->subject,
		                                .body = mail->body, .now_us = now_us};
		TRY(sql_mail_insert(tx, in, NULL, err));
	}
	return RC_OK;
}

/* ---- for the sender ---- */

enum rc mail_next(struct tx *tx, int64_t now_us, struct mail_due *ret, struct err *err)
{
	struct sql_mail_next row;
	struct sql_mail_next_in in = {.now_us = now_us, .far_us = now_us + PAUSE_MOST_US};
	enum rc rc = sql_mail_next(tx, in, &row, err);
	if (rc == RC_OK)
		*ret = (struct mail_due){.mail_id = row.mail_id, .tries = row.tries + 1, .put_us = row.put_us, .key = row.key,
		                         .address = row.address, .subject = row.subject, .body = row.body};
	return rc;
}

enum rc mail_claim(struct tx *tx, int64_t node, const struct mail_due *due, int64_t now_us, struct err *err)
{
	int64_t changed;
	struct sql_mail_claim_in in = {.node = node, .mail_id = due->mail_id, .tries = due->tries - 1,
	                               .until_us = now_us + MAIL_LEASE_US};
	TRY(sql_mail_claim(tx, in, &changed, err));
	return changed ? RC_OK : FAIL(err, RC_CONFLICT, "surat sudah diambil simpul lain");
}

enum rc mail_release(struct tx *tx, int64_t node, int64_t now_us, struct err *err)
{
	return sql_mail_release(tx, (struct sql_mail_release_in){.node = node, .now_us = now_us}, NULL, err);
}

int64_t mail_pause_us(int64_t tries)
{
	int64_t pause = PAUSE_FIRST_US;
	for (int64_t i = 1; i < tries && pause < PAUSE_MOST_US; i++)
		pause *= 2;
	return pause < PAUSE_MOST_US ? pause : PAUSE_MOST_US;
}

static enum rc settle_over(struct tx *tx, const struct mail_due *due, const char *state, struct str trouble, int64_t now_us,
                           struct err *err)
{
	struct sql_mail_over_in in = {.mail_id = due->mail_id, .tries = due->tries, .state = str_c(state),
	                              .trouble = trouble, .now_us = now_us};
	return sql_mail_over(tx, in, NULL, err);
}

enum rc mail_settle(struct tx *tx, const struct mail_due *due, enum mail_fate fate, struct str trouble, int64_t now_us,
                    struct err *err)
{
	if (fate == MAIL_SENT)
		return settle_over(tx, due, "sent", S(""), now_us, err);
	if (fate == MAIL_FAILED || now_us - due->put_us > MAIL_PATIENCE_US)
		return settle_over(tx, due, "failed", trouble, now_us, err);
	struct sql_mail_later_in in = {.mail_id = due->mail_id, .tries = due->tries, .trouble = trouble,
	                               .next_us = now_us + mail_pause_us(due->tries)};
	return sql_mail_later(tx, in, NULL, err);
}

/* ---- for those who watch ---- */

enum rc mail_count(struct tx *tx, struct mail_count *ret, struct err *err)
{
	struct sql_mail_count row;
	TRY(sql_mail_count(tx, &row, err));
	*ret = (struct mail_count){row.waiting, row.sent, row.failed};
	return RC_OK;
}

enum rc mail_list(struct tx *tx, struct mail_seen **ret, size_t *ret_n, struct err *err)
{
	struct sql_mail_page_rows rows;
	TRY(sql_mail_page(tx, &rows, err));
	struct mail_seen *list = ARENA_ARRAY(tx_arena(tx), rows.n + 1, struct mail_seen);
	if (!list)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_mail_page *row = &rows.at[i];
		list[i] = (struct mail_seen){.mail_id = row->mail_id, .tries = row->tries, .put_us = row->put_us,
		                             .next_us = row->next_us, .over_us = row->over_us_null ? 0 : row->over_us,
		                             .key = row->key, .address = row->address, .state = row->state,
		                             .trouble = row->trouble};
	}
	*ret = list;
	*ret_n = rows.n;
	return RC_OK;
}

enum rc mail_sweep(struct tx *tx, int64_t now_us, bool *ret_more, struct err *err)
{
	int64_t given_up, forgotten;
	struct sql_mail_give_up_in old = {.now_us = now_us, .before_us = now_us - MAIL_PATIENCE_US - MAIL_LEASE_US};
	TRY(sql_mail_give_up(tx, old, &given_up, err));
	TRY(sql_mail_forget(tx, (struct sql_mail_forget_in){.before_us = now_us - MAIL_KEPT_US}, &forgotten, err));
	*ret_more = given_up == SWEEP_MAX || forgotten == SWEEP_MAX;
	return RC_OK;
}
