#include "format/support_request_writer.h"

#include "format/json_value.h"

static json_t *text_or_null(const char *text) { return text != NULL ? json_string(text) : json_null(); }

void support_request_write(GString *json, const SupportRequest *request, const char *time_zone) {
  json_t *object = json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:s}", "id", (json_int_t)request->id, "subject", request->subject, "caller", request->caller, "text", request->text, "contract",
                             request->contract_number, "customer_number", request->customer_number, "customer_name", request->customer_name, "queue", request->level_code, "user",
                             text_or_null(request->user), "state", support_request_state_name(request->state));
  json_object_set_new(object, "level", text_or_null(request->promised_level));
  json_object_set_new(object, "response_minutes", json_value_minutes(request->response_minutes));
  json_object_set_new(object, "restore_minutes", json_value_minutes(request->restore_minutes));
  json_object_set_new(object, "taken_at", json_value_moment(time_zone, request->taken_at));
  json_object_set_new(object, "respond_by", json_value_moment(time_zone, request->respond_by));
  json_object_set_new(object, "responded_at", json_value_moment(time_zone, request->responded_at));
  json_object_set_new(object, "restore_by", json_value_moment(time_zone, request->restore_by));
  json_object_set_new(object, "solved_at", json_value_moment(time_zone, request->solved_at));
  json_object_set_new(object, "version", json_integer(request->version));
  json_value_append(json, object, 0);
}
