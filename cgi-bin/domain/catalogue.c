#include "domain/catalogue.h"

#include <string.h>

static int find(const CatalogueEntry *entries, unsigned count, const char *code) {
  for (unsigned i = 0; i < count; i++) {
    if (strcmp(entries[i].code, code) == 0) return (int)i;
  }
  return -1;
}

int catalogue_level(const Catalogue *catalogue, const char *code) { return find(catalogue->levels, catalogue->level_count, code); }
int catalogue_type(const Catalogue *catalogue, const char *code) { return find(catalogue->types, catalogue->type_count, code); }
int catalogue_user(const Catalogue *catalogue, const char *name) { return find(catalogue->users, catalogue->user_count, name); }
