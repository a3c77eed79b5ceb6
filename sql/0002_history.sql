-- The history of contracts, customers and levels: the server keeps every version of a row, whoever changed it and by what way. A version lies in the same
-- table; its row_end is the moment of the next one, that of the current row lies in the farthest future. Keys and indexes carry row_end, being part of the
-- primary key: so a list's walk is from its index alone as before, and a deleted contract's number can be used again.

-- The columns first: no derived one is versioned yet, for which the table must be.
ALTER TABLE support_level
  ADD COLUMN changed_by VARCHAR(150) NOT NULL DEFAULT '' COMMENT 'who made this version; empty: it was there when recording began',
  ADD COLUMN row_start TIMESTAMP(6) GENERATED ALWAYS AS ROW START INVISIBLE,
  ADD COLUMN row_end TIMESTAMP(6) GENERATED ALWAYS AS ROW END INVISIBLE,
  ADD PERIOD FOR SYSTEM_TIME (row_start, row_end),
  ADD SYSTEM VERSIONING;

ALTER TABLE customer
  ADD COLUMN changed_by VARCHAR(150) NOT NULL DEFAULT '' COMMENT 'who made this version; empty: it was there when recording began',
  ADD COLUMN row_start TIMESTAMP(6) GENERATED ALWAYS AS ROW START INVISIBLE,
  ADD COLUMN row_end TIMESTAMP(6) GENERATED ALWAYS AS ROW END INVISIBLE,
  ADD PERIOD FOR SYSTEM_TIME (row_start, row_end),
  ADD SYSTEM VERSIONING;

ALTER TABLE contract
  ADD COLUMN changed_by VARCHAR(150) NOT NULL DEFAULT '' COMMENT 'who made this version; empty: it was there when recording began',
  ADD COLUMN row_start TIMESTAMP(6) GENERATED ALWAYS AS ROW START INVISIBLE,
  ADD COLUMN row_end TIMESTAMP(6) GENERATED ALWAYS AS ROW END INVISIBLE,
  ADD PERIOD FOR SYSTEM_TIME (row_start, row_end),
  ADD SYSTEM VERSIONING;

-- What comes and goes with a change is no change by itself; above all the daily roll leaves no history.
ALTER TABLE support_level
  MODIFY version INT UNSIGNED NOT NULL DEFAULT 1 WITHOUT SYSTEM VERSIONING,
  MODIFY updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6) WITHOUT SYSTEM VERSIONING;

ALTER TABLE customer
  MODIFY version INT UNSIGNED NOT NULL DEFAULT 1 WITHOUT SYSTEM VERSIONING,
  MODIFY updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6) WITHOUT SYSTEM VERSIONING;

-- Walks along one column alone, such as the roll's to the oldest days, which old versions have most of, shall meet only current rows.
ALTER TABLE contract
  MODIFY version INT UNSIGNED NOT NULL DEFAULT 1 WITHOUT SYSTEM VERSIONING,
  MODIFY updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6) WITHOUT SYSTEM VERSIONING,
  MODIFY status TINYINT UNSIGNED NOT NULL COMMENT '0 upcoming, 1 active, 2 cancelled, 3 ended' WITHOUT SYSTEM VERSIONING,
  MODIFY term_ends_on DATE NOT NULL WITHOUT SYSTEM VERSIONING,
  MODIFY notice_by DATE NOT NULL WITHOUT SYSTEM VERSIONING,
  MODIFY monthly_value DECIMAL(14,2) NOT NULL WITHOUT SYSTEM VERSIONING,
  MODIFY valid_from DATE NOT NULL WITHOUT SYSTEM VERSIONING,
  MODIFY valid_until DATE NOT NULL WITHOUT SYSTEM VERSIONING,
  DROP KEY contract_starts,
  DROP KEY contract_ends,
  DROP KEY contract_notice,
  DROP KEY contract_value,
  DROP KEY contract_updated,
  DROP KEY contract_valid_until,
  DROP KEY contract_valid_from,
  ADD KEY contract_starts (row_end, starts_on),
  ADD KEY contract_ends (row_end, term_ends_on),
  ADD KEY contract_notice (row_end, notice_by),
  ADD KEY contract_value (row_end, monthly_value),
  ADD KEY contract_updated (row_end, updated_at),
  ADD KEY contract_valid_until (row_end, valid_until),
  ADD KEY contract_valid_from (row_end, valid_from);

-- Who deleted what: a deleted row has no version that could say so. deleted_at is the row_end of the last one.
CREATE TABLE deletion (
  table_name VARCHAR(20) NOT NULL,
  record_id INT UNSIGNED NOT NULL,
  deleted_at TIMESTAMP(6) NOT NULL,
  deleted_by VARCHAR(150) NOT NULL,
  PRIMARY KEY (table_name, record_id, deleted_at)
);

-- Who: @actor, which the program sets to the name of who is signed in; straight in the database it is the account. An empty @actor changes in nobody's
-- name (the roll). Whoever changes a row without counting its version up, as people do by hand, has it counted up here: an open form then knows of it.
CREATE TRIGGER support_level_actor_insert BEFORE INSERT ON support_level FOR EACH ROW SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);
CREATE TRIGGER customer_actor_insert BEFORE INSERT ON customer FOR EACH ROW SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);
CREATE TRIGGER contract_actor_insert BEFORE INSERT ON contract FOR EACH ROW SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);

CREATE TRIGGER support_level_actor_update BEFORE UPDATE ON support_level FOR EACH ROW
  IF COALESCE(@actor, USER()) <> '' THEN
    SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);
    IF NEW.version = OLD.version THEN SET NEW.version = OLD.version + 1, NEW.updated_at = UTC_TIMESTAMP(6); END IF;
  END IF;

CREATE TRIGGER customer_actor_update BEFORE UPDATE ON customer FOR EACH ROW
  IF COALESCE(@actor, USER()) <> '' THEN
    SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);
    IF NEW.version = OLD.version THEN SET NEW.version = OLD.version + 1, NEW.updated_at = UTC_TIMESTAMP(6); END IF;
  END IF;

CREATE TRIGGER contract_actor_update BEFORE UPDATE ON contract FOR EACH ROW
  IF COALESCE(@actor, USER()) <> '' THEN
    SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);
    IF NEW.version = OLD.version THEN SET NEW.version = OLD.version + 1, NEW.updated_at = UTC_TIMESTAMP(6); END IF;
  END IF;

CREATE TRIGGER support_level_actor_delete AFTER DELETE ON support_level FOR EACH ROW
  INSERT INTO deletion VALUES ('support_level', OLD.id, NOW(6), LEFT(COALESCE(@actor, USER()), 150));
CREATE TRIGGER customer_actor_delete AFTER DELETE ON customer FOR EACH ROW
  INSERT INTO deletion VALUES ('customer', OLD.id, NOW(6), LEFT(COALESCE(@actor, USER()), 150));
CREATE TRIGGER contract_actor_delete AFTER DELETE ON contract FOR EACH ROW
  INSERT INTO deletion VALUES ('contract', OLD.id, NOW(6), LEFT(COALESCE(@actor, USER()), 150));
