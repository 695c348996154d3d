/* SPDX-License-Identifier: EUPL-1.2
 * agreement/scan_type.c - see scan_type.h. */
#include "agreement/scan_type.h"

static const struct scan_type_row rows[] = {
        {SCAN_PDF, "pdf", "application/pdf", ".pdf", "PDF"},
        {SCAN_JPEG, "jpeg", "image/jpeg", ".jpg", "JPEG"},
        {SCAN_PNG, "png", "image/png", ".png", "PNG"},
};

const struct scan_type_row *scan_type_at(size_t i)
{
	return i < LEN(rows) ? &rows[i] : NULL;
}

enum scan_type scan_type_of(struct str key)
{
	for (size_t i = 0; i < LEN(rows); i++)
		if (str_eq(key, str_c(rows[i].key)))
			return rows[i].type;
	return SCAN_TYPE_COUNT;
}

static unsigned byte_at(struct str s, size_t i)
{
	return (unsigned char)s.at[i];
}

/* Big-endian; the caller knows that they are there. */
static size_t word_at(struct str s, size_t i, int bytes)
{
	size_t n = 0;
	for (int k = 0; k < bytes; k++)
		n = n << 8 | byte_at(s, i + (size_t)k);
	return n;
}

static bool side_ok(size_t n)
{
	return n >= 1 && n <= SCAN_SIDE_MAX;
}

/* ---- PDF (ISO 32000) ---- */
#define PDF_TAIL 1024 /* "%%EOF" stands in these last bytes */
#define PDF_NAME_MAX 16

static enum rc refuse_active(struct err *err)
{
	return FAIL(
	        err, RC_INVALID,
	        "PDF ini memuat isi yang aktif (skrip, lampiran, atau tindakan). Pindai kembali, lalu simpan sebagai PDF biasa.");
}

/* Names of what acts. Two letters turn up by chance among five million bytes of a
 * picture, so "JS" counts outside of streams only; the others are too long for that. */
static const struct {
	const char *name;
	bool plain_only;
} active_names[] = {
        {"JavaScript", false}, {"JS", true},         {"Launch", false},    {"EmbeddedFile", false}, {"EmbeddedFiles", false},
        {"OpenAction", false}, {"RichMedia", false}, {"Rendition", false}, {"XFA", true},
};

static bool ends_name(unsigned c)
{
	return c <= ' ' || strchr("()<>[]{}/%", (int)c);
}

/* The name that begins behind the '/' at `i`, its #xx undone; at most PDF_NAME_MAX
 * bytes, longer ones are none of those looked for. Returns where it ends. */
static size_t read_name(struct str s, size_t i, char name[PDF_NAME_MAX], size_t *ret_n)
{
	size_t n = 0;
	for (; i < s.n && !ends_name(byte_at(s, i)); i++) {
		int high = s.at[i] == '#' && i + 2 < s.n ? hex_digit(s.at[i + 1]) : -1;
		int low = high >= 0 ? hex_digit(s.at[i + 2]) : -1;
		if (n < PDF_NAME_MAX)
			name[n] = low >= 0 ? (char)(high * 16 + low) : s.at[i];
		n++;
		i += low >= 0 ? 2 : 0;
	}
	*ret_n = n;
	return i;
}

/* An OpenAction that is an array only says which page is shown first; every export of
 * an office program has one. */
static bool is_destination(struct str s, size_t i)
{
	while (i < s.n && byte_at(s, i) <= ' ')
		i++;
	return i < s.n && s.at[i] == '[';
}

static bool name_is_active(struct str name, bool in_stream, struct str s, size_t end)
{
	for (size_t i = 0; i < LEN(active_names); i++)
		if (str_eq(name, str_c(active_names[i].name)) && !(in_stream && active_names[i].plain_only))
			return !str_eq(name, S("OpenAction")) || !is_destination(s, end);
	return false;
}

/* Is the byte at `i` inside of a stream? *next is the end of the one under way or of the
 * last, *from where it began. Only the next keyword is ever looked for, so all is read once. */
struct streams {
	size_t from, end;
};

static size_t find_word(struct str s, size_t i, struct str word)
{
	const char *hit = i < s.n ? memmem(s.at + i, s.n - i, word.at, word.n) : NULL;
	return hit ? (size_t)(hit - s.at) : s.n;
}

static bool in_stream(struct streams *at, struct str s, size_t i)
{
	while (i >= at->end && at->from < s.n) {
		at->from = find_word(s, at->end, S("stream"));
		at->end = find_word(s, at->from, S("endstream"));
		at->end += at->end < s.n ? strlen("endstream") : 0;
	}
	return i >= at->from && i < at->end;
}

static enum rc check_pdf_names(struct str s, struct err *err)
{
	struct streams streams = {0};
	char name[PDF_NAME_MAX];
	size_t n;
	const char *slash;
	for (size_t i = 0; (slash = memchr(s.at + i, '/', s.n - i));) {
		size_t at = (size_t)(slash - s.at);
		i = read_name(s, at + 1, name, &n);
		if (n > PDF_NAME_MAX)
			continue;
		struct str found = str_from(name, n);
		if (str_eq(found, S("Encrypt")))
			return FAIL(err, RC_INVALID, "PDF ini dikunci dengan sandi. Simpan tanpa sandi, lalu unggah kembali.");
		if (name_is_active(found, in_stream(&streams, s, at), s, i))
			return refuse_active(err);
	}
	return RC_OK;
}

static enum rc check_pdf(struct str s, size_t *ret_n, struct err *err)
{
	size_t from = s.n > PDF_TAIL ? s.n - PDF_TAIL : 0, end = s.n;
	if (!str_starts(s, S("%PDF-1.")) && !str_starts(s, S("%PDF-2.")))
		return FAIL(err, RC_INVALID, "Berkas ini bukan PDF yang dikenal");
	while (end > from && byte_at(s, end - 1) <= ' ')
		end--;
	if (end < from + 5 || memcmp(s.at + end - 5, "%%EOF", 5) != 0)
		return FAIL(err, RC_INVALID, "PDF ini tidak utuh: akhirnya tidak ada. Pindai atau unduh kembali.");
	*ret_n = s.n;
	return check_pdf_names(s, err);
}

/* ---- JPEG (ITU-T T.81) ---- */
static enum rc broken_jpeg(struct err *err)
{
	return FAIL(err, RC_INVALID, "Gambar JPEG ini tidak utuh. Pindai atau potret kembali.");
}

/* A frame header, but not DHT, JPG, DAC, whose codes lie between them. */
static bool is_frame(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* Where the next marker after a scan's data stands; s.n when there is none. */
static size_t skip_entropy(struct str s, size_t i)
{
	while (i + 1 < s.n) {
		const char *hit = memchr(s.at + i, 0xff, s.n - 1 - i);
		if (!hit)
			return s.n;
		i = (size_t)(hit - s.at);
		unsigned next = byte_at(s, i + 1);
		if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7))
			return i;
		i += next == 0xff ? 1 : 2;
	}
	return s.n;
}

static bool frame_ok(struct str s, size_t i, size_t n)
{
	return n >= 8 && side_ok(word_at(s, i + 5, 2)) && side_ok(word_at(s, i + 7, 2));
}

/* From SOI to EOI; where the picture ends, or 0. */
static size_t walk_jpeg(struct str s)
{
	bool frame = false, scan = false;
	for (size_t i = 2; i + 1 < s.n;) {
		unsigned marker = byte_at(s, i + 1);
		if (byte_at(s, i) != 0xff)
			return 0;
		if (marker == 0xff) { /* a fill byte */
			i++;
			continue;
		}
		if (marker == 0xd9)
			return frame && scan ? i + 2 : 0;
		if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8) || i + 4 > s.n)
			return 0;
		size_t n = word_at(s, i + 2, 2);
		if (n < 2 || n > s.n - i - 2 || (is_frame(marker) && !frame_ok(s, i, n)))
			return 0;
		frame |= is_frame(marker);
		scan |= marker == 0xda;
		i += 2 + n;
		if (marker == 0xda)
			i = skip_entropy(s, i);
	}
	return 0;
}

/* Zeros, another picture, or what Samsung's cameras leave. */
static bool rest_is_known(struct str rest)
{
	size_t zeros = 0;
	while (zeros < rest.n && rest.at[zeros] == 0)
		zeros++;
	return zeros == rest.n || str_starts(rest, S("\xff\xd8\xff")) ||
	       (rest.n >= 4 && memcmp(rest.at + rest.n - 4, "SEFT", 4) == 0);
}

static enum rc check_jpeg(struct str s, size_t *ret_n, struct err *err)
{
	*ret_n = walk_jpeg(s);
	if (*ret_n == 0)
		return broken_jpeg(err);
	if (!rest_is_known(str_sub(s, *ret_n, s.n)))
		return FAIL(err, RC_INVALID,
		            "Di belakang gambar JPEG ini ada berkas lain. Simpan gambarnya saja, lalu unggah kembali.");
	return RC_OK;
}

/* ---- PNG (W3C PNG) ---- */
#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"

static enum rc check_png(struct str s, size_t *ret_n, struct err *err)
{
	bool data = false;
	for (size_t i = 8; s.n - i >= 12;) {
		size_t n = word_at(s, i, 4);
		struct str type = str_sub(s, i + 4, 4);
		if (n > s.n - i - 12)
			break;
		bool first = i == 8, head = str_eq(type, S("IHDR"));
		if (first != head || (head && (n != 13 || !side_ok(word_at(s, i + 8, 4)) || !side_ok(word_at(s, i + 12, 4)))))
			break;
		data |= str_eq(type, S("IDAT"));
		i += n + 12;
		if (!str_eq(type, S("IEND")))
			continue;
		if (n != 0 || !data)
			break;
		*ret_n = i;
		if (i != s.n)
			return FAIL(err, RC_INVALID,
			            "Di belakang gambar PNG ini ada berkas lain. Simpan gambarnya saja, lalu unggah kembali.");
		return RC_OK;
	}
	return FAIL(err, RC_INVALID, "Gambar PNG ini tidak utuh. Pindai atau simpan kembali.");
}

/* ---- all three ---- */
static const struct {
	struct str begins;
	enum scan_type type;
	enum rc (*check)(struct str s, size_t *ret_n, struct err *err);
} kinds[] = {
        {{"%PDF-", 5}, SCAN_PDF, check_pdf},
        {{"\xff\xd8\xff", 3}, SCAN_JPEG, check_jpeg},
        {{PNG_SIGNATURE, 8}, SCAN_PNG, check_png},
};

enum rc scan_type_find(struct str bytes, enum scan_type *ret, size_t *ret_n, struct err *err)
{
	if (bytes.n == 0)
		return FAIL(err, RC_INVALID, "Pilih berkas pindaian yang hendak diunggah");
	for (size_t i = 0; i < LEN(kinds); i++) {
		if (!str_starts(bytes, kinds[i].begins))
			continue;
		*ret = kinds[i].type;
		return kinds[i].check(bytes, ret_n, err);
	}
	return FAIL(err, RC_INVALID,
	            "Isi berkas ini bukan PDF, JPEG, atau PNG, apa pun namanya. Pindai suratnya, lalu unggah hasilnya.");
}
