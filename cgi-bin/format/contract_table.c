#include "format/contract_table.h"

#include <string.h>

#include "domain/money.h"

static const char *day_text(Day day, char *room) { return day_format_iso(day == day_never() ? DAY_NONE : day, room); }

/* "2026-02-11 13:05:00.123456" of the database as ISO 8601. */
static const char *moment_text(const char *utc, char *room) {
  room[0] = '\0';
  if (utc != NULL && strlen(utc) >= strlen("2026-02-11 13:05:00")) g_snprintf(room, CELL_SIZE, "%.10sT%.8sZ", utc, utc + 11);
  return room;
}

const char *contract_column_text(const Contract *contract, unsigned column, char room[CELL_SIZE]) {
  G_STATIC_ASSERT(CELL_SIZE >= DAY_TEXT_SIZE && CELL_SIZE >= MONEY_TEXT_SIZE);
  const ContractTerms *terms = &contract->terms;
  if (column < CONTRACT_FIELD_COUNT) return contract->values[column];
  switch (column) {
    case COLUMN_STATUS: return contract_status_name(terms->status);
    case COLUMN_TERM_ENDS_ON: return day_text(terms->term_ends_on, room);
    case COLUMN_NOTICE_BY: return day_text(terms->notice_by, room);
    case COLUMN_MONTHLY_VALUE: return money_format(terms->monthly_value, room);
    case COLUMN_UPDATED: return moment_text(contract->updated_at, room);
    default: return "";
  }
}

/* The place of `value` in a list of words separated by blanks, or -1. */
static int place_of(const char *list, const char *value) {
  gsize length = strlen(value);
  int place = 0;
  for (const char *at = list; *at != '\0'; place++) {
    gsize word = strcspn(at, " ");
    if (word == length && memcmp(at, value, length) == 0) return place;
    at += word + (at[word] == ' ');
  }
  return -1;
}

const char *contract_column_word(const ContractWords *words, unsigned column, const char *value) {
  int place = -1;
  if (column == CONTRACT_NOTICE_TO) {
    place = place_of(contract_fields[CONTRACT_NOTICE_TO].choices, value);
    if (place >= 0 && place < WORD_MAX && words->notice_to[place] != NULL) return words->notice_to[place];
  } else if (column == COLUMN_STATUS) {
    place = contract_status_by_name(value);
    if (place >= 0) return words->statuses[place];
  }
  return value;
}
