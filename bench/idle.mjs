// SPDX-License-Identifier: EUPL-1.2
// Memory with 1,000 idle connections, plain and TLS, and the time from exec to the first
// answer, cold and after kill -9. Prints a table row each; part of `make bench`.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import { Padan, Browser } from '../test/e2e/padan.mjs';

const many = Number(process.env.BENCH_IDLE ?? 1000);
const status = (pid, key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];

const connect = (padan) => new Promise((resolve, reject) => {
	const at = { host: '127.0.0.1', port: padan.port };
	const socket = padan.tls ? tls.connect({ ...at, rejectUnauthorized: false, servername: 'localhost' }) : net.connect(at);
	socket.once('error', reject);
	socket.once(padan.tls ? 'secureConnect' : 'connect', () => {
		socket.write(`HEAD /masuk HTTP/1.1\r\nHost: localhost:${padan.port}\r\n\r\n`);
		socket.once('data', () => resolve(socket));
	});
});

console.log('\n| what | value |\n|---|---|');
for (const secure of [false, true]) {
	const padan = await Padan.demo({ tls: secure, residents: 100000, settings: { 'connections.max': 1100, 'connections.per_addr': 0 } });
	await padan.start();
	await Browser.operator(padan);
	const before = status(padan.process.pid, 'RssAnon');
	const sockets = [];
	for (let i = 0; i < many; i += 50) sockets.push(...await Promise.all(Array.from({ length: 50 }, () => connect(padan))));
	await new Promise((r) => setTimeout(r, 500));
	const kind = secure ? 'TLS' : 'plain';
	console.log(`| ${kind}: resident, ${many} idle connections that each had one answer | ${status(padan.process.pid, 'VmRSS').toFixed(1)} MB (anonymous ${status(padan.process.pid, 'RssAnon').toFixed(1)}, before them ${before.toFixed(1)}) |`);
	for (const s of sockets) s.destroy();
	if (!secure) {
		const cold = [], killed = [];
		for (let i = 0; i < 5; i++) {
			await padan.stop();
			cold.push((await padan.start()).startMs);
			await padan.stop('SIGKILL');
			killed.push((await padan.start()).startMs);
		}
		console.log(`| start to first answer, 100,000 residents | median ${median(cold)} ms |`);
		console.log(`| the same after kill -9 | median ${median(killed)} ms |`);
	}
	await padan.remove();
}
