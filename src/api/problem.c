/* SPDX-License-Identifier: EUPL-1.2
 * api/problem.c - see problem.h. */
#include "api/problem.h"

#include <assert.h>

#include "api/v1_reply.h"

#define BODY_MAX 16384
#define RETRY_S 2

static const struct problem_row rows[PROBLEM_COUNT] = {
        {PROBLEM_TOKEN, "token-tidak-berlaku", 401, "03", "Token tidak disertakan atau tidak berlaku",
         "Minta token baru pada /api/v1/token, lalu kirim ulang permintaan ini dengan token itu."},
        {PROBLEM_SCOPE, "cakupan-kurang", 403, NULL, "Cakupan token tidak meliputi permintaan ini",
         "Minta token dengan cakupan yang disebut pada header WWW-Authenticate. Jika cakupan itu belum dibuka bagi user ID ini, "
         "mintalah kepada admin penyedia."},
        {PROBLEM_PEER, "alamat-tidak-terdaftar", 403, "10", "IP Client Tidak terdaftar",
         "Kirim permintaan dari alamat yang tercantum dalam perjanjian. Perubahan alamat diajukan oleh pimpinan instansi."},
        {PROBLEM_ADDRESS, "alamat-tidak-sesuai", 403, "04", "IP Address Tidak Sesuai",
         "Kirim permintaan dari alamat yang ditetapkan bagi user ID ini."},
        {PROBLEM_INSTANSI, "instansi-tidak-aktif", 403, "16", "Instansi Tidak Aktif",
         "Hubungi narahubung penyedia. Pimpinan instansi dapat membaca sebabnya di portal."},
        {PROBLEM_USER, "user-id-tidak-aktif", 403, "17", "User ID Tidak Aktif",
         "Hubungi admin. Pimpinan instansi dapat membaca sebabnya di portal."},
        {PROBLEM_UNREAD, "isi-tidak-terbaca", 400, "07", "Isi permintaan tidak dapat dibaca",
         "Kirim satu objek JSON yang sah dalam UTF-8, tanpa kunci ganda."},
        {PROBLEM_PARAMETER, "parameter-tidak-valid", 422, "07", "Parameter Tidak Lengkap / Tidak Valid",
         "Perbaiki isian yang disebut dalam \"kesalahan\", lalu kirim ulang."},
        {PROBLEM_KEJADIAN, "kejadian-tidak-terbuka", 422, "07", "Kejadian yang dituju tidak terbuka",
         "Sebut kejadian instansi Anda yang masih terbuka, atau mintalah kejadian tetap bagi user ID ini."},
        {PROBLEM_NIK, "nik-tidak-sesuai-format", 422, "15", "Data Tidak Ditemukan, NIK tidak sesuai format Dukcapil",
         "Periksa ulang keenam belas angka NIK pada dokumennya."},
        {PROBLEM_KEY_USED, "kunci-terpakai", 422, NULL, "Idempotency-Key sudah dipakai untuk isi yang lain",
         "Pakai kunci baru untuk setiap permintaan baru."},
        {PROBLEM_QUOTA, "kuota-habis", 429, "05", "Kuota Akses Hari ini telah Habis",
         "Tunggu hingga pukul 00.00 WIB. Penambahan kuota diajukan oleh pimpinan instansi."},
        {PROBLEM_TOO_OFTEN, "terlalu-sering", 429, NULL, "Terlalu banyak permintaan",
         "Tunggu selama detik yang disebut pada header Retry-After."},
        {PROBLEM_ABSENT, "tidak-ditemukan", 404, NULL, "Tidak ada di alamat ini",
         "Periksa alamat permintaan; yang bukan milik instansi Anda juga dijawab demikian."},
        {PROBLEM_METHOD, "metode-tidak-sesuai", 405, NULL, "Metode HTTP tidak sesuai",
         "Pakai metode yang disebut dalam /api/v1/openapi.json."},
        {PROBLEM_TOO_LARGE, "terlalu-besar", 413, NULL, "Isi permintaan terlalu besar", "Bagi menjadi beberapa permintaan."},
        {PROBLEM_CONTENT_TYPE, "jenis-isi-tidak-sesuai", 415, NULL, "Jenis isi tidak sesuai",
         "Kirim Content-Type: application/json; pada /token dan /revoke application/x-www-form-urlencoded."},
        {PROBLEM_CLOSED_BEFORE, "kejadian-sudah-tertutup", 409, NULL, "Kejadian itu sudah tertutup",
         "Tidak ada yang perlu dikirim ulang."},
        {PROBLEM_NOT_OWED, "tidak-ada-utang", 409, NULL, "Tidak ada utang data balikan atas NIK itu",
         "Pembebasan hanya bagi orang yang datanya pernah diakses pada kejadian itu."},
        {PROBLEM_EXISTS, "sudah-terlalu-banyak", 409, NULL, "Kejadian yang terbuka sudah sebanyak yang diperbolehkan",
         "Tutup kejadian yang sudah selesai lebih dahulu."},
        {PROBLEM_SANDBOX, "tidak-dilatihkan", 403, NULL, "Tidak tersedia dalam latihan PoC",
         "Latihan PoC mencakup verifikasi, kesesuaian, dan data balikan. Yang lain hanya dengan user ID yang sesungguhnya."},
        {PROBLEM_UNAVAILABLE, "tidak-tersedia", 503, NULL, "Layanan sedang tidak dapat menjawab",
         "Kirim ulang permintaan yang sama sesudah detik yang disebut pada header Retry-After. Tidak ada hit yang terpakai."},
};

const struct problem_row *problem_at(size_t i)
{
	return i < LEN(rows) ? &rows[i] : NULL;
}

const struct problem_row *problem_get(enum problem problem)
{
	assert((unsigned)problem < PROBLEM_COUNT && rows[problem].problem == problem);
	return &rows[problem];
}

enum problem problem_of_status(int status)
{
	if (status == 400)
		return PROBLEM_UNREAD;
	for (size_t i = 0; i < LEN(rows); i++)
		if (rows[i].status == status && !rows[i].code)
			return rows[i].problem;
	return status >= 400 && status < 500 ? PROBLEM_PARAMETER : PROBLEM_UNAVAILABLE;
}

enum problem problem_of_ground(enum ground ground)
{
	if (ground == GROUND_NO_KEJADIAN)
		return PROBLEM_KEJADIAN;
	const char *code = outcome_get(decide_get(ground)->outcome)->code;
	for (size_t i = 0; i < LEN(rows); i++)
		if (rows[i].status != 400 && rows[i].code && str_eq(str_c(rows[i].code), str_c(code)))
			return rows[i].problem;
	return PROBLEM_PARAMETER;
}

/* ---- writing ---- */

static void add_head(struct buf *out, const struct problem_row *row)
{
	buf_addf(out, "{\"type\":\"" PROBLEM_BASE "%s\",\"title\":", row->slug);
	buf_add_json(out, str_c(row->title));
	buf_addf(out, ",\"status\":%d", row->status);
	if (row->code)
		buf_addf(out, ",\"kode\":\"%s\"", row->code);
}

void problem_write(struct buf *out, enum problem problem)
{
	add_head(out, problem_get(problem));
	buf_addc(out, '}');
}

static void add_text(struct buf *out, const char *key, struct str text)
{
	if (text.n == 0)
		return;
	buf_addf(out, ",\"%s\":", key);
	buf_add_json(out, text);
}

static void add_flaws(struct buf *out, const struct problem_told *told)
{
	if (told->flaws_n == 0)
		return;
	buf_addz(out, ",\"kesalahan\":[");
	for (size_t i = 0; i < told->flaws_n && i < PROBLEM_FLAWS_MAX; i++) {
		buf_addf(out, "%s{\"%s\":", i ? "," : "", told->flaws[i].parameter ? "parameter" : "penunjuk");
		buf_add_json(out, told->flaws[i].at);
		buf_addz(out, ",\"sebab\":");
		buf_add_json(out, str_c(told->flaws[i].why));
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
	if (told->flaws_n > PROBLEM_FLAWS_MAX)
		buf_addf(out, ",\"kesalahan_lain\":%zu", told->flaws_n - PROBLEM_FLAWS_MAX);
}

void problem_reply(struct visit *v, const struct problem_told *told)
{
	BUF_AUTO out = BUF(BODY_MAX);
	const struct problem_row *row = problem_get(told->problem);
	add_head(&out, row);
	if (told->ground != GROUND_NONE)
		add_text(&out, "pasal", str_c(decide_get(told->ground)->clause));
	add_text(&out, "detail", told->detail);
	add_text(&out, "referensi", told->reference);
	add_text(&out, "instance", arena_printf(v->arena, "urn:padan:permintaan:%.*s", STR_ARG(v1_request_id(v))));
	add_flaws(&out, told);
	buf_addc(&out, '}');
	v1_reply(v, row->status, PROBLEM_TYPE, &out);
	int64_t wait_s = told->wait_s ? told->wait_s : row->status == 503 ? RETRY_S : 0;
	if (wait_s)
		http_add_header(&v->out, "Retry-After", arena_printf(v->arena, "%lld", (long long)wait_s));
}

void problem_reply_plain(struct visit *v, enum problem problem)
{
	problem_reply(v, &(struct problem_told){.problem = problem});
}

/* RFC 6750 3: without a token nothing is said of what was wrong with it. */
static void add_challenge(struct visit *v)
{
	const char *error = v->fault == TOKEN_MISSING ? ""
	                    : v->fault == TOKEN_SCOPE ? ", error=\"insufficient_scope\""
	                                              : ", error=\"invalid_token\"";
	struct str scope =
	        v->fault == TOKEN_SCOPE ? arena_printf(v->arena, ", scope=\"%s\"", scope_at(v->route->scope)->key) : S("");
	http_add_header(&v->out, "WWW-Authenticate", arena_printf(v->arena, "Bearer realm=\"Padan\"%s%.*s", error, STR_ARG(scope)));
}

void problem_reply_fault(struct visit *v)
{
	struct problem_told told = {.problem = PROBLEM_TOKEN,
	                            .ground = v->fault == TOKEN_UNKNOWN ? GROUND_CREDENTIAL_WRONG : GROUND_NONE};
	if (v->fault == TOKEN_SCOPE)
		told.problem = PROBLEM_SCOPE;
	if (v->fault == TOKEN_SANDBOX)
		told.problem = PROBLEM_SANDBOX;
	if (v->fault == TOKEN_GROUND)
		told = (struct problem_told){.problem = problem_of_ground(v->ground), .ground = v->ground};
	problem_reply(v, &told);
	if (v->fault != TOKEN_GROUND && v->fault != TOKEN_SANDBOX)
		add_challenge(v);
}
