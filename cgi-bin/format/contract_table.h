/* contract_table.h: what the spreadsheets' formats have in common: the columns of a contract, and the words of the language that a table is written in. */
#ifndef SUPPORTLEVEL_FORMAT_CONTRACT_TABLE_H
#define SUPPORTLEVEL_FORMAT_CONTRACT_TABLE_H

#include "domain/contract.h"

/* Every field in the order of product.md, then every derived value. */
#define CONTRACT_COLUMN_COUNT (CONTRACT_FIELD_COUNT + CONTRACT_DERIVED_COUNT)

/* The facts of a column: its name, German name and kind. */
const Field *contract_column(unsigned column);

#define WORD_MAX 8

/* Words of one language; the texts aren't copied. */
typedef struct {
  const char *heads[CONTRACT_COLUMN_COUNT];
  const char *statuses[STATUS_COUNT];
  const char *notice_to[WORD_MAX]; /* in the order of the field's choices */
} ContractWords;

/* The value of a column as canonical text ("" for none: open-ended, no notice). `room` takes what is put together here. */
#define CELL_SIZE 32
const char *contract_column_text(const Contract *contract, unsigned column, char room[CELL_SIZE]);

/* The word for a value that is a code (status, notice_to), or the value itself. */
const char *contract_column_word(const ContractWords *words, unsigned column, const char *value);

#endif
