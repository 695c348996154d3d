/* SPDX-License-Identifier: EUPL-1.2
 * journal/line.c - see line.h. One table of keys, in the order of the line, drives
 * both directions; writing avoids printf, because it is done for every inquiry. */
#include "journal/line.h"

#include <stddef.h>

#include "journal/tile.h"

enum kind {
	KIND_NUMBER, /* always there */
	KIND_TIME,   /* always there */
	KIND_ACT,    /* always there */
	KIND_ID,     /* positive, 0 left out */
	KIND_WORD,   /* const char *, NULL left out */
	KIND_TEXT,   /* struct str, empty left out */
	KIND_PEER,
	KIND_EPOCH,
	KIND_NIK,
	KIND_REPEAT, /* true, or left out */
	KIND_FIRST   /* number, with `repeat` only */
};
struct key {
	struct str prefix; /* all that stands between the value before and this one */
	enum kind kind;
	size_t entry; /* offset in struct entry of ID, WORD, TEXT */
	size_t line;  /* offset in struct line where reading keeps it; 0: read and dropped, `log_id` aside */
};
#define IN_ENTRY(m) offsetof(struct entry, m)
#define IN_LINE(m) offsetof(struct line, m)
enum { KEY_LOG, KEY_SEQ, KEY_TIME, KEY_ACT, KEYS_ALWAYS };
#define KEY(name) S(",\"" name "\":")
static const struct key keys[] = {
	[KEY_LOG] = {S("{\"log\":"), KIND_NUMBER, 0, IN_LINE(log_id)},
	[KEY_SEQ] = {KEY("seq"), KIND_NUMBER, 0, IN_LINE(seq)},
	[KEY_TIME] = {KEY("time"), KIND_TIME, 0, IN_LINE(time_us)},
	[KEY_ACT] = {KEY("act"), KIND_ACT, 0, IN_LINE(act)},
	{KEY("outcome"), KIND_WORD, IN_ENTRY(outcome), IN_LINE(outcome)},
	{KEY("ground"), KIND_WORD, IN_ENTRY(ground), IN_LINE(ground)},
	{KEY("clause"), KIND_WORD, IN_ENTRY(clause), IN_LINE(clause)},
	{KEY("instansi"), KIND_ID, IN_ENTRY(instansi_id), IN_LINE(instansi_id)},
	{KEY("version"), KIND_ID, IN_ENTRY(version_id), IN_LINE(version_id)},
	{KEY("user"), KIND_ID, IN_ENTRY(user), IN_LINE(user)},
	{KEY("user_id"), KIND_TEXT, IN_ENTRY(user_id), IN_LINE(user_id)},
	{KEY("session"), KIND_ID, IN_ENTRY(session), IN_LINE(session)},
	{KEY("kejadian"), KIND_ID, IN_ENTRY(kejadian_id), IN_LINE(kejadian_id)},
	{KEY("method"), KIND_WORD, IN_ENTRY(method), IN_LINE(method)},
	{KEY("document"), KIND_WORD, IN_ENTRY(document), 0},
	{KEY("peer"), KIND_PEER, 0, 0},
	{KEY("epoch"), KIND_EPOCH, 0, IN_LINE(epoch)},
	{KEY("nik"), KIND_NIK, 0, IN_LINE(nik_hash)},
	{KEY("repeat"), KIND_REPEAT, 0, 0},
	{KEY("repeat_of"), KIND_FIRST, 0, 0},
	{KEY("about"), KIND_TEXT, IN_ENTRY(about), IN_LINE(about)},
};

/* ---- writing ---- */

static void digits_add(struct buf *out, int64_t n, int width)
{
	char digits[20];
	for (int i = width - 1; i >= 0; i--, n /= 10)
		digits[i] = (char)('0' + n % 10);
	buf_add(out, str_from(digits, (size_t)width));
}

/* "2026-11-23T02:41:07.123456Z": clock_rfc3339() without printf. */
static void time_add(struct buf *out, int64_t us)
{
	int64_t days = us / US_PER_DAY - (us % US_PER_DAY < 0), left = us - days * US_PER_DAY;
	static const struct {
		int64_t unit, count;
		int width;
		char after;
	} parts[] = {{3600 * US_PER_S, 24, 2, ':'}, {60 * US_PER_S, 60, 2, ':'}, {US_PER_S, 60, 2, '.'}, {1, US_PER_S, 6, 'Z'}};
	int year, month, mday;
	day_to_ymd((struct day){(int32_t)days}, &year, &month, &mday);
	digits_add(out, year, 4);
	buf_addc(out, '-');
	digits_add(out, month, 2);
	buf_addc(out, '-');
	digits_add(out, mday, 2);
	buf_addc(out, 'T');
	for (size_t i = 0; i < LEN(parts); i++) {
		digits_add(out, left / parts[i].unit % parts[i].count, parts[i].width);
		buf_addc(out, parts[i].after);
	}
}

static void key_add(struct buf *out, const struct key *key)
{
	buf_add(out, key->prefix);
}

static void number_add(struct buf *out, const struct key *key, int64_t n)
{
	key_add(out, key);
	buf_add_int(out, n);
}

static void text_add(struct buf *out, const struct key *key, struct str text)
{
	if (!text.at)
		return;
	key_add(out, key);
	buf_add_json(out, text);
}

static void quoted_add(struct buf *out, const struct key *key, struct str plain)
{
	key_add(out, key);
	buf_addc(out, '"');
	buf_add(out, plain);
	buf_addc(out, '"');
}

static void epoch_add(struct buf *out, const struct key *key, int epoch)
{
	key_add(out, key);
	buf_addc(out, '"');
	digits_add(out, epoch / 100, 4);
	buf_addc(out, '-');
	digits_add(out, epoch % 100, 2);
	buf_addc(out, '"');
}

static void nik_add(struct buf *out, const struct key *key, const unsigned char *hash)
{
	key_add(out, key);
	buf_addc(out, '"');
	hex_add(out, str_from((const char *)hash, NIK_HASH));
	buf_addc(out, '"');
}

/* What is read out of struct entry by its offset. */
static void member_add(struct buf *out, const struct key *key, const struct entry *entry)
{
	const char *at = (const char *)entry + key->entry;
	switch (key->kind) {
	case KIND_ID:
		if (*(const int64_t *)at > 0)
			number_add(out, key, *(const int64_t *)at);
		break;
	case KIND_WORD: text_add(out, key, str_c(*(const char *const *)at)); break;
	case KIND_TEXT:
		if (((const struct str *)at)->n)
			text_add(out, key, *(const struct str *)at);
		break;
	default: break;
	}
}

/* The seq, among all logs, of the entry this one repeats. */
static int64_t first_of(const struct line_place *place, const struct entry *entry)
{
	if (entry->repeat_back)
		return number_of(place->log_id, place->seq) - (int64_t)entry->repeat_back;
	return entry->repeat_of;
}

static void value_add(struct buf *out, const struct key *key, const struct line_place *place, const struct entry *entry)
{
	switch (key->kind) {
	case KIND_NUMBER: number_add(out, key, key == &keys[KEY_LOG] ? place->log_id : place->seq); break;
	case KIND_TIME:
		key_add(out, key);
		buf_addc(out, '"');
		time_add(out, entry->time_us);
		buf_addc(out, '"');
		break;
	case KIND_ACT: quoted_add(out, key, str_c(act_at(entry->act)->key)); break;
	case KIND_PEER:
		if (entry->peer.family)
			quoted_add(out, key, str_c(addr_text(&entry->peer).z));
		break;
	case KIND_EPOCH:
		if (place->nik_hash)
			epoch_add(out, key, epoch_of_us(entry->time_us));
		break;
	case KIND_NIK:
		if (place->nik_hash)
			nik_add(out, key, place->nik_hash);
		break;
	case KIND_REPEAT:
		if (entry->repeat) {
			key_add(out, key);
			buf_add(out, S("true"));
		}
		break;
	case KIND_FIRST:
		if (entry->repeat)
			number_add(out, key, first_of(place, entry));
		break;
	case KIND_ID:
	case KIND_WORD:
	case KIND_TEXT: member_add(out, key, entry); break;
	}
}

void line_write(struct buf *out, const struct line_place *place, const struct entry *entry)
{
	for (size_t i = 0; i < LEN(keys); i++)
		value_add(out, &keys[i], place, entry);
	buf_addc(out, '}');
}

/* ---- reading ---- */

static bool take(struct str *rest, struct str word)
{
	if (!str_starts(*rest, word))
		return false;
	rest->at += word.n;
	rest->n -= word.n;
	return true;
}

/* Decimal, without sign or leading zero. */
static enum rc take_number(struct str *rest, int64_t min, int64_t *ret)
{
	size_t n = 0;
	while (n < rest->n && n < 20 && rest->at[n] >= '0' && rest->at[n] <= '9')
		n++;
	if (n > 1 && rest->at[0] == '0')
		return RC_INVALID;
	TRY(str_int(str_sub(*rest, 0, n), min, INT64_MAX, ret));
	*rest = str_sub(*rest, n, rest->n);
	return RC_OK;
}

/* A JSON string; *ret is what stands between the quotes, escapes as they are. */
static enum rc take_string(struct str *rest, struct str *ret)
{
	if (!take(rest, S("\"")))
		return RC_INVALID;
	size_t n = 0;
	while (n < rest->n && rest->at[n] != '"') {
		if ((unsigned char)rest->at[n] < 0x20)
			return RC_INVALID;
		n += rest->at[n] == '\\' ? 2 : 1;
	}
	if (n >= rest->n)
		return RC_INVALID;
	*ret = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n + 1, rest->n);
	return str_is_text(*ret) ? RC_OK : RC_INVALID;
}

static enum rc digits_read(struct str s, size_t from, size_t width, int64_t *value)
{
	int64_t n = 0;
	for (size_t i = from; i < from + width; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return RC_INVALID;
		n = n * 10 + s.at[i] - '0';
	}
	*value = n;
	return RC_OK;
}

static enum rc time_read(struct str s, int64_t *ret)
{
	int64_t h, m, sec, us;
	struct day day;
	if (s.n != 27 || s.at[10] != 'T' || s.at[13] != ':' || s.at[16] != ':' || s.at[19] != '.' || s.at[26] != 'Z')
		return RC_INVALID;
	TRY(day_from_str(str_sub(s, 0, 10), &day));
	TRY(digits_read(s, 11, 2, &h));
	TRY(digits_read(s, 14, 2, &m));
	TRY(digits_read(s, 17, 2, &sec));
	TRY(digits_read(s, 20, 6, &us));
	if (h > 23 || m > 59 || sec > 59)
		return RC_INVALID;
	*ret = day.n * US_PER_DAY + ((h * 60 + m) * 60 + sec) * US_PER_S + us;
	return RC_OK;
}

static enum rc text_keep(const struct key *key, struct str text, struct line *line)
{
	switch (key->kind) {
	case KIND_TIME: return time_read(text, &line->time_us);
	case KIND_EPOCH: return epoch_from_str(text, &line->epoch);
	case KIND_NIK: line->has_nik = true; return hex_read(text, line->nik_hash, NIK_HASH);
	default:
		if (key->line)
			*(struct str *)((char *)line + key->line) = text;
		return RC_OK;
	}
}

static enum rc take_value(struct str *rest, const struct key *key, struct line *line)
{
	struct str text;
	int64_t n;
	switch (key->kind) {
	case KIND_NUMBER:
	case KIND_ID:
	case KIND_FIRST:
		TRY(take_number(rest, key->kind == KIND_ID, &n));
		if (key->line || key == &keys[KEY_LOG])
			*(int64_t *)((char *)line + key->line) = n;
		return RC_OK;
	case KIND_REPEAT: line->repeat = true; return take(rest, S("true")) ? RC_OK : RC_INVALID;
	case KIND_TIME:
	case KIND_ACT:
	case KIND_WORD:
	case KIND_TEXT:
	case KIND_PEER:
	case KIND_EPOCH:
	case KIND_NIK: TRY(take_string(rest, &text)); return text_keep(key, text, line);
	}
	return RC_INVALID;
}

enum rc line_read(struct str text, struct line *ret)
{
	*ret = (struct line){.act = S(""), .outcome = S("")};
	for (size_t i = 0; i < LEN(keys); i++) {
		if (take(&text, keys[i].prefix))
			TRY(take_value(&text, &keys[i], ret));
		else if (i < KEYS_ALWAYS)
			return RC_INVALID;
	}
	if (!str_eq(text, S("}")) || ret->has_nik != (ret->epoch != 0))
		return RC_INVALID;
	return ret->has_nik && epoch_of_us(ret->time_us) != ret->epoch ? RC_INVALID : RC_OK;
}
