/* export: the contracts of a selection as CSV on standard output. */
#include <stdio.h>
#include <string.h>
#include <talloc.h>

#include "domain/contract_filter.h"
#include "format/csv_writer.h"
#include "repository/catalogue_repository.h"
#include "repository/contract_repository.h"
#include "tool/command.h"
#include "tool/texts.h"

static bool flush(GString *csv) {
  bool written = fwrite(csv->str, 1, csv->len, stdout) == csv->len;
  g_string_truncate(csv, 0);
  return written;
}

typedef struct {
  GString *csv;
  const ContractColumns *columns;
} Export;

static bool write_contract(void *context, const Contract *contract) {
  const Export *export = context;
  csv_write_contract(export->csv, contract, export->columns);
  return true;
}

static bool write_out(void *context) { return flush(((const Export *)context)->csv); }

static ContractFilter *read_filter(Tool *tool, void *owner, const char *query, const Catalogue *catalogue, GError **error) {
  const Parameters *parameters = parameters_parse(owner, query, strlen(query), error);
  if (parameters == NULL) return NULL;
  FieldErrors *errors = field_errors_new(owner);
  ContractFilter *filter = contract_filter_parse(owner, parameters, catalogue, settings_today(tool->settings), errors);
  if (!field_errors_any(errors)) return filter;
  const FieldError *first = &g_array_index(errors->items, FieldError, 0);
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "%s: %s", first->field,
              texts_of_error(owner, tool->settings, first->reason, first->argument != NULL ? first->argument : ""));
  return NULL;
}

bool export_command(Tool *tool, char **words, GError **error) {
  char **rest = NULL;
  if (!command_options(words, NULL, 0, 1, &rest, error)) return false;
  void *owner = talloc_new(NULL);
  GString *csv = g_string_sized_new(65536);
  const Catalogue *catalogue = catalogue_repository_read(tool->database, owner, error);
  const ContractFilter *filter = catalogue != NULL ? read_filter(tool, owner, rest[1] != NULL ? rest[1] : "", catalogue, error) : NULL;
  ContractSelection selection = {filter, catalogue, settings_today(tool->settings), 0, NULL};
  Export export = {csv, filter != NULL ? contract_filter_file_columns(filter) : NULL};
  if (filter != NULL) csv_write_contract_head(csv, export.columns);
  bool done = filter != NULL && contract_repository_each(tool->database, &selection, write_contract, write_out, &export, error);
  if (done && (!flush(csv) || fflush(stdout) != 0)) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "standard output cannot be written");
    done = false;
  }
  g_string_free(csv, TRUE);
  talloc_free(owner);
  g_strfreev(rest);
  return done;
}
