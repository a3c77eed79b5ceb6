-- The level report: kept counts per day.

-- The last day on which a contract is in force, whatever its current term; 9999-12-31: nothing ends it yet.
ALTER TABLE contract
  ADD COLUMN last_day DATE AS (COALESCE(cancelled_to, IF(renewal_months = 0, ends_on, NULL), DATE'9999-12-31')) STORED,
  ADD KEY contract_by_last (level_id, status, last_day, id);

-- What was added to (sign 1) or taken from (-1) the contracts and is not yet in contract_day. Every writer only appends, so that none waits for another; whoever
-- reads the counts adds these rows, and now and then they are folded into contract_day. level_id 0: without.
CREATE TABLE contract_change (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  sign TINYINT NOT NULL,
  customer_id INT UNSIGNED NOT NULL,
  level_id SMALLINT UNSIGNED NOT NULL,
  status TINYINT UNSIGNED NOT NULL,
  type_id SMALLINT UNSIGNED NOT NULL,
  currency CHAR(3) CHARACTER SET ascii NOT NULL,
  starts_on DATE NOT NULL,
  last_day DATE NOT NULL,
  term_ends_on DATE NOT NULL,
  notice_by DATE NOT NULL,
  monthly_value DECIMAL(14,2) NOT NULL,
  yearly_value DECIMAL(16,2) NOT NULL
);

-- How many contracts start (kind 0), are in force for the last time (1), end their term (2) or have their notice deadline (3) in each year (unit 0), month (1) and
-- day (2), which `begins`; and of those that are in force at all (running), how many and what they are worth. A sum over few rows is the state on any day.
-- Kinds 4 and 5: customers from whose first to whose last day some contract of a level (65535: of any) is in force.
CREATE TABLE contract_day (
  kind TINYINT UNSIGNED NOT NULL,
  unit TINYINT UNSIGNED NOT NULL,
  begins DATE NOT NULL,
  level_id SMALLINT UNSIGNED NOT NULL,
  status TINYINT UNSIGNED NOT NULL,
  type_id SMALLINT UNSIGNED NOT NULL,
  currency CHAR(3) CHARACTER SET ascii NOT NULL,
  contracts BIGINT NOT NULL,
  running BIGINT NOT NULL,
  monthly_value DECIMAL(20,2) NOT NULL,
  yearly_value DECIMAL(20,2) NOT NULL,
  PRIMARY KEY (kind, unit, begins, level_id, status, type_id, currency)
);

-- The times without a gap in which a customer has contracts of a level (65535: of any) in force, as counted in contract_day.
CREATE TABLE customer_span (
  customer_id INT UNSIGNED NOT NULL,
  level_id SMALLINT UNSIGNED NOT NULL,
  begins DATE NOT NULL,
  ends DATE NOT NULL,
  PRIMARY KEY (customer_id, level_id, begins)
);

-- Its row is held by whoever folds.
CREATE TABLE contract_fold (id TINYINT UNSIGNED NOT NULL PRIMARY KEY);
INSERT INTO contract_fold VALUES (1);

CREATE TRIGGER contract_change_insert AFTER INSERT ON contract FOR EACH ROW
  INSERT INTO contract_change (sign, customer_id, level_id, status, type_id, currency, starts_on, last_day, term_ends_on, notice_by, monthly_value, yearly_value)
  VALUES (1, NEW.customer_id, COALESCE(NEW.level_id, 0), NEW.status, NEW.type_id, NEW.currency, NEW.starts_on, NEW.last_day, NEW.term_ends_on, NEW.notice_by,
    NEW.monthly_value, NEW.amount * (12 DIV NEW.billing_months));

CREATE TRIGGER contract_change_delete AFTER DELETE ON contract FOR EACH ROW
  INSERT INTO contract_change (sign, customer_id, level_id, status, type_id, currency, starts_on, last_day, term_ends_on, notice_by, monthly_value, yearly_value)
  VALUES (-1, OLD.customer_id, COALESCE(OLD.level_id, 0), OLD.status, OLD.type_id, OLD.currency, OLD.starts_on, OLD.last_day, OLD.term_ends_on, OLD.notice_by,
    OLD.monthly_value, OLD.amount * (12 DIV OLD.billing_months));

CREATE TRIGGER contract_change_update AFTER UPDATE ON contract FOR EACH ROW
BEGIN
  IF NOT (OLD.customer_id = NEW.customer_id AND OLD.level_id <=> NEW.level_id AND OLD.status = NEW.status AND OLD.type_id = NEW.type_id AND OLD.currency = NEW.currency
      AND OLD.starts_on = NEW.starts_on AND OLD.last_day = NEW.last_day AND OLD.term_ends_on = NEW.term_ends_on AND OLD.notice_by = NEW.notice_by
      AND OLD.monthly_value = NEW.monthly_value AND OLD.amount = NEW.amount AND OLD.billing_months = NEW.billing_months) THEN
    INSERT INTO contract_change (sign, customer_id, level_id, status, type_id, currency, starts_on, last_day, term_ends_on, notice_by, monthly_value, yearly_value)
    VALUES (-1, OLD.customer_id, COALESCE(OLD.level_id, 0), OLD.status, OLD.type_id, OLD.currency, OLD.starts_on, OLD.last_day, OLD.term_ends_on, OLD.notice_by,
        OLD.monthly_value, OLD.amount * (12 DIV OLD.billing_months)),
      (1, NEW.customer_id, COALESCE(NEW.level_id, 0), NEW.status, NEW.type_id, NEW.currency, NEW.starts_on, NEW.last_day, NEW.term_ends_on, NEW.notice_by,
        NEW.monthly_value, NEW.amount * (12 DIV NEW.billing_months));
  END IF;
END;

-- The contracts that are there already.
INSERT INTO contract_change (sign, customer_id, level_id, status, type_id, currency, starts_on, last_day, term_ends_on, notice_by, monthly_value, yearly_value)
  SELECT 1, customer_id, COALESCE(level_id, 0), status, type_id, currency, starts_on, last_day, term_ends_on, notice_by, monthly_value, amount * (12 DIV billing_months)
  FROM contract;
