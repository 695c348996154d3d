/* SPDX-License-Identifier: EUPL-1.2
 * cli/cmd.h - the verbs' functions, for the table in cli.c. Each prints what it
 * found on stdout and leaves words about failures to its caller. */
#pragma once
#include "cli/command.h"

#define CMD(name) MUST_USE enum rc cmd_##name(const struct command *command, struct err *err)
CMD(init);
CMD(serve);
CMD(check);
CMD(migrate);
CMD(conf);
CMD(version);
CMD(help);
CMD(registry_generate);
CMD(registry_import);
CMD(registry_delta);
CMD(registry_stat);
CMD(sandbox);
CMD(agreement_apply);
CMD(agreement_list);
CMD(agreement_show);
CMD(agreement_export);
CMD(agreement_state);
CMD(user_add);
CMD(user_list);
CMD(user_change);
CMD(user_close);
CMD(user_reopen);
CMD(user_reset_password);
CMD(user_reset_code);
CMD(outage_add);
CMD(outage_list);
CMD(outage_change);
CMD(outage_cancel);
CMD(kejadian_add);
CMD(kejadian_list);
CMD(kejadian_close);
CMD(calendar_import);
CMD(calendar_list);
CMD(balikan_list);
CMD(balikan_retry);
CMD(balikan_queue);
CMD(mail_list);
CMD(mail_test);
CMD(credential_issue);
CMD(credential_rotate);
CMD(credential_list);
CMD(credential_end);
CMD(credential_bind);
CMD(credential_scopes);
CMD(journal_verify);
CMD(journal_archive);
CMD(journal_drop_archived);
CMD(journal_export);
CMD(journal_find);
CMD(journal_history);
CMD(journal_prove);
CMD(journal_proof);
CMD(journal_checkpoint);
CMD(journal_vkey);
CMD(journal_cosign_key);
CMD(journal_cosign);
CMD(node_list);
CMD(node_release);
CMD(report_count);
CMD(report_recount);
CMD(report_list);
CMD(report_write);
CMD(backup);
CMD(backup_verify);
CMD(backup_key_new);
CMD(backup_key_show);
CMD(restore);
CMD(restore_settle);
CMD(upgrade);
CMD(letter_sample);
CMD(letter_text);
CMD(guard_list);
CMD(guard_release);
CMD(guard_replay);
CMD(guard_simulate);
#undef CMD
