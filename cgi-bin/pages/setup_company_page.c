/* What the first administrator begins with: the demo company, an import, or nothing. */
#include <errno.h>
#include <sys/stat.h>
#include <talloc.h>

#include "pages/import_work.h"
#include "pages/pages.h"
#include "repository/setup_repository.h"

static bool show(Exchange *exchange, bool begun, int status, GError **error) {
  page_set(exchange, "Page.title", page_text(exchange, "company.title", NULL));
  if (begun) page_set(exchange, "Company.begun", "1");
  if (status != 200) page_set(exchange, "Company.problem", page_text(exchange, "company.begun_problem", NULL));
  page_set(exchange, "Demo.action", page_url(exchange, "/setup/company"));
  page_set(exchange, "Import.url", page_url(exchange, "/import"));
  page_set(exchange, "Levels.url", page_url(exchange, "/levels"));
  page_set(exchange, "Contract.url", page_url(exchange, "/contracts/new"));
  return page_render(exchange, status, "setup_company", error);
}

bool setup_company_page(Exchange *exchange, GError **error) {
  bool begun = false;
  return setup_repository_begun(exchange->worker->database, &begun, error) && show(exchange, begun, 200, error);
}

/* ---- the demo company ---- */

static ImportWork *open_demo(Exchange *exchange, GError **error) {
  struct stat facts;
  const char *name = settings_text(exchange->worker->settings, SETTING_DEMO_FILE);
  FILE *file = fopen(name, "rb");
  if (file == NULL || fstat(fileno(file), &facts) != 0) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "the demo company (demo_file) cannot be read: %s: %s", name, g_strerror(errno));
    if (file != NULL) fclose(file);
    return NULL;
  }
  ImportJob *job = talloc_zero(exchange, ImportJob);
  job->file_name = "demo_contracts.csv";
  job->file_size = facts.st_size;
  return import_work_new(exchange, job, file);
}

/* The people of the demo company are no users here: whoever loads it is responsible in their place. */
static void answer_for_all(ImportWork *work) {
  for (unsigned i = 0; i < work->job->choice_count; i++) {
    ImportChoice *choice = &work->job->choices[i];
    if (choice->kind != IMPORT_UNDECIDED || choice->field != CONTRACT_RESPONSIBLE) continue;
    choice->kind = IMPORT_TAKE;
    choice->code = work->exchange->user->name;
  }
}

/* An import like any other: it stands in the list of imports and can be taken back there. */
static bool load_demo(ImportWork *work, GError **error) {
  Exchange *exchange = work->exchange;
  FieldErrors *errors = field_errors_new(work);
  bool asked = false;
  bool done = false;
  if (import_work_guess(work, error) && import_work_columns(work, errors) != NULL && import_job_create(exchange->worker->database, work->job, work->file, error) &&
      import_work_choices(work, &asked, error)) {
    answer_for_all(work);
    if (!import_work_run(work, false, &done, error)) return false;
  }
  if (!done && (error == NULL || *error == NULL)) g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "the demo company (demo_file) is no table of contracts");
  return done;
}

bool setup_company_submit(Exchange *exchange, GError **error) {
  bool begun = false;
  if (!setup_repository_begun(exchange->worker->database, &begun, error)) return false;
  if (begun) return show(exchange, begun, 409, error);
  ImportWork *work = open_demo(exchange, error);
  if (work == NULL || !load_demo(work, error)) return false;
  page_message(exchange, "demo_loaded", language_number(exchange, exchange->language, (gint64)work->counts.created));
  response_redirect(exchange->response, page_url(exchange, "/"));
  return true;
}
