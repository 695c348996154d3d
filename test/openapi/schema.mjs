// SPDX-License-Identifier: EUPL-1.2
// From a JSON Schema to values that fit it, and to values that do not: chosen by a seed, so
// that a run can be had again. Knows the part of JSON Schema that the OpenAPI document uses;
// anything else is said aloud, never guessed.

/** Numbers in [0, 1) from a seed (mulberry32). */
export const dice = (seed) => {
	let a = seed >>> 0;
	const next = () => {
		a = (a + 0x6d2b79f5) | 0;
		let t = Math.imul(a ^ (a >>> 15), 1 | a);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	const upTo = (n) => Math.floor(next() * n);
	return { next, upTo, one: (list) => list[upTo(list.length)], coin: (p = 0.5) => next() < p };
};

export class Schemas {
	/** `given`: by the name of a component, a function that makes a value no schema can
	 * know of: an open kejadian, a NIK that exists. */
	constructor(doc, chance, given = {}) {
		Object.assign(this, { doc, chance, given });
	}

	/** The schema behind references, and the name of the nearest component. */
	open(schema, name = null) {
		while (schema.$ref) {
			name = schema.$ref.split('/').pop();
			const { $ref, ...beside } = schema;
			const target = $ref.slice(2).split('/').reduce((at, step) => at?.[step.replaceAll('~1', '/').replaceAll('~0', '~')], this.doc);
			if (!target) throw new Error(`a reference to nowhere: ${$ref}`);
			schema = { ...target, ...beside };
		}
		return { schema, name };
	}

	// ---- values that fit ----

	text(schema) {
		const { chance } = this;
		if (schema.format === 'date') return this.given.Hari?.() ?? '2026-01-15';
		if (schema.pattern) {
			if (schema.examples) return chance.one(schema.examples);
			const known = { '[^ ]': () => chance.one(['CONTOH', 'Ärger bei Nacht', 'x', 'SITI  CONTOH']) }[schema.pattern];
			if (!known) throw new Error(`no value for the pattern ${schema.pattern}`);
			return known();
		}
		const most = schema.maxLength ?? 40, n = Math.max(schema.minLength ?? 0, chance.one([1, Math.min(7, most), most]));
		return Array.from({ length: n }, () => chance.one([...'abc DEF'])).join('').replace(/^ | $/g, 'x');
	}

	integer(schema) {
		const low = schema.minimum ?? 0, high = Math.min(schema.maximum ?? low + 1000, low + 1000);
		return this.chance.one([low, high, low + this.chance.upTo(high - low + 1)]);
	}

	value(schema0) {
		const { schema, name } = this.open(schema0), { chance } = this;
		if (name && this.given[name]) return this.given[name]();
		if ('const' in schema) return schema.const;
		if (schema.enum) return chance.one(schema.enum);
		if (schema.oneOf) return this.value(chance.one(schema.oneOf));
		const type = Array.isArray(schema.type) ? chance.one(schema.type) : schema.type;
		switch (type) {
		case 'object': return this.object(schema);
		case 'array': return Array.from({ length: this.length(schema) }, () => this.value(schema.items));
		case 'string': return this.text(schema);
		case 'integer': return this.integer(schema);
		case 'boolean': return chance.coin();
		case 'null': return null;
		default: throw new Error(`no value for ${JSON.stringify(schema).slice(0, 80)}`);
		}
	}

	length(schema) {
		const least = schema.minItems ?? 0;
		return schema.uniqueItems ? Math.max(least, 1) : least + this.chance.upTo(Math.min((schema.maxItems ?? least + 3) - least, 3) + 1);
	}

	object(schema) {
		const made = {}, names = Object.keys(schema.properties ?? {});
		for (const name of names)
			if (schema.required?.includes(name) || this.chance.coin()) made[name] = this.value(schema.properties[name]);
		for (const name of names)
			if (Object.keys(made).length < (schema.minProperties ?? 0) && !(name in made)) made[name] = this.value(schema.properties[name]);
		return made;
	}

	// ---- values that do not ----

	/** Of a schema of one value: [what is wrong, a value that does not fit]. */
	wrongValues(schema0) {
		const { schema } = this.open(schema0), wrong = [];
		const types = [schema.type ?? (schema.oneOf ? 'object' : typeof (schema.const ?? schema.enum?.[0]))].flat();
		const samples = { string: 'teks', integer: 7, number: 1.5, boolean: true, object: { a: 1 }, array: ['a'], null: null };
		for (const [type, sample] of Object.entries(samples))
			if (!types.includes(type) && !(type === 'integer' && types.includes('number'))) wrong.push([`${type} instead of ${types}`, sample]);
		if (types.includes('string')) {
			wrong.push(['a NUL inside', 'a\u0000b'], ['a control character', 'a\u0007b'], ['longer than anything', 'x'.repeat(5000)]);
			if (schema.maxLength) wrong.push(['too long', 'x'.repeat(schema.maxLength + 1)]);
			if (schema.minLength) wrong.push(['too short', '']);
			if (schema.enum || 'const' in schema) wrong.push(['none of the words', 'lain-sama-sekali'], ['in another case', String(schema.const ?? schema.enum.find((e) => e)).toUpperCase() + '!']);
			if (schema.pattern === '[^ ]') wrong.push(['blanks', '   ']);
			if (schema.pattern === '^[0-9]{16}$') wrong.push(['15 digits', '330413610190990'], ['17 digits', '33041361019099011'], ['letters', '33041361019O9901'], ['Arabic digits', '٣٣٠٤١٣٦١٠١٩٠٩٩٠١']);
			if (schema.format === 'date') wrong.push(['no date', '2026-02-30'], ['day first', '26-11-2026'], ['a time', '2026-01-02T00:00:00Z']);
		}
		if (types.includes('integer')) {
			if (schema.minimum !== undefined) wrong.push(['too small', schema.minimum - 1]);
			if (schema.maximum !== undefined && schema.maximum < 1e15) wrong.push(['too large', schema.maximum + 1]);
			wrong.push(['beyond 2^53', { raw: '9007199254740993' }], ['beyond 2^64', { raw: '18446744073709551617' }], ['beyond a double', { raw: '1e999' }], ['negative', -3]);
		}
		if (types.includes('array')) {
			if (schema.minItems) wrong.push(['empty', []]);
			if (schema.maxItems) wrong.push(['too many', Array.from({ length: schema.maxItems + 1 }, () => this.value(schema.items))]);
			if (schema.uniqueItems) { const one = this.value(schema.items); wrong.push(['the same twice', [one, one]]); }
		}
		return wrong;
	}

	/** Every way this finds to spoil a body: [what, JSON text]. Raw numbers come as they are. */
	wrongBodies(schema0) {
		const bodies = [];
		const spoil = (schema1, at, put) => {
			const { schema } = this.open(schema1);
			for (const alternative of schema.oneOf ?? [schema]) {
				const real = this.open(alternative).schema;
				if (real.type !== 'object' || !real.properties) continue;
				const whole = () => { const o = this.object(real); for (const k of Object.keys(real.properties)) o[k] ??= this.value(real.properties[k]); return o; };
				for (const name of real.required ?? []) { const o = whole(); delete o[name]; bodies.push([`${at}/${name} left out`, write(put(o))]); }
				bodies.push([`${at}/x too much`, write(put({ ...whole(), x: 1 }))]);
				for (const [name, member] of Object.entries(real.properties)) {
					for (const [what, value] of this.wrongValues(member)) bodies.push([`${at}/${name}: ${what}`, write(put({ ...whole(), [name]: value }))]);
					const inner = this.open(member).schema;
					if (inner.type === 'object') spoil(member, `${at}/${name}`, (o) => put({ ...whole(), [name]: o }));
					if (inner.type === 'array') {
						for (const [what, value] of this.wrongValues(inner.items)) bodies.push([`${at}/${name}/0: ${what}`, write(put({ ...whole(), [name]: [value] }))]);
						spoil(inner.items, `${at}/${name}/0`, (o) => put({ ...whole(), [name]: [o] }));
					}
				}
			}
		};
		spoil(schema0, '', (o) => o);
		return bodies;
	}
}

/** JSON with { raw } written as it is. */
export const write = (value) => {
	if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
	if (value && typeof value === 'object') return 'raw' in value ? value.raw : `{${Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}:${write(v)}`).join(',')}}`;
	return JSON.stringify(value);
};

/** What no JSON reader should take: [what, bytes]. `body` is a valid one, an object. */
export const brokenBodies = (body) => {
	const good = JSON.stringify(body), first = Object.keys(body)[0] ?? 'x';
	return [
		['no JSON', 'nik=3304136101909901'], ['half of it', good.slice(0, -1)], ['something behind it', `${good}{}`], ['a comma too much', good.replace(/}$/, ',}')],
		...(good.includes('"') ? [['single quotes', good.replaceAll('"', "'")]] : []), ['a comment', `/* */${good}`], ['NaN', `{"${first}":NaN}`], ['a NUL byte', Buffer.from(good.replace(/}$/, ',"y":"\0"}'))],
		['a NUL behind it', `${good}\0`], ['Latin-1', Buffer.from(`{"${first}":"\xe4"}`, 'latin1')], ['half a surrogate', `{"${first}":"\\ud800"}`], ['overlong UTF-8', Buffer.concat([Buffer.from(`{"${first}":"`), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')])],
		['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le')], ['a byte order mark', `\ufeff${good}`], ['a list', `[${good}]`], ['a text', '"x"'], ['null', 'null'],
		['the same member twice', good.replace(/^{/, `{"${first}":${JSON.stringify(body[first] ?? 1)}${Object.keys(body).length ? ',' : `,"${first}":1`}`)],
		['nested ten thousand deep', '{"a":'.repeat(10000) + '1' + '}'.repeat(10000)], ['nested nine deep', '{"a":'.repeat(9) + '1' + '}'.repeat(9)], ['a list ten deep', `{"${first}":${'['.repeat(10)}${']'.repeat(10)}}`],
	];
};
