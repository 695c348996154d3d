/* SPDX-License-Identifier: EUPL-1.2
 * tools/mkasset.c - files become a table of `struct asset` (http/asset.h).
 *
 *   mkasset OUT.h OUT.c FILE...
 *
 * The table is named as OUT.h is. Each file is hashed (its path holds the hash), stripped of comments and
 * indentation where that is certainly safe (style sheets; scripts without template
 * literals), and compressed with brotli and gzip at their best; a form that is not
 * smaller is left out. A mistake is `file: message`, exit 1, and no output changes. */
#include <brotli/encode.h>
#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define FILE_MAX (1 << 20)
#define LEN(a) (sizeof(a) / sizeof *(a))

struct bytes {
	unsigned char *at;
	size_t n;
};

static const struct kind {
	const char *ext, *type;
	bool packs; /* worth compressing */
} kinds[] = {
        {"css", "text/css; charset=utf-8", true},
        {"js", "text/javascript; charset=utf-8", true},
        {"svg", "image/svg+xml", true},
        {"ico", "image/x-icon", true},
        {"txt", "text/plain; charset=utf-8", true},
        {"json", "application/json", true},
        {"png", "image/png", false},
        {"woff2", "font/woff2", false},
};

static _Noreturn void die(const char *file, const char *why)
{
	fprintf(stderr, "%s: %s\n", file, why);
	exit(1);
}

static struct bytes room(size_t n)
{
	struct bytes b = {malloc(n + 1), 0};
	if (!b.at)
		die("mkasset", "out of memory");
	return b;
}

static struct bytes read_file(const char *path)
{
	struct bytes b = room(FILE_MAX);
	FILE *from = fopen(path, "rb");
	if (!from)
		die(path, strerror(errno));
	b.n = fread(b.at, 1, FILE_MAX + 1, from);
	if (ferror(from) || b.n > FILE_MAX)
		die(path, "unreadable, or larger than 1 MB");
	fclose(from);
	return b;
}

/* ---- stripping ---- */
static bool blank(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The byte behind a comment that begins at i. */
static size_t comment_end(struct bytes in, size_t i)
{
	const unsigned char *end = i + 2 < in.n ? memmem(in.at + i + 2, in.n - i - 2, "*/", 2) : NULL;
	return end ? (size_t)(end - in.at) + 2 : in.n;
}

static bool at_comment(struct bytes in, size_t i)
{
	return i + 1 < in.n && in.at[i] == '/' && in.at[i + 1] == '*';
}

/* Copy a quoted string whole. */
static size_t copy_string(struct bytes in, size_t i, struct bytes *out)
{
	unsigned char quote = in.at[i];
	out->at[out->n++] = in.at[i++];
	while (i < in.n && in.at[i] != quote) {
		if (in.at[i] == '\\' && i + 1 < in.n)
			out->at[out->n++] = in.at[i++];
		out->at[out->n++] = in.at[i++];
	}
	if (i < in.n)
		out->at[out->n++] = in.at[i++];
	return i;
}

static struct bytes strip_css(struct bytes in)
{
	struct bytes out = room(in.n);
	bool line_begins = true;
	for (size_t i = 0; i < in.n;) {
		unsigned char c = in.at[i];
		if (at_comment(in, i)) {
			i = comment_end(in, i);
		} else if (line_begins && (blank(c) || c == '\n')) {
			i++;
		} else if (c == '"' || c == '\'') {
			line_begins = false;
			i = copy_string(in, i, &out);
		} else {
			line_begins = c == '\n';
			out.at[out.n++] = in.at[i++];
		}
	}
	return out;
}

static bool begins_line(struct bytes in, size_t i)
{
	while (i > 0 && blank(in.at[i - 1]))
		i--;
	return i == 0 || in.at[i - 1] == '\n';
}

/* Without template literals, continued lines and comments that open behind code,
 * only a block comment spans lines, so what a line begins with is certain. */
static bool js_is_plain(struct bytes in)
{
	for (size_t i = 0; i < in.n;) {
		if (in.at[i] == '`' || (in.at[i] == '\\' && i + 1 < in.n && strchr("\r\n", in.at[i + 1])))
			return false;
		bool comment = at_comment(in, i);
		if (comment && !begins_line(in, i))
			return false;
		i = comment ? comment_end(in, i) : i + 1;
	}
	return true;
}

static struct bytes strip_js(struct bytes in)
{
	if (!js_is_plain(in))
		return in;
	struct bytes out = room(in.n);
	for (size_t i = 0; i < in.n;) {
		while (i < in.n && (blank(in.at[i]) || in.at[i] == '\n'))
			i++;
		if (at_comment(in, i)) {
			i = comment_end(in, i);
			continue;
		}
		const unsigned char *eol = i < in.n ? memchr(in.at + i, '\n', in.n - i) : NULL;
		size_t next = eol ? (size_t)(eol - in.at) + 1 : in.n;
		bool comment = next - i >= 2 && in.at[i] == '/' && in.at[i + 1] == '/';
		if (!comment) {
			memcpy(out.at + out.n, in.at + i, next - i);
			out.n += next - i;
		}
		i = next;
	}
	return out;
}

/* ---- packing ---- */
static struct bytes pack_brotli(struct bytes in)
{
	size_t max = BrotliEncoderMaxCompressedSize(in.n);
	struct bytes out = room(max);
	out.n = max;
	if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT, in.n, in.at, &out.n, out.at))
		die("mkasset", "brotli failed");
	return out;
}

static struct bytes pack_gzip(struct bytes in)
{
	z_stream z = {.next_in = in.at, .avail_in = (uInt)in.n};
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		die("mkasset", "zlib failed");
	size_t max = deflateBound(&z, (uLong)in.n);
	struct bytes out = room(max);
	z.next_out = out.at;
	z.avail_out = (uInt)max;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		die("mkasset", "zlib failed");
	out.n = z.total_out;
	deflateEnd(&z);
	return out;
}

/* ---- writing ---- */
static void put_bytes(FILE *to, size_t i, const char *form, struct bytes b)
{
	fprintf(to, "static const unsigned char a%zu_%s[] = {", i, form);
	for (size_t k = 0; k < b.n; k++)
		fprintf(to, "%s%d,", k % 24 == 0 ? "\n\t" : "", b.at[k]);
	fprintf(to, "%s\n};\n", b.n ? "" : "0");
}

static void put_row(FILE *to, size_t i, const char *form, size_t n)
{
	if (n)
		fprintf(to, ", {(const char *)a%zu_%s, %zu}", i, form, n);
	else
		fputs(", {NULL, 0}", to);
}

static const struct kind *kind_of(const char *path, const char *ext)
{
	for (size_t i = 0; i < LEN(kinds); i++)
		if (ext && strcmp(ext + 1, kinds[i].ext) == 0)
			return &kinds[i];
	die(path, "not one of css, js, svg, ico, txt, json, png, woff2");
}

static void check_name(const char *path, const char *name)
{
	if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != strlen(name) || strlen(name) > 60)
		die(path, "an asset is named with a-z, 0-9, -, _ only");
}

static void add_file(const char *path, size_t i, FILE *arrays, FILE *rows)
{
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path, *ext = strrchr(name, '.');
	const struct kind *kind = kind_of(path, ext);
	check_name(path, name);
	struct bytes plain = read_file(path);
	if (strcmp(kind->ext, "css") == 0)
		plain = strip_css(plain);
	else if (strcmp(kind->ext, "js") == 0)
		plain = strip_js(plain);
	unsigned char hash[16];
	char hex[33];
	crypto_generichash(hash, sizeof hash, plain.at, plain.n, NULL, 0);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	struct bytes gz = {NULL, 0}, br = {NULL, 0};
	if (kind->packs) {
		gz = pack_gzip(plain);
		br = pack_brotli(plain);
	}
	gz.n = gz.n < plain.n ? gz.n : 0;
	br.n = br.n < plain.n ? br.n : 0;
	put_bytes(arrays, i, "plain", plain);
	if (gz.n)
		put_bytes(arrays, i, "gzip", gz);
	if (br.n)
		put_bytes(arrays, i, "br", br);
	fprintf(rows, "\t{\"%s\", \"/aset/%.*s.%.8s%s\", \"%s\", \"%s\"", name, (int)(ext - name), name, hex, ext, kind->type, hex);
	fprintf(rows, ", {(const char *)a%zu_plain, %zu}", i, plain.n);
	put_row(rows, i, "gzip", gz.n);
	put_row(rows, i, "br", br.n);
	fputs("},\n", rows);
}

static void save(const char *path, const char *text, const char *more)
{
	char part[4096];
	if ((size_t)snprintf(part, sizeof part, "%s.part", path) >= sizeof part)
		die(path, "name too long");
	FILE *to = fopen(part, "wb");
	bool ok = to && fputs(text, to) >= 0 && fputs(more, to) >= 0;
	if (to && fclose(to) != 0)
		ok = false;
	if (!ok || rename(part, path) != 0) {
		unlink(part);
		die(path, "cannot be written");
	}
}

/* The table is named as its header: assets of assets.h. */
static void table_name(const char *header, char name[64])
{
	const char *at = strrchr(header, '/') ? strrchr(header, '/') + 1 : header;
	size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyz_");
	if (n == 0 || n >= 64 || strcmp(at + n, ".h") != 0)
		die(header, "a header is named with a-z and _ only");
	memcpy(name, at, n);
	name[n] = '\0';
}

static void save_header(const char *path, const char *name)
{
	char text[512];
	snprintf(text, sizeof text, "extern const struct asset %s[];\nextern const size_t %s_n;\n", name, name);
	save(path, "/* Made by mkasset; do not edit. */\n#pragma once\n#include \"http/asset.h\"\n\n", text);
}

int main(int argc, char **argv)
{
	char name[64];
	if (argc < 4) {
		fputs("usage: mkasset OUT.h OUT.c FILE...\n", stderr);
		return 100;
	}
	char *array_text = NULL, *row_text = NULL;
	size_t array_n, row_n;
	FILE *arrays = open_memstream(&array_text, &array_n), *rows = open_memstream(&row_text, &row_n);
	if (!arrays || !rows || sodium_init() < 0)
		die("mkasset", "out of memory");
	table_name(argv[1], name);
	fputs("/* Made by mkasset; do not edit. */\n#include \"http/asset.h\"\n\n", arrays);
	fprintf(arrays, "extern const struct asset %s[];\nextern const size_t %s_n;\n\n", name, name);
	fprintf(rows, "const struct asset %s[] = {\n", name);
	for (int i = 3; i < argc; i++)
		add_file(argv[i], (size_t)i - 3, arrays, rows);
	fprintf(rows, "};\nconst size_t %s_n = %d;\n", name, argc - 3);
	fclose(arrays);
	fclose(rows);
	save_header(argv[1], name);
	save(argv[2], array_text, row_text);
	free(array_text);
	free(row_text);
	return 0;
}
