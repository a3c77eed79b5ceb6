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

/* What other programs and our own pages call a field, beside its name and German name. */
static const char *const OTHER_HEADERS[CONTRACT_FIELD_COUNT] = {
    [CONTRACT_NUMBER] = "Nummer|Vertragsnr|Vertrag Nr|Contract number|Contract no",
    [CONTRACT_TITLE] = "Titel|Vertragsbezeichnung|Contract title",
    [CONTRACT_CUSTOMER_NUMBER] = "Kundennr|Kunden-Nummer|Customer no",
    [CONTRACT_CUSTOMER_NAME] = "Kundenname|Customer",
    [CONTRACT_TYPE] = "Art|Vertragstyp|Typ|Contract type",
    [CONTRACT_LEVEL] = "Level|Support-Level|Support level",
    [CONTRACT_STARTS_ON] = "Start|Vertragsbeginn|Laufzeitbeginn|Beginnt am|Start date",
    [CONTRACT_ENDS_ON] = "Vertragsende|Ende der ersten Laufzeit|End|End date|End of the first term",
    [CONTRACT_RENEWAL_MONTHS] = "Verlängerung|Verlängerung um Monate|Renewal|Renewal in months",
    [CONTRACT_NOTICE_PERIOD] = "Frist|Notice",
    [CONTRACT_NOTICE_TO] = "Kündbar zum|Notice up to",
    [CONTRACT_CANCELLED_ON] = "Kündigung am|Notice given on",
    [CONTRACT_CANCELLED_TO] = "Gekündigt per",
    [CONTRACT_AMOUNT] = "Preis|Price",
    [CONTRACT_BILLING_MONTHS] = "Abrechnung|Billing|Billing in months",
    [CONTRACT_RESPONSIBLE] = "Zuständig|Betreuer|Verantwortlicher",
    [CONTRACT_REFERENCE] = "Zeichen des Kunden|Kundenreferenz|Customer's reference",
    [CONTRACT_NOTE] = "Bemerkung|Notizen|Notes",
};

/* Letters and digits alone, in any case: "Kunden-Nr." is "kundennr". */
static char *header_key(const char *header) {
  GString *key = g_string_new(NULL);
  char *folded = g_utf8_casefold(header, -1);
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char(at)) {
    if (g_unichar_isalnum(g_utf8_get_char(at))) g_string_append_unichar(key, g_utf8_get_char(at));
  }
  g_free(folded);
  return g_string_free(key, FALSE);
}

static bool is_header(const char *key, const char *name) {
  char *other = header_key(name);
  bool same = strcmp(key, other) == 0;
  g_free(other);
  return same;
}

static bool is_other_header(const char *key, const char *names) {
  bool found = false;
  char **all = g_strsplit(names != NULL ? names : "", "|", -1);
  for (unsigned i = 0; all[i] != NULL && !found; i++) found = is_header(key, all[i]);
  g_strfreev(all);
  return found;
}

int contract_field_by_header(const char *header) {
  char *key = header_key(header);
  int found = -1;
  for (int field = 0; field < CONTRACT_FIELD_COUNT && found < 0 && key[0] != '\0'; field++) {
    const Field *fact = &contract_fields[field];
    if (is_header(key, fact->name) || is_header(key, fact->german) || is_other_header(key, OTHER_HEADERS[field])) found = field;
  }
  g_free(key);
  return found;
}
