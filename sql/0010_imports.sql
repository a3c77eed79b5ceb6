-- Imports of contracts from tables: the file and what was decided about it while somebody is at it, and the record with the way back.

CREATE TABLE import_job (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  actor VARCHAR(150) NOT NULL COMMENT 'as the history names who changes',
  file_name VARCHAR(200) NOT NULL,
  file_size BIGINT UNSIGNED NOT NULL,
  xlsx BOOLEAN NOT NULL,
  created_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
  delimiter_code TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'the character that separates cells; 0: none',
  encoding VARCHAR(20) NOT NULL DEFAULT '',
  sheet SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  decimal_comma BOOLEAN NOT NULL DEFAULT FALSE,
  month_first BOOLEAN NOT NULL DEFAULT FALSE,
  state ENUM('new', 'checked', 'done') NOT NULL DEFAULT 'new',
  created INT UNSIGNED NOT NULL DEFAULT 0,
  changed INT UNSIGNED NOT NULL DEFAULT 0,
  unchanged INT UNSIGNED NOT NULL DEFAULT 0,
  rejected INT UNSIGNED NOT NULL DEFAULT 0,
  customers INT UNSIGNED NOT NULL DEFAULT 0,
  problems INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of which import_problem has the first',
  done_at DATETIME(6) NULL,
  undone_at DATETIME(6) NULL,
  undone_by VARCHAR(150) NULL,
  KEY import_job_created (created_at)
);

-- The file in pieces, until the import is done with or given up.
CREATE TABLE import_piece (
  import_job_id INT UNSIGNED NOT NULL,
  position INT UNSIGNED NOT NULL,
  bytes MEDIUMBLOB NOT NULL,
  PRIMARY KEY (import_job_id, position),
  CONSTRAINT import_piece FOREIGN KEY (import_job_id) REFERENCES import_job (id) ON DELETE CASCADE
);

CREATE TABLE import_column (
  import_job_id INT UNSIGNED NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  header VARCHAR(200) NOT NULL,
  field VARCHAR(40) NOT NULL COMMENT 'empty: passed over',
  PRIMARY KEY (import_job_id, position),
  CONSTRAINT import_column FOREIGN KEY (import_job_id) REFERENCES import_job (id) ON DELETE CASCADE
);

-- What an unknown level, type or person stands for: a code behind "=", "+" a new one, "-" none, empty: nobody has decided.
CREATE TABLE import_choice (
  import_job_id INT UNSIGNED NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  field VARCHAR(40) NOT NULL,
  value VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
  choice VARCHAR(70) NOT NULL,
  PRIMARY KEY (import_job_id, position),
  CONSTRAINT import_choice FOREIGN KEY (import_job_id) REFERENCES import_job (id) ON DELETE CASCADE
);

-- Remembered for the next file that has the same heads and words.
CREATE TABLE import_known_header (
  header VARCHAR(200) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY COMMENT 'in lower case',
  field VARCHAR(40) NOT NULL
);
CREATE TABLE import_known_value (
  field VARCHAR(40) NOT NULL,
  value VARCHAR(200) COLLATE utf8mb4_bin NOT NULL COMMENT 'in lower case',
  choice VARCHAR(70) NOT NULL,
  PRIMARY KEY (field, value)
);

CREATE TABLE import_problem (
  import_job_id INT UNSIGNED NOT NULL,
  position INT UNSIGNED NOT NULL,
  line INT UNSIGNED NOT NULL,
  field VARCHAR(40) NOT NULL,
  reason VARCHAR(40) NOT NULL,
  argument VARCHAR(200) NOT NULL,
  PRIMARY KEY (import_job_id, position),
  CONSTRAINT import_problem FOREIGN KEY (import_job_id) REFERENCES import_job (id) ON DELETE CASCADE
);

-- Each contract that was inserted or changed. No foreign key to the contract: it may be deleted, which is told when somebody wants to undo.
CREATE TABLE import_row (
  import_job_id INT UNSIGNED NOT NULL,
  contract_id INT UNSIGNED NOT NULL,
  inserted BOOLEAN NOT NULL,
  version INT UNSIGNED NOT NULL COMMENT 'that the contract has since: with another one somebody touched it',
  moment TIMESTAMP(6) NOT NULL DEFAULT '2000-01-01 00:00:00' COMMENT 'at which the version before ended',
  PRIMARY KEY (import_job_id, contract_id),
  CONSTRAINT import_row FOREIGN KEY (import_job_id) REFERENCES import_job (id) ON DELETE CASCADE
);

CREATE TABLE import_customer (
  import_job_id INT UNSIGNED NOT NULL,
  customer_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (import_job_id, customer_id),
  CONSTRAINT import_customer FOREIGN KEY (import_job_id) REFERENCES import_job (id) ON DELETE CASCADE
);
