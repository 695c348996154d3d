/* SPDX-License-Identifier: EUPL-1.2
 * web/envelope.c - see envelope.h. */
#include "web/envelope.h"

#include "web/envelope.page.h"
#include "web/frame.h"

enum rc envelope_draw(struct visit *v, const struct user *user, struct str password, struct url request, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	bool of_request = request.s.n > 0;
	struct url_pair pair = {"user", user->user_id};
	struct frame frame = {.title = "Kata sandi sekali pakai", .at = of_request ? "/permohonan" : "/pengguna"};
	page_envelope_write(&body, &(struct page_envelope){
	                                   .user_id = user->user_id,
	                                   .password = password,
	                                   .agency = user->instansi_id != 0,
	                                   .of_request = of_request,
	                                   .back = of_request ? request : url_path(v->arena, "/pengguna/rincian", &pair, 1),
	                           });
	TRY(frame_page(v, &frame, 200, &body, err));
	v->out.compress = false; /* a password beside a form's token: no compressor sees both */
	return RC_OK;
}
