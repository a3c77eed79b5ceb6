/* import_mapping.h: what the options of `supportlevel import` say about a table: how it is written, and what its columns and its words mean. */
#ifndef SUPPORTLEVEL_TOOL_IMPORT_MAPPING_H
#define SUPPORTLEVEL_TOOL_IMPORT_MAPPING_H

#include "format/table_reader.h"
#include "repository/import_job.h"

/* As the options give it: NULL and 0 where there is none. Vectors end with NULL. */
typedef struct {
  char **columns;      /* HEAD=FIELD; HEAD=: passed over */
  char **levels;       /* WORD=CODE; WORD=: no level */
  char **types;        /* WORD=CODE */
  char **responsibles; /* WORD=NAME; WORD=: nobody */
  gboolean create;     /* levels and types that nobody knows */
  char *separator;
  char *encoding;
  char *decimal;
  char *days;
  int sheet; /* 1 is the first; 0: as 1 */
} ImportMapping;

void import_mapping_free(ImportMapping *mapping);

/* How the file is to be read. ERROR_BAD_REQUEST: an option has a value that there isn't. */
bool import_mapping_style(const ImportMapping *mapping, TableStyle *style, GError **error);

/* What the columns below a head mean: by the options, else by their names, else as somebody chose in the browser. Belongs to `owner`; with
 * `errors` of the head the table can't be imported by them. NULL: ERROR_BAD_REQUEST for an option, or the database's. */
ImportColumns *import_mapping_columns(const ImportMapping *mapping, Database *database, void *owner, const ImportRow *head, FieldErrors *errors, GError **error);

/* How numbers and days are written: by the options, else as the first rows show; where nothing shows it, an amount that could be either is refused. */
ImportStyle import_mapping_values(const ImportMapping *mapping, const ImportColumns *columns, TableReader *rows);

/* What the words mean that nobody knows: by the options, else as somebody chose in the browser. Nothing is created that no option asks for. Belongs to `owner`;
 * NULL: ERROR_BAD_REQUEST for an option, or the database's. */
ImportChoice *import_mapping_choices(const ImportMapping *mapping, Database *database, void *owner, const ImportColumns *columns, TableReader *rows, unsigned *count,
                                     GError **error);

#endif
