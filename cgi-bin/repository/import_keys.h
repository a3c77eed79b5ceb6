/* import_keys.h: what a table's words for levels, types, people and customers stand for: codes and names, whatever their case. For the files of this room. */
#ifndef SUPPORTLEVEL_REPOSITORY_IMPORT_KEYS_H
#define SUPPORTLEVEL_REPOSITORY_IMPORT_KEYS_H

#include "repository/contract_importer.h"

typedef struct {
  gint64 id; /* 0: to be created, or "none" when `code` is "" */
  const char *code;
  const char *name;
  bool retired;
} ImportKey;

typedef struct import_keys ImportKeys;

/* Text that is the same whatever its case, as the tables compare it; to be freed. */
char *import_key_folded(const char *text);
/* A number for a folded text that no other of some millions has (the probability of two alike among a million is 3 in 100 million). */
guint64 import_key_hash(const char *text);

/* Reads levels, types and people whole; customers are added as they come up. Belongs to `owner`. */
ImportKeys *import_keys_read(Database *database, void *owner, GError **error);
/* What a word stands for, or NULL. */
const ImportKey *import_keys_find(const ImportKeys *keys, int field, const char *text);
/* Adds an entry by its code; codes and names are copied. */
ImportKey *import_keys_add(ImportKeys *keys, int field, gint64 id, const char *code, const char *name, bool retired);
/* Forgets customers of the database where there are many, so that memory doesn't grow with them: they are looked up again when they come up again. */
void import_keys_forget_customers(ImportKeys *keys);
void import_keys_set_id(ImportKeys *keys, int field, const char *code, gint64 id);
/* Adds what somebody chose for unknown words; creates levels and types where that was chosen, unless `dry`. What can't be created stays unknown. */
bool import_keys_choose(ImportKeys *keys, Database *database, const ImportChoice *choices, unsigned count, bool dry, GError **error);

#endif
