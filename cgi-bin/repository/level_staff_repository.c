#include "repository/level_staff_repository.h"

#include <talloc.h>

LevelStaff *level_staff_repository_list(Database *database, void *owner, gint64 level_id, GError **error) {
  SqlRows *rows = database_query(database, owner,
                                 "SELECT user.id, IF(user.display_name = '', user.name, user.display_name) AS shown, level_staff.user_id IS NOT NULL, user.email <> '' FROM user "
                                 "LEFT JOIN level_staff ON level_staff.user_id = user.id AND level_staff.level_id = ? WHERE user.active ORDER BY shown, user.id",
                                 SQL_VALUES(SQL_INTEGER(level_id)), error);
  if (rows == NULL) return NULL;
  LevelStaff *staff = talloc_zero(owner, LevelStaff);
  staff->count = rows->row_count;
  staff->items = talloc_array(staff, LevelStaffRow, rows->row_count + 1);
  for (unsigned row = 0; row < rows->row_count; row++) {
    staff->items[row] = (LevelStaffRow){sql_cell_integer(rows, row, 0), sql_cell(rows, row, 1), sql_cell_integer(rows, row, 2) != 0, sql_cell_integer(rows, row, 3) != 0};
  }
  return staff;
}

typedef struct {
  gint64 level_id;
  const gint64 *user_ids;
  unsigned count;
} Setting;

static bool set(Database *database, void *context, GError **error) {
  const Setting *setting = context;
  if (!database_execute(database, "DELETE FROM level_staff WHERE level_id = ?", SQL_VALUES(SQL_INTEGER(setting->level_id)), NULL, NULL, error)) return false;
  for (unsigned i = 0; i < setting->count; i++) {
    if (!database_execute(database, "INSERT IGNORE INTO level_staff (level_id, user_id) SELECT ?, id FROM user WHERE id = ? AND active",
                          SQL_VALUES(SQL_INTEGER(setting->level_id), SQL_INTEGER(setting->user_ids[i])), NULL, NULL, error)) {
      return false;
    }
  }
  return true;
}

bool level_staff_repository_set(Database *database, gint64 level_id, const gint64 *user_ids, unsigned count, GError **error) {
  Setting setting = {level_id, user_ids, count};
  return database_transaction(database, set, &setting, error);
}
