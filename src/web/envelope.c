/* SPDX-License-Identifier: EUPL-1.2
 * web/envelope.c - see envelope.h. */
#include "web/envelope.h"

#include "web/envelope.page.h"
#include "web/frame.h"

enum rc envelope_draw(struct visit *v, const struct user *user, struct str password, struct url request, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct url_pair pair = {"user", user->user_id};
	bool program = user->role == ROLE_SERVICE;
	struct url back = url_path(v->arena, program ? "/layanan/rincian" : "/pengguna/rincian", &pair, 1);
	const char *title = program ? "Rahasia program" : "Kata sandi sekali pakai";
	page_envelope_write(&body, &(struct page_envelope){
	                                   .user_id = user->user_id,
	                                   .password = password,
	                                   .program = program,
	                                   .agency = user->instansi_id != 0,
	                                   .of_request = request.s.n > 0,
	                                   .back = request.s.n ? request : back,
	                           });
	TRY(frame_page(v, &(struct frame){.title = title, .at = request.s.n ? "/permohonan" : "/pengguna"}, 200,
	               &body, err));
	v->out.compress = false; /* a password beside a form's token: no compressor sees both */
	return RC_OK;
}
