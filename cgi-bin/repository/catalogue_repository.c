#include "repository/catalogue_repository.h"

#include <talloc.h>

#include "repository/data_changes.h"

enum { COLUMN_ID, COLUMN_CODE, COLUMN_NAME, COLUMN_RANK, COLUMN_RETIRED };

static const char LEVELS_SQL[] = "SELECT id, code, name, level_rank, retired FROM support_level ORDER BY level_rank, id";
static const char TYPES_SQL[] = "SELECT id, code, name, position, retired FROM contract_type ORDER BY position, id";
static const char USERS_SQL[] = "SELECT id, name, IF(display_name = '', name, display_name), 0, NOT active FROM user ORDER BY name";

static const char CALENDARS_SQL[] = "SELECT id, code, name, 0, 0 FROM service_calendar ORDER BY name, id";

/* Entries of a key table and how many they are; NULL when it can't be read or has more than `limit`. */
static CatalogueEntry *read_entries(Database *database, void *owner, const char *sql, unsigned limit, unsigned *count, GError **error) {
  SqlRows *rows = database_query(database, owner, sql, SQL_NO_VALUES, error);
  if (rows == NULL) return NULL;
  if (rows->row_count > limit) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "more than %u levels or contract types", limit);
    return NULL;
  }
  CatalogueEntry *entries = talloc_zero_array(rows, CatalogueEntry, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    entries[row] = (CatalogueEntry){.id = sql_cell_integer(rows, row, COLUMN_ID),
                                    .code = sql_cell(rows, row, COLUMN_CODE),
                                    .name = sql_cell(rows, row, COLUMN_NAME),
                                    .rank = (int)sql_cell_integer(rows, row, COLUMN_RANK),
                                    .retired = sql_cell_integer(rows, row, COLUMN_RETIRED) != 0};
  }
  *count = rows->row_count;
  return entries;
}

Catalogue *catalogue_repository_read(Database *database, void *owner, GError **error) {
  Catalogue *catalogue = database_kept(database, KEPT_CATALOGUE, owner);
  if (catalogue != NULL) return catalogue;
  catalogue = talloc_zero(NULL, Catalogue);
  catalogue->levels = read_entries(database, catalogue, LEVELS_SQL, CATALOGUE_MAX, &catalogue->level_count, error);
  if (catalogue->levels != NULL) catalogue->types = read_entries(database, catalogue, TYPES_SQL, CATALOGUE_MAX, &catalogue->type_count, error);
  if (catalogue->types != NULL) catalogue->users = read_entries(database, catalogue, USERS_SQL, G_MAXUINT, &catalogue->user_count, error);
  if (catalogue->users == NULL) {
    talloc_free(catalogue);
    return NULL;
  }
  database_keep(database, KEPT_CATALOGUE, owner, catalogue);
  return catalogue;
}

bool catalogue_repository_read_calendars(Database *database, Catalogue *catalogue, GError **error) {
  if (catalogue->calendars != NULL) return true;
  catalogue->calendars = read_entries(database, catalogue, CALENDARS_SQL, G_MAXUINT, &catalogue->calendar_count, error);
  return catalogue->calendars != NULL;
}
