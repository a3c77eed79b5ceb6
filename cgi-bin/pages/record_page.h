/* record_page.h: the pages that all kinds of records (record.h) have alike: view, form, create, save, delete. */
#ifndef SUPPORTLEVEL_PAGES_RECORD_PAGE_H
#define SUPPORTLEVEL_PAGES_RECORD_PAGE_H

#include "domain/record.h"
#include "pages/record_form.h"
#include "repository/record_repository.h"

typedef struct {
  const RecordKind *kind;
  const char *path;    /* "/customers" */
  const char *column;  /* by which the address names one: "id", "code" */
  int address_field;   /* the field that this is, or -1: the id */
  const char *text;    /* Lang.<text>.new, .edit; Lang.message.<text>_created, _saved, _deleted */
  unsigned title_field;
  void (*check)(const Record *record, FieldErrors *errors);
  /* What else a change carries along, in the same transaction; or NULL. ERROR_FIELD with an entry in `errors` refuses it. */
  bool (*changed)(Database *database, const Record *before, const Record *after, FieldErrors *errors, GError **error);
  unsigned most;          /* how many of them there may be; 0: any number */
  unsigned counted_field; /* a number that puts them in order: a new one is proposed behind all others; 0: none */
} RecordPage;

/* The record that the address names. ERROR_NOT_FOUND. */
Record *record_page_find(Exchange *exchange, const RecordPage *page, GError **error);
const char *record_page_url(Exchange *exchange, const RecordPage *page, const Record *record, const char *below);
/* Puts Fact.N for each field, title and links into the data tree. */
void record_page_fill(Exchange *exchange, const RecordPage *page, const Record *record, const Catalogue *catalogue);

/* Its history, of a deleted one too. */
bool record_page_history(Exchange *exchange, const RecordPage *page, GError **error);

/* The record as JSON. */
bool record_page_answer_json(Exchange *exchange, const Record *record, int status);

/* {"<name>": [records], "next": address or null}. */
bool record_page_answer_json_list(Exchange *exchange, const char *name, const Records *records, const char *next);

bool record_page_new(Exchange *exchange, const RecordPage *page, GError **error);
bool record_page_edit(Exchange *exchange, const RecordPage *page, GError **error);
bool record_page_create(Exchange *exchange, const RecordPage *page, GError **error);
bool record_page_save(Exchange *exchange, const RecordPage *page, GError **error);
bool record_page_delete(Exchange *exchange, const RecordPage *page, GError **error);

/* Sets a FIELD_YES, whose name the form sends with 1 or 0 and the record's version, and says so by Lang.message.<text>_<field>_<1 or 0>. */
bool record_page_set_yes(Exchange *exchange, const RecordPage *page, unsigned field, GError **error);

#endif
