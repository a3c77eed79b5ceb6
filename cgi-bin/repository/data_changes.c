#include "repository/data_changes.h"

#include <talloc.h>

#include "repository/database_connection.h"

DataChanges data_changes_read(const char *text) {
  DataChanges changes = {0};
  gint64 *counts[] = {&changes.contracts, &changes.catalogue, &changes.views};
  char *at = (char *)(text != NULL ? text : "");
  for (unsigned i = 0; i < G_N_ELEMENTS(counts); i++) *counts[i] = g_ascii_strtoll(at, &at, 10);
  return changes;
}

void database_saw_changes(Database *database, const DataChanges *changes) {
  database->changes_known = changes != NULL;
  if (changes != NULL) database->changes = *changes;
}

static bool knows(const Database *database) { return database->changes_known && !database->in_transaction; }

static bool is_good(const Database *database, Kept kind) {
  const DataChanges *since = &database->things[kind].since;
  return database->things[kind].object != NULL && since->catalogue == database->changes.catalogue &&
         (kind < KEPT_CONTRACT_COUNTS || since->contracts == database->changes.contracts);
}

void *database_kept(Database *database, Kept kind, void *owner) {
  return knows(database) && is_good(database, kind) ? talloc_reference(owner, database->things[kind].object) : NULL;
}

void database_keep(Database *database, Kept kind, void *owner, void *object) {
  KeptThing *thing = &database->things[kind];
  if (!knows(database)) {
    talloc_steal(owner, object);
    return;
  }
  if (thing->object != NULL) talloc_unlink(database, thing->object);
  *thing = (KeptThing){talloc_steal(database, object), database->changes};
  talloc_reference(owner, object);
}
