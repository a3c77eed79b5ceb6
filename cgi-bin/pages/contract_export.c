/* Files of a selection: /contracts.csv, the same for Excel, /contracts.xlsx. */
#include <string.h>
#include <talloc.h>

#include "format/csv_writer.h"
#include "format/xlsx_writer.h"
#include "pages/contract_list.h"

#define BUILD_TIME (30 * G_USEC_PER_SEC) /* for the rows of a workbook: putting it together takes about half of that again, and web servers wait for 60 s */
#define GONE_EVERY 256                   /* rows, after which is looked whether anybody still waits for the workbook */

/* ---- words ---- */

static const char *text_of(Exchange *exchange, const char *group, const char *name) {
  return page_text(exchange, talloc_asprintf(exchange, "%s.%s", group, name), NULL);
}

static const ContractWords *words_of(Exchange *exchange) {
  ContractWords *words = talloc_zero(exchange, ContractWords);
  char **choices = g_strsplit(contract_fields[CONTRACT_NOTICE_TO].choices, " ", WORD_MAX);
  for (unsigned column = 0; column < CONTRACT_COLUMN_COUNT; column++) words->heads[column] = text_of(exchange, "field", contract_column(column)->name);
  for (int status = 0; status < STATUS_COUNT; status++) words->statuses[status] = text_of(exchange, "status", contract_status_name((ContractStatus)status));
  for (unsigned choice = 0; choices[choice] != NULL; choice++) words->notice_to[choice] = text_of(exchange, "notice_to", choices[choice]);
  words->time_zone = page_time_zone(exchange);
  g_strfreev(choices);
  return words;
}

static void begin_file(Response *response, const char *type, const char *name) {
  char *disposition = g_strdup_printf("attachment; filename=\"%s\"", name);
  response->content_type = type;
  response_header(response, "Content-Disposition", disposition);
  g_free(disposition);
}

/* ---- CSV ---- */

typedef struct {
  Response *response;
  const ContractColumns *columns;
  const ContractWords *words; /* NULL: for programs */
} CsvExport;

static bool add_contract(void *context, const Contract *contract) {
  const CsvExport *export = context;
  if (export->words == NULL) csv_write_contract(export->response->body, contract, export->columns);
  else csv_write_excel_contract(export->response->body, contract, export->columns, export->words);
  return true;
}

static bool send_contracts(void *context) {
  const CsvExport *export = context;
  return response_flush(export->response, false);
}

/* Once rows are on their way a failure can only be told by an answer that ends early: the web server then breaks the connection off. */
bool contract_export_csv(ContractList *list, GError **error) {
  Exchange *exchange = list->exchange;
  CsvExport export = {.response = exchange->response, .columns = contract_filter_file_columns(list->filter)};
  /* The Excel that needs this file is a German one, whatever its reader's language is. */
  if (list->excel) exchange->language = LANGUAGE_GERMAN;
  if (list->excel) export.words = words_of(exchange);
  begin_file(export.response, "text/csv; charset=utf-8; header=present", list->excel ? "contracts-excel.csv" : "contracts.csv");
  if (list->excel) csv_write_excel_head(export.response->body, export.columns);
  else csv_write_contract_head(export.response->body, export.columns);
  if (!contract_repository_each(exchange->worker->database, &list->selection, add_contract, send_contracts, &export, error)) return false;
  response_flush(export.response, true);
  return true;
}

/* ---- XLSX ---- */

typedef struct {
  Response *response;
  XlsxWriter *writer;
  guint64 rows;
  gint64 until; /* monotonic microseconds */
  bool gone;
  GError *error;
} XlsxExport;

/* A workbook can't be sent before its end, so that nobody would notice that its reader has gone. */
static bool add_row(void *context, const Contract *contract) {
  XlsxExport *export = context;
  if (++export->rows % GONE_EVERY == 0) {
    export->gone = response_reader_gone(export->response);
    if (export->gone) return false;
    if (g_get_monotonic_time() > export->until) {
      g_set_error(&export->error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "xlsx_too_long: %" G_GUINT64_FORMAT, export->rows);
      return false;
    }
  }
  return xlsx_writer_add(export->writer, contract, &export->error);
}

static bool send_file(Response *response, FILE *file, GError **error) {
  char piece[16384];
  gsize length;
  while ((length = fread(piece, 1, sizeof piece, file)) > 0) {
    g_string_append_len(response->body, piece, (gssize)length);
    if (!response_flush(response, false)) return true;
  }
  if (ferror(file)) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "the temporary file cannot be read");
    return false;
  }
  response_flush(response, true);
  return true;
}

static bool answer_xlsx(ContractList *list, GError **error) {
  Exchange *exchange = list->exchange;
  const XlsxLook look = {contract_filter_file_columns(list->filter), words_of(exchange), page_text(exchange, "contracts.title", NULL), page_text(exchange, "export.day_format", NULL), XLSX_ROW_MAX};
  XlsxExport export = {.response = exchange->response, .until = g_get_monotonic_time() + BUILD_TIME};
  export.writer = xlsx_writer_new(list, &look, error);
  if (export.writer == NULL || !contract_repository_each(exchange->worker->database, &list->selection, add_row, NULL, &export, error)) return false;
  if (export.error != NULL) {
    g_propagate_error(error, export.error);
    return false;
  }
  FILE *file = export.gone ? NULL : xlsx_writer_finish(export.writer, error);
  return export.gone || (file != NULL && send_file(exchange->response, file, error));
}

bool contract_export_xlsx(ContractList *list, GError **error) {
  Response *response = list->exchange->response;
  begin_file(response, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "contracts.xlsx");
  if (!response->head_only) return answer_xlsx(list, error);
  response_flush(response, true);
  return true;
}
