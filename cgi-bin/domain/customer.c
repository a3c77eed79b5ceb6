#include "domain/customer.h"

static const Field CUSTOMER_FIELDS[CUSTOMER_FIELD_COUNT] = {
    [CUSTOMER_NUMBER] = {"number", NULL, FIELD_TEXT, true, 40, NULL, "", "number", NULL, NULL, NULL},
    [CUSTOMER_NAME] = {"name", NULL, FIELD_TEXT, true, 200, NULL, "", "name", NULL, NULL, NULL},
    [CUSTOMER_STREET] = {"street", NULL, FIELD_TEXT, false, 200, NULL, "", "street", NULL, NULL, NULL},
    [CUSTOMER_POSTCODE] = {"postcode", NULL, FIELD_TEXT, false, 20, NULL, "", "postcode", NULL, NULL, NULL},
    [CUSTOMER_CITY] = {"city", NULL, FIELD_TEXT, false, 100, NULL, "", "city", NULL, NULL, NULL},
    [CUSTOMER_COUNTRY] = {"country", NULL, FIELD_COUNTRY, false, 2, NULL, "DE", "country", NULL, NULL, NULL},
    [CUSTOMER_PHONE] = {"phone", NULL, FIELD_TEXT, false, 60, NULL, "", "phone", NULL, NULL, NULL},
    [CUSTOMER_EMAIL] = {"email", NULL, FIELD_TEXT, false, 200, NULL, "", "email", NULL, NULL, NULL},
    [CUSTOMER_NOTE] = {"note", NULL, FIELD_LONG_TEXT, false, 4000, NULL, "", "note", NULL, NULL, NULL},
};

const RecordKind customer_kind = {"customer", CUSTOMER_FIELDS, CUSTOMER_FIELD_COUNT};
