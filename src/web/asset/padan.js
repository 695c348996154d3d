/* SPDX-License-Identifier: EUPL-1.2
   What script adds to pages that work without it: groups the digits of a NIK, brings
   the answer in place of a new page, saves what is told of the person beside it, clears
   the data from the screen, prints the slip.
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
addEventListener('pagehide', () => {
	clear('Data telah dihapus dari layar.');
	for (const once of document.querySelectorAll('[data-sekali]')) once.remove();
});
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
	fill();
};
/* An answer says of whom its form is; the form itself came with the page. */
const fill = () => {
	const at = $('#catat [data-nik]');
	if (!at) return;
	const part = $('#isian').content.cloneNode(true);
	for (const f of part.querySelectorAll('form')) {
		f.elements.csrf.value = form.elements.csrf.value;
		f.elements.nik.value = at.dataset.nik;
		f.elements.kejadian.value = at.dataset.kejadian;
	}
	at.replaceWith(part);
};
const doorway = () => {
	const a = document.createElement('a');
	a.href = '/masuk';
	a.target = '_blank';
	a.textContent = 'Masuk kembali (tab baru)';
	return a;
};
/* In place of an answer. What is typed about the person before stays: it is not saved yet. */
const fault = (title, words, ...more) => {
	const all = document.createElement('div'), box = document.createElement('div'), b = document.createElement('b'), p = document.createElement('p');
	all.id = 'jawaban';
	box.className = 'alert';
	box.setAttribute('role', 'alert');
	b.textContent = title;
	p.append(words + ' ', ...more);
	box.append(b, p);
	all.append(box, ...document.querySelectorAll('#jawaban > input, #catat'));
	$('#jawaban').replaceWith(all);
};
const head = { 'X-Padan-Bagian': '1' };
let stale = false;
/* After signing in again elsewhere the forms need a token of the new session. false: there is none. */
const renew = async (from = '/verifikasi') => {
	const r = await fetch(from, { headers: head, redirect: 'manual' });
	if (r.ok) {
		const t = document.createElement('template');
		t.innerHTML = await r.text();
		const fresh = $('[name=csrf]', t.content).value;
		for (const old of document.querySelectorAll('[name=csrf]')) old.value = fresh;
		stale = false;
	}
	return r.type !== 'opaqueredirect';
};
/* What a form is answered; null: the session is over. */
const send = async (to, f) => {
	const post = () => fetch(to, { method: 'POST', headers: head, redirect: 'manual', body: new URLSearchParams(new FormData(f)) });
	if (stale && !await renew()) return null;
	let r = await post();
	if (r.status === 403) { /* the token of a session before? */
		stale = true;
		await renew();
		if (!stale) r = await post();
	}
	if (r.type === 'opaqueredirect') {
		stale = true;
		return null;
	}
	return { ok: r.ok, text: await r.text() };
};
const words = (html, tag) => {
	const t = document.createElement('template');
	t.innerHTML = html;
	return ($(tag, t.content) || {}).textContent;
};
const back = () => {
	field.focus();
	field.select();
};
const ask = async () => {
	const r = await send('/verifikasi', form);
	if (!r) return fault('Sesi Anda telah berakhir.', 'NIK yang Anda ketik tetap di kolom. Masuk kembali, lalu tekan Periksa sekali lagi.', doorway());
	if (!r.ok)
		return fault(words(r.text, 'b') || 'Permintaan belum dapat dilayani.',
			words(r.text, 'p') || 'Coba lagi sebentar lagi; NIK yang Anda ketik tetap di kolom.');
	put(r.text);
	start();
	const said = $('#hasil span'), bad = $('#salah').textContent, first = $('#catat [name=keterangan]');
	news(said ? said.textContent : bad);
	field.toggleAttribute('aria-invalid', false);
	if (bad) field.setAttribute('aria-invalid', 'true');
	if (bad) field.focus();
	else if (first) first.focus({ preventScroll: true }); /* on a telephone the data comes first */
	else back();
};
/* ---- what became of him, told without a new page ---- */
/* The number in the menu, after what the strip says now. */
const owe = () => {
	const n = Number($('#utang').dataset.n), link = $('.menu a[href="/korban"]'), old = $('b', link), b = document.createElement('b');
	if (old) old.remove();
	if (!n) return;
	b.className = 'tag warn';
	b.innerHTML = n + '<span class="vh"> menunggu Anda</span>';
	link.append(b);
};
const tell = async f => {
	const at = $('.err', f), r = await send('/korban/catat', f);
	if (!r) return at.replaceChildren('Sesi Anda telah berakhir. Isian ini tetap di sini: masuk kembali, lalu tekan Simpan sekali lagi. ', doorway());
	if (!r.ok) return at.replaceChildren(words(r.text, 'p') || 'Belum tersimpan. Tekan Simpan sekali lagi sebentar lagi.');
	put(r.text);
	owe();
	news($('#catat b').textContent);
	back();
};
if (form && window.fetch) {
	let busy = null, later = null;
	/* One thing at a time; the button says what is under way. Who asks for the next one while a victim
	   is being saved is not left waiting for nothing: it is done afterwards. */
	const during = async (go, text, work, failed) => {
		if (busy) {
			if (busy !== go && go.form === form) later = [go, text, work, failed];
			return;
		}
		busy = go;
		const was = go.textContent;
		go.setAttribute('aria-disabled', 'true');
		go.textContent = text;
		try {
			await work();
		} catch {
			failed();
		}
		go.removeAttribute('aria-disabled');
		go.textContent = was;
		busy = null;
		const next = later;
		later = null;
		if (next) during(...next);
	};
	document.addEventListener('submit', e => {
		const f = e.target, go = $('button', f);
		if (f === form) {
			e.preventDefault();
			during(go, 'Memeriksa…', () => {
				clear('Sedang memeriksa…');
				return ask();
			}, () => fault('Jaringan terputus.', 'Tekan Periksa sekali lagi; NIK tetap di kolom dan permintaan yang sama tidak mengurangi kuota dua kali.'));
		} else if (f.closest('#catat')) {
			e.preventDefault();
			const at = $('.err', f);
			at.textContent = '';
			during(go, 'Menyimpan…', () => tell(f),
				() => { at.textContent = 'Jaringan terputus. Isian ini tetap di sini; tekan Simpan sekali lagi. Yang sama tidak tersimpan dua kali.'; });
		}
	});

	/* Keys in the card, and nowhere else (WCAG 2.1.4): 1-5 choose, Enter saves as in every form,
	   Esc leads back. Whoever types the next NIK here, or lets a scanner do it, meets a digit that
	   chooses nothing before long: then all of them go where they belong, and nothing is chosen. */
	let run = '', before = null;
	document.addEventListener('focusout', () => { run = ''; });
	document.addEventListener('keydown', e => {
		const card = e.target.closest && e.target.closest('#catat');
		if (!card || e.ctrlKey || e.altKey || e.metaKey) return;
		if (e.key === 'Escape') return back();
		if (e.key === 'Enter' && e.repeat) return e.preventDefault(); /* still held down from the question */
		if (!/^\d$/.test(e.key) || e.target.name !== 'keterangan') {
			run = '';
			return;
		}
		e.preventDefault();
		const typed = run + e.key, key = [...card.querySelectorAll('kbd')].find(k => k.textContent === e.key && k.closest('label'));
		if (!run) before = $('[name=keterangan]:checked', card);
		if (key) {
			const choice = $('input', key.closest('label'));
			choice.checked = true;
			choice.focus();
			run = typed;
			return;
		}
		for (const one of card.querySelectorAll('[name=keterangan]')) one.checked = one === before;
		field.value = typed;
		field.focus();
		tidy();
	});
}

/* ---- what is told on other pages: a page of its own answers, once it is sure that there is a session ---- */
const wait = (f, words, ...more) => {
	const at = $('.err.late', f) || f.appendChild(document.createElement('p'));
	at.className = 'err late';
	at.setAttribute('role', 'alert');
	at.replaceChildren(words, ...more);
};
if (window.fetch) document.addEventListener('submit', async e => {
	const f = e.target;
	if (f.getAttribute('action') !== '/korban/orang') return;
	e.preventDefault();
	if (f.dataset.sent) return;
	f.dataset.sent = '1';
	try {
		if (await renew('/sesi')) return f.submit();
		wait(f, 'Sesi Anda telah berakhir. Isian ini tetap di sini: masuk kembali, lalu tekan Simpan sekali lagi. ', doorway());
	} catch {
		wait(f, 'Jaringan terputus. Isian ini tetap di sini; tekan Simpan sekali lagi.');
	}
	delete f.dataset.sent;
});

/* ---- a list on its way: how much has arrived, then that it is being read ---- */
const carry = list => {
	const rq = new XMLHttpRequest(), box = $('#kemajuan'), bar = document.createElement('progress'), words = document.createElement('span');
	const go = $('button', list), wrong = $('#salah');
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
	rq.open('POST', list.action);
	rq.send(new FormData(list));
};
const list = $('form[data-unggah]');
if (list && window.XMLHttpRequest) list.addEventListener('submit', e => {
	const go = $('button', list);
	e.preventDefault();
	if (go.hasAttribute('aria-disabled')) return;
	go.setAttribute('aria-disabled', 'true');
	carry(list);
});

/* ---- the slip ---- */
const print = $('[data-cetak]');
if (print) {
	print.hidden = false;
	print.onclick = () => window.print();
	$('[data-tanpa]').hidden = true;
}

/* ---- today, again and again: only while somebody can see it, and until it is stopped ---- */
const AGAIN = 15000;
let today = $('[data-lagi]');
if (today && window.fetch) {
	const stop = document.createElement('button'), words = document.createElement('span');
	let timer = 0;
	stop.className = 'link';
	stop.type = 'button';
	words.className = 'small soft';
	const off = why => {
		clearInterval(timer);
		timer = 0;
		words.textContent = why;
		stop.textContent = 'Perbarui terus';
	};
	const once = async () => {
		if (document.hidden) return;
		const r = await fetch(today.dataset.lagi + location.search, { headers: head, redirect: 'manual' });
		if (r.type === 'opaqueredirect') return off('Sesi Anda telah berakhir; muat ulang halaman untuk masuk kembali. ');
		if (!r.ok) return; /* asked too often, or busy: the next time will do */
		put(await r.text());
		today = $('[data-lagi]');
	};
	const on = () => {
		timer = setInterval(() => once().catch(() => off('Jaringan terputus. ')), AGAIN);
		words.textContent = 'Diperbarui setiap 15 detik. ';
		stop.textContent = 'Hentikan';
	};
	stop.onclick = () => timer ? off('Pembaruan dihentikan. ') : on();
	const line = document.createElement('p');
	line.className = 'noprint';
	line.append(words, stop);
	today.after(line);
	on();
}
})();
