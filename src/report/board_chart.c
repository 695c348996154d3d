/* SPDX-License-Identifier: EUPL-1.2
 * report/board_chart.c - see board.h: which pictures there are, and what they say. */
#include <stdio.h>

#include "policy/decide.h"
#include "report/board_inside.h"
#include "report/chart.h"

#define USERS_DRAWN 10
#define LABEL 240 /* bytes: a reason with its clause */

struct label {
	char z[LABEL];
};

static const char *per(const struct board *board, const char *day, const char *week)
{
	return board->weeks ? week : day;
}

static void put_day(struct label *label, struct day day)
{
	(void)snprintf(label->z, sizeof label->z, "%s", day_short(day).z);
}

/* ---- over time ---- */

static void write_columns(const struct board *board, struct chart chart, struct buf *out)
{
	static const char *const heads[] = {"Tanggal", "Minggu sejak"};
	chart.kind = CHART_COLUMNS;
	chart.n = board->columns_n;
	chart.label_head = heads[board->weeks];
	chart_svg(out, &chart);
}

static void hits(const struct board *board, enum method m, struct buf *out)
{
	const struct board_method *method = &board->methods[m];
	struct label labels[BOARD_COLUMNS_MAX], title;
	struct chart_point points[BOARD_COLUMNS_MAX];
	if (!method->used && !method->granted)
		return;
	for (size_t i = 0; i < board->columns_n; i++) {
		put_day(&labels[i], board->columns[i].day);
		points[i] = (struct chart_point){.label = str_c(labels[i].z), .value = method->hits[i]};
	}
	(void)snprintf(title.z, sizeof title.z, "Hit %s: %s", per(board, "per hari", "per minggu"), method_at(m)->label);
	write_columns(board,
	              (struct chart){.title = title.z,
	                             .unit = "hit",
	                             .points = points,
	                             .limits = method->quota,
	                             .limit_label = "kuota",
	                             .note = "Yang sampai ke database kependudukan dan mengurangi kuota."},
	              out);
}

static void inquiries(const struct board *board, struct buf *out)
{
	struct label labels[BOARD_COLUMNS_MAX];
	struct chart_point points[BOARD_COLUMNS_MAX];
	for (size_t i = 0; i < board->columns_n; i++) {
		put_day(&labels[i], board->columns[i].day);
		points[i] = (struct chart_point){str_c(labels[i].z), board->columns[i].inquiries, board->columns[i].refused};
	}
	write_columns(board,
	              (struct chart){.title = per(board, "Permintaan per hari", "Permintaan per minggu"),
	                             .unit = "permintaan",
	                             .points = points,
	                             .part_label = "ditolak",
	                             .note = "Semua yang tercatat, pengulangan juga."},
	              out);
}

static void hours(const struct board *board, struct buf *out)
{
	struct label labels[SPREAD_HOURS];
	struct chart_point points[SPREAD_HOURS];
	for (size_t i = 0; i < SPREAD_HOURS; i++) {
		(void)snprintf(labels[i].z, sizeof labels[i].z, "%02zu.00", i);
		points[i] = (struct chart_point){.label = str_c(labels[i].z), .value = board->hours[i]};
	}
	chart_svg(out, &(struct chart){.kind = CHART_COLUMNS,
	                               .title = "Jam tersibuk",
	                               .unit = "permintaan",
	                               .points = points,
	                               .n = SPREAD_HOURS,
	                               .label_head = "Jam (WIB)",
	                               .note = "Permintaan menurut jam, semua hari dijumlahkan."});
}

/* ---- ranked ---- */

static const char *outcome_words(const char *code)
{
	enum outcome outcome;
	if (outcome_from_code(str_c(code), &outcome) != RC_OK)
		return "Sistem di atas tidak memberi jawaban";
	const struct outcome_row *row = outcome_get(outcome);
	if (outcome == OUTCOME_DATA)
		return "Data diberikan";
	return *row->portal ? row->portal : row->wire;
}

static void outcomes(const struct board *board, struct buf *out)
{
	struct label labels[BOARD_WORDS_MAX];
	struct chart_point points[BOARD_WORDS_MAX];
	for (size_t i = 0; i < board->outcomes_n; i++) {
		const struct board_word *word = &board->outcomes[i];
		(void)snprintf(labels[i].z, sizeof labels[i].z, "%s %s", word->word, outcome_words(word->word));
		points[i] = (struct chart_point){.label = str_c(labels[i].z), .value = word->n};
	}
	chart_svg(out, &(struct chart){.kind = CHART_BARS,
	                               .title = "Hasil",
	                               .unit = "permintaan",
	                               .points = points,
	                               .n = board->outcomes_n,
	                               .label_head = "Kode dan teks"});
}

static const struct decide_row *ground_of(const char *key)
{
	const struct decide_row *row;
	for (size_t i = 0; (row = decide_at(i)); i++)
		if (strcmp(row->key, key) == 0)
			return row;
	return NULL;
}

#define RELAY "relay_" /* why a system above gave no answer: doc/relay.md */

/* "Kuota hari ini habis (J.II.B)": the reason without its full stop, and the clause. */
static void put_reason(struct label *label, const char *key)
{
	const struct decide_row *row = ground_of(key);
	struct str reason = str_c(row ? row->reason : key);
	const char *clause = row && row->clause ? row->clause : "";
	if (reason.n && reason.at[reason.n - 1] == '.')
		reason.n--;
	if (!row && str_starts(reason, S(RELAY)))
		(void)snprintf(label->z, sizeof label->z, "Sistem di atas tidak memberi jawaban: %s", key + sizeof RELAY - 1);
	else
		(void)snprintf(label->z, sizeof label->z, *clause ? "%.*s (%s)" : "%.*s%s", STR_ARG(reason), clause);
}

static void grounds(const struct board *board, struct buf *out)
{
	struct label labels[BOARD_WORDS_MAX];
	struct chart_point points[BOARD_WORDS_MAX];
	for (size_t i = 0; i < board->grounds_n; i++) {
		put_reason(&labels[i], board->grounds[i].word);
		points[i] = (struct chart_point){.label = str_c(labels[i].z), .value = board->grounds[i].n};
	}
	chart_svg(out, &(struct chart){.kind = CHART_BARS,
	                               .title = "Alasan penolakan",
	                               .unit = "permintaan",
	                               .points = points,
	                               .n = board->grounds_n,
	                               .label_head = "Alasan dan pasal",
	                               .note = "Termasuk NIK yang salah bentuk (15)."});
}

static void users(const struct board *board, struct buf *out)
{
	struct label others;
	struct chart_point points[BOARD_USERS_MAX + 1];
	size_t n = board->users_n;
	for (size_t i = 0; i < n; i++) {
		const struct board_user *user = &board->users[i];
		points[i] = (struct chart_point){user->user_id.at ? user->user_id : S("tidak dikenal"), user->sum.inquiries,
		                                 user->sum.refused};
	}
	if (board->others_n) {
		(void)snprintf(others.z, sizeof others.z, "%zu User ID lain", board->others_n);
		points[n++] = (struct chart_point){str_c(others.z), board->others.inquiries, board->others.refused};
	}
	chart_svg(out, &(struct chart){.kind = CHART_BARS,
	                               .title = "Per User ID",
	                               .unit = "permintaan",
	                               .points = points,
	                               .n = n,
	                               .drawn = USERS_DRAWN,
	                               .part_label = "ditolak",
	                               .label_head = "User ID"});
}

static void ages(const struct board *board, struct buf *out)
{
	static const char *const words[BOARD_AGES] = {"sampai 7 hari", "8 sampai 30 hari", "31 sampai 90 hari",
	                                              "lebih dari 90 hari"};
	struct chart_point points[BOARD_AGES];
	for (size_t i = 0; i < BOARD_AGES; i++)
		points[i] = (struct chart_point){.label = str_c(words[i]), .value = board->ages[i]};
	chart_svg(out, &(struct chart){.kind = CHART_BARS,
	                               .title = "Data balikan yang belum dilaporkan, menurut umur",
	                               .unit = "orang",
	                               .points = points,
	                               .n = BOARD_AGES,
	                               .label_head = "Sejak diakses",
	                               .note = "Keadaan sekarang, semua kejadian (PKS Pasal 2 ayat (2) huruf b)."});
}

bool board_chart(const struct board *board, size_t i, bool *ret_wide, struct buf *out)
{
	static const struct {
		void (*draw)(const struct board *, struct buf *);
		bool wide;
	} others[] = {{inquiries, true}, {outcomes, false}, {grounds, false}, {hours, false}, {ages, false}, {users, true}};
	*ret_wide = true;
	if (i < METHOD_COUNT) {
		hits(board, (enum method)i, out);
		return true;
	}
	if (i - METHOD_COUNT >= LEN(others))
		return false;
	*ret_wide = others[i - METHOD_COUNT].wide;
	others[i - METHOD_COUNT].draw(board, out);
	return true;
}

/* ---- all instansi ---- */

void board_chart_all(const struct spread_all *all, struct day first, struct day last, struct buf *out)
{
	struct board board = {.first = first, .last = last, .weeks = board_by_weeks(first, last)};
	board.columns_n = board_column_of(first, last, board.weeks) + 1;
	for (size_t i = 0; i < board.columns_n; i++)
		board.columns[i].day = board_column_begin(first, i, board.weeks);
	for (size_t i = 0; i < all->days_n; i++) {
		struct board_column *column = &board.columns[board_column_of(first, all->days[i].day, board.weeks)];
		column->inquiries += all->days[i].sum.inquiries;
		column->refused += all->days[i].sum.refused;
	}
	inquiries(&board, out);
}
