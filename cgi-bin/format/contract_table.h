/* contract_table.h: what the spreadsheets' formats have in common: the values of a contract, and the words of the language that a table is written in. */
#ifndef SUPPORTLEVEL_FORMAT_CONTRACT_TABLE_H
#define SUPPORTLEVEL_FORMAT_CONTRACT_TABLE_H

#include "domain/contract.h"
#include "domain/contract_column.h"

#define WORD_MAX 8

/* Words of one language, and where its clock stands; the texts aren't copied. */
typedef struct {
  const char *heads[CONTRACT_COLUMN_COUNT];
  const char *statuses[STATUS_COUNT];
  const char *notice_to[WORD_MAX]; /* in the order of the field's choices */
  const char *time_zone;           /* IANA name */
} ContractWords;

/* The value of a column as canonical text ("" for none: open-ended, no notice; a moment in UTC: 2026-02-11T13:05:00Z). `room` takes what is put together here. */
#define CELL_SIZE 32
const char *contract_column_text(const Contract *contract, unsigned column, char room[CELL_SIZE]);

/* The word for a value that is a code (status, notice_to), or the value itself. */
const char *contract_column_word(const ContractWords *words, unsigned column, const char *value);

#endif
