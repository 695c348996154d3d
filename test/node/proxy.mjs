// SPDX-License-Identifier: EUPL-1.2
// A wire between Padan and PostgreSQL that can be cut, or swallow what is sent, at a moment of
// one's choosing. What it says about COMMIT it sees in the clear: loopback, no TLS.
import net from 'node:net';
import { freePort } from '../e2e/padan.mjs';

export class Proxy {
	/** To a port of loopback. */
	static async to(port) {
		const proxy = new Proxy();
		Object.assign(proxy, { to: port, port: await freePort(), wires: new Set(), hole: false, refusing: false, onCommit: null });
		proxy.server = net.createServer((near) => proxy.accept(near));
		await new Promise((r) => proxy.server.listen(proxy.port, '127.0.0.1', r));
		return proxy;
	}

	accept(near) {
		if (this.refusing) return near.destroy();
		const wire = { near, far: null, said: false, deaf: false };
		this.wires.add(wire);
		near.on('error', () => {});
		near.on('close', () => this.drop(wire));
		near.on('data', (bytes) => this.up(wire, bytes));
		if (!this.hole) this.join(wire);
		return wire;
	}

	/** The far end; in a hole there is none. */
	join(wire) {
		wire.far = net.connect(this.to, '127.0.0.1');
		wire.far.on('error', () => {});
		wire.far.on('close', () => this.drop(wire));
		wire.far.on('data', (bytes) => { if (!this.hole && !wire.deaf) wire.near.write(bytes); });
	}

	/** What the client says. onCommit: { what, of, times }; the next COMMIT (or so many) of a transaction that said `of` is 'cut before' it reaches
	 * the server; or 'cut after' the server has carried it out; or its reply is 'kept': the wire stands, and is silent. */
	up(wire, bytes) {
		if (this.hole || wire.deaf || !wire.far) return;
		if (bytes.includes('BEGIN')) wire.said = false;
		wire.said ||= this.onCommit && bytes.includes(this.onCommit.of);
		if (!wire.said || !this.onCommit || !bytes.includes('COMMIT')) return void wire.far.write(bytes);
		const { what, times = 1 } = this.onCommit;
		this.onCommit = times > 1 ? { ...this.onCommit, times: times - 1 } : null;
		wire.deaf = true;
		if (what === 'cut before') return void wire.near.destroy();
		if (what === 'cut after') wire.far.once('data', () => wire.near.destroy()); /* its reply: it is done */
		wire.far.write(bytes);
	}

	drop(wire) {
		this.wires.delete(wire);
		wire.near.destroy();
		wire.far?.destroy();
	}

	/** From now on nothing passes, and nobody is told: open wires stand, new ones are made and lead nowhere. */
	swallow() {
		this.hole = true;
	}

	/** New wires pass again. Those of the time before stay dead: what was in them is lost. */
	heal() {
		for (const wire of this.wires) {
			wire.deaf = true;
			if (!wire.far) wire.near.destroy();
		}
		this.hole = false;
		this.refusing = false;
	}

	/** Cut every wire, and every one that comes. */
	refuse() {
		this.refusing = true;
		for (const wire of [...this.wires]) this.drop(wire);
	}

	async close() {
		this.refuse();
		await new Promise((r) => this.server.close(r));
	}
}
