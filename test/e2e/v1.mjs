// SPDX-License-Identifier: EUPL-1.2
// An office for the tests of /api/v1, and a client of it: token, call, problem.
import assert from 'node:assert/strict';
import http from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, OBSERVE } from './padan.mjs';

const header = 'nik,no_kk,nama_lgkp,jenis_klmin,tmpt_lhr,tgl_lhr,jenis_pkrjn,alamat,no_rt,no_rw,no_prop,prop_name,no_kab,kab_name,no_kec,kec_name,no_kel,kel_name,status';
/** A known person, whose every value is a word found nowhere else. */
export const siti = { nik: '3304136101909901', no_kk: '3304131203119904', nama_lgkp: 'ZWQXSITI KENARIJKT', tmpt_lhr: 'QWERTOSARI', tgl_lhr: '1990-01-21',
	jenis_pkrjn: 'GURU', alamat: 'JALAN ZXKRAJAN NOMOR 77', no_rt: '007', no_rw: '002' };
/** Provinces whose numbers no double holds: 91-97. */
export const papua = [91, 92, 93, 94, 95, 96, 97].map((p, i) => ({ nik: `${p}02030101909${901 + i * 2}`, no_kk: `${p}02031203119${903 + i * 2}` }));

/** DINKES has both web services after its addendum; its service user id is dinkes-layanan. */
export async function office(options = {}) {
	const p = await Padan.demo({ tls: false, residents: 1000, settings: OBSERVE, ...options });
	await furnish(p);
	return p.start();
}

/** The same for an office that is there already, and not started. */
export async function furnish(p) {
	const csv = path.join(p.dir, '..', 'delta.csv');
	const row = (nik, kk, name, more) => `${nik},${kk},${name},Perempuan,${more},33,JAWA TENGAH,04,BANJARNEGARA,13,KARANGKOBAR,2001,LEKSANA,aktif`;
	writeFileSync(csv, [header,
		row(siti.nik, siti.no_kk, siti.nama_lgkp, `${siti.tmpt_lhr},${siti.tgl_lhr},${siti.jenis_pkrjn},${siti.alamat},7,2`),
		...papua.map((o) => row(o.nik, o.no_kk, 'CONTOH', 'WAMENA,1990-01-01,GURU,JALAN,1,1'))].join('\r\n') + '\r\n');
	p.run('registry', 'delta', p.dir, csv);
	p.tokens = Object.fromEntries(JSON.parse(readFileSync(path.join(p.dir, 'demo-accounts.json'))).tokens.map((t) => [t.instansi, t.token]));
}

/** One request from an address of loopback: { status, headers, text, json }. */
export const send = (p, method, target, { body, headers = {}, from = '127.0.0.1' } = {}) =>
	new Promise((resolve, reject) => {
		const bytes = body === undefined ? null : Buffer.from(body);
		const rq = http.request({ host: '127.0.0.1', port: p.port, localAddress: from, path: target, method,
			headers: { Host: `localhost:${p.port}`, ...(bytes ? { 'Content-Length': bytes.length } : {}), ...headers } }, (re) => {
			let text = '';
			re.setEncoding('utf8');
			re.on('data', (d) => { text += d; });
			re.on('end', () => {
				let json = null;
				try { json = JSON.parse(text); } catch { /* told by the test */ }
				resolve({ status: re.statusCode, headers: re.headers, text, json });
			});
		});
		rq.on('error', reject);
		rq.end(bytes ?? undefined);
	});

/** POST of a form: /token and /revoke. `basic`: [user id, secret]. */
export const form = (p, target, fields, { basic, headers = {}, ...rest } = {}) =>
	send(p, 'POST', target, { body: new URLSearchParams(fields).toString(), ...rest,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...(basic ? { Authorization: `Basic ${Buffer.from(basic.join(':')).toString('base64')}` } : {}), ...headers } });

/** An access token; `user`: [user id, secret]. */
export async function token(p, { user = ['dinkes-layanan', p.accounts['dinkes-layanan'].password], scope, ...rest } = {}) {
	const re = await form(p, '/api/v1/token', { grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }, { basic: user, ...rest });
	assert.equal(re.status, 200, re.text);
	return re.json.access_token;
}

/** POST of JSON with a token. A body that is no object is sent as it is. */
export const ask = (p, target, body, { bearer, key, headers = {}, ...rest } = {}) =>
	send(p, 'POST', target, { ...rest, body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
		headers: { 'Content-Type': 'application/json', ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}), ...(key === undefined ? {} : { 'Idempotency-Key': key }), ...headers } });

/** A problem of that slug (RFC 9457); gives its members. */
export function problem(re, status, slug, why = '') {
	assert.equal(re.status, status, `${why}: ${re.text}`);
	assert.equal(re.headers['content-type'], 'application/problem+json', why);
	assert.equal(re.json.type, `/api/v1/problems/${slug}`, why);
	assert.equal(re.json.status, status, why);
	assert.ok(re.json.title, why);
	return re.json;
}

/** The next version of an agreement, changed. */
export function addendum(p, change, code = 'DINKES') {
	let n = 1;
	while (p.tryRun('agreement', 'export', p.dir, code, String(n + 1)).status === 0) n++;
	const file = JSON.parse(p.run('agreement', 'export', p.dir, code, String(n)));
	const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
	file.version = n + 1;
	file.terms.addendum = { number: `470/${n + 1}/AD`, signed_on: today, ground: 'P9.2', subject: 'Perubahan' };
	change(file);
	const where = path.join(p.dir, '..', `addendum-${n + 1}.json`);
	writeFileSync(where, JSON.stringify(file));
	const said = p.tryRun('agreement', 'apply', p.dir, where);
	assert.equal(said.status, 0, said.stderr);
}

export const lookups = (p) => p.journal().filter((e) => e.act === 'lookup');
export const used = (p) => p.office('SELECT coalesce(sum(used), 0) AS used FROM quota_day')[0].used;
