-- The tables of the first version. Levels and types are shipped; a company renames, adds, reorders and retires them.

ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE support_level (
  id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  level_rank SMALLINT UNSIGNED NOT NULL,
  code VARCHAR(20) NOT NULL,
  name VARCHAR(100) NOT NULL,
  scope VARCHAR(2000) NOT NULL DEFAULT '',
  channels VARCHAR(200) NOT NULL DEFAULT '',
  service_hours VARCHAR(200) NOT NULL DEFAULT '',
  response_minutes INT UNSIGNED NULL COMMENT 'service time until somebody must respond; NULL: no promise',
  restore_minutes INT UNSIGNED NULL COMMENT 'service time until the service must run again; NULL: no promise',
  next_level_id SMALLINT UNSIGNED NULL,
  retired BOOLEAN NOT NULL DEFAULT FALSE,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
  UNIQUE KEY support_level_code (code),
  KEY support_level_rank (level_rank),
  CONSTRAINT support_level_next FOREIGN KEY (next_level_id) REFERENCES support_level (id),
  CONSTRAINT support_level_code_form CHECK (code REGEXP '^[A-Za-z0-9][A-Za-z0-9._-]*$' AND code <> 'none')
);

CREATE TABLE contract_type (
  id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(20) NOT NULL,
  name VARCHAR(100) NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  retired BOOLEAN NOT NULL DEFAULT FALSE,
  UNIQUE KEY contract_type_code (code),
  CONSTRAINT contract_type_code_form CHECK (code REGEXP '^[A-Za-z0-9][A-Za-z0-9._-]*$')
);

CREATE TABLE user (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  display_name VARCHAR(100) NOT NULL DEFAULT '',
  email VARCHAR(200) NOT NULL DEFAULT '',
  language ENUM('', 'de', 'en') NOT NULL DEFAULT '',
  role ENUM('viewer', 'editor', 'admin') NOT NULL,
  password_hash VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'argon2id; empty: cannot sign in with a password',
  active BOOLEAN NOT NULL DEFAULT TRUE,
  created_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
  UNIQUE KEY user_name (name)
);

CREATE TABLE session (
  id_hash BINARY(32) NOT NULL PRIMARY KEY COMMENT 'BLAKE2b of the cookie''s 256 random bits',
  user_id INT UNSIGNED NOT NULL,
  created_at DATETIME NOT NULL,
  used_at DATETIME NOT NULL,
  KEY session_user (user_id),
  KEY session_used (used_at),
  CONSTRAINT session_user FOREIGN KEY (user_id) REFERENCES user (id) ON DELETE CASCADE
);

-- Failed sign-ins, by account and by address, each of which waits longer after every failure.
CREATE TABLE login_failure (
  subject VARCHAR(120) NOT NULL PRIMARY KEY COMMENT 'user:NAME@IP or address:IP',
  failures INT UNSIGNED NOT NULL,
  last_at DATETIME NOT NULL,
  KEY login_failure_last (last_at)
);

CREATE TABLE customer (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number VARCHAR(40) COLLATE utf8mb4_uca1400_as_ci NOT NULL,
  name VARCHAR(200) NOT NULL,
  street VARCHAR(200) NOT NULL DEFAULT '',
  postcode VARCHAR(20) NOT NULL DEFAULT '',
  city VARCHAR(100) NOT NULL DEFAULT '',
  country CHAR(2) NOT NULL DEFAULT 'DE',
  phone VARCHAR(60) NOT NULL DEFAULT '',
  email VARCHAR(200) NOT NULL DEFAULT '',
  note VARCHAR(4000) NOT NULL DEFAULT '',
  version INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
  UNIQUE KEY customer_number (number),
  UNIQUE KEY customer_id_name (id, name),
  KEY customer_name (name, id),
  CONSTRAINT customer_number_given CHECK (number <> ''),
  CONSTRAINT customer_name_given CHECK (name <> '')
);

-- customer_name stands here too, kept by the foreign key, because the list sorts by it. term_ends_on is 9999-12-31 for an open-ended
-- contract and notice_by is 9999-12-31 where no notice is due, so that both can be sorted and paged by; both are derived, right from valid_from to valid_until.
CREATE TABLE contract (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number VARCHAR(40) COLLATE utf8mb4_uca1400_as_ci NOT NULL,
  title VARCHAR(200) NOT NULL,
  customer_id INT UNSIGNED NOT NULL,
  customer_name VARCHAR(200) NOT NULL,
  type_id SMALLINT UNSIGNED NOT NULL,
  level_id SMALLINT UNSIGNED NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NULL,
  renewal_months SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  notice_period VARCHAR(8) NOT NULL DEFAULT '',
  notice_to VARCHAR(8) NOT NULL DEFAULT '',
  cancelled_on DATE NULL,
  cancelled_to DATE NULL,
  amount DECIMAL(14,2) NOT NULL DEFAULT 0,
  billing_months TINYINT UNSIGNED NOT NULL DEFAULT 1,
  currency CHAR(3) NOT NULL DEFAULT 'EUR',
  responsible_id INT UNSIGNED NULL,
  reference VARCHAR(100) NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  version INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
  status TINYINT UNSIGNED NOT NULL COMMENT '0 upcoming, 1 active, 2 cancelled, 3 ended',
  term_ends_on DATE NOT NULL,
  notice_by DATE NOT NULL,
  monthly_value DECIMAL(14,2) NOT NULL,
  valid_from DATE NOT NULL,
  valid_until DATE NOT NULL,
  UNIQUE KEY contract_number (number),
  KEY contract_by_number (level_id, status, number, id),
  KEY contract_by_title (level_id, status, title, id),
  KEY contract_by_customer (level_id, status, customer_name, id),
  KEY contract_by_starts (level_id, status, starts_on, id),
  KEY contract_by_ends (level_id, status, term_ends_on, id),
  KEY contract_by_notice (level_id, status, notice_by, id),
  KEY contract_by_value (level_id, status, monthly_value, id),
  KEY contract_by_updated (level_id, status, updated_at, id),
  KEY contract_by_type (type_id, level_id, status, number, id),
  KEY contract_customer (customer_id, customer_name),
  KEY contract_responsible (responsible_id, level_id, status),
  KEY contract_starts (starts_on),
  KEY contract_ends (term_ends_on),
  KEY contract_notice (notice_by),
  KEY contract_value (monthly_value),
  KEY contract_updated (updated_at),
  KEY contract_valid_until (valid_until),
  KEY contract_valid_from (valid_from),
  CONSTRAINT contract_customer FOREIGN KEY (customer_id, customer_name) REFERENCES customer (id, name) ON UPDATE CASCADE,
  CONSTRAINT contract_type FOREIGN KEY (type_id) REFERENCES contract_type (id),
  CONSTRAINT contract_level FOREIGN KEY (level_id) REFERENCES support_level (id),
  CONSTRAINT contract_responsible FOREIGN KEY (responsible_id) REFERENCES user (id),
  CONSTRAINT contract_number_given CHECK (number <> ''),
  CONSTRAINT contract_ends_after_start CHECK (ends_on IS NULL OR ends_on >= starts_on),
  CONSTRAINT contract_notice_to CHECK (notice_to IN ('', 'term', 'month', 'quarter', 'half', 'year')),
  CONSTRAINT contract_billing CHECK (billing_months IN (1, 3, 6, 12)),
  CONSTRAINT contract_amount CHECK (amount >= 0),
  CONSTRAINT contract_cancelled CHECK ((cancelled_on IS NULL) = (cancelled_to IS NULL)),
  CONSTRAINT contract_status CHECK (status <= 3)
);

-- The words of number, title, reference and customer name, for the search by beginnings of words.
CREATE TABLE contract_word (
  word VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  contract_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (word, contract_id),
  KEY contract_word_contract (contract_id, word),
  CONSTRAINT contract_word_contract FOREIGN KEY (contract_id) REFERENCES contract (id) ON DELETE CASCADE
);

-- How many contracts there are of each level (0: without), status and type: the totals of a page without counting the table. Several slots, so that
-- two people saving at once seldom wait for each other; a sum over the slots is the number. What writes for long in one transaction takes a slot of its own
-- by @count_slot.
CREATE TABLE contract_count (
  level_id SMALLINT UNSIGNED NOT NULL,
  status TINYINT UNSIGNED NOT NULL,
  type_id SMALLINT UNSIGNED NOT NULL,
  slot TINYINT UNSIGNED NOT NULL,
  contracts BIGINT NOT NULL,
  PRIMARY KEY (level_id, status, type_id, slot)
);

CREATE TRIGGER contract_count_insert AFTER INSERT ON contract FOR EACH ROW
  INSERT INTO contract_count VALUES (COALESCE(NEW.level_id, 0), NEW.status, NEW.type_id, COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1)
    ON DUPLICATE KEY UPDATE contracts = contracts + 1;

CREATE TRIGGER contract_count_delete AFTER DELETE ON contract FOR EACH ROW
  INSERT INTO contract_count VALUES (COALESCE(OLD.level_id, 0), OLD.status, OLD.type_id, COALESCE(@count_slot, CONNECTION_ID() MOD 8), -1)
    ON DUPLICATE KEY UPDATE contracts = contracts - 1;

CREATE TRIGGER contract_count_update AFTER UPDATE ON contract FOR EACH ROW
BEGIN
  IF NOT (OLD.level_id <=> NEW.level_id AND OLD.status = NEW.status AND OLD.type_id = NEW.type_id) THEN
    INSERT INTO contract_count VALUES (COALESCE(OLD.level_id, 0), OLD.status, OLD.type_id, COALESCE(@count_slot, CONNECTION_ID() MOD 8), -1)
      ON DUPLICATE KEY UPDATE contracts = contracts - 1;
    INSERT INTO contract_count VALUES (COALESCE(NEW.level_id, 0), NEW.status, NEW.type_id, COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1)
      ON DUPLICATE KEY UPDATE contracts = contracts + 1;
  END IF;
END;

INSERT INTO contract_type (code, name, position) VALUES
  ('WARTUNG', 'Wartungsvertrag', 1), ('MIETE', 'Miete', 2), ('INSTALL', 'Installationsstatus', 3), ('SUPPORT', 'Supportvertrag', 4);

INSERT INTO support_level (level_rank, code, name, scope, channels, service_hours, response_minutes, restore_minutes) VALUES
  (1, 'L0', 'Selbstbedienung', 'Anleitungen, Wissensdatenbank und Downloads im Kundenportal.', 'Portal', 'rund um die Uhr', NULL, NULL),
  (2, 'L1', 'Help Desk', 'Nimmt Anfragen an, beantwortet Grundfragen, gibt weiter.', 'Telefon, E-Mail, Portal', 'Mo–Fr 8–17 Uhr', 480, NULL),
  (3, 'L2', 'Technischer Support', 'Findet und behebt Fehler der Einrichtung, auch durch Fernwartung.', 'Telefon, E-Mail, Fernwartung', 'Mo–Fr 8–17 Uhr', 240, 1440),
  (4, 'L3', 'Expertensupport', 'Experten und Entwickler: schwierige Fehler, Änderungen am Produkt.', 'Telefon, E-Mail, Fernwartung, vor Ort', 'Mo–Fr 7–20 Uhr', 120, 480),
  (5, 'L4', 'Spezialisten und Hersteller', 'Spezialisten und der Hersteller selbst.', 'Telefon, Fernwartung, vor Ort', 'rund um die Uhr', 60, 240);

UPDATE support_level AS lower_level JOIN support_level AS higher_level ON higher_level.level_rank = lower_level.level_rank + 1
  SET lower_level.next_level_id = higher_level.id;
