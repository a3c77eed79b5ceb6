/* generate: a made-up company of any size, skewed as real ones are: few levels and customers have most of the contracts, 8 % have no level. The same
 * seed makes the same company. */
#include <stdio.h>
#include <talloc.h>

#include "repository/catalogue_repository.h"
#include "repository/contract_day.h"
#include "repository/contract_write.h"
#include "tool/command.h"

#define CONTRACTS_MAX 100000000
#define PER_TRANSACTION 2048
#define CONTRACTS_PER_CUSTOMER 12
#define WITHOUT_LEVEL 8 /* per cent */

static const char *const FORMS[] = {"GmbH", "AG", "GmbH & Co. KG", "KG", "e. V.", "eG", "& Söhne", "OHG"};
static const char *const TRADES[] = {"Stadtwerke", "Bäckerei", "Autohaus", "Klinikum", "Druckerei", "Spedition", "Kanzlei", "Möbelhaus", "Molkerei", "Schreinerei",
                                     "Sparkasse", "Verlag", "Gärtnerei", "Ingenieurbüro", "Papierfabrik", "Brauerei", "Gießerei", "Apotheke", "Schule", "Hotel"};
static const char *const NAMES[] = {"Lindenau", "Hölzle", "Weißenbrunn", "Königsau", "Altmühl", "Größl", "Jänicke", "Nordheim", "Oberrath", "Sonnenfeld",
                                    "Märkisch", "Brückner", "Unterland", "Vögele", "Zürn", "Schönfelder", "Ahrens", "Tannhof", "Wöhrle", "Friesen",
                                    "Marienthal", "Rößler", "Grünwald", "Bäumler", "Steinach", "Elbtal", "Kühn", "Lübbers", "Hohenfels", "Sauerland"};
static const char *const THINGS[] = {"Telefonanlage", "Netzwerk und Firewall", "Drucker", "Server und Datensicherung", "Kassensystem", "Zeiterfassung", "Arbeitsplätze", "Warenwirtschaft",
                                     "Klimaanlage Rechenzentrum", "Notstromversorgung", "Konferenztechnik", "Praxisverwaltung", "E-Mail und Kalender", "Archivsystem", "Digitale Anzeigen", "Router"};
static const char *const PLACES[] = {"", "Hauptsitz", "Werk 2", "Lager", "Filiale Nord", "Filiale Süd", "Verwaltung", "Empfang", "Außenstelle", "Haus B"};
static const char *const PERIODS[] = {"1m", "3m", "6m", "6w", "30d"};
static const int TERMS[] = {12, 24, 36, 48, 60};
static const char *const CALENDAR_ENDS[] = {"month", "quarter", "half", "year"};

typedef struct {
  Tool *tool;
  GRand *chance;
  Day today;
  const Catalogue *catalogue;
  gint64 first;       /* number of the first new contract */
  gint64 wanted;
  gint64 done;
  GArray *customers;  /* NewCustomer */
  void *scratch;      /* of a transaction */
  Contract *contracts[PER_TRANSACTION];
  ContractKeys keys[PER_TRANSACTION];
} Generation;

static unsigned below(Generation *generation, unsigned limit) { return (unsigned)g_rand_int_range(generation->chance, 0, (gint32)limit); }
static bool happens(Generation *generation, unsigned per_cent) { return below(generation, 100) < per_cent; }

#define ONE_OF(generation, list) ((list)[below(generation, G_N_ELEMENTS(list))])

/* A position below `count`, the lower the likelier. */
static unsigned skewed(Generation *generation, unsigned count) {
  double chance = g_rand_double(generation->chance);
  return MIN((unsigned)(chance * chance * count), count - 1);
}

static const CatalogueEntry *offered(const CatalogueEntry *entries, unsigned count, unsigned from) {
  for (unsigned tried = 0; tried < count; tried++) {
    const CatalogueEntry *entry = &entries[(from + tried) % count];
    if (!entry->retired) return entry;
  }
  return NULL;
}

static void make_keys(Generation *generation, Contract *contract, ContractKeys *keys) {
  const Catalogue *catalogue = generation->catalogue;
  const NewCustomer *customer = &g_array_index(generation->customers, NewCustomer, skewed(generation, generation->customers->len));
  const CatalogueEntry *type = offered(catalogue->types, catalogue->type_count, skewed(generation, catalogue->type_count));
  /* The second level of five is the commonest. */
  unsigned start = (skewed(generation, catalogue->level_count) + 1) % catalogue->level_count;
  const CatalogueEntry *level = happens(generation, WITHOUT_LEVEL) ? NULL : offered(catalogue->levels, catalogue->level_count, start);
  const CatalogueEntry *user = catalogue->user_count > 0 && happens(generation, 90) ? offered(catalogue->users, catalogue->user_count, below(generation, catalogue->user_count)) : NULL;
  *keys = (ContractKeys){0};
  keys->ids[CONTRACT_CUSTOMER_NUMBER] = customer->id;
  keys->ids[CONTRACT_TYPE] = type->id;
  keys->ids[CONTRACT_LEVEL] = level != NULL ? level->id : 0;
  keys->ids[CONTRACT_RESPONSIBLE] = user != NULL ? user->id : 0;
  contract->values[CONTRACT_CUSTOMER_NUMBER] = customer->number;
  contract->values[CONTRACT_CUSTOMER_NAME] = customer->name;
}

/* Of ten contracts one is open-ended, and six of the others renew. */
static void make_term(Generation *generation, Contract *contract) {
  Day starts = day_end_of_month(day_add_days(generation->today, 180 - (int)below(generation, 3650))) + 1;
  int months = ONE_OF(generation, TERMS);
  Day ends = day_add_months(starts, months) - 1;
  bool open_ended = happens(generation, 10);
  bool renews = !open_ended && happens(generation, 60);
  contract->values[CONTRACT_STARTS_ON] = day_text_iso(contract, starts);
  if (!open_ended) contract->values[CONTRACT_ENDS_ON] = day_text_iso(contract, ends);
  if (renews) contract->values[CONTRACT_RENEWAL_MONTHS] = talloc_asprintf(contract, "%d", MIN(months, 12));
  if (open_ended || renews) {
    contract->values[CONTRACT_NOTICE_PERIOD] = ONE_OF(generation, PERIODS);
    contract->values[CONTRACT_NOTICE_TO] = renews ? "term" : ONE_OF(generation, CALENDAR_ENDS);
  }
  if ((open_ended || renews) && happens(generation, 8)) {
    Day on = MAX(starts, day_add_days(generation->today, -(int)below(generation, 400)));
    contract->values[CONTRACT_CANCELLED_ON] = day_text_iso(contract, on);
    contract->values[CONTRACT_CANCELLED_TO] = day_text_iso(contract, day_end_of_month(day_add_months(on, 1 + (int)below(generation, 9))));
  }
}

static void make_money(Generation *generation, Contract *contract) {
  static const char *const BILLINGS[] = {"1", "1", "3", "12"};
  unsigned magnitude = 20u << below(generation, 9);
  contract->values[CONTRACT_AMOUNT] = talloc_asprintf(contract, "%u.%02u", magnitude + below(generation, magnitude), happens(generation, 50) ? 0 : below(generation, 100));
  contract->values[CONTRACT_BILLING_MONTHS] = ONE_OF(generation, BILLINGS);
}

static Contract *make_contract(Generation *generation, gint64 number, ContractKeys *keys) {
  Contract *contract = contract_new(generation->scratch);
  const char *place = ONE_OF(generation, PLACES);
  make_keys(generation, contract, keys);
  make_term(generation, contract);
  make_money(generation, contract);
  contract->values[CONTRACT_NUMBER] = talloc_asprintf(contract, "G-%08" G_GINT64_FORMAT, number);
  contract->values[CONTRACT_TITLE] = talloc_asprintf(contract, "%s%s%s", ONE_OF(generation, THINGS), place[0] != '\0' ? " " : "", place);
  if (happens(generation, 30)) contract->values[CONTRACT_REFERENCE] = talloc_asprintf(contract, "BE-%05u", below(generation, 100000));
  contract_write_settle(contract, generation->today);
  return contract;
}

static bool insert_contracts(Database *database, void *context, GError **error) {
  Generation *generation = context;
  unsigned count = (unsigned)MIN(PER_TRANSACTION, generation->wanted - generation->done);
  return contract_write_insert(database, generation->contracts, generation->keys, count, error);
}

static bool insert_customers(Database *database, void *context, GError **error) {
  Generation *generation = context;
  return contract_write_customers(database, (NewCustomer *)(void *)generation->customers->data, generation->customers->len, error);
}

static void make_customers(Generation *generation, void *owner, gint64 count) {
  for (gint64 i = 0; i < count; i++) {
    NewCustomer customer = {.number = talloc_asprintf(owner, "G-%07" G_GINT64_FORMAT, generation->first + i)};
    const char *trade = ONE_OF(generation, TRADES);
    const char *name = ONE_OF(generation, NAMES);
    customer.name = talloc_asprintf(owner, "%s %s %s", trade, name, ONE_OF(generation, FORMS));
    g_array_append_val(generation->customers, customer);
  }
}

static bool generate(Generation *generation, GError **error) {
  Database *database = generation->tool->database;
  if (!database_transaction(database, insert_customers, generation, error)) return false;
  while (generation->done < generation->wanted) {
    gint64 count = MIN(PER_TRANSACTION, generation->wanted - generation->done);
    generation->scratch = talloc_new(NULL);
    for (gint64 i = 0; i < count; i++) generation->contracts[i] = make_contract(generation, generation->first + generation->done + i, &generation->keys[i]);
    bool done = database_transaction(database, insert_contracts, generation, error);
    talloc_free(generation->scratch);
    if (!done) return false;
    generation->done += count;
    command_progress("generate", (guint64)generation->done, (guint64)generation->wanted);
  }
  return true;
}

bool generate_command(Tool *tool, char **words, GError **error) {
  gint64 contracts = 0;
  gint seed = 1;
  char **rest = NULL;
  const GOptionEntry entries[] = {{"contracts", 0, 0, G_OPTION_ARG_INT64, &contracts, NULL, NULL}, {"seed", 0, 0, G_OPTION_ARG_INT, &seed, NULL, NULL}, G_OPTION_ENTRY_NULL};
  if (!command_options(words, entries, 0, 0, &rest, error)) return false;
  g_strfreev(rest);
  if (contracts < 1 || contracts > CONTRACTS_MAX) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "--contracts is a number from 1 to %d", CONTRACTS_MAX);
    return false;
  }
  void *owner = talloc_new(NULL);
  Generation *generation = talloc_zero(owner, Generation);
  generation->tool = tool;
  generation->chance = g_rand_new_with_seed((guint32)seed);
  generation->today = settings_today(tool->settings);
  generation->wanted = contracts;
  generation->customers = g_array_new(FALSE, FALSE, sizeof(NewCustomer));
  generation->catalogue = catalogue_repository_read(tool->database, owner, error);
  bool done = generation->catalogue != NULL && contract_write_next_id(tool->database, &generation->first, error);
  if (done && (generation->catalogue->type_count == 0 || generation->catalogue->level_count == 0)) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_BAD_REQUEST, "there is no support level or no contract type");
    done = false;
  }
  if (done) make_customers(generation, owner, MAX(1, contracts / CONTRACTS_PER_CUSTOMER));
  done = done && generate(generation, error) && contract_day_fold(tool->database, error);
  if (done) printf("%" G_GINT64_FORMAT " contracts of %u customers generated\n", generation->done, generation->customers->len);
  g_array_unref(generation->customers);
  g_rand_free(generation->chance);
  talloc_free(owner);
  return done;
}
