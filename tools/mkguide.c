/* SPDX-License-Identifier: EUPL-1.2
 * tools/mkguide.c - the OpenAPI document becomes the pages of /panduan/api.
 *
 *   mkguide OUT.h OUT.c openapi.json
 *
 * One page for the whole, one for each tag, one for the problems: what is asked, with the
 * example of the document itself, what comes back, and what may be refused. The first page
 * has the empty name. Words come from the document; here are only the headings around them.
 * A mistake is `place: message`, exit 1, and no output changes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mkguide.h"

#define PROBLEMS "masalah"
#define ASKED " <span class=\"small soft\">wajib</span>"
#define ALWAYS " <span class=\"small soft\">selalu</span>"

_Noreturn void die(const char *where, const char *why)
{
	fprintf(stderr, "%s: %s\n", where, why);
	exit(1);
}

/* ---- words ---- */

void write_text(FILE *to, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&': fputs("&amp;", to); break;
		case '<': fputs("&lt;", to); break;
		case '>': fputs("&gt;", to); break;
		default: fputc(*text, to);
		}
	}
}

/* `so` is code. */
static void write_words(FILE *to, const char *words)
{
	bool code = false;
	for (; *words; words++) {
		char one[2] = {*words, '\0'};
		if (*words == '`') {
			fputs(code ? "</code>" : "<code>", to);
			code = !code;
		} else {
			write_text(to, one);
		}
	}
	if (code)
		die(words, "a ` that does not end");
}

static void write_paragraphs(FILE *to, const char *words)
{
	while (words && *words) {
		const char *end = strstr(words, "\n\n");
		char *part = end ? strndup(words, (size_t)(end - words)) : strdup(words);
		fputs("<p>", to);
		write_words(to, part);
		fputs("</p>\n", to);
		free(part);
		words = end ? end + 2 : NULL;
	}
}

static const char *text_at(json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static json_t *deep(json_t *from, const char *a, const char *b)
{
	return json_object_get(json_object_get(from, a), b);
}

/* ---- tables ---- */

static void head(FILE *to, const char *first, const char *second)
{
	fprintf(to, "<table class=\"rows api\"><thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead><tbody>\n",
	        first, second);
}

static void row_begin(FILE *to, const char *label, const char *name, const char *mark)
{
	fprintf(to, "<tr><td data-k=\"%s\"><code>", label);
	write_text(to, name);
	fprintf(to, "</code>%s</td><td data-k=\"Isi\"><span>", mark);
}

static void field_row(FILE *to, json_t *doc, const struct fields *fields, const struct field *field)
{
	bool always = field->asked && field->asked == fields->alternatives && !strpbrk(field->name, ".*");
	bool part = field->asked && strpbrk(field->name, ".*");
	const char *words = schema_words(doc, field->schema), *key;
	json_t *value;
	row_begin(to, "Anggota", field->name, always || part ? fields->mark : "");
	if (field->alike) {
		const char *between = "";
		json_object_foreach(field->alike, key, value) {
			fprintf(to, "%s<code>%s</code>", between, key);
			between = ", ";
		}
		fputs(": ", to);
	}
	write_type(to, doc, field);
	if (words) {
		fputs(". ", to);
		write_words(to, words);
	}
	fputs("</span></td></tr>\n", to);
}

/* `mark` stands beside what is never left out. */
static void field_table(FILE *to, json_t *doc, json_t *schema, const char *mark)
{
	struct fields fields = {.doc = doc, .mark = mark};
	fields_of(&fields, schema);
	if (!fields.n || (fields.n == 1 && fields.at[0].values && strcmp(mark, ALWAYS) == 0))
		return; /* one word: the example has said it */
	head(to, "Anggota", "Isi");
	for (size_t i = 0; i < fields.n; i++) {
		field_row(to, doc, &fields, &fields.at[i]);
		json_decref(fields.at[i].values);
	}
	fputs("</tbody></table>\n", to);
}

static void parameter_row(FILE *to, json_t *doc, json_t *parameter)
{
	struct field field = {.schema = json_object_get(parameter, "schema")};
	const char *in = text_at(parameter, "in");
	const char *where = strcmp(in, "path") == 0 ? "alamat" : strcmp(in, "query") == 0 ? "kueri" : "kepala";
	row_begin(to, "Parameter", text_at(parameter, "name"),
	          json_is_true(json_object_get(parameter, "required")) ? ASKED : "");
	fprintf(to, "%s; ", where);
	write_type(to, doc, &field);
	fputs(". ", to);
	write_words(to, text_at(parameter, "description"));
	fputs("</span></td></tr>\n", to);
}

/* X-Request-Id stands on the first page: every operation has it. */
static bool told_here(json_t *parameter)
{
	return strcmp(text_at(parameter, "name"), "X-Request-Id") != 0;
}

static void parameter_table(FILE *to, json_t *doc, json_t *of_path, json_t *of_operation)
{
	bool any = false;
	json_t *lists[] = {of_path, of_operation}, *one;
	for (size_t k = 0; k < 2; k++) {
		size_t i;
		json_array_foreach(lists[k], i, one) {
			json_t *parameter = schema_of(doc, one);
			if (!told_here(parameter))
				continue;
			if (!any)
				head(to, "Parameter", "Isi");
			any = true;
			parameter_row(to, doc, parameter);
		}
	}
	if (any)
		fputs("</tbody></table>\n", to);
}

/* ---- one operation ---- */

static void write_samples(FILE *to, json_t *operation)
{
	size_t i;
	json_t *sample, *samples = json_object_get(operation, "x-codeSamples");
	json_array_foreach(samples, i, sample) {
		if (json_array_size(samples) > 1) {
			fputs("<p class=\"small soft\">", to);
			write_text(to, text_at(sample, "label"));
			fputs("</p>", to);
		}
		fputs("<pre class=\"sh\" tabindex=\"0\">", to);
		write_text(to, text_at(sample, "source"));
		fputs("</pre>\n", to);
	}
}

static void write_example(FILE *to, json_t *value)
{
	fputs("<pre tabindex=\"0\">", to);
	write_json(to, value, 0);
	fputs("</pre>\n", to);
}

/* The examples of a body, or what its schema makes up. */
static void write_examples(FILE *to, json_t *doc, json_t *media)
{
	const char *key;
	json_t *given = json_object_get(media, "example"), *many = json_object_get(media, "examples"), *one;
	if (given) {
		write_example(to, given);
		return;
	}
	if (!many) {
		json_t *made = example_of(doc, json_object_get(media, "schema"));
		write_example(to, made);
		json_decref(made);
	}
	json_object_foreach(many, key, one) {
		write_example(to, json_object_get(one, "value"));
	}
}

static void write_request(FILE *to, json_t *doc, json_t *operation)
{
	const char *type;
	json_t *media, *content = deep(operation, "requestBody", "content");
	json_object_foreach(content, type, media) {
		json_t *schema = json_object_get(media, "schema");
		if (json_object_get(schema_of(doc, schema), "maxProperties")) /* nothing stands in it */
			continue;
		fputs("<h3>Isi permintaan</h3>\n", to);
		if (strcmp(type, "application/json") != 0)
			fprintf(to, "<p class=\"small soft\"><code>%s</code></p>\n", type);
		field_table(to, doc, schema, ASKED);
	}
}

static void write_answer(FILE *to, json_t *doc, const char *status, json_t *response)
{
	const char *type;
	json_t *media, *content = json_object_get(response, "content");
	fprintf(to, "<h3>Balasan %s</h3>\n<p>", status);
	write_words(to, text_at(response, "description"));
	fputs("</p>\n", to);
	json_object_foreach(content, type, media) {
		json_t *schema = json_object_get(media, "schema");
		write_examples(to, doc, media);
		json_t *real = schema_of(doc, schema);
		if (json_object_get(real, "additionalProperties") || json_object_get(real, "oneOf"))
			field_table(to, doc, schema, ALWAYS);
	}
}

/* "/api/v1/problems/kuota-habis" and the errors of OAuth: what the schema allows. */
static void write_refusals(FILE *to, json_t *response)
{
	const char *type, *between = "";
	json_t *media, *one;
	size_t i;
	json_object_foreach(json_object_get(response, "content"), type, media) {
		json_t *own = deep(json_array_get(deep(media, "schema", "allOf"), 1), "properties", "type");
		json_t *oauth = deep(json_array_get(deep(media, "schema", "allOf"), 1), "properties", "error");
		json_array_foreach(json_object_get(own, "enum"), i, one) {
			const char *slug = strrchr(json_string_value(one), '/') + 1;
			fprintf(to, "%s<a href=\"/panduan/api/" PROBLEMS "#%s\">%s</a>", between, slug, slug);
			between = ", ";
		}
		json_array_foreach(json_object_get(oauth, "enum"), i, one) {
			fprintf(to, "%s<code>%s</code>", between, json_string_value(one));
			between = ", ";
		}
	}
}

static void write_problems(FILE *to, json_t *doc, json_t *responses)
{
	fputs("<h3>Penolakan</h3>\n<dl class=\"nay\">\n", to);
	for (int status = 400; status < 600; status++) {
		char key[16];
		snprintf(key, sizeof key, "%d", status);
		json_t *response = json_object_get(responses, key);
		if (!response || status == 405) /* of another method: no answer to this operation */
			continue;
		fprintf(to, "<dt>%d</dt><dd>", status);
		write_refusals(to, schema_of(doc, response));
		fputs("</dd>\n", to);
	}
	fputs("</dl>\n", to);
}

static void write_right(FILE *to, json_t *operation)
{
	json_t *first = json_array_get(json_object_get(operation, "security"), 0);
	const char *scope = json_string_value(json_array_get(json_object_get(first, "token"), 0));
	if (scope)
		fprintf(to, " <span class=\"soft\">cakupan <code>%s</code></span>", scope);
}

static void write_operation(FILE *to, json_t *doc, const char *path, const char *method, json_t *operation)
{
	const char *status;
	json_t *response, *responses = json_object_get(operation, "responses"), *item = deep(doc, "paths", path);
	fprintf(to, "<h2 id=\"%s\">", text_at(operation, "operationId"));
	write_text(to, text_at(operation, "summary"));
	fputs("</h2>\n<p class=\"way\"><b>", to);
	for (const char *p = method; *p; p++)
		fputc(*p - 'a' + 'A', to);
	fprintf(to, "</b> <code>%s%s</code>", text_at(json_array_get(json_object_get(doc, "servers"), 0), "url"), path);
	write_right(to, operation);
	fputs("</p>\n", to);
	write_paragraphs(to, text_at(operation, "description"));
	write_samples(to, operation);
	parameter_table(to, doc, json_object_get(item, "parameters"), json_object_get(operation, "parameters"));
	write_request(to, doc, operation);
	json_object_foreach(responses, status, response) {
		if (status[0] == '2')
			write_answer(to, doc, status, schema_of(doc, response));
	}
	write_problems(to, doc, responses);
}

/* Calls for every operation of a tag, in the order of the document. */
static void each_operation(FILE *to, json_t *doc, const char *tag,
                           void (*call)(FILE *to, json_t *doc, const char *path, const char *method, json_t *operation))
{
	static const char *const methods[] = {"get", "post"};
	const char *path;
	json_t *item;
	json_object_foreach(json_object_get(doc, "paths"), path, item) {
		for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
			json_t *operation = json_object_get(item, methods[i]);
			const char *own = json_string_value(json_array_get(json_object_get(operation, "tags"), 0));
			if (own && strcmp(own, tag) == 0)
				call(to, doc, path, methods[i], operation);
		}
	}
}

/* ---- pages ---- */

static void list_here(FILE *to, json_t *doc, const char *path, const char *method, json_t *operation)
{
	(void)doc, (void)path, (void)method;
	fprintf(to, "<li><a href=\"#%s\">", text_at(operation, "operationId"));
	write_text(to, text_at(operation, "summary"));
	fputs("</a></li>", to);
}

static void list_there(FILE *to, json_t *doc, const char *path, const char *method, json_t *operation)
{
	(void)doc;
	const char *tag = json_string_value(json_array_get(json_object_get(operation, "tags"), 0));
	fprintf(to, "<li><a href=\"/panduan/api/%s#%s\">", tag, text_at(operation, "operationId"));
	write_text(to, text_at(operation, "summary"));
	fprintf(to, "</a> <span class=\"soft\">%s %s</span></li>\n", strcmp(method, "get") == 0 ? "GET" : "POST", path);
}

static void write_tag(FILE *to, json_t *doc, json_t *tag)
{
	fputs("<h1>", to);
	write_text(to, text_at(tag, "x-judul"));
	fputs("</h1>\n<p class=\"lead\">", to);
	write_words(to, text_at(tag, "description"));
	fputs("</p>\n<nav aria-label=\"Isi halaman\"><ul class=\"toc\"><li><a href=\"/panduan/api\">Layanan web</a></li>", to);
	each_operation(to, doc, text_at(tag, "name"), list_here);
	fputs("</ul></nav>\n", to);
	each_operation(to, doc, text_at(tag, "name"), write_operation);
}

static void write_scopes(FILE *to, json_t *doc)
{
	const char *scope;
	json_t *words, *token = deep(json_object_get(doc, "components"), "securitySchemes", "token");
	fputs("<h2 id=\"cakupan\">Token dan cakupan</h2>\n", to);
	write_paragraphs(to, text_at(token, "description"));
	head(to, "Cakupan", "Wewenang");
	json_object_foreach(json_object_get(json_object_get(json_object_get(token, "flows"), "clientCredentials"), "scopes"), scope,
	                    words) {
		row_begin(to, "Cakupan", scope, "");
		write_text(to, json_string_value(words));
		fputs("</span></td></tr>\n", to);
	}
	fputs("</tbody></table>\n", to);
}

static void write_headers(FILE *to, json_t *doc)
{
	const char *name;
	json_t *header, *request = deep(json_object_get(doc, "components"), "parameters", "X-Request-Id");
	fputs("<h2 id=\"kepala\">Kepala permintaan dan balasan</h2>\n<p><code>X-Request-Id</code> pada permintaan: ", to);
	write_words(to, text_at(request, "description"));
	fputs("</p>\n", to);
	head(to, "Kepala balasan", "Arti");
	json_object_foreach(deep(doc, "components", "headers"), name, header) {
		row_begin(to, "Kepala", name, "");
		write_words(to, text_at(header, "description"));
		fputs("</span></td></tr>\n", to);
	}
	fputs("</tbody></table>\n", to);
}

static void write_first(FILE *to, json_t *doc)
{
	size_t i;
	json_t *info = json_object_get(doc, "info"), *tag;
	fputs("<h1>Layanan web untuk program</h1>\n<p class=\"lead\">", to);
	write_words(to, text_at(info, "summary"));
	fputs("</p>\n", to);
	write_paragraphs(to, text_at(info, "description"));
	fputs("<h2 id=\"isi-panduan\">Permintaan yang dilayani</h2>\n", to);
	json_array_foreach(json_object_get(doc, "tags"), i, tag) {
		fprintf(to, "<h3><a href=\"/panduan/api/%s\">", text_at(tag, "name"));
		write_text(to, text_at(tag, "x-judul"));
		fputs("</a></h3>\n<ul>", to);
		each_operation(to, doc, text_at(tag, "name"), list_there);
		fputs("</ul>\n", to);
	}
	fputs("<p><a href=\"/panduan/api/" PROBLEMS "\">Daftar penolakan</a> memuat arti setiap penolakan dan langkah "
	      "berikutnya.</p>\n", to);
	fputs("<h2 id=\"contoh\">Menjalankan contoh</h2>\n<p>Contoh di halaman-halaman ini untuk <code>sh</code> dan "
	      "<code>curl</code>. "
	      "Isi dahulu peubahnya:</p>\n<pre class=\"sh\" tabindex=\"0\">", to);
	write_text(to, text_at(info, "x-peubah"));
	fputs("</pre>\n", to);
	write_scopes(to, doc);
	write_headers(to, doc);
}

static void write_problem_page(FILE *to, json_t *doc)
{
	size_t i;
	json_t *kind, *kinds = json_object_get(deep(json_object_get(doc, "components"), "schemas", "JenisMasalah"), "oneOf");
	fputs("<h1>Daftar penolakan</h1>\n<p class=\"lead\">Setiap penolakan menyebut jenisnya dalam anggota <code>type</code>; "
	      "bagian terakhirnya ada di bawah ini.</p>\n<nav aria-label=\"Isi halaman\"><ul class=\"toc\"><li>"
	      "<a href=\"/panduan/api\">Layanan web</a></li></ul></nav>\n", to);
	head(to, "Jenis", "Arti dan langkah berikutnya");
	json_array_foreach(kinds, i, kind) {
		const char *slug = text_at(kind, "const"), *code = text_at(kind, "x-kode");
		long long status = json_integer_value(json_object_get(kind, "x-status"));
		fprintf(to, "<tr id=\"%s\"><td data-k=\"Jenis\"><code>%s</code><br><span class=\"small soft\">", slug, slug);
		fprintf(to, "HTTP %lld%s%s</span></td>", status, *code ? ", kode " : "", code);
		fputs("<td data-k=\"Arti\"><span><b>", to);
		write_text(to, text_at(kind, "title"));
		fputs(".</b> ", to);
		write_text(to, text_at(kind, "description"));
		fputs("</span></td></tr>\n", to);
	}
	fputs("</tbody></table>\n", to);
}

/* ---- the table in C ---- */

static void put_string(FILE *to, const char *text)
{
	fputc('"', to);
	for (; *text; text++) {
		if (*text == '\n')
			fputs(text[1] ? "\\n\"\n\t \"" : "\\n", to);
		else
			fprintf(to, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
	}
	fputc('"', to);
}

static void put_page(FILE *to, const char *name, const char *title, const char *html)
{
	fputs("\t{", to);
	put_string(to, name);
	fputs(", ", to);
	put_string(to, title);
	fputs(",\n\t ", to);
	put_string(to, html);
	fputs("},\n", to);
}

static char *drawn(json_t *doc, json_t *tag, void (*whole)(FILE *to, json_t *doc))
{
	char *html = NULL;
	size_t n;
	FILE *to = open_memstream(&html, &n);
	if (!to)
		die("mkguide", "out of memory");
	if (whole)
		whole(to, doc);
	else
		write_tag(to, doc, tag);
	fclose(to);
	return html;
}

static void put_pages(FILE *to, json_t *doc)
{
	size_t i;
	json_t *tag;
	char *html = drawn(doc, NULL, write_first);
	put_page(to, "", "Layanan web untuk program", html);
	free(html);
	json_array_foreach(json_object_get(doc, "tags"), i, tag) {
		html = drawn(doc, tag, NULL);
		put_page(to, text_at(tag, "name"), text_at(tag, "x-judul"), html);
		free(html);
	}
	html = drawn(doc, NULL, write_problem_page);
	put_page(to, PROBLEMS, "Daftar penolakan", html);
	free(html);
}

static FILE *open_part(const char *path, char part[4096])
{
	if ((size_t)snprintf(part, 4096, "%s.part", path) >= 4096)
		die(path, "name too long");
	FILE *to = fopen(part, "wb");
	if (!to)
		die(path, strerror(errno));
	fputs("/* Made by mkguide; do not edit. */\n", to);
	return to;
}

static void close_part(FILE *to, const char *part, const char *path)
{
	if (fclose(to) != 0 || rename(part, path) != 0) {
		unlink(part);
		die(path, "cannot be written");
	}
}

int main(int argc, char **argv)
{
	char part[4096];
	json_error_t why;
	if (argc != 4) {
		fputs("usage: mkguide OUT.h OUT.c openapi.json\n", stderr);
		return 100;
	}
	json_t *doc = json_load_file(argv[3], JSON_REJECT_DUPLICATES, &why);
	if (!doc)
		die(argv[3], why.text);
	FILE *to = open_part(argv[2], part);
	fputs("#include \"web/guide_api.h\"\n\nconst struct guide_api guide_api[] = {\n", to);
	put_pages(to, doc);
	fputs("\t{0},\n};\n", to);
	close_part(to, part, argv[2]);
	to = open_part(argv[1], part);
	fputs("#pragma once\n#include \"web/guide_api.h\"\n", to);
	close_part(to, part, argv[1]);
	json_decref(doc);
	return 0;
}
