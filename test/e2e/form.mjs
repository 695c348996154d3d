// SPDX-License-Identifier: EUPL-1.2
// What a browser would send: every field of a form as it stands on a page.

const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&#34;': '"', '&#39;': "'", '&quot;': '"' };
const plain = (s) => s.replace(/&(amp|lt|gt|quot|#34|#39);/g, (m) => entities[m]);
const attr = (tag, name) => {
	const m = new RegExp(`\\b${name}="([^"]*)"`).exec(tag);
	return m ? plain(m[1]) : undefined;
};

/** The fields of the form that posts to `action`, as [name, value] pairs become an object. */
export const formOf = (html, action) => {
	const form = (html.match(/<form[\s\S]*?<\/form>/g) ?? []).find((f) => f.includes(`action="${action}"`));
	if (!form) throw new Error(`no form posts to ${action}`);
	const fields = {};
	for (const tag of form.match(/<input[^>]*>/g) ?? []) {
		const name = attr(tag, 'name'), type = attr(tag, 'type') ?? 'text';
		if (!name || type === 'file') continue;
		if ((type === 'checkbox' || type === 'radio') && !/\bchecked\b/.test(tag)) continue;
		fields[name] = attr(tag, 'value') ?? '';
	}
	for (const [, tag, body] of form.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/g)) fields[attr(tag, 'name')] = plain(body);
	for (const [, tag, body] of form.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
		const options = body.match(/<option[^>]*>/g) ?? [];
		fields[attr(tag, 'name')] = attr(options.find((o) => /\bselected\b/.test(o)) ?? options[0] ?? '', 'value') ?? '';
	}
	return fields;
};

/** A multipart body of texts and one file. */
export const multipart = (fields, name, filename, bytes) => {
	const boundary = 'batas0123456789';
	const parts = Object.entries(fields).map(([k, v]) => `--${boundary}\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`);
	parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: application/json\r\n\r\n`);
	return {
		body: Buffer.concat([Buffer.from(parts.join('')), Buffer.from(bytes), Buffer.from(`\r\n--${boundary}--\r\n`)]),
		type: `multipart/form-data; boundary=${boundary}`,
	};
};
