/* SPDX-License-Identifier: EUPL-1.2
 * pdf/naskah.c - see naskah.h. Lines become nodes, one after the other; what opens
 * and closes ({{if}}, {{each}}, @kotak, @tanda-tangan) stands on a stack of fixed
 * depth. All arrays are made once, from a count of what the text can hold at most. */
#include "pdf/naskah_inside.h"

/* Where a line stands: some lines mean something only there. */
enum place { PLACE_BODY, PLACE_BOX, PLACE_SIGN, PLACE_COLUMN };

struct open {
	size_t node;
	enum place place; /* {{if}} and {{end}} stand in the same one */
	int line;
};
struct reader {
	struct parse parse; /* first: shared with naskah_run.c */
	enum place place;
	int place_line;
	struct open open[NASKAH_DEPTH_MAX];
	size_t open_n;
	size_t columns;       /* of the table being read; 0: none yet */
	int sign_columns, sign_lines;
	bool sign_gap;        /* this column has its place to sign */
	struct node *growing; /* the paragraph or item that a plain line goes on; NULL: none */
};

static enum rc add_node(struct reader *r, struct node node)
{
	struct naskah *to = r->parse.to;
	if (to->nodes_n == to->nodes_max)
		return FAIL(r->parse.err, RC_LIMIT, "naskah terlalu rumit");
	node.line = r->parse.line;
	node.loose = r->parse.loose;
	node.cell = to->cells_n;
	r->parse.loose = false;
	to->nodes[to->nodes_n++] = node;
	return RC_OK;
}

static struct node *last_node(struct reader *r)
{
	return &r->parse.to->nodes[r->parse.to->nodes_n - 1];
}

/* A cell of the last node. */
static enum rc add_cell(struct reader *r, struct str text)
{
	struct naskah *to = r->parse.to;
	struct node *node = last_node(r);
	if (to->cells_n == to->cells_max)
		return FAIL(r->parse.err, RC_LIMIT, "naskah terlalu rumit");
	struct node_cell *cell = &to->cells[to->cells_n++];
	*cell = (struct node_cell){.run = to->runs_n};
	node->cells_n++;
	TRY(naskah_runs(&r->parse, str_trim(text)));
	cell->runs_n = to->runs_n - cell->run;
	return RC_OK;
}

/* The paragraph that grew so far is complete. */
static enum rc end_growing(struct reader *r)
{
	if (!r->growing)
		return RC_OK;
	r->growing = NULL;
	return naskah_runs_end(&r->parse);
}

/* A block of one cell that no further line can join. */
static enum rc add_block(struct reader *r, struct node node, struct str text)
{
	TRY(add_node(r, node));
	TRY(add_cell(r, text));
	if (!r->parse.to->cells[r->parse.to->cells_n - 1].runs_n)
		return NASKAH_FAIL(&r->parse, "baris ini tidak berisi teks");
	return naskah_runs_end(&r->parse);
}

/* ---- {{if}}, {{each}}, {{else}}, {{end}} ---- */

static enum rc push(struct reader *r, struct node node)
{
	if (r->open_n == NASKAH_DEPTH_MAX)
		return NASKAH_FAIL(&r->parse, "{{if}} dan {{each}} bersarang lebih dari %d tingkat", NASKAH_DEPTH_MAX);
	TRY(add_node(r, node));
	r->open[r->open_n++] = (struct open){r->parse.to->nodes_n - 1, r->place, r->parse.line};
	return RC_OK;
}

static enum rc read_if(struct reader *r, struct str name)
{
	struct node node = {.kind = NODE_IF};
	if (str_starts(name, S("not "))) {
		node.negated = true;
		name = str_trim(str_sub(name, 4, name.n));
	}
	TRY(naskah_name(&r->parse, name, &node.field));
	return push(r, node);
}

static enum rc read_each(struct reader *r, struct str name)
{
	size_t field;
	if (r->parse.each)
		return NASKAH_FAIL(&r->parse, "{{each}} tidak boleh berada di dalam {{each}}");
	TRY(naskah_name(&r->parse, name, &field));
	if (!field_is_list(field))
		return NASKAH_FAIL(&r->parse, "{{each}}: %.*s bukan daftar", STR_ARG(name));
	if (r->place == PLACE_SIGN || r->place == PLACE_COLUMN)
		return NASKAH_FAIL(&r->parse, "{{each}} tidak boleh berada di dalam @tanda-tangan");
	r->parse.each = &r->parse.to->names->lists[field_list(field)];
	return push(r, (struct node){.kind = NODE_EACH, .field = field});
}

static enum rc top_open(struct reader *r, const char *word, struct open **ret)
{
	if (!r->open_n)
		return NASKAH_FAIL(&r->parse, "{{%s}} tanpa {{if}} atau {{each}}", word);
	*ret = &r->open[r->open_n - 1];
	if ((*ret)->place != r->place)
		return NASKAH_FAIL(&r->parse, "{{%s}} dan pembukanya di baris %d tidak berada di bagian yang sama", word,
		                   (*ret)->line);
	return RC_OK;
}

static enum rc read_else(struct reader *r)
{
	struct open *open;
	TRY(top_open(r, "else", &open));
	if (r->parse.to->nodes[open->node].kind != NODE_IF)
		return NASKAH_FAIL(&r->parse, "{{else}} tanpa {{if}}");
	TRY(add_node(r, (struct node){.kind = NODE_ELSE}));
	size_t here = r->parse.to->nodes_n - 1;
	r->parse.to->nodes[open->node].other = here;
	open->node = here;
	return RC_OK;
}

static enum rc read_end(struct reader *r)
{
	struct open *open;
	TRY(top_open(r, "end", &open));
	TRY(add_node(r, (struct node){.kind = NODE_END}));
	struct node *opener = &r->parse.to->nodes[open->node];
	opener->other = r->parse.to->nodes_n - 1;
	if (opener->kind == NODE_EACH)
		r->parse.each = NULL;
	r->open_n--;
	return RC_OK;
}

/* A whole line that is {{...}} and a word of control; false: an ordinary line. */
static bool control_word(struct str line, struct str *ret)
{
	if (line.n < 5 || !str_starts(line, S("{{")) || line.at[line.n - 1] != '}' || line.at[line.n - 2] != '}')
		return false;
	*ret = str_trim(str_sub(line, 2, line.n - 4));
	return str_starts(*ret, S("if ")) || str_starts(*ret, S("each ")) || str_eq(*ret, S("else")) || str_eq(*ret, S("end"));
}

static enum rc read_control(struct reader *r, struct str word)
{
	if (str_starts(word, S("if ")))
		return read_if(r, str_trim(str_sub(word, 3, word.n)));
	if (str_starts(word, S("each ")))
		return read_each(r, str_trim(str_sub(word, 5, word.n)));
	return str_eq(word, S("else")) ? read_else(r) : read_end(r);
}

/* ---- @directives ---- */

static enum rc enter(struct reader *r, enum place place, enum pdf_kind block)
{
	if (r->place != PLACE_BODY)
		return NASKAH_FAIL(&r->parse, "bagian di baris %d belum ditutup dengan @akhir", r->place_line);
	r->place = place;
	r->place_line = r->parse.line;
	r->sign_columns = 0;
	return add_node(r, (struct node){.block = block});
}

static enum rc open_box(struct reader *r, struct str words)
{
	(void)words;
	return enter(r, PLACE_BOX, PDF_BOX);
}

static enum rc open_sign(struct reader *r, struct str words)
{
	(void)words;
	if (r->parse.each)
		return NASKAH_FAIL(&r->parse, "@tanda-tangan tidak boleh berada di dalam {{each}}");
	return enter(r, PLACE_SIGN, PDF_SIGN);
}

static enum rc open_column(struct reader *r, struct str words)
{
	(void)words;
	if (r->place != PLACE_SIGN && r->place != PLACE_COLUMN)
		return NASKAH_FAIL(&r->parse, "@kolom hanya berlaku di dalam @tanda-tangan");
	if (++r->sign_columns > 2)
		return NASKAH_FAIL(&r->parse, "@tanda-tangan memuat paling banyak dua @kolom");
	if (r->open_n && r->open[r->open_n - 1].line > r->place_line)
		return NASKAH_FAIL(&r->parse, "@kolom tidak boleh berada di dalam {{if}}");
	r->place = PLACE_COLUMN;
	r->sign_lines = 0;
	r->sign_gap = false;
	return add_node(r, (struct node){.block = PDF_COLUMN});
}

static enum rc add_gap(struct reader *r, enum pdf_kind block)
{
	if (r->place != PLACE_COLUMN)
		return NASKAH_FAIL(&r->parse, "@paraf dan @meterai hanya berlaku di dalam @kolom");
	if (r->sign_gap)
		return NASKAH_FAIL(&r->parse, "satu @kolom memuat satu @paraf atau @meterai");
	if (r->open_n && r->open[r->open_n - 1].line > r->place_line)
		return NASKAH_FAIL(&r->parse, "@paraf dan @meterai tidak boleh berada di dalam {{if}}");
	r->sign_gap = true;
	return add_node(r, (struct node){.block = block});
}

static enum rc read_gap(struct reader *r, struct str words)
{
	(void)words;
	return add_gap(r, PDF_GAP);
}

static enum rc read_stamp(struct reader *r, struct str words)
{
	(void)words;
	return add_gap(r, PDF_STAMP);
}

static enum rc close_place(struct reader *r, struct str words)
{
	(void)words;
	enum place was = r->place;
	if (was == PLACE_BODY)
		return NASKAH_FAIL(&r->parse, "@akhir tanpa @kotak atau @tanda-tangan");
	if (was == PLACE_SIGN)
		return NASKAH_FAIL(&r->parse, "@tanda-tangan tanpa @kolom");
	if (r->open_n && r->open[r->open_n - 1].line > r->place_line)
		return NASKAH_FAIL(&r->parse, "{{if}} atau {{each}} di baris %d belum ditutup", r->open[r->open_n - 1].line);
	r->place = PLACE_BODY;
	return add_node(r, (struct node){.block = was == PLACE_BOX ? PDF_BOX_END : PDF_SIGN_END});
}

static enum rc read_break(struct reader *r, struct str words)
{
	(void)words;
	if (r->place != PLACE_BODY)
		return NASKAH_FAIL(&r->parse, "@halaman tidak boleh berada di dalam @kotak atau @tanda-tangan");
	return add_node(r, (struct node){.block = PDF_BREAK});
}

static enum rc read_space(struct reader *r, struct str words)
{
	int64_t mm;
	if (r->place == PLACE_SIGN || r->place == PLACE_COLUMN)
		return NASKAH_FAIL(&r->parse, "@ruang tidak boleh berada di dalam @tanda-tangan");
	if (str_int(words, 1, 100, &mm) != RC_OK)
		return NASKAH_FAIL(&r->parse, "@ruang memerlukan ukuran 1 sampai 100 milimeter");
	return add_node(r, (struct node){.block = PDF_SPACE, .number = (int)mm});
}

static enum rc read_chart(struct reader *r, struct str words)
{
	struct node node = {.block = PDF_CHART};
	if (r->place != PLACE_BODY || r->parse.each)
		return NASKAH_FAIL(&r->parse, "@grafik tidak boleh berada di dalam @kotak, @tanda-tangan, atau {{each}}");
	TRY(naskah_chart(&r->parse, words, &node));
	return add_node(r, node);
}

static const struct directive {
	const char *name;
	bool takes_words;
	enum rc (*read)(struct reader *r, struct str words);
} directives[] = {
	{"halaman", false, read_break},
	{"ruang", true, read_space},
	{"grafik", true, read_chart},
	{"kotak", false, open_box},
	{"tanda-tangan", false, open_sign},
	{"kolom", false, open_column},
	{"paraf", false, read_gap},
	{"meterai", false, read_stamp},
	{"akhir", false, close_place},
};

static enum rc read_directive(struct reader *r, struct str line)
{
	struct str rest = str_sub(line, 1, line.n);
	struct str name = str_split(&rest, ' ');
	for (size_t i = 0; i < LEN(directives); i++) {
		if (!str_eq(name, str_c(directives[i].name)))
			continue;
		if (!directives[i].takes_words && str_trim(rest).n)
			return NASKAH_FAIL(&r->parse, "@%s berdiri sendiri dalam satu baris", directives[i].name);
		return directives[i].read(r, str_trim(rest));
	}
	return NASKAH_FAIL(&r->parse, "perintah @%.*s tidak dikenal", STR_ARG(str_cut(name, NASKAH_NAME_MAX)));
}

/* ---- tables ---- */

/* Where the cell that begins at `from` ends: an unescaped | or the end. */
static size_t cell_end(struct str line, size_t from)
{
	size_t i = from;
	while (i < line.n && line.at[i] != '|')
		i += line.at[i] == '\\' ? 2 : 1;
	return i < line.n ? i : line.n;
}

/* One column of "|! 10 50 40>". */
static enum rc add_column(struct reader *r, struct str word)
{
	int64_t width;
	struct node_cell cell = {.side = PDF_SIDE_LEFT};
	if (word.n && word.at[word.n - 1] == '>')
		cell.side = PDF_SIDE_RIGHT;
	if (word.n && word.at[word.n - 1] == '^')
		cell.side = PDF_SIDE_CENTRE;
	if (cell.side != PDF_SIDE_LEFT)
		word.n--;
	if (str_int(word, 1, 1000, &width) != RC_OK)
		return NASKAH_FAIL(&r->parse, "lebar kolom adalah angka 1 sampai 1000, boleh diikuti > atau ^");
	if (r->parse.to->cells_n == r->parse.to->cells_max)
		return FAIL(r->parse.err, RC_LIMIT, "naskah terlalu rumit");
	cell.width = (int)width;
	r->parse.to->cells[r->parse.to->cells_n++] = cell;
	last_node(r)->cells_n++;
	return RC_OK;
}

static enum rc read_columns(struct reader *r, struct str rest)
{
	TRY(add_node(r, (struct node){.block = PDF_COLUMNS}));
	while (rest.n) {
		struct str word = str_split(&rest, ' ');
		if (word.n)
			TRY(add_column(r, word));
	}
	r->columns = last_node(r)->cells_n;
	if (r->columns == 0 || r->columns > PDF_COLUMNS_MAX)
		return NASKAH_FAIL(&r->parse, "tabel mempunyai 1 sampai %d kolom", PDF_COLUMNS_MAX);
	return RC_OK;
}

static enum rc read_row(struct reader *r, enum pdf_kind block, struct str rest)
{
	TRY(add_node(r, (struct node){.block = block}));
	for (size_t from = 0; from <= rest.n;) {
		size_t end = cell_end(rest, from);
		if (last_node(r)->cells_n == PDF_COLUMNS_MAX)
			return NASKAH_FAIL(&r->parse, "tabel mempunyai 1 sampai %d kolom", PDF_COLUMNS_MAX);
		TRY(add_cell(r, str_sub(rest, from, end - from)));
		TRY(naskah_runs_end(&r->parse));
		from = end + 1;
	}
	size_t n = last_node(r)->cells_n;
	if (r->columns && n != r->columns)
		return NASKAH_FAIL(&r->parse, "baris tabel ini mempunyai %zu kolom, bukan %zu", n, r->columns);
	r->columns = n;
	return RC_OK;
}

static enum rc read_table(struct reader *r, struct str line)
{
	if (r->place == PLACE_SIGN || r->place == PLACE_COLUMN)
		return NASKAH_FAIL(&r->parse, "tabel tidak boleh berada di dalam @tanda-tangan");
	if (str_starts(line, S("|!")))
		return read_columns(r, str_sub(line, 2, line.n));
	if (str_starts(line, S("|=")))
		return read_row(r, PDF_HEAD, str_sub(line, 2, line.n));
	return read_row(r, PDF_ROW, str_sub(line, 1, line.n));
}

/* ---- lists, pairs, paragraphs ---- */

/* "12. ", "b. ", "- ": the mark, its number, and how many bytes they take; 0: none. */
static size_t read_mark(struct str line, struct node *node)
{
	size_t n = 0;
	int number = 0;
	if (str_starts(line, S("- "))) {
		*node = (struct node){.mark = '-'};
		return 2;
	}
	while (n < line.n && n < 3 && line.at[n] >= '0' && line.at[n] <= '9')
		number = number * 10 + (line.at[n++] - '0');
	if (n && str_eq(str_sub(line, n, 2), S(". "))) {
		*node = (struct node){.mark = '1', .number = number};
		return n + 2;
	}
	if (line.n > 2 && line.at[0] >= 'a' && line.at[0] <= 'z' && str_eq(str_sub(line, 1, 2), S(". "))) {
		*node = (struct node){.mark = 'a', .number = line.at[0] - 'a' + 1};
		return 3;
	}
	return 0;
}

static size_t find_pair(struct str line)
{
	for (size_t i = 0; i + 3 < line.n; i++)
		if (memcmp(line.at + i, " :: ", 4) == 0)
			return i;
	return line.n;
}

static enum rc read_pair(struct reader *r, struct node node, struct str line, size_t at)
{
	node.block = PDF_PAIR;
	TRY(add_node(r, node));
	TRY(add_cell(r, str_sub(line, 0, at)));
	TRY(naskah_runs_end(&r->parse));
	TRY(add_cell(r, str_sub(line, at + 4, line.n)));
	return naskah_runs_end(&r->parse);
}

/* A further line of the paragraph that is the last node. */
static enum rc grow(struct reader *r, struct str line)
{
	struct naskah *to = r->parse.to;
	struct node_cell *cell = &to->cells[to->cells_n - 1];
	struct run *last = &to->runs[to->runs_n - 1];
	if (!(last->field == FIELD_NONE && str_eq(last->text, S("\n"))))
		TRY(naskah_add_run(&r->parse, (struct run){.text = S(" "), .field = FIELD_NONE, .bold = r->parse.bold}));
	TRY(naskah_runs(&r->parse, line));
	cell->runs_n = to->runs_n - cell->run;
	return RC_OK;
}

static enum rc read_text(struct reader *r, struct str line)
{
	struct node node = {.block = PDF_TEXT};
	size_t taken = read_mark(line, &node);
	struct str words = str_sub(line, taken, line.n);
	size_t pair = find_pair(words);
	if (taken || pair < words.n)
		TRY(end_growing(r));
	if (pair < words.n)
		return read_pair(r, node, words, pair);
	if (!taken && r->growing && !r->parse.loose)
		return grow(r, line);
	TRY(end_growing(r));
	node.block = taken ? PDF_ITEM : PDF_TEXT;
	TRY(add_node(r, node));
	TRY(add_cell(r, words));
	if (!r->parse.to->cells[r->parse.to->cells_n - 1].runs_n)
		return NASKAH_FAIL(&r->parse, "baris ini tidak berisi teks");
	r->growing = last_node(r);
	return RC_OK;
}

static enum rc read_sign_line(struct reader *r, struct str line)
{
	if (r->place == PLACE_SIGN)
		return NASKAH_FAIL(&r->parse, "@tanda-tangan dimulai dengan @kolom");
	if (++r->sign_lines > NASKAH_SIGN_LINES_MAX)
		return NASKAH_FAIL(&r->parse, "satu @kolom memuat paling banyak %d baris", NASKAH_SIGN_LINES_MAX);
	return add_block(r, (struct node){.block = PDF_LINE}, line);
}

/* ---- one line ---- */

static const struct opening {
	const char *with;
	enum pdf_kind block;
} openings[] = {
	{"### ", PDF_HEADING},
	{"## ", PDF_SUBTITLE},
	{"# ", PDF_TITLE},
	{">> ", PDF_RIGHT},
};

static enum rc read_words(struct reader *r, struct str line)
{
	if (r->place == PLACE_SIGN || r->place == PLACE_COLUMN)
		return read_sign_line(r, line);
	for (size_t i = 0; i < LEN(openings); i++) {
		struct str with = str_c(openings[i].with);
		if (!str_starts(line, with))
			continue;
		TRY(end_growing(r));
		return add_block(r, (struct node){.block = openings[i].block}, str_sub(line, with.n, line.n));
	}
	return read_text(r, line);
}

static enum rc read_line(struct reader *r, struct str line)
{
	struct str word;
	if (line.n > NASKAH_LINE_MAX)
		return NASKAH_FAIL(&r->parse, "lebih panjang dari %d huruf", NASKAH_LINE_MAX);
	line = str_trim(line);
	if (str_starts(line, S("//")))
		return RC_OK;
	bool control = control_word(line, &word);
	bool table = str_starts(line, S("|"));
	if (!line.n || control || table || line.at[0] == '@')
		TRY(end_growing(r));
	if (control)
		return read_control(r, word);
	if (!table)
		r->columns = 0;
	if (!line.n) {
		r->parse.loose = true;
		return RC_OK;
	}
	if (table)
		return read_table(r, line);
	return line.at[0] == '@' ? read_directive(r, line) : read_words(r, line);
}

static enum rc read_lines(struct reader *r, struct str text)
{
	while (text.at) {
		r->parse.line++;
		if (r->parse.line > NASKAH_LINES_MAX)
			return FAIL(r->parse.err, RC_LIMIT, "naskah lebih panjang dari %d baris", NASKAH_LINES_MAX);
		TRY(read_line(r, str_split(&text, '\n')));
	}
	TRY(end_growing(r));
	if (r->open_n)
		return NASKAH_FAIL(&r->parse, "{{if}} atau {{each}} di baris %d belum ditutup dengan {{end}}",
		                   r->open[r->open_n - 1].line);
	if (r->place != PLACE_BODY)
		return NASKAH_FAIL(&r->parse, "bagian di baris %d belum ditutup dengan @akhir", r->place_line);
	return r->parse.to->nodes_n ? RC_OK : FAIL(r->parse.err, RC_INVALID, "naskah kosong");
}

/* ---- all of it ---- */

/* Each run, cell and node has a character of its own that begins or ends it. */
static enum rc make_arrays(struct naskah *to, struct str text, struct arena *arena, struct err *err)
{
	size_t marks = 2;
	for (size_t i = 0; i < text.n; i++)
		marks += strchr("\n{}*|\\: ", text.at[i]) != NULL;
	to->nodes_max = NASKAH_LINES_MAX + 1;
	to->cells_max = to->runs_max = 2 * marks;
	to->nodes = ARENA_ARRAY(arena, to->nodes_max, struct node);
	to->cells = ARENA_ARRAY(arena, to->cells_max, struct node_cell);
	to->runs = ARENA_ARRAY(arena, to->runs_max, struct run);
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

/* The first line that is no text, so that people find it. */
static enum rc check_text(struct parse *parse, struct str text)
{
	struct str rest = text;
	if (text.n > NASKAH_TEXT_MAX)
		return FAIL(parse->err, RC_LIMIT, "naskah lebih besar dari %zu KB", NASKAH_TEXT_MAX >> 10);
	while (rest.at) {
		parse->line++;
		if (!str_is_text(str_split(&rest, '\n')))
			return NASKAH_FAIL(parse, "berisi huruf yang tidak dapat dibaca");
	}
	parse->line = 0;
	return RC_OK;
}

enum rc naskah_parse(struct str text, const struct naskah_names *names, struct arena *arena, const struct naskah **ret,
                     struct err *err)
{
	struct err unseen = {0};
	struct naskah *to = ARENA_NEW(arena, struct naskah);
	struct reader reader = {.parse = {.to = to, .err = err ? err : &unseen}};
	if (!to)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	to->names = names;
	TRY(check_text(&reader.parse, text));
	TRY(make_arrays(to, text, arena, err));
	TRY(read_lines(&reader, text));
	*ret = to;
	return RC_OK;
}
