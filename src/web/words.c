/* SPDX-License-Identifier: EUPL-1.2
 * web/words.c - see words.h. */
#include "web/words.h"

static const struct notice_row {
	const char *key, *text;
} notices[] = {
	{"instansi-baru", "Instansi telah didaftarkan. Langkah berikutnya: susun versi pertama perjanjiannya."},
	{"rancangan-mulai", "Rancangan telah dibuat. Isi, lalu simpan; belum ada yang berubah bagi instansi."},
	{"rancangan-simpan", "Rancangan telah disimpan. Belum ada yang berubah bagi instansi."},
	{"rancangan-muat", "Berkas telah dimuat sebagai rancangan. Periksa isinya, lalu catat sebagai versi."},
	{"rancangan-buang", "Rancangan telah dibuang."},
	{"versi-dicatat", "Versi baru telah dicatat. Isinya tidak dapat diubah lagi; perubahan dibuat dengan adendum."},
	{"user-ubah", "Perubahan telah disimpan."},
	{"user-buka", "User ID telah dibuka kembali."},
	{"user-tutup", "User ID telah ditutup; semua sesinya berakhir seketika."},
	{"user-bahan", "Pengembalian bahan telah dicatat."},
	{"user-kode", "Kode sekali pakai telah disetel ulang; semua sesinya berakhir. Pemegang mendaftar kembali saat masuk."},
	{"kredensial-akhir", "Kredensial telah diakhiri dan ditolak sejak permintaan berikutnya."},
	{"layanan-cakupan", "Cakupan telah disimpan dan berlaku sejak permintaan berikutnya."},
	{"layanan-ikat", "Ikatan telah disimpan dan berlaku sejak permintaan berikutnya."},
	{"dokumen-ajukan", "Dokumen telah diajukan dan menunggu pemeriksaan Dinas Dukcapil."},
	{"dokumen-catat", "Dokumen telah dicatat dan langsung berlaku."},
	{"dokumen-usul", "Dokumen telah dicatat dan menunggu persetujuan admin lain."},
	{"dokumen-terima", "Dokumen telah diterima dan langsung berlaku."},
	{"dokumen-tolak", "Dokumen telah ditolak; alasannya dapat dibaca instansi."},
	{"pejabat-catat", "Pejabat telah dicatat."},
	{"narahubung-ubah", "Narahubung telah diubah; daftar baru langsung tampil pada setiap penolakan."},
	{"permohonan-diajukan", "Permohonan telah diajukan. Suratnya siap diunduh dan ditandatangani."},
	{"permohonan-dicatat", "Catatan telah dibuat; kedua pihak melihat jalannya di halaman ini."},
	{"langkah-dicatat", "Langkah telah dicatat."},
	{"naskah-simpan", "Naskah telah disimpan dan dipakai mulai surat berikutnya."},
	{"kejadian-tutup", "Kejadian telah ditutup dan pindah ke arsip. Data balikannya masih dapat dilengkapi di daftar korban."},
	{"korban-simpan", "Keadaan korban telah tersimpan dan dilaporkan sebagai data balikan."},
	{"korban-nik", "NIK tidak terbaca: harus 16 angka. Periksa kembali, lalu cari."},
	{"korban-tiada", "NIK itu belum pernah diperiksa untuk kejadian ini. Periksa NIK dan kejadiannya, lalu cari kembali."},
	{"korban-sama", "Keadaan itu sudah tercatat; tidak ada yang berubah."},
	{"balikan-ulang", "Yang ditolak menunggu kembali, dan yang tertahan dicoba seketika. Yang telah disusul keadaan yang lebih "
	                  "baru tidak dikirim ulang."},
	{"pemeliharaan-rencana", "Pemeliharaan telah diumumkan: pada /api/v1/status seketika, di portal tiga hari sebelumnya."},
	{"pemeliharaan-ubah", "Perubahan telah diumumkan."},
	{"pemeliharaan-akhir", "Pemeliharaan telah diakhiri; pengumumannya tidak tampil lagi."},
	{"pemeliharaan-batal", "Pemeliharaan telah dibatalkan; pengumumannya tidak tampil lagi."},
	{"evaluasi-buat", "Evaluasi telah dibuat; angkanya sedang dihitung dari jurnal."},
	{"evaluasi-simpan", "Rancangan telah disimpan. Instansi belum dapat membacanya."},
	{"evaluasi-tetap", "Evaluasi telah ditetapkan. Isinya tidak dapat diubah lagi; suratnya siap diunduh."},
	{"evaluasi-sampai", "Penyampaian kepada instansi telah dicatat."},
	{"evaluasi-lapor", "Pelaporan kepada Menteri telah dicatat."},
	{"evaluasi-buang", "Rancangan evaluasi telah dibuang."},
	{"insiden-buka", "Insiden telah dibuka dan jamnya berjalan. Tangani dahulu, lalu susun daftar aksesnya."},
	{"insiden-langkah", "Langkah telah dicatat."},
	{"insiden-daftar", "Daftar sedang disusun dari jurnal; biasanya selesai dalam setengah menit."},
	{"laporan-baru", "Laporan telah dibuat; angkanya dihitung di latar belakang."},
	{"laporan-ada", "Laporan semester itu sudah ada; lanjutkan di sini."},
	{"laporan-teks", "Kendala dan usulan telah disimpan."},
	{"jurnal-periksa", "Pemeriksaan telah diminta dan berjalan di latar; hasilnya tampil di halaman ini."},
	{"jurnal-tanda", "Jurnal sampai saat ini telah ditandatangani. Unduh checkpoint-nya dan simpan di tempat lain."},
	{"kunci-daftar", "Kunci telah didaftarkan. Bacakan sidiknya kepada Dinas Dukcapil lewat jalan lain agar disahkan."},
	{"kunci-sah", "Kunci telah disahkan dan dapat dipakai menandatangani checkpoint."},
	{"kunci-akhir", "Kunci telah diakhiri. Tanda tangan yang sudah ada tetap berlaku."},
	{"tanda-terima", "Tanda tangan telah diterima dan disimpan bersama checkpoint-nya."},
	{"tanda-sama", "Tanda tangan itu sudah tersimpan; tidak ada yang berubah."},
	{"status-dicatat", "Langkah telah dicatat dan berlaku seketika, juga pada halaman yang sedang terbuka."},
};

struct str words_sentence(struct arena *arena, const char *what)
{
	char first = what[0] >= 'a' && what[0] <= 'z' ? (char)(what[0] - 'a' + 'A') : what[0];
	size_t n = strlen(what);
	if (n == 0)
		return S("");
	return arena_printf(arena, "%c%s%s", first, what + 1, what[n - 1] == '.' ? "" : ".");
}

struct str words_notice(struct visit *v)
{
	struct str key = http_query(v->rq, "catatan");
	for (size_t i = 0; key.n && i < LEN(notices); i++)
		if (str_eq(key, str_c(notices[i].key)))
			return str_c(notices[i].text);
	return S("");
}
