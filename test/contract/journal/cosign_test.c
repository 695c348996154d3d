/* SPDX-License-Identifier: EUPL-1.2
 * I7.5: what the other party signs is kept only when it is, byte for byte, our own checkpoint, signed
 * with a key that the provider confirmed; and a note of ours that is not kept here is not taken for
 * a typing mistake. */
#include "journal/cosign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "log.h"

#define BPBD 1
#define DINKES 2

struct office {
	struct log log;
	struct note_secret secret;
	int64_t key_id;
	struct log_note note; /* ours, of size 50 */
};

static struct note_secret new_secret(const char *name)
{
	struct note_secret secret;
	assert_int_equal(note_secret_make(str_c(name), &secret), RC_OK);
	return secret;
}

static struct str vkey_of(struct tx *tx, const struct note_secret *secret)
{
	BUF_AUTO text = BUF(NOTE_SECRET_MAX);
	note_key_text(&text, &secret->key);
	return arena_str(tx_arena(tx), buf_str(&text));
}

static enum rc add_key(struct tx *tx, int64_t instansi_id, struct str vkey, int64_t *ret_id)
{
	struct cosign_new key = {instansi_id, vkey, S("kepala")};
	return cosign_key_add(tx, &key, LOG_NOW, ret_id, &engine_err);
}

/* A log of 60 with checkpoints at 50 and 60, and a confirmed key of BPBD. */
static struct tx *office_open(struct office *o, struct engine *engine)
{
	struct tx *tx = NULL;
	log_open(&o->log, engine);
	log_fill(&o->log, 0, 50);
	o->note = log_checkpoint(&o->log);
	log_fill(&o->log, 50, 60);
	log_checkpoint(&o->log);
	o->secret = new_secret("bpbd.example/kepala");
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(add_key(tx, BPBD, vkey_of(tx, &o->secret), &o->key_id));
	ENGINE_OK(cosign_key_confirm(tx, o->key_id, S("admin"), LOG_NOW, &engine_err));
	return tx;
}

static void office_close(struct office *o, struct tx **tx)
{
	tx_rollback(tx);
	log_close(&o->log);
}

static struct str signed_note(struct tx *tx, const char *note, const struct note_secret *secret)
{
	BUF_AUTO out = BUF(NOTE_MAX_BYTES);
	assert_int_equal(note_secret_cosign(&out, str_c(note), secret), RC_OK);
	return arena_str(tx_arena(tx), buf_str(&out));
}

static enum rc take(struct tx *tx, int64_t instansi_id, struct str note, struct cosign_taken *ret)
{
	struct cosign_offer offer = {instansi_id, note, S("kepala")};
	return cosign_take(tx, &offer, LOG_NOW, ret, &engine_err);
}

static void check_keys(struct engine *engine)
{
	struct office o;
	struct cosign_key *keys, key;
	int64_t id;
	size_t n;
	struct tx *tx = office_open(&o, engine);
	struct str vkey = vkey_of(tx, &o.secret);
	assert_int_equal(add_key(tx, BPBD, vkey, &id), RC_CONFLICT);
	assert_int_equal(add_key(tx, BPBD, S("bukan"), &id), RC_INVALID);
	assert_int_equal(add_key(tx, BPBD, journal_vkey(o.log.journal), &id), RC_INVALID);
	struct note_secret named = new_secret(LOG_ORIGIN);
	assert_int_equal(add_key(tx, BPBD, vkey_of(tx, &named), &id), RC_INVALID); /* the name of our log */
	struct note_secret same = o.secret, other = new_secret("dinkes.example/kepala");
	assert_int_equal(add_key(tx, DINKES, vkey, &id), RC_CONFLICT); /* one signature counts once */
	assert_int_equal(note_key_make(S("dinkes.example/nama-lain"), o.secret.key.pub, &same.key), RC_OK);
	assert_int_equal(add_key(tx, DINKES, vkey_of(tx, &same), &id), RC_CONFLICT); /* under another name, too */
	assert_int_equal(add_key(tx, COSIGN_PROVIDER, vkey_of(tx, &same), &id), RC_CONFLICT);
	ENGINE_OK(add_key(tx, DINKES, arena_printf(tx_arena(tx), "  %.*s\n", STR_ARG(vkey_of(tx, &other))), &id));
	assert_int_equal(cosign_key_confirm(tx, id, S("kepala"), LOG_NOW, &engine_err), RC_REFUSED);
	ENGINE_OK(cosign_key_get(tx, id, &key, &engine_err));
	assert_int_equal(key.confirmed_us, 0);
	assert_int_equal(cosign_key_confirm(tx, o.key_id, S("admin"), LOG_NOW, &engine_err), RC_CONFLICT);
	ENGINE_OK(cosign_key_end(tx, id, S("admin"), LOG_NOW, &engine_err));
	assert_int_equal(cosign_key_end(tx, id, S("admin"), LOG_NOW, &engine_err), RC_CONFLICT);
	assert_int_equal(cosign_key_confirm(tx, id, S("admin"), LOG_NOW, &engine_err), RC_CONFLICT);
	assert_int_equal(cosign_key_get(tx, 999, &key, &engine_err), RC_ABSENT);
	for (int i = 1; i < COSIGN_KEYS_MAX; i++) {
		struct note_secret more = new_secret("lain");
		ENGINE_OK(add_key(tx, BPBD, vkey_of(tx, &more), &id));
	}
	struct note_secret many = new_secret("lain");
	assert_int_equal(add_key(tx, BPBD, vkey_of(tx, &many), &id), RC_LIMIT);
	ENGINE_OK(cosign_keys(tx, BPBD, &keys, &n, &engine_err));
	assert_int_equal(n, COSIGN_KEYS_MAX);
	ENGINE_OK(cosign_keys(tx, COSIGN_ANY, &keys, &n, &engine_err));
	assert_int_equal(n, COSIGN_KEYS_MAX + 1);
	assert_true(keys[n - 1].ended_us > 0); /* those that count stand first */
	office_close(&o, &tx);
}

static void check_taken(struct engine *engine)
{
	struct office o;
	struct cosign_taken taken;
	struct cosign_line *lines;
	struct note_key own;
	struct str text;
	int64_t last;
	size_t n;
	struct tx *tx = office_open(&o, engine);
	struct str note = signed_note(tx, o.note.z, &o.secret);
	ENGINE_OK(cosign_last(tx, 0, &last, &engine_err));
	assert_int_equal(last, -1);
	ENGINE_OK(take(tx, BPBD, note, &taken));
	assert_false(taken.before);
	assert_int_equal(taken.size, 50);
	ENGINE_OK(take(tx, BPBD, note, &taken));
	assert_true(taken.before);
	ENGINE_OK(cosign_last(tx, 0, &last, &engine_err));
	assert_int_equal(last, 50);
	ENGINE_OK(cosign_lines(tx, 0, 50, &lines, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_int_equal(lines[0].instansi_id, BPBD);
	assert_true(str_eq(lines[0].name, S("bpbd.example/kepala")));
	BUF_AUTO out = BUF(NOTE_MAX_BYTES);
	ENGINE_OK(cosign_note(tx, 0, 50, &out, &engine_err));
	assert_true(str_eq(buf_str(&out), note));
	assert_int_equal(note_key_read(journal_vkey(o.log.journal), &own), RC_OK);
	assert_int_equal(note_open(buf_str(&out), &own, &text), RC_OK);
	assert_int_equal(note_cosigned(buf_str(&out), &own, vkey_of(tx, &o.secret)), RC_OK);
	assert_int_equal(note_cosigned(buf_str(&out), &own, journal_vkey(o.log.journal)), RC_INVALID);
	assert_int_equal(note_cosigned(str_c(o.note.z), &own, vkey_of(tx, &o.secret)), RC_REFUSED);
	assert_int_equal(cosign_note(tx, 0, 51, &out, &engine_err), RC_ABSENT);
	office_close(&o, &tx);
}

/* Nothing of it is kept. */
static void check_refused(struct engine *engine)
{
	struct office o;
	struct cosign_taken taken;
	struct cosign_line *lines;
	size_t n;
	struct tx *tx = office_open(&o, engine);
	struct str note = signed_note(tx, o.note.z, &o.secret);
	struct note_secret stranger = new_secret("bpbd.example/kepala"); /* the same name is not the same key */
	assert_int_equal(take(tx, BPBD, S(""), &taken), RC_INVALID);
	assert_int_equal(take(tx, BPBD, S("bukan catatan"), &taken), RC_INVALID);
	assert_int_equal(take(tx, BPBD, str_c(o.note.z), &taken), RC_REFUSED);
	assert_int_equal(take(tx, BPBD, signed_note(tx, o.note.z, &stranger), &taken), RC_REFUSED);
	assert_int_equal(take(tx, DINKES, note, &taken), RC_REFUSED); /* another's key */
	int64_t id;
	struct note_secret own = new_secret("dinkes.example/kepala");
	ENGINE_OK(add_key(tx, DINKES, vkey_of(tx, &own), &id));
	assert_int_equal(take(tx, DINKES, signed_note(tx, o.note.z, &own), &taken), RC_REFUSED); /* nobody confirmed it */
	for (size_t i = 0; i < note.n; i++) { /* any one bit of it: nothing is kept, whatever it is called */
		char *bent = (char *)arena_str(tx_arena(tx), note).at;
		assert_non_null(bent);
		bent[i] ^= 1;
		enum rc rc = take(tx, BPBD, str_from(bent, note.n), &taken);
		/* our own line may be anything, as long as the text and the other's signature are right */
		bool own_line = rc == RC_OK;
		ENGINE_OK(cosign_lines(tx, 0, 50, &lines, &n, &engine_err));
		assert_int_equal(n, own_line);
		if (own_line)
			break;
	}
	office_close(&o, &tx);
}

static void check_ended(struct engine *engine)
{
	struct office o;
	struct cosign_taken taken;
	struct tx *tx = office_open(&o, engine);
	struct str note = signed_note(tx, o.note.z, &o.secret);
	ENGINE_OK(cosign_key_end(tx, o.key_id, S("kepala"), LOG_NOW, &engine_err));
	assert_int_equal(take(tx, BPBD, note, &taken), RC_REFUSED);
	office_close(&o, &tx);
}

/* Our own key signed it, and it is not what is kept: cut, or changed. */
static void check_contradiction(struct engine *engine)
{
	static const struct query cut = LOG_SQL("DELETE FROM journal_checkpoint WHERE size = 50");
	static const struct query bent =
	        LOG_SQL("UPDATE journal_checkpoint SET note = replace(note, 'uji\n50\n', 'uji\n51\n') WHERE size = 50");
	struct office o;
	struct cosign_taken taken;
	struct tx *tx = office_open(&o, engine);
	struct str note = signed_note(tx, o.note.z, &o.secret);
	ENGINE_OK(query_exec(tx, &bent, NULL, NULL, &engine_err));
	assert_int_equal(take(tx, BPBD, note, &taken), RC_CONFLICT);
	assert_true(taken.ours);
	ENGINE_OK(query_exec(tx, &cut, NULL, NULL, &engine_err));
	assert_int_equal(take(tx, BPBD, note, &taken), RC_ABSENT);
	assert_true(taken.ours);
	assert_int_equal(taken.size, 50);
	office_close(&o, &tx);
}

/* Nodes may share an origin: the key that signed tells whose it is. */
static void check_two_logs(struct engine *engine)
{
	struct office o;
	struct log other;
	struct cosign_taken taken;
	log_open_at(&other, engine, 1, 7);
	TX_AUTO *fill = NULL;
	ENGINE_OK(tx_begin(engine->store, TX_WRITE, &fill, &engine_err));
	for (int64_t i = 0; i < 50; i++) {
		struct entry entry = log_entry(i);
		const struct receipt *receipt;
		ENGINE_OK(journal_append(other.journal, fill, &entry, 1, &receipt, &engine_err));
	}
	ENGINE_OK(tx_commit(&fill, &engine_err));
	struct log_note note = log_checkpoint(&other);
	struct tx *tx = office_open(&o, engine);
	ENGINE_OK(take(tx, BPBD, signed_note(tx, note.z, &o.secret), &taken));
	assert_int_equal(taken.log_id, 1);
	ENGINE_OK(take(tx, BPBD, signed_note(tx, o.note.z, &o.secret), &taken));
	assert_int_equal(taken.log_id, 0);
	office_close(&o, &tx);
	log_close(&other);
}

static void check_sql(struct engine *engine)
{
	struct log log;
	log_open(&log, engine);
	for (size_t i = 0; cosign_queries[i]; i++)
		ENGINE_OK(query_check(engine->store, cosign_queries[i], &engine_err));
	log_close(&log);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(keys)
EACH(taken)
EACH(refused)
EACH(ended)
EACH(contradiction)
EACH(two_logs)
EACH(sql)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(keys),  cmocka_unit_test(taken),         cmocka_unit_test(refused),
	        cmocka_unit_test(ended), cmocka_unit_test(contradiction), cmocka_unit_test(two_logs), cmocka_unit_test(sql),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
