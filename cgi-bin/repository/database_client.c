/* The same database for MariaDB's own programs. */
#include <talloc.h>

#include "repository/database_connection.h"

/* A line of an option file, quoted as such files want it (mariadb.com/kb, "Configuring MariaDB with Option Files"). */
static void add_option(GString *options, const char *name, const char *value) {
  if (value == NULL || value[0] == '\0') return;
  g_string_append_printf(options, "%s=\"", name);
  for (const char *at = value; *at != '\0'; at++) {
    if (*at == '"' || *at == '\\') g_string_append_c(options, '\\');
    g_string_append_c(options, *at);
  }
  g_string_append(options, "\"\n");
}

const char *database_client_options(const Database *database, void *owner) {
  GString *options = g_string_new("[client]\n");
  add_option(options, "user", database->user);
  add_option(options, "password", database->password);
  /* Of a cluster the one that this connection is to. */
  const DatabasePlace *place = &database->places[database->place];
  add_option(options, "host", place->host);
  add_option(options, "socket", place->socket);
  add_option(options, "ssl-ca", database->tls_ca);
  if (database->tls_ca != NULL) g_string_append(options, "ssl-verify-server-cert\n");
  if (place->port > 0) g_string_append_printf(options, "port=%u\n", place->port);
  const char *text = talloc_strdup(owner, options->str);
  g_string_free(options, TRUE);
  return text;
}

const char *database_name(const Database *database) { return database->name; }
