-- Changes of many contracts at once: who set what and when, and what each contract had before, for the one click that takes it back.

-- What was set is kept as people knew it then: a level's or type's code, a user's name; '': none; NULL: left as it was. A level that no contract has any
-- more can be deleted though it was once set, or once taken away, by such a change.
CREATE TABLE bulk_change (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id INT UNSIGNED NOT NULL,
  changed_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
  set_level VARCHAR(20) NULL,
  set_type VARCHAR(20) NULL,
  set_responsible VARCHAR(60) NULL,
  contracts INT UNSIGNED NOT NULL COMMENT 'how many got another value',
  undone_at DATETIME(6) NULL,
  undone_by INT UNSIGNED NULL,
  CONSTRAINT bulk_change_user FOREIGN KEY (user_id) REFERENCES user (id),
  CONSTRAINT bulk_change_undone_by FOREIGN KEY (undone_by) REFERENCES user (id),
  CONSTRAINT bulk_change_undone CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);

-- One row for each contract that got another value. No foreign key to the contract: it may be deleted, which is told when somebody wants to undo.
CREATE TABLE bulk_change_row (
  bulk_change_id INT UNSIGNED NOT NULL,
  contract_id INT UNSIGNED NOT NULL,
  level_id SMALLINT UNSIGNED NULL COMMENT 'before',
  type_id SMALLINT UNSIGNED NOT NULL COMMENT 'before',
  responsible_id INT UNSIGNED NULL COMMENT 'before',
  version INT UNSIGNED NOT NULL COMMENT 'that the contract has since: with another one somebody touched it',
  PRIMARY KEY (bulk_change_id, contract_id),
  CONSTRAINT bulk_change_row FOREIGN KEY (bulk_change_id) REFERENCES bulk_change (id) ON DELETE CASCADE
);
