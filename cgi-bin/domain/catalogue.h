/* catalogue.h: the key tables of the company, small and read often: support levels, contract types, users by name. */
#ifndef SUPPORTLEVEL_DOMAIN_CATALOGUE_H
#define SUPPORTLEVEL_DOMAIN_CATALOGUE_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
  gint64 id;
  const char *code;
  const char *name;
  int rank; /* order of levels; position of types */
  bool retired; /* of users: can't sign in any more */
} CatalogueEntry;

typedef struct {
  CatalogueEntry *levels; /* by rank; at most CATALOGUE_MAX */
  unsigned level_count;
  CatalogueEntry *types;
  unsigned type_count;
  CatalogueEntry *users; /* code = user name, name = display name */
  unsigned user_count;
  CatalogueEntry *calendars; /* service calendars; only where they were asked for, else NULL */
  unsigned calendar_count;
} Catalogue;

#define CATALOGUE_MAX 62 /* levels and types: a filter keeps them as bits */

/* Position of a code, or -1. Codes are compared exactly. */
int catalogue_level(const Catalogue *catalogue, const char *code);
int catalogue_type(const Catalogue *catalogue, const char *code);
int catalogue_user(const Catalogue *catalogue, const char *name);

#endif
