#include "domain/error.h"

G_DEFINE_QUARK(supportlevel-error-quark, supportlevel_error)

int error_http_status(int code) {
  switch ((SupportlevelError)code) {
    case ERROR_FIELD: return 422;
    case ERROR_BAD_REQUEST: return 400;
    case ERROR_UNAUTHORIZED: return 401;
    case ERROR_FORBIDDEN: return 403;
    case ERROR_NOT_FOUND: return 404;
    case ERROR_METHOD_NOT_ALLOWED: return 405;
    case ERROR_CONFLICT: return 409;
    case ERROR_PRECONDITION_FAILED: return 412;
    case ERROR_PRECONDITION_REQUIRED: return 428;
    case ERROR_TOO_LARGE: return 413;
    case ERROR_ADDRESS_TOO_LONG: return 414;
    case ERROR_UNSUPPORTED_MEDIA: return 415;
    case ERROR_PASSING:
    case ERROR_FATE_UNKNOWN: return 503;
    case ERROR_INTERNAL: return 500;
  }
  return 500;
}

bool error_is(const GError *error, SupportlevelError code) {
  return error != NULL && error->domain == SUPPORTLEVEL_ERROR && error->code == (int)code;
}
