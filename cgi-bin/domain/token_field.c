#include "domain/token_field.h"

#define PROPOSED_MONTHS 12
#define MOST_MONTHS 24

void token_fields_make(Field fields[TOKEN_FIELD_COUNT], const char *roles) {
  fields[TOKEN_NAME] = (Field){.name = "name", .kind = FIELD_TEXT, .required = true, .limit = 100, .fallback = ""};
  fields[TOKEN_ROLE] = (Field){.name = "role", .kind = FIELD_CHOICE, .required = true, .choices = roles, .fallback = "viewer"};
  fields[TOKEN_EXPIRES_ON] = (Field){.name = "expires_on", .kind = FIELD_DAY, .required = true, .fallback = ""};
}

Day token_expires_proposed(Day today) { return day_add_months(today, PROPOSED_MONTHS); }

void token_check(const char *const values[TOKEN_FIELD_COUNT], const Field fields[TOKEN_FIELD_COUNT], Day today, FieldErrors *errors) {
  Day expires_on = day_parse_iso(values[TOKEN_EXPIRES_ON]);
  Day farthest = day_add_months(today, MOST_MONTHS);
  fields_check_required(fields, TOKEN_FIELD_COUNT, values, errors);
  if (expires_on == DAY_NONE) return; /* what could not be read has its own error */
  if (expires_on < today) field_errors_add(errors, fields[TOKEN_EXPIRES_ON].name, "in_the_past", NULL);
  if (expires_on > farthest) field_errors_add(errors, fields[TOKEN_EXPIRES_ON].name, "too_far", NULL);
}
