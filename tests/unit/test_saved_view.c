/* Saved views: who may do what with one, and which page shows one. Source: product.md, "Who may what". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/saved_view.h"

#define OWNER 1
#define OTHER 2

static const struct {
  bool shared;
  SavedViewUser user;
  bool change, share, delete;
} RIGHTS[] = {
    {false, {OWNER, false, false}, true, false, true},  {false, {OWNER, true, false}, true, true, true},    {false, {OTHER, true, false}, false, false, false},
    {true, {OWNER, false, false}, false, false, true},  {true, {OWNER, true, false}, true, true, true},     {true, {OTHER, false, false}, false, false, false},
    {true, {OTHER, true, false}, true, false, false},   {true, {OTHER, true, true}, true, true, true},
};

static void rights_go_with_owner_and_role(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(RIGHTS); i++) {
    SavedView view = {.id = 5, .owner_id = OWNER, .shared = RIGHTS[i].shared};
    if (saved_view_may_change(&view, &RIGHTS[i].user) != RIGHTS[i].change) fail_msg("row %u: change", i);
    if (saved_view_may_share(&view, &RIGHTS[i].user) != RIGHTS[i].share) fail_msg("row %u: share", i);
    if (saved_view_may_delete(&view, &RIGHTS[i].user) != RIGHTS[i].delete) fail_msg("row %u: delete", i);
  }
  (void)state;
}

static const struct {
  const char *query;
  const char *page;
  bool shown;
} SHOWN[] = {
    {"", "", true},
    {"", "lang=en", true},
    {"", "after=MA", true},
    {"", "level=L1", false},
    {"level=L1", "", false},
    {"level=L1&sort=title", "level=L1&sort=title", true},
    {"level=L1&sort=title", "level=L1&sort=title&after=MC4xLng&lang=en", true},
    {"level=L1&level=L2", "level=L2&level=L1", true},
    {"level=L1&level=L2", "level=L1", false},
    {"level=L1", "level=L10", false},
    {"cols=number,title", "cols=title,number", false},
};

static void a_page_shows_a_view_or_not(void **state) {
  for (unsigned i = 0; i < G_N_ELEMENTS(SHOWN); i++) {
    if (saved_view_shown(SHOWN[i].query, SHOWN[i].page) != SHOWN[i].shown) fail_msg("row %u: \"%s\" on \"%s\"", i, SHOWN[i].query, SHOWN[i].page);
  }
  (void)state;
}

static void the_more_parts_two_have_the_likelier_they_are(void **state) {
  assert_int_equal(saved_view_likeness("", ""), 0);
  assert_int_equal(saved_view_likeness("level=L1&status=active&sort=ends", "level=L2&status=active&sort=ends"), 2);
  assert_int_equal(saved_view_likeness("level=L1&after=MA&lang=en", "level=L1&after=MA&lang=en"), 1);
  (void)state;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(rights_go_with_owner_and_role), cmocka_unit_test(a_page_shows_a_view_or_not),
                                     cmocka_unit_test(the_more_parts_two_have_the_likelier_they_are)};
  return cmocka_run_group_tests_name("saved_view", tests, NULL, NULL);
}
