/* client_program.h: MariaDB's own programs, run on the database of the settings. The account goes to them by a file in memory, so that no process list and no
 * disk shows its password. */
#ifndef SUPPORTLEVEL_TOOL_CLIENT_PROGRAM_H
#define SUPPORTLEVEL_TOOL_CLIENT_PROGRAM_H

#include <stdio.h>

#include "repository/database.h"

typedef struct {
  const char *name;
  GPid process;
  FILE *pipe; /* what it writes, or reads */
  int said;   /* its standard error, a file in memory */
} ClientProgram;

typedef enum { CLIENT_WRITES, CLIENT_READS } ClientDirection;

/* Starts it with further `arguments` (their end is NULL). ERROR_INTERNAL: it isn't here. */
bool client_program_start(ClientProgram *program, const Database *database, const char *name, const char *const *arguments, ClientDirection direction, GError **error);

/* Closes the pipe and awaits its end; ERROR_PASSING says what it said when it has failed. `error` may hold what went wrong before; what the program says counts more. */
bool client_program_end(ClientProgram *program, GError **error);

#endif
