/* SPDX-License-Identifier: EUPL-1.2
   What script adds to pages that work without it: groups the digits of a NIK, brings
   the answer in place of a new page, clears the data from the screen, prints the slip.
   Nothing is kept: no storage, no cache, no history entry. */
(() => {
const $ = (q, from) => (from || document).querySelector(q);
const form = $('#tanya'), field = $('#nik');

/* ---- digits in groups of 6-6-4; the caret stays behind the same digit ---- */
const group = d => [d.slice(0, 6), d.slice(6, 12), d.slice(12)].filter(Boolean).join(' ');
const tidy = () => {
	const typed = field.value, digits = typed.replace(/[\s.\-]/g, '');
	if (/\D/.test(digits)) return;
	const behind = typed.slice(0, field.selectionStart).replace(/\D/g, '').length;
	field.value = group(digits);
	let at = 0;
	for (let n = 0; n < behind; at++) if (/\d/.test(field.value[at])) n++;
	field.setSelectionRange(at, at);
};
if (field) {
	tidy();
	field.addEventListener('input', () => {
		tidy();
		const n = field.value.replace(/\D/g, '').length, help = $('#bantu');
		if (help && n) help.textContent = n + ' dari 16 angka';
	});
}

/* ---- the data leaves the screen ---- */
let ends = 0, said = false;
const clear = why => {
	const data = $('.data');
	ends = 0;
	if (!data) return;
	data.replaceChildren();
	data.className = 'empty';
	data.textContent = why;
	const clock = $('.clock');
	if (clock) clock.remove();
};
const news = text => { const at = $('#kabar'); if (at) at.textContent = text; };
const tick = () => {
	if (!ends) return;
	const left = Math.ceil((ends - Date.now()) / 1000), clock = $('.clock');
	if (left <= 0) {
		clear('Data telah dihapus dari layar. Periksa kembali bila masih diperlukan.');
		return news('Data telah dihapus dari layar.');
	}
	$('span', clock).textContent = 'Data di layar dihapus dalam ' + left + ' detik.';
	clock.classList.toggle('near', left <= 15);
	if (left <= 15 && !said) {
		said = true;
		news('Data di layar dihapus dalam 15 detik. Tekan Perpanjang bila masih diperlukan.');
	}
};
const start = () => {
	const data = $('.data[data-hapus]'), more = $('.clock button');
	ends = data ? Date.now() + data.dataset.hapus * 1000 : 0;
	said = false;
	if (more) {
		more.hidden = false;
		more.onclick = start;
	}
	tick();
};
start();
setInterval(tick, 1000);
addEventListener('visibilitychange', tick);
/* Nothing may wait in the browser's page cache for the Back button. */
addEventListener('pagehide', () => clear('Data telah dihapus dari layar.'));
addEventListener('pageshow', e => { if (e.persisted) clear('Data telah dihapus dari layar.'); });

/* ---- ask without a new page ---- */
const put = html => {
	const t = document.createElement('template');
	t.innerHTML = html;
	const parts = [...t.content.children];
	for (const part of parts) {
		const old = part.id && document.getElementById(part.id);
		if (old) old.replaceWith(part);
	}
	return parts;
};
const fault = (title, words, link) => {
	const box = document.createElement('div'), b = document.createElement('b'), p = document.createElement('p');
	box.id = 'jawaban';
	box.className = 'alert';
	box.setAttribute('role', 'alert');
	b.textContent = title;
	p.textContent = words + ' ';
	if (link) {
		const a = document.createElement('a');
		a.href = link;
		a.target = '_blank';
		a.textContent = 'Masuk kembali (tab baru)';
		p.append(a);
	}
	box.append(b, p, ...form.parentNode.querySelectorAll('#jawaban > input'));
	$('#jawaban').replaceWith(box);
};
const head = { 'X-Padan-Bagian': '1' };
let stale = false;
/* After signing in again elsewhere the form needs a token of the new session. */
const renew = async () => {
	const r = await fetch('/verifikasi', { headers: head, redirect: 'manual' });
	if (r.ok) {
		const t = document.createElement('template');
		t.innerHTML = await r.text();
		form.elements.csrf.value = $('[name=csrf]', t.content).value;
		stale = false;
	}
};
const over = () => {
	stale = true;
	fault('Sesi Anda telah berakhir.', 'NIK yang Anda ketik tetap di kolom. Masuk kembali, lalu tekan Periksa sekali lagi.', '/masuk');
};
const ask = async () => {
	if (stale) await renew();
	if (stale) return over();
	const r = await fetch('/verifikasi', { method: 'POST', headers: head, redirect: 'manual', body: new URLSearchParams(new FormData(form)) });
	if (r.type === 'opaqueredirect') return over();
	const text = await r.text();
	if (!r.ok) {
		const t = document.createElement('template');
		t.innerHTML = text;
		if (r.status === 403) stale = true;
		return fault(($('b', t.content) || {}).textContent || 'Permintaan belum dapat dilayani.',
			($('p', t.content) || {}).textContent || 'Coba lagi sebentar lagi; NIK yang Anda ketik tetap di kolom.');
	}
	put(text);
	start();
	const words = $('#hasil span'), bad = $('#salah').textContent;
	news(words ? words.textContent : bad);
	field.toggleAttribute('aria-invalid', false);
	if (bad) field.setAttribute('aria-invalid', 'true');
	field.focus();
	if (!bad) field.select();
};
if (form && window.fetch) {
	let busy = false;
	form.addEventListener('submit', async e => {
		e.preventDefault();
		if (busy) return;
		busy = true;
		const go = $('button', form);
		clear('Sedang memeriksa…');
		go.setAttribute('aria-disabled', 'true');
		go.textContent = 'Memeriksa…';
		try {
			await ask();
		} catch {
			fault('Jaringan terputus.', 'Tekan Periksa sekali lagi; NIK tetap di kolom dan permintaan yang sama tidak mengurangi kuota dua kali.');
		}
		go.removeAttribute('aria-disabled');
		go.textContent = 'Periksa';
		busy = false;
	});
}

/* ---- a list on its way: how much has arrived, then that it is being read ---- */
const send = load => {
	const rq = new XMLHttpRequest(), box = $('#kemajuan'), bar = document.createElement('progress'), words = document.createElement('span');
	const go = $('button', load), wrong = $('#salah');
	const stop = text => {
		box.replaceChildren();
		go.removeAttribute('aria-disabled');
		const p = document.createElement('p');
		p.className = 'err';
		p.textContent = text;
		wrong.replaceChildren(p);
	};
	bar.max = 100;
	box.replaceChildren(bar, words);
	wrong.replaceChildren();
	words.textContent = 'Mengirim berkas…';
	rq.upload.onprogress = e => {
		bar.value = e.lengthComputable ? 100 * e.loaded / e.total : 0;
		words.textContent = 'Mengirim berkas… ' + Math.floor(bar.value) + '%';
	};
	rq.upload.onload = () => {
		bar.removeAttribute('value');
		words.textContent = 'Memeriksa baris…';
	};
	rq.onload = () => {
		if (rq.status < 400) return location.assign(rq.responseURL);
		const page = new DOMParser().parseFromString(rq.responseText, 'text/html'), err = $('#salah p', page) || $('main p', page);
		stop(err ? err.textContent : 'Berkas belum diterima. Kirim sekali lagi.');
	};
	rq.onerror = () => stop('Jaringan terputus. Tekan Periksa berkas sekali lagi.');
	rq.open('POST', load.action);
	rq.send(new FormData(load));
};
const load = $('form[data-unggah]');
if (load && window.XMLHttpRequest) load.addEventListener('submit', e => {
	const go = $('button', load);
	e.preventDefault();
	if (go.hasAttribute('aria-disabled')) return;
	go.setAttribute('aria-disabled', 'true');
	send(load);
});

/* ---- the slip ---- */
const print = $('[data-cetak]');
if (print) {
	print.hidden = false;
	print.onclick = () => window.print();
	$('[data-tanpa]').hidden = true;
}
})();
