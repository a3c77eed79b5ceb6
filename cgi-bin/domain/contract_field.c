#include "domain/contract_field.h"

#include <string.h>


const Field contract_fields[CONTRACT_FIELD_COUNT] = {
    [CONTRACT_NUMBER] = {"number", "Vertragsnummer", FIELD_TEXT, true, 40, NULL, "", "number", NULL, NULL, "number"},
    [CONTRACT_TITLE] = {"title", "Bezeichnung", FIELD_TEXT, true, 200, NULL, "", "title", NULL, NULL, "title"},
    [CONTRACT_CUSTOMER_NUMBER] = {"customer_number", "Kundennummer", FIELD_KEY, true, 40, NULL, "", "customer_id", "customer", "number", NULL},
    [CONTRACT_CUSTOMER_NAME] = {"customer_name", "Kunde", FIELD_LOOKED_UP, false, 200, NULL, "", "customer_name", NULL, NULL, "customer"},
    [CONTRACT_TYPE] = {"type", "Vertragsart", FIELD_KEY, true, 20, NULL, "", "type_id", "contract_type", "code", "type"},
    [CONTRACT_LEVEL] = {"level", "Supportlevel", FIELD_KEY, false, 20, NULL, "", "level_id", "support_level", "code", "level"},
    [CONTRACT_STARTS_ON] = {"starts_on", "Beginn", FIELD_DAY, true, 0, NULL, "", "starts_on", NULL, NULL, "starts"},
    [CONTRACT_ENDS_ON] = {"ends_on", "Ende", FIELD_DAY, false, 0, NULL, "", "ends_on", NULL, NULL, NULL},
    [CONTRACT_RENEWAL_MONTHS] = {"renewal_months", "Verlängerung (Monate)", FIELD_NUMBER, false, 600, NULL, "0", "renewal_months", NULL, NULL, NULL},
    [CONTRACT_NOTICE_PERIOD] = {"notice_period", "Kündigungsfrist", FIELD_PERIOD, false, 0, NULL, "", "notice_period", NULL, NULL, NULL},
    [CONTRACT_NOTICE_TO] = {"notice_to", "Kündigung zum", FIELD_CHOICE, false, 0, "term month quarter half year", "", "notice_to", NULL, NULL, NULL},
    [CONTRACT_CANCELLED_ON] = {"cancelled_on", "Gekündigt am", FIELD_DAY, false, 0, NULL, "", "cancelled_on", NULL, NULL, NULL},
    [CONTRACT_CANCELLED_TO] = {"cancelled_to", "Gekündigt zum", FIELD_DAY, false, 0, NULL, "", "cancelled_to", NULL, NULL, NULL},
    [CONTRACT_AMOUNT] = {"amount", "Betrag", FIELD_MONEY, false, 0, NULL, "0.00", "amount", NULL, NULL, NULL},
    [CONTRACT_BILLING_MONTHS] = {"billing_months", "Abrechnung (Monate)", FIELD_CHOICE, false, 0, "1 3 6 12", "1", "billing_months", NULL, NULL, NULL},
    [CONTRACT_CURRENCY] = {"currency", "Währung", FIELD_CURRENCY, false, 3, NULL, "EUR", "currency", NULL, NULL, NULL},
    [CONTRACT_RESPONSIBLE] = {"responsible", "Verantwortlich", FIELD_KEY, false, 60, NULL, "", "responsible_id", "user", "name", NULL},
    [CONTRACT_REFERENCE] = {"reference", "Referenz", FIELD_TEXT, false, 100, NULL, "", "reference", NULL, NULL, NULL},
    [CONTRACT_NOTE] = {"note", "Notiz", FIELD_LONG_TEXT, false, 10000, NULL, "", "note", NULL, NULL, NULL},
};

const RecordKind contract_kind = {"contract", contract_fields, CONTRACT_FIELD_COUNT};

int contract_field_by_name(const char *name) {
  for (int field = 0; field < CONTRACT_FIELD_COUNT; field++) {
    if (strcmp(contract_fields[field].name, name) == 0) return field;
  }
  return -1;
}

int contract_field_by_header(const char *header) {
  char *folded = g_utf8_casefold(header, -1);
  int found = -1;
  for (int field = 0; field < CONTRACT_FIELD_COUNT && found < 0; field++) {
    char *name = g_utf8_casefold(contract_fields[field].name, -1);
    char *german = g_utf8_casefold(contract_fields[field].german, -1);
    if (strcmp(folded, name) == 0 || strcmp(folded, german) == 0) found = field;
    g_free(name);
    g_free(german);
  }
  g_free(folded);
  return found;
}
