/* SPDX-License-Identifier: EUPL-1.2
 * web/pages.h - the handlers that stand in the table of routes; see gate/visit.h for
 * what `slow`, `inquiry` and `page` may do. One file a subject: page_SUBJECT_WHAT is
 * in page_SUBJECT.c. */
#pragma once
#include "gate/visit.h"

MUST_USE enum rc page_asset_get(struct visit *v, struct err *err);

MUST_USE enum rc page_login_get(struct visit *v, struct err *err);
MUST_USE enum rc page_login_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_login_post(struct visit *v, struct err *err);

MUST_USE enum rc page_logout_get(struct visit *v, struct err *err);
MUST_USE enum rc page_logout_post(struct visit *v, struct err *err);

MUST_USE enum rc page_home_get(struct visit *v, struct err *err);
/* `/` of the provider's people. */
MUST_USE enum rc page_office_home(struct visit *v, struct err *err);
MUST_USE enum rc page_instansi_get(struct visit *v, struct err *err);
MUST_USE enum rc page_instansi_post(struct visit *v, struct err *err);

MUST_USE enum rc page_agreement_get(struct visit *v, struct err *err);
MUST_USE enum rc page_version_get(struct visit *v, struct err *err);
MUST_USE enum rc page_version_file(struct visit *v, struct err *err);
MUST_USE enum rc page_draft_get(struct visit *v, struct err *err);
MUST_USE enum rc page_draft_begin(struct visit *v, struct err *err);
MUST_USE enum rc page_draft_import(struct visit *v, struct err *err);
MUST_USE enum rc page_draft_save(struct visit *v, struct err *err);
MUST_USE enum rc page_draft_drop(struct visit *v, struct err *err);
MUST_USE enum rc page_draft_record(struct visit *v, struct err *err);
MUST_USE enum rc page_life_get(struct visit *v, struct err *err);
MUST_USE enum rc page_life_post(struct visit *v, struct err *err);
MUST_USE enum rc page_life_letter_get(struct visit *v, struct err *err);
MUST_USE enum rc page_life_letter_after(struct visit *v, struct err *err);

MUST_USE enum rc page_reports_get(struct visit *v, struct err *err);
MUST_USE enum rc page_report_new_get(struct visit *v, struct err *err);
MUST_USE enum rc page_report_new_post(struct visit *v, struct err *err);
MUST_USE enum rc page_report_get(struct visit *v, struct err *err);
MUST_USE enum rc page_report_text_post(struct visit *v, struct err *err);
MUST_USE enum rc page_report_step_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_report_step_post(struct visit *v, struct err *err);
MUST_USE enum rc page_report_file_get(struct visit *v, struct err *err);
MUST_USE enum rc page_report_file_after(struct visit *v, struct err *err);
MUST_USE enum rc page_report_scan_get(struct visit *v, struct err *err);
MUST_USE enum rc page_report_scan_after(struct visit *v, struct err *err);

MUST_USE enum rc page_guide_get(struct visit *v, struct err *err);
MUST_USE enum rc page_guide_balikan_get(struct visit *v, struct err *err);
MUST_USE enum rc page_guide_api_get(struct visit *v, struct err *err);
MUST_USE enum rc page_guide_sandbox_get(struct visit *v, struct err *err);
MUST_USE enum rc page_guide_oversight_get(struct visit *v, struct err *err);

MUST_USE enum rc page_lookup_get(struct visit *v, struct err *err);
MUST_USE enum rc page_lookup_inquiry(struct visit *v, struct inquiry *ret, struct err *err);
MUST_USE enum rc page_lookup_post(struct visit *v, struct err *err);

MUST_USE enum rc page_tell_post(struct visit *v, struct err *err);

MUST_USE enum rc page_slip_print(struct visit *v, struct err *err);
MUST_USE enum rc page_check_get(struct visit *v, struct err *err);
MUST_USE enum rc page_check_post(struct visit *v, struct err *err);

MUST_USE enum rc page_kejadian_get(struct visit *v, struct err *err);
MUST_USE enum rc page_kejadian_choose(struct visit *v, struct err *err);
MUST_USE enum rc page_kejadian_new(struct visit *v, struct err *err);
MUST_USE enum rc page_kejadian_close_get(struct visit *v, struct err *err);
MUST_USE enum rc page_kejadian_close_post(struct visit *v, struct err *err);
MUST_USE enum rc page_kejadian_archive_get(struct visit *v, struct err *err);

MUST_USE enum rc page_victims_get(struct visit *v, struct err *err);
MUST_USE enum rc page_victims_find(struct visit *v, struct err *err);
MUST_USE enum rc page_victim_get(struct visit *v, struct err *err);
MUST_USE enum rc page_victim_post(struct visit *v, struct err *err);

MUST_USE enum rc page_bulk_get(struct visit *v, struct err *err);
MUST_USE enum rc page_bulk_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_bulk_post(struct visit *v, struct err *err);
MUST_USE enum rc page_bulk_list_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_bulk_list_get(struct visit *v, struct err *err);
MUST_USE enum rc page_bulk_save(struct visit *v, struct err *err);
MUST_USE enum rc page_bulk_drop(struct visit *v, struct err *err);
MUST_USE enum rc page_bulk_sample(struct visit *v, struct err *err);
MUST_USE enum rc page_bulk_wrong_get(struct visit *v, struct err *err);
MUST_USE enum rc page_bulk_wrong_after(struct visit *v, struct err *err);

MUST_USE enum rc page_balikan_get(struct visit *v, struct err *err);
MUST_USE enum rc page_balikan_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_balikan_one_get(struct visit *v, struct err *err);
MUST_USE enum rc page_balikan_file_get(struct visit *v, struct err *err);
MUST_USE enum rc page_balikan_file_after(struct visit *v, struct err *err);

MUST_USE enum rc page_outage_get(struct visit *v, struct err *err);
MUST_USE enum rc page_outage_post(struct visit *v, struct err *err);
MUST_USE enum rc page_outage_cancel(struct visit *v, struct err *err);

MUST_USE enum rc page_calendar_get(struct visit *v, struct err *err);
MUST_USE enum rc page_calendar_post(struct visit *v, struct err *err);

MUST_USE enum rc page_duty_get(struct visit *v, struct err *err);

MUST_USE enum rc page_guard_get(struct visit *v, struct err *err);
MUST_USE enum rc page_guard_one(struct visit *v, struct err *err);
MUST_USE enum rc page_guard_plead(struct visit *v, struct err *err);
MUST_USE enum rc page_guard_decide(struct visit *v, struct err *err);

MUST_USE enum rc page_outbox_get(struct visit *v, struct err *err);
MUST_USE enum rc page_outbox_post(struct visit *v, struct err *err);

MUST_USE enum rc page_password_get(struct visit *v, struct err *err);
MUST_USE enum rc page_password_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_password_post(struct visit *v, struct err *err);

MUST_USE enum rc page_code_get(struct visit *v, struct err *err);
MUST_USE enum rc page_code_post(struct visit *v, struct err *err);
MUST_USE enum rc page_enrol_get(struct visit *v, struct err *err);
MUST_USE enum rc page_enrol_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_enrol_post(struct visit *v, struct err *err);
MUST_USE enum rc page_codes_get(struct visit *v, struct err *err);
MUST_USE enum rc page_codes_post(struct visit *v, struct err *err);

MUST_USE enum rc page_history_get(struct visit *v, struct err *err);
MUST_USE enum rc page_history_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_history_post(struct visit *v, struct err *err);
MUST_USE enum rc page_history_print(struct visit *v, struct err *err);
MUST_USE enum rc page_history_print_after(struct visit *v, struct err *err);

MUST_USE enum rc page_sessions_get(struct visit *v, struct err *err);
MUST_USE enum rc page_sessions_post(struct visit *v, struct err *err);

MUST_USE enum rc page_users_get(struct visit *v, struct err *err);
MUST_USE enum rc page_user_get(struct visit *v, struct err *err);
MUST_USE enum rc page_user_change(struct visit *v, struct err *err);
MUST_USE enum rc page_user_close(struct visit *v, struct err *err);
MUST_USE enum rc page_user_back(struct visit *v, struct err *err);
MUST_USE enum rc page_user_open(struct visit *v, struct err *err);
MUST_USE enum rc page_user_code(struct visit *v, struct err *err);
MUST_USE enum rc page_user_password(struct visit *v, struct err *err);
MUST_USE enum rc page_user_new_get(struct visit *v, struct err *err);
MUST_USE enum rc page_user_new_post(struct visit *v, struct err *err);

MUST_USE enum rc page_services_get(struct visit *v, struct err *err);
MUST_USE enum rc page_service_get(struct visit *v, struct err *err);
MUST_USE enum rc page_service_make(struct visit *v, struct err *err);
MUST_USE enum rc page_service_end(struct visit *v, struct err *err);
MUST_USE enum rc page_service_bind(struct visit *v, struct err *err);
MUST_USE enum rc page_service_scopes(struct visit *v, struct err *err);
MUST_USE enum rc page_service_bast(struct visit *v, struct err *err);

MUST_USE enum rc page_papers_get(struct visit *v, struct err *err);
MUST_USE enum rc page_paper_get(struct visit *v, struct err *err);
MUST_USE enum rc page_paper_decide(struct visit *v, struct err *err);
MUST_USE enum rc page_paper_scan(struct visit *v, struct err *err);
MUST_USE enum rc page_paper_scan_after(struct visit *v, struct err *err);
MUST_USE enum rc page_paper_new_get(struct visit *v, struct err *err);
MUST_USE enum rc page_paper_new_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_paper_new_post(struct visit *v, struct err *err);
MUST_USE enum rc page_print_get(struct visit *v, struct err *err);
MUST_USE enum rc page_print_bast(struct visit *v, struct err *err);

MUST_USE enum rc page_officials_get(struct visit *v, struct err *err);
MUST_USE enum rc page_officials_post(struct visit *v, struct err *err);
MUST_USE enum rc page_contacts_get(struct visit *v, struct err *err);
MUST_USE enum rc page_contacts_post(struct visit *v, struct err *err);

MUST_USE enum rc page_requests_get(struct visit *v, struct err *err);
MUST_USE enum rc page_request_new_get(struct visit *v, struct err *err);
MUST_USE enum rc page_request_new_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_request_new_post(struct visit *v, struct err *err);
MUST_USE enum rc page_request_get(struct visit *v, struct err *err);
MUST_USE enum rc page_request_step_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_request_step_post(struct visit *v, struct err *err);
MUST_USE enum rc page_request_letter_get(struct visit *v, struct err *err);
MUST_USE enum rc page_request_letter_after(struct visit *v, struct err *err);
MUST_USE enum rc page_request_scan_get(struct visit *v, struct err *err);
MUST_USE enum rc page_request_scan_after(struct visit *v, struct err *err);

MUST_USE enum rc page_evaluations_get(struct visit *v, struct err *err);
MUST_USE enum rc page_evaluation_new_get(struct visit *v, struct err *err);
MUST_USE enum rc page_evaluation_new_post(struct visit *v, struct err *err);
MUST_USE enum rc page_evaluation_get(struct visit *v, struct err *err);
MUST_USE enum rc page_evaluation_draft_post(struct visit *v, struct err *err);
MUST_USE enum rc page_evaluation_step_post(struct visit *v, struct err *err);
MUST_USE enum rc page_evaluation_letter_get(struct visit *v, struct err *err);
MUST_USE enum rc page_evaluation_letter_after(struct visit *v, struct err *err);

MUST_USE enum rc page_wordings_get(struct visit *v, struct err *err);
MUST_USE enum rc page_wording_face_post(struct visit *v, struct err *err);
MUST_USE enum rc page_wording_get(struct visit *v, struct err *err);
MUST_USE enum rc page_wording_post(struct visit *v, struct err *err);
MUST_USE enum rc page_wording_sample_get(struct visit *v, struct err *err);
MUST_USE enum rc page_wording_sample_after(struct visit *v, struct err *err);

MUST_USE enum rc page_incidents_get(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_new_get(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_new_post(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_get(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_step(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_ask(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_list_get(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_file_get(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_file_after(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_niks_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_niks_get(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_niks_after(struct visit *v, struct err *err);
MUST_USE enum rc page_incident_letter_get(struct visit *v, struct err *err);

MUST_USE enum rc page_trace_get(struct visit *v, struct err *err);
MUST_USE enum rc page_trace_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_trace_post(struct visit *v, struct err *err);
MUST_USE enum rc page_board_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_board_get(struct visit *v, struct err *err);
MUST_USE enum rc page_board_now_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_board_now_get(struct visit *v, struct err *err);
MUST_USE enum rc page_journal_slow(struct visit *v, struct err *err);
MUST_USE enum rc page_journal_get(struct visit *v, struct err *err);
MUST_USE enum rc page_journal_entry_get(struct visit *v, struct err *err);
MUST_USE enum rc page_journal_proof_get(struct visit *v, struct err *err);
MUST_USE enum rc page_journal_proof_after(struct visit *v, struct err *err);
MUST_USE enum rc page_journal_check_get(struct visit *v, struct err *err);
MUST_USE enum rc page_journal_check_post(struct visit *v, struct err *err);
MUST_USE enum rc page_journal_sign_post(struct visit *v, struct err *err);
MUST_USE enum rc page_journal_note_get(struct visit *v, struct err *err);
MUST_USE enum rc page_journal_export_get(struct visit *v, struct err *err);
MUST_USE enum rc page_journal_export_after(struct visit *v, struct err *err);

MUST_USE enum rc page_cosign_get(struct visit *v, struct err *err);
MUST_USE enum rc page_cosign_post(struct visit *v, struct err *err);
MUST_USE enum rc page_cosign_key_post(struct visit *v, struct err *err);
MUST_USE enum rc page_cosign_confirm_post(struct visit *v, struct err *err);
MUST_USE enum rc page_cosign_end_post(struct visit *v, struct err *err);
