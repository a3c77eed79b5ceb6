#include "repository/database_connection.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <string.h>
#include <talloc.h>

#include "domain/database_url.h"

#define CONNECT_TIMEOUT 3 /* seconds */
#define READ_TIMEOUT 12   /* seconds without a byte: longer than any statement may take */
#define KEPT_MAX 200      /* prepared statements of a connection; the server has 16,382 for all by default */

/* Text of ours that sets every session up alike, whatever the server's own configuration is. A lock is waited for less long than a statement may
 * take, so that who waits in vain is told so and may try again. */
static const char SESSION_SQL[] =
    "SET NAMES utf8mb4 COLLATE utf8mb4_uca1400_ai_ci, SESSION sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY', SESSION time_zone = '+00:00', SESSION innodb_lock_wait_timeout = 5, "
    "SESSION autocommit = 1";
static const char ISOLATION_SQL[] = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
static const char TIME_LIMIT_SQL[] = "SET SESSION max_statement_time = 10";
static const char NO_TIME_LIMIT_SQL[] = "SET SESSION max_statement_time = 0";
/* In a cluster a read waits until its node has what was acknowledged by any other: the page after a saved form may be asked of another one. */
static const char WAIT_FOR_OTHERS_SQL[] = "SET SESSION wsrep_sync_wait = 1";

static int database_free(Database *database) {
  connection_close(database);
  return 0;
}

/* A misspelt option would be silently without effect, and the connection open to everybody on its way. */
static bool read_options(Database *database, DatabasePlace *place, const char *query, GError **error) {
  GUriParamsIter iterator;
  char *name = NULL;
  char *value = NULL;
  GError *unreadable = NULL;
  bool known = true;
  g_uri_params_iter_init(&iterator, query, -1, "&", G_URI_PARAMS_NONE);
  while (known && g_uri_params_iter_next(&iterator, &name, &value, &unreadable)) {
    if (strcmp(name, "socket") == 0) place->socket = talloc_strdup(database, value);
    else if (strcmp(name, "tls_ca") == 0) database->tls_ca = talloc_strdup(database, value);
    else known = false;
    g_free(name);
    g_free(value);
  }
  known = known && unreadable == NULL;
  g_clear_error(&unreadable);
  if (!known) g_set_error_literal(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "the database's url has an option that is neither socket nor tls_ca");
  return known;
}

static bool add_place(Database *database, GUri *uri, GError **error) {
  const char *host = g_uri_get_host(uri);
  database->places = talloc_realloc(database, database->places, DatabasePlace, database->place_count + 1);
  DatabasePlace *place = &database->places[database->place_count++];
  *place = (DatabasePlace){.host = host == NULL || host[0] == '\0' ? NULL : talloc_strdup(database, host),
                           .port = g_uri_get_port(uri) > 0 ? (unsigned)g_uri_get_port(uri) : 0};
  return g_uri_get_query(uri) == NULL || read_options(database, place, g_uri_get_query(uri), error);
}

/* Who connects, and to what: the same everywhere. */
static bool read_account(Database *database, GUri *uri, GError **error) {
  const char *path = g_uri_get_path(uri);
  database->user = talloc_strdup(database, g_uri_get_user(uri) != NULL ? g_uri_get_user(uri) : "");
  database->password = talloc_strdup(database, g_uri_get_password(uri) != NULL ? g_uri_get_password(uri) : "");
  database->name = talloc_strdup(database, path[0] == '/' ? path + 1 : path);
  if (strcmp(g_uri_get_scheme(uri), "mariadb") == 0 && database->user[0] != '\0' && database->name[0] != '\0') return true;
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "the database's url is not mariadb://user:password@host/name");
  return false;
}

static void kept_free(gpointer kept) {
  mysql_stmt_close(((KeptStatement *)kept)->handle);
  g_free(kept);
}

/* The url holds a password: no message repeats it. */
static bool url_read(Database *database, const char *url, GError **error) {
  GUri *uri = g_uri_parse(url, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL);
  if (uri == NULL) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "the database's url cannot be read");
    return false;
  }
  bool read = (database->place_count > 0 || read_account(database, uri, error)) && add_place(database, uri, error);
  g_uri_unref(uri);
  return read;
}

Database *database_new(void *owner, const char *url, GError **error) {
  Database *database = talloc_zero(owner, Database);
  talloc_set_destructor(database, database_free);
  char **each = database_url_each(url);
  bool read = true;
  for (char **one = each; *one != NULL && read; one++) read = url_read(database, *one, error);
  g_strfreev(each);
  if (read) return database;
  talloc_free(database);
  return NULL;
}

void database_be_patient(Database *database) {
  database->patient = true;
  connection_close(database);
}

void database_limit_waiting(Database *database, unsigned seconds) {
  database->waiting = seconds;
  connection_close(database);
}

void connection_close(Database *database) {
  MYSQL *connection = database->connection;
  database->connection = NULL;
  /* In this order nothing more is sent for the statements, which a lost connection would wait for. */
  if (connection != NULL) mysql_close(connection);
  if (database->kept != NULL) g_hash_table_unref(database->kept);
  database->kept = NULL;
  TALLOC_FREE(database->told_actor);
}

static void set_options(const Database *database, MYSQL *connection) {
  const unsigned connect_timeout = database->waiting > 0 ? database->waiting : CONNECT_TIMEOUT;
  const unsigned read_timeout = database->patient ? 0 : database->waiting > 0 ? database->waiting : READ_TIMEOUT;
  const unsigned no = 0;
  mysql_options(connection, MYSQL_OPT_CONNECT_TIMEOUT, &connect_timeout);
  mysql_options(connection, MYSQL_OPT_READ_TIMEOUT, &read_timeout);
  mysql_options(connection, MYSQL_OPT_WRITE_TIMEOUT, &read_timeout);
  mysql_options(connection, MYSQL_OPT_LOCAL_INFILE, &no);
  if (database->tls_ca != NULL) {
    const my_bool yes = 1;
    mysql_options(connection, MYSQL_OPT_SSL_CA, database->tls_ca);
    mysql_options(connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
    mysql_options(connection, MYSQL_OPT_SSL_ENFORCE, &yes);
  }
  mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  mysql_options(connection, MYSQL_INIT_COMMAND, SESSION_SQL);
  mysql_options(connection, MYSQL_INIT_COMMAND, ISOLATION_SQL);
  mysql_options(connection, MYSQL_INIT_COMMAND, database->patient ? NO_TIME_LIMIT_SQL : TIME_LIMIT_SQL);
}

/* A server that was built without clusters doesn't know what to wait for, and need not. */
static bool wait_for_others(MYSQL *connection) {
  return mysql_real_query(connection, WAIT_FOR_OTHERS_SQL, strlen(WAIT_FOR_OTHERS_SQL)) == 0 || mysql_errno(connection) == ER_UNKNOWN_SYSTEM_VARIABLE;
}

static void go_on_to_next_place(Database *database) { database->place = (database->place + 1) % database->place_count; }

static MYSQL *connect_to(Database *database, const DatabasePlace *place, GError **error) {
  MYSQL *connection = mysql_init(NULL);
  g_assert(connection != NULL);
  set_options(database, connection);
  if (mysql_real_connect(connection, place->host, database->user, database->password, database->name, place->port, place->socket, 0) != NULL && wait_for_others(connection)) return connection;
  connection_failed(database, mysql_errno(connection), mysql_error(connection), error);
  mysql_close(connection);
  return NULL;
}

bool connection_transaction_holds(Database *database) {
  unsigned status = 0;
  if (database->connection != NULL) mariadb_get_infov(database->connection, MARIADB_CONNECTION_SERVER_STATUS, &status);
  if ((status & SERVER_STATUS_IN_TRANS) == 0) database->broken = database->again = true;
  return !database->broken;
}

bool connection_open(Database *database, GError **error) {
  if (database->in_transaction && !connection_transaction_holds(database)) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_PASSING, "the transaction was ended by the database");
    return false;
  }
  if (database->connection != NULL) return true;
  GError *failure = NULL;
  for (unsigned tried = 0; tried < database->place_count; tried++) {
    g_clear_error(&failure);
    database->connection = connect_to(database, &database->places[database->place], &failure);
    if (database->connection != NULL) break;
    go_on_to_next_place(database);
  }
  if (database->connection == NULL) {
    g_propagate_error(error, failure);
    database->use.refusals++;
    /* Who could not connect once will not a moment later. */
    database->again = false;
    return false;
  }
  database->use.connections++;
  database->kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, kept_free);
  database->used_at = g_get_monotonic_time();
  return true;
}

static void forget_oldest_statement(Database *database) {
  GHashTableIter iterator;
  gpointer text, kept;
  const char *oldest_text = NULL;
  guint64 oldest = G_MAXUINT64;
  g_hash_table_iter_init(&iterator, database->kept);
  while (g_hash_table_iter_next(&iterator, &text, &kept)) {
    if (((KeptStatement *)kept)->used >= oldest) continue;
    oldest = ((KeptStatement *)kept)->used;
    oldest_text = text;
  }
  if (oldest_text != NULL) g_hash_table_remove(database->kept, oldest_text);
}

MYSQL_STMT *connection_statement(Database *database, const char *sql, GError **error) {
  if (!connection_open(database, error)) return NULL;
  database->used_at = g_get_monotonic_time();
  KeptStatement *kept = g_hash_table_lookup(database->kept, sql);
  if (kept == NULL) {
    if (g_hash_table_size(database->kept) >= KEPT_MAX) forget_oldest_statement(database);
    MYSQL_STMT *handle = mysql_stmt_init(database->connection);
    g_assert(handle != NULL);
    if (mysql_stmt_prepare(handle, sql, strlen(sql)) != 0) {
      unsigned code = mysql_stmt_errno(handle);
      char *message = g_strdup(mysql_stmt_error(handle));
      mysql_stmt_close(handle);
      connection_failed(database, code, message, error);
      g_free(message);
      return NULL;
    }
    kept = g_new0(KeptStatement, 1);
    kept->handle = handle;
    g_hash_table_insert(database->kept, g_strdup(sql), kept);
  }
  kept->used = ++database->clock;
  return kept->handle;
}

/* The connection is no more. */
static bool code_is_loss(unsigned code) {
  switch (code) {
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case CR_SERVER_LOST_EXTENDED:
    case CR_COMMANDS_OUT_OF_SYNC: /* nothing sensible can follow on this connection */
    case ER_CONNECTION_KILLED:
    case ER_SERVER_SHUTDOWN:
    case ER_NEW_ABORTING_CONNECTION:
    case ER_NET_READ_ERROR:
    case ER_NET_READ_INTERRUPTED:
    case ER_NET_ERROR_ON_WRITE:
    case ER_NET_WRITE_INTERRUPTED:
    case ER_UNKNOWN_COM_ERROR: /* a cluster's node that has been cut off from the others: another one is not */
      return true;
    default: return false;
  }
}

/* Deadlock, waited in vain for a lock, changed since it was read: the server rolled back, and a new start may succeed. */
static bool code_is_collision(unsigned code) {
  return code == ER_LOCK_DEADLOCK || code == ER_LOCK_WAIT_TIMEOUT || code == ER_CHECKREAD;
}

static bool code_is_passing(unsigned code) {
  switch (code) {
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_UNKNOWN_HOST:
    case CR_SERVER_HANDSHAKE_ERR:
    case ER_CON_COUNT_ERROR:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_USER_LIMIT_REACHED:
    case ER_MAX_PREPARED_STMT_COUNT_REACHED:
    case ER_STATEMENT_TIMEOUT:
    case ER_QUERY_INTERRUPTED:
    case ER_OPTION_PREVENTS_STATEMENT: /* read-only while another server takes over */
    case ER_NEED_REPREPARE:
    case ER_SIGNAL_EXCEPTION: /* our triggers', of a clock that was set back */
    case ER_OUT_OF_RESOURCES:
    case ER_DISK_FULL: /* until somebody makes room */
    case ER_RECORD_FILE_FULL:
    case ER_ERROR_ON_WRITE:
    case ER_CANT_CREATE_FILE:
    case ER_TEMP_FILE_WRITE_FAILURE: return true;
    default: return code_is_loss(code) || code_is_collision(code);
  }
}

/* The key in `Duplicate entry '…' for key 'NAME'`: its last quoted part, so that a value can't be taken for it. */
static char *duplicate_key_name(const char *message) {
  const char *end = strrchr(message, '\'');
  const char *begin = end != NULL ? g_strrstr_len(message, end - message, "'") : NULL;
  return begin != NULL ? g_strndup(begin + 1, (gsize)(end - begin - 1)) : g_strdup("");
}

/* The constraint in `… a foreign key constraint fails (`database`.`table`, CONSTRAINT `NAME` FOREIGN KEY …`. */
static char *foreign_key_name(const char *message) {
  const char *begin = strstr(message, "CONSTRAINT `");
  const char *end = begin != NULL ? strchr(begin + strlen("CONSTRAINT `"), '`') : NULL;
  return end != NULL ? g_strndup(begin + strlen("CONSTRAINT `"), (gsize)(end - begin) - strlen("CONSTRAINT `")) : g_strdup("");
}

static void set_conflict(char *key, const char *what, GError **error) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "%s %s", what, key);
  g_free(key);
}

bool connection_failed(Database *database, unsigned code, const char *message, GError **error) {
  bool lost = code_is_loss(code);
  database->again = lost || code_is_collision(code) || code == ER_NEED_REPREPARE;
  database->broken = database->broken || (database->in_transaction && database->again);
  if (code == ER_DUP_ENTRY || code == ER_DUP_ENTRY_WITH_KEY_NAME) {
    set_conflict(duplicate_key_name(message), "unique key", error);
  } else if (code == ER_ROW_IS_REFERENCED_2 || code == ER_NO_REFERENCED_ROW_2 || code == ER_ROW_IS_REFERENCED || code == ER_NO_REFERENCED_ROW) {
    set_conflict(foreign_key_name(message), "foreign key", error);
  } else {
    SupportlevelError kind = code_is_passing(code) ? ERROR_PASSING : ERROR_INTERNAL;
    g_set_error(error, SUPPORTLEVEL_ERROR, (int)kind, "database error %u: %s", code, message);
  }
  /* Anybody may connect to a node that stands apart from its cluster: it would be found again. */
  if (code == ER_UNKNOWN_COM_ERROR && database->connection != NULL) go_on_to_next_place(database);
  if (lost && database->connection != NULL) database->use.losses++;
  if (lost) connection_close(database);
  return false;
}

bool connection_statement_failed(Database *database, MYSQL_STMT *statement, GError **error) {
  /* An error between rows is told of the connection only. */
  bool own = mysql_stmt_errno(statement) != 0;
  unsigned code = own ? mysql_stmt_errno(statement) : mysql_errno(database->connection);
  /* Both go with the statement when a lost connection is closed. */
  char *message = g_strdup(own ? mysql_stmt_error(statement) : mysql_error(database->connection));
  if (!code_is_loss(code)) mysql_stmt_free_result(statement);
  connection_failed(database, code, message, error);
  g_free(message);
  return false;
}

bool connection_run_text(Database *database, const char *sql, GError **error) {
  gint64 begun = g_get_monotonic_time();
  if (!connection_open(database, error)) return false;
  database->used_at = g_get_monotonic_time();
  bool done = mysql_real_query(database->connection, sql, strlen(sql)) == 0;
  connection_used(database, sql, begun, 0);
  if (done) return true;
  char *message = g_strdup(mysql_error(database->connection));
  connection_failed(database, mysql_errno(database->connection), message, error);
  g_free(message);
  return false;
}
