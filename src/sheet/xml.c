/* SPDX-License-Identifier: EUPL-1.2
 * sheet/xml.c - see xml.h. */
#include "sheet/xml.h"

#include <expat.h>

#define CHUNK (32 << 10)
#define DIVIDER ' ' /* between namespace and name; no name has one, so the last one counts */

static const char *const spaces[] = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://schemas.openxmlformats.org/package/2006/content-types",
};
static const char *const relationship_ids[] = {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
        "http://purl.oclc.org/ooxml/officeDocument/relationships id",
};

struct xml {
	XML_Parser parser;
	const struct xml_ear *ear;
	void *arg;
	enum rc rc;
	struct err *err;
	int depth, foreign; /* foreign: the depth at which an element of another namespace began; 0: in none */
};

struct str xml_attribute(const struct xml_tag *tag, const char *name)
{
	for (const char **a = tag->attributes; *a; a += 2)
		if (strcmp(a[0], name) == 0)
			return str_c(a[1]);
	return (struct str){NULL, 0};
}

struct str xml_relationship(const struct xml_tag *tag)
{
	for (size_t i = 0; i < LEN(relationship_ids); i++) {
		struct str id = xml_attribute(tag, relationship_ids[i]);
		if (id.at)
			return id;
	}
	return (struct str){NULL, 0};
}

bool xml_flag(const struct xml_tag *tag, const char *name)
{
	struct str value = xml_attribute(tag, name);
	return str_eq(value, S("1")) || str_eq(value, S("true"));
}

static void stop(struct xml *xml, enum rc rc)
{
	if (rc == RC_OK)
		return;
	xml->rc = rc;
	XML_StopParser(xml->parser, XML_FALSE);
}

/* The local name; NULL for an element of a namespace we do not know. */
static const char *local_name(const char *name)
{
	const char *divider = strrchr(name, DIVIDER);
	size_t n = divider ? (size_t)(divider - name) : 0;
	for (size_t i = 0; i < LEN(spaces); i++)
		if (n == strlen(spaces[i]) && memcmp(name, spaces[i], n) == 0)
			return divider + 1;
	return NULL;
}

static void begin(void *arg, const char *name, const char **attributes)
{
	struct xml *xml = arg;
	if (xml->rc != RC_OK)
		return;
	if (++xml->depth > XML_DEPTH_MAX) {
		stop(xml, FAIL(xml->err, RC_INVALID, PACKAGE_DAMAGED));
		return;
	}
	if (xml->foreign)
		return;
	struct xml_tag tag = {local_name(name), attributes};
	if (tag.name)
		stop(xml, xml->ear->begin(xml->arg, &tag));
	else
		xml->foreign = xml->depth;
}

static void end(void *arg, const char *name)
{
	struct xml *xml = arg;
	if (xml->rc != RC_OK)
		return;
	bool ours = !xml->foreign;
	if (xml->foreign == xml->depth)
		xml->foreign = 0;
	xml->depth--;
	if (ours && xml->ear->end)
		stop(xml, xml->ear->end(xml->arg, strrchr(name, DIVIDER) + 1));
}

static void text(void *arg, const char *at, int n)
{
	struct xml *xml = arg;
	if (xml->rc == RC_OK && !xml->foreign)
		stop(xml, xml->ear->text(xml->arg, str_from(at, (size_t)n)));
}

static void doctype(void *arg, const char *name, const char *system, const char *public, int internal)
{
	struct xml *xml = arg;
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	stop(xml, FAIL(xml->err, RC_INVALID,
	               "Berkas .xlsx memuat bagian yang tidak lazim dan ditolak. Salin daftarnya ke buku kerja baru, "
	               "lalu unggah."));
}

static enum rc not_parsed(struct xml *xml)
{
	enum XML_Error why = XML_GetErrorCode(xml->parser);
	if (xml->rc != RC_OK)
		return xml->rc;
	if (why == XML_ERROR_NO_MEMORY)
		return FAIL(xml->err, RC_BROKEN, "memori habis");
	(void)FAIL(xml->err, RC_INVALID, PACKAGE_DAMAGED);
	err_detail(xml->err, "expat: %s", XML_ErrorString(why));
	return RC_INVALID;
}

static enum rc pump(struct xml *xml, struct package_part *part)
{
	int64_t fed = 0;
	for (size_t n = 1; n > 0; fed += (int64_t)n) {
		char *room = XML_GetBuffer(xml->parser, CHUNK);
		if (!room)
			return not_parsed(xml);
		TRY(package_part_read(part, room, CHUNK, &n));
		if (XML_ParseBuffer(xml->parser, (int)n, n == 0) != XML_STATUS_OK)
			return not_parsed(xml);
		if (fed - XML_GetCurrentByteIndex(xml->parser) > XML_TAG_MAX)
			return FAIL(xml->err, RC_INVALID, PACKAGE_DAMAGED);
	}
	return RC_OK;
}

enum rc xml_read(struct package *package, struct str part, int64_t max, const struct xml_ear *ear, void *arg)
{
	PACKAGE_PART_AUTO opened = {0};
	TRY(package_part_open(package, part, max, &opened));
	struct xml xml = {.ear = ear, .arg = arg, .err = package->err, .parser = XML_ParserCreateNS(NULL, DIVIDER)};
	if (!xml.parser)
		return FAIL(package->err, RC_BROKEN, "memori habis");
	XML_SetUserData(xml.parser, &xml);
	XML_SetElementHandler(xml.parser, begin, end);
	if (ear->text)
		XML_SetCharacterDataHandler(xml.parser, text);
	XML_SetStartDoctypeDeclHandler(xml.parser, doctype);
	enum rc rc = pump(&xml, &opened);
	XML_ParserFree(xml.parser);
	return rc;
}
