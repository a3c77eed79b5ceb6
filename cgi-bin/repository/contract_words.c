/* The words of a selection's text: how common they are, and whether their contracts are listed or met on a walk. */
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "domain/text.h"
#include "repository/contract_selection.h"

#define WORD_LIST_LIMIT 30000     /* entries of a word that are listed to be compared with another's */
#define WORD_COLLECT_LIMIT 100000 /* contracts of the rarest word that are collected */
#define WORD_PART 20000           /* of those of still more common words that are hardly ever together, so many are looked through */
#define WORD_WALK_LIMIT 250000    /* contracts that are walked past for a page */
#define WORD_SAMPLE 500
#define LIST_COST 16 /* looking for a word in a contract, measured against listing one more contract of a word */

typedef struct {
  const char *word;
  gint64 contracts; /* estimated */
} WordCount;

static int rarer_first(gconstpointer a, gconstpointer b) {
  gint64 difference = ((const WordCount *)a)->contracts - ((const WordCount *)b)->contracts;
  return difference < 0 ? -1 : difference > 0;
}

static bool estimate_words(ContractPlan *plan, Database *database, WordCount *counts, GError **error) {
  Statement *statement = statement_new(plan);
  gint64 *entries = talloc_zero_array(statement, gint64, plan->word_count + 1);
  for (unsigned word = 0; word < plan->word_count; word++) {
    statement_add(statement, "%sSELECT 1 FROM contract_word WHERE word LIKE ", word > 0 ? " UNION ALL " : "");
    statement_bind(statement, sql_text(counts[word].word));
  }
  bool done = plan->word_count == 0 || statement_estimate(statement, database, entries, plan->word_count, error);
  for (unsigned word = 0; word < plan->word_count; word++) counts[word].contracts = entries[word];
  talloc_free(statement);
  return done;
}

bool plan_read_words(ContractPlan *plan, Database *database, GError **error) {
  if (plan_filter(plan)->text == NULL) return true;
  const char **words = text_search_words(plan, plan_filter(plan)->text, &plan->word_count);
  WordCount *counts = talloc_zero_array(plan, WordCount, plan->word_count + 1);
  for (unsigned word = 0; word < plan->word_count; word++) counts[word].word = talloc_asprintf(plan, "%s%%", words[word]);
  if (!estimate_words(plan, database, counts, error)) return false;
  qsort(counts, plan->word_count, sizeof *counts, rarer_first);
  plan->words = talloc_zero_array(plan, const char *, plan->word_count + 1);
  for (unsigned word = 0; word < plan->word_count; word++) plan->words[word] = counts[word].word;
  plan->used[CONDITION_WORD] = plan->word_count > 0;
  plan->rarest = plan->word_count > 0 ? counts[0].contracts : 0;
  /* A word is listed together with the rarest unless looking for it in the rarest one's contracts is cheaper. */
  plan->source_words = MIN(plan->word_count, 1);
  for (unsigned word = 1; word < plan->word_count; word++) {
    if (counts[word].contracts < WORD_LIST_LIMIT && counts[word].contracts < plan->rarest * LIST_COST) plan->source_words = word + 1;
  }
  return true;
}

/* Words of a text that the list is sorted by stand together in that order: a walk could have all the others in front of it. */
static bool word_follows_sort(const ContractPlan *plan) {
  ContractSort sort = plan_filter(plan)->sort;
  bool has_digit = strpbrk(plan->words[0], "0123456789") != NULL;
  return sort == SORT_TITLE || sort == SORT_CUSTOMER || (has_digit && contract_sort_column(sort) == contract_sort_column(SORT_NUMBER));
}

/* Of the first contracts of the rarest word, the share that has the others too. */
static bool sample_words(ContractPlan *plan, Database *database, double *share, GError **error) {
  *share = 1;
  if (plan->word_count < 2) return true;
  void *scratch = talloc_new(plan);
  Statement *statement = statement_new(scratch);
  unsigned together = plan->source_words;
  plan->source_words = 1;
  statement_add(statement, "SELECT COUNT(*), SUM(met) FROM (SELECT (TRUE");
  plan_add_words(plan, statement, " AND ", 1);
  statement_add(statement, ") AS met FROM ");
  plan_add_source(plan, statement, CONDITION_WORD, WORD_SAMPLE);
  statement_add(statement, ") AS looked_at");
  plan->source_words = together;
  SqlRows *rows = statement_query(statement, database, scratch, error);
  if (rows != NULL) *share = (double)sql_cell_integer(rows, 0, 1) / (double)MAX(sql_cell_integer(rows, 0, 0), 1);
  talloc_free(scratch);
  return rows != NULL;
}

bool plan_words_collected(ContractPlan *plan, Database *database, bool *collected, GError **error) {
  double share = 1;
  *collected = plan->rarest <= NARROW_LIMIT || (plan->rarest < WORD_LIST_LIMIT && word_follows_sort(plan));
  if (*collected) return true;
  if (!sample_words(plan, database, &share, error)) return false;
  const PlanSums sums = plan_sums(plan);
  double walks = plan_is_whole(plan) ? 1 : sums.branches;
  double walked = walks * (plan_filter(plan)->per + 1) * (double)sums.all / (double)plan->rarest;
  /* Words that are hardly ever together would be walked for to the end of the table. */
  bool far = walked > WORD_WALK_LIMIT * share;
  *collected = far || (plan->rarest < WORD_COLLECT_LIMIT && walked * PROBE_COST > (double)plan->rarest * share);
  if (*collected && plan->rarest > WORD_COLLECT_LIMIT) {
    plan->source_limit = WORD_PART;
    plan->source_words = 1;
  }
  return true;
}
