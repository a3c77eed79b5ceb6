/* floor.c: what no page can be faster than. A FastCGI worker that runs the statements of a page, fetches all of their rows, and prints
   nothing but a header; or, with --loop, runs them over and over without a web server.

   floor FILE            serves FastCGI on descriptor 0
   floor --loop N FILE   runs the statements N times and prints the seconds

   FILE has one statement a line. Where the database is: BENCH_SOCKET, BENCH_USER, BENCH_PASSWORD. */
#include <fcgiapp.h>
#include <mysql.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STATEMENT_MAX = 32, COLUMN_MAX = 64, CELL_SIZE = 4096 };

typedef struct {
  MYSQL_STMT *statement;
  MYSQL_BIND binds[COLUMN_MAX];
  unsigned long lengths[COLUMN_MAX];
  char nulls[COLUMN_MAX];
} Prepared;

static Prepared prepared[STATEMENT_MAX];
static unsigned prepared_count;
static char cells[COLUMN_MAX][CELL_SIZE];

static _Noreturn void fail(const char *what, const char *why) {
  fprintf(stderr, "floor: %s: %s\n", what, why);
  exit(1);
}

static const char *setting(const char *name) {
  const char *value = getenv(name);
  if (value == NULL) fail(name, "is not set");
  return value;
}

static MYSQL *connect_database(void) {
  MYSQL *connection = mysql_init(NULL);
  if (connection == NULL) fail("database", "no memory");
  mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  if (mysql_real_connect(connection, NULL, setting("BENCH_USER"), setting("BENCH_PASSWORD"), "supportlevel", 0, setting("BENCH_SOCKET"), 0) == NULL) {
    fail("database", mysql_error(connection));
  }
  return connection;
}

/* As text into a buffer each, as pages show them. */
static void bind_columns(Prepared *line) {
  unsigned columns = mysql_stmt_field_count(line->statement);
  if (columns > COLUMN_MAX) fail("statement", "too many columns");
  for (unsigned column = 0; column < columns; column++) {
    line->binds[column] = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = cells[column], .buffer_length = CELL_SIZE,
                                       .length = &line->lengths[column], .is_null = &line->nulls[column]};
  }
}

static void prepare(MYSQL *connection, const char *sql, size_t length) {
  if (prepared_count == STATEMENT_MAX) fail("statements", "too many");
  Prepared *line = &prepared[prepared_count++];
  line->statement = mysql_stmt_init(connection);
  if (line->statement == NULL) fail("statement", "no memory");
  if (mysql_stmt_prepare(line->statement, sql, (unsigned long)length) != 0) fail(sql, mysql_stmt_error(line->statement));
  bind_columns(line);
}

/* A literal may hold any byte but a line's end. */
static void prepare_lines(MYSQL *connection, const char *name) {
  FILE *file = fopen(name, "r");
  char *sql = NULL;
  size_t room = 0;
  ssize_t length;
  if (file == NULL) fail(name, "cannot be read");
  while ((length = getline(&sql, &room, file)) > 0) {
    if (sql[length - 1] == '\n') length--;
    if (length > 0) prepare(connection, sql, (size_t)length);
  }
  free(sql);
  fclose(file);
  if (prepared_count == 0) fail(name, "has no statement");
}

static void run(Prepared *line) {
  MYSQL_STMT *statement = line->statement;
  int fetched;
  if (mysql_stmt_execute(statement) != 0 || mysql_stmt_bind_result(statement, line->binds) != 0) fail("execute", mysql_stmt_error(statement));
  do fetched = mysql_stmt_fetch(statement);
  while (fetched == 0);
  if (fetched != MYSQL_NO_DATA) fail("fetch", fetched == MYSQL_DATA_TRUNCATED ? "a value is too long" : mysql_stmt_error(statement));
}

static void run_all(void) {
  for (unsigned i = 0; i < prepared_count; i++) run(&prepared[i]);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  bool loop = count == 4 && strcmp(arguments[1], "--loop") == 0;
  if (!loop && count != 2) fail("usage", "floor [--loop N] FILE");
  MYSQL *connection = connect_database();
  prepare_lines(connection, arguments[count - 1]);
  if (loop) {
    double begin = now();
    for (long left = strtol(arguments[2], NULL, 10); left > 0; left--) run_all();
    printf("%.6f\n", now() - begin);
  }
  FCGX_Stream *in, *out, *errors;
  FCGX_ParamArray environment;
  while (!loop && FCGX_Accept(&in, &out, &errors, &environment) >= 0) {
    run_all();
    FCGX_PutS("Content-Type: text/html; charset=utf-8\r\n\r\n", out);
  }
  for (unsigned i = 0; i < prepared_count; i++) mysql_stmt_close(prepared[i].statement);
  mysql_close(connection);
  return 0;
}
