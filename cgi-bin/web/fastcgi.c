#include "web/fastcgi.h"

#include <fcgiapp.h>
#include <poll.h>

const char *fastcgi_variable(void *context, const char *name) {
  const FCGX_Request *request = context;
  return FCGX_GetParam(name, request->envp);
}

gsize fastcgi_body(void *context, char *buffer, gsize size) {
  const FCGX_Request *request = context;
  int came = FCGX_GetStr(buffer, (int)MIN(size, 1 << 20), request->in);
  return came > 0 ? (gsize)came : 0;
}

bool fastcgi_write(void *context, const char *bytes, gsize length) {
  const FCGX_Request *request = context;
  if (length == 0) return FCGX_FFlush(request->out) == 0;
  while (length > 0) {
    int piece = (int)MIN(length, 1 << 20);
    if (FCGX_PutStr(bytes, piece, request->out) != piece) return false;
    bytes += piece;
    length -= (gsize)piece;
  }
  return true;
}

/* The web server has closed the connection, as it does when its browser has gone. */
bool fastcgi_gone(void *context) {
  struct pollfd connection = {.fd = ((const FCGX_Request *)context)->ipcFd, .events = POLLRDHUP};
  return poll(&connection, 1, 0) > 0 && (connection.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}
