/* pages: one file per page family. A handler reads the request, calls rules and repository, fills the data tree and names a template.
 * It holds no SQL, no HTML and no date arithmetic. */
#ifndef SUPPORTLEVEL_PAGES_PAGES_H
#define SUPPORTLEVEL_PAGES_PAGES_H

#include "web/page.h"

bool overview_page(Exchange *exchange, GError **error);

bool login_page(Exchange *exchange, GError **error);
bool login_submit(Exchange *exchange, GError **error);
bool logout_submit(Exchange *exchange, GError **error);
bool language_submit(Exchange *exchange, GError **error);
bool setup_page(Exchange *exchange, GError **error);
bool setup_submit(Exchange *exchange, GError **error);
bool setup_company_page(Exchange *exchange, GError **error);
bool setup_company_submit(Exchange *exchange, GError **error);
bool health_page(Exchange *exchange, GError **error);
bool metrics_page(Exchange *exchange, GError **error);

bool contract_list_page(Exchange *exchange, GError **error); /* html, json, csv */
bool contract_columns_page(Exchange *exchange, GError **error);
bool contract_view_page(Exchange *exchange, GError **error); /* html, json */
bool contract_new_page(Exchange *exchange, GError **error);
bool contract_edit_page(Exchange *exchange, GError **error);
bool contract_copy_page(Exchange *exchange, GError **error);
bool contract_create_submit(Exchange *exchange, GError **error);
bool contract_save_submit(Exchange *exchange, GError **error);
bool contract_delete_submit(Exchange *exchange, GError **error);

bool notice_page(Exchange *exchange, GError **error);
bool notice_submit(Exchange *exchange, GError **error);
bool notice_withdraw_submit(Exchange *exchange, GError **error);
bool contract_bulk_list_page(Exchange *exchange, GError **error);
bool contract_bulk_submit(Exchange *exchange, GError **error); /* choose, preview, apply */
bool contract_bulk_view_page(Exchange *exchange, GError **error);
bool contract_bulk_undo_submit(Exchange *exchange, GError **error);

bool document_list_page(Exchange *exchange, GError **error); /* html, json */
bool document_create_submit(Exchange *exchange, GError **error);
bool document_send_page(Exchange *exchange, GError **error); /* the file itself */
bool document_remove_submit(Exchange *exchange, GError **error);

bool customer_list_page(Exchange *exchange, GError **error);
bool customer_view_page(Exchange *exchange, GError **error);
bool customer_new_page(Exchange *exchange, GError **error);
bool customer_edit_page(Exchange *exchange, GError **error);
bool customer_create_submit(Exchange *exchange, GError **error);
bool customer_save_submit(Exchange *exchange, GError **error);
bool customer_delete_submit(Exchange *exchange, GError **error);

bool level_report_page(Exchange *exchange, GError **error); /* html, json, csv, xlsx */
bool view_list_page(Exchange *exchange, GError **error);
bool view_new_page(Exchange *exchange, GError **error);
bool view_create_submit(Exchange *exchange, GError **error);
bool view_start_submit(Exchange *exchange, GError **error);
bool view_edit_page(Exchange *exchange, GError **error);
bool view_save_submit(Exchange *exchange, GError **error);
bool view_delete_submit(Exchange *exchange, GError **error);

bool level_list_page(Exchange *exchange, GError **error);
bool level_compare_page(Exchange *exchange, GError **error);
bool level_view_page(Exchange *exchange, GError **error);
bool level_new_page(Exchange *exchange, GError **error);
bool level_edit_page(Exchange *exchange, GError **error);
bool level_create_submit(Exchange *exchange, GError **error);
bool level_save_submit(Exchange *exchange, GError **error);
bool level_retire_submit(Exchange *exchange, GError **error);
bool level_delete_submit(Exchange *exchange, GError **error);

bool contract_history_page(Exchange *exchange, GError **error);
bool customer_history_page(Exchange *exchange, GError **error);
bool level_history_page(Exchange *exchange, GError **error);
bool calendar_page(Exchange *exchange, GError **error); /* ics, by the secret address of a subscription */
bool calendar_list_page(Exchange *exchange, GError **error);
bool calendar_new_page(Exchange *exchange, GError **error);
bool calendar_create_submit(Exchange *exchange, GError **error);
bool calendar_revoke_submit(Exchange *exchange, GError **error);
bool password_page(Exchange *exchange, GError **error);
bool password_submit(Exchange *exchange, GError **error);

bool settings_page(Exchange *exchange, GError **error);
bool contract_type_list_page(Exchange *exchange, GError **error);
bool contract_type_view_page(Exchange *exchange, GError **error);
bool contract_type_new_page(Exchange *exchange, GError **error);
bool contract_type_edit_page(Exchange *exchange, GError **error);
bool contract_type_create_submit(Exchange *exchange, GError **error);
bool contract_type_save_submit(Exchange *exchange, GError **error);
bool contract_type_retire_submit(Exchange *exchange, GError **error);
bool contract_type_delete_submit(Exchange *exchange, GError **error);
bool contract_type_history_page(Exchange *exchange, GError **error);
bool user_list_page(Exchange *exchange, GError **error);
bool user_view_page(Exchange *exchange, GError **error);
bool user_new_page(Exchange *exchange, GError **error);
bool user_edit_page(Exchange *exchange, GError **error);
bool user_create_submit(Exchange *exchange, GError **error);
bool user_save_submit(Exchange *exchange, GError **error);
bool user_history_page(Exchange *exchange, GError **error);
bool user_password_link_submit(Exchange *exchange, GError **error);
bool user_sign_out_submit(Exchange *exchange, GError **error);
bool user_active_submit(Exchange *exchange, GError **error);
bool own_account_page(Exchange *exchange, GError **error);
bool own_password_submit(Exchange *exchange, GError **error);
bool own_sign_out_submit(Exchange *exchange, GError **error);
bool token_list_page(Exchange *exchange, GError **error);
bool token_create_submit(Exchange *exchange, GError **error);
bool token_revoke_submit(Exchange *exchange, GError **error);

bool import_list_page(Exchange *exchange, GError **error);
bool import_upload_submit(Exchange *exchange, GError **error);
bool import_view_page(Exchange *exchange, GError **error);
bool import_submit(Exchange *exchange, GError **error);
bool import_undo_submit(Exchange *exchange, GError **error);
bool import_problems_page(Exchange *exchange, GError **error); /* csv */
bool import_rejected_page(Exchange *exchange, GError **error); /* csv */

bool openapi_page(Exchange *exchange, GError **error); /* json */

bool entitlement_page(Exchange *exchange, GError **error); /* html, json */
bool support_request_list_page(Exchange *exchange, GError **error); /* html, json */
bool support_request_new_page(Exchange *exchange, GError **error);
bool support_request_create_submit(Exchange *exchange, GError **error);
bool support_request_view_page(Exchange *exchange, GError **error); /* html, json */
bool support_request_step_submit(Exchange *exchange, GError **error);
bool support_request_report_page(Exchange *exchange, GError **error); /* html, json */
bool level_staff_page(Exchange *exchange, GError **error);
bool level_staff_submit(Exchange *exchange, GError **error);
bool service_calendar_list_page(Exchange *exchange, GError **error);
bool service_calendar_view_page(Exchange *exchange, GError **error);
bool service_calendar_new_page(Exchange *exchange, GError **error);
bool service_calendar_edit_page(Exchange *exchange, GError **error);
bool service_calendar_create_submit(Exchange *exchange, GError **error);
bool service_calendar_save_submit(Exchange *exchange, GError **error);
bool service_calendar_delete_submit(Exchange *exchange, GError **error);
bool service_calendar_history_page(Exchange *exchange, GError **error);

#endif
