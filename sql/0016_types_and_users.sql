-- Contract types and users are edited in the browser, so they get what the other records have: a version by which a form knows of another change, and a history.

-- What was known of them counts from the beginning of recording, so that a contract as it was still has its type and its responsible.
SET @recording = (SELECT MIN(row_start) FROM support_level FOR SYSTEM_TIME ALL);

-- A password's hash stands apart: the history keeps no old ones, and no page but the sign-in reads it.
CREATE TABLE user_password (
  user_id INT UNSIGNED NOT NULL PRIMARY KEY,
  hash VARCHAR(200) NOT NULL COMMENT 'argon2id',
  CONSTRAINT user_password_user FOREIGN KEY (user_id) REFERENCES user (id) ON DELETE CASCADE
);
INSERT INTO user_password SELECT id, password_hash FROM user WHERE password_hash <> '';
ALTER TABLE user DROP COLUMN password_hash;

ALTER TABLE contract_type
  ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
  ADD COLUMN changed_by VARCHAR(150) NOT NULL DEFAULT '',
  ADD COLUMN row_start TIMESTAMP(6) GENERATED ALWAYS AS ROW START INVISIBLE,
  ADD COLUMN row_end TIMESTAMP(6) GENERATED ALWAYS AS ROW END INVISIBLE,
  ADD PERIOD FOR SYSTEM_TIME (row_start, row_end),
  ADD SYSTEM VERSIONING;
ALTER TABLE contract_type
  MODIFY version INT UNSIGNED NOT NULL DEFAULT 1 WITHOUT SYSTEM VERSIONING,
  MODIFY updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6) WITHOUT SYSTEM VERSIONING,
  ADD CONSTRAINT contract_type_code_new CHECK (code <> 'new');

ALTER TABLE user
  ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
  ADD COLUMN changed_by VARCHAR(150) NOT NULL DEFAULT '',
  ADD COLUMN row_start TIMESTAMP(6) GENERATED ALWAYS AS ROW START INVISIBLE,
  ADD COLUMN row_end TIMESTAMP(6) GENERATED ALWAYS AS ROW END INVISIBLE,
  ADD PERIOD FOR SYSTEM_TIME (row_start, row_end),
  ADD SYSTEM VERSIONING;
-- Language and first view are everybody's own matter.
ALTER TABLE user
  MODIFY language ENUM('', 'de', 'en') NOT NULL DEFAULT '' WITHOUT SYSTEM VERSIONING,
  MODIFY start_view_id INT UNSIGNED NULL WITHOUT SYSTEM VERSIONING,
  MODIFY version INT UNSIGNED NOT NULL DEFAULT 1 WITHOUT SYSTEM VERSIONING,
  MODIFY updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6) WITHOUT SYSTEM VERSIONING;

-- The version before this migration: the same, from the beginning of recording until now.
SET @@SESSION.system_versioning_insert_history = 1;
INSERT INTO contract_type (id, code, name, position, retired, version, updated_at, changed_by, row_start, row_end)
  SELECT id, code, name, position, retired, version, updated_at, changed_by, @recording, row_start FROM contract_type WHERE row_start > @recording;
INSERT INTO user (id, name, display_name, email, language, role, active, created_at, start_view_id, version, updated_at, changed_by, row_start, row_end)
  SELECT id, name, display_name, email, language, role, active, created_at, start_view_id, version, updated_at, changed_by, @recording, row_start FROM user WHERE row_start > @recording;
SET @@SESSION.system_versioning_insert_history = 0;

-- Who, and the clock set back: as 0002 and 0014 have it for the other tables.
CREATE TRIGGER contract_type_actor_insert BEFORE INSERT ON contract_type FOR EACH ROW SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);
CREATE TRIGGER contract_type_actor_update BEFORE UPDATE ON contract_type FOR EACH ROW
  IF COALESCE(@actor, USER()) <> '' THEN
    SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);
    IF NEW.version = OLD.version THEN SET NEW.version = OLD.version + 1, NEW.updated_at = UTC_TIMESTAMP(6); END IF;
  END IF;
CREATE TRIGGER contract_type_actor_delete AFTER DELETE ON contract_type FOR EACH ROW
  INSERT INTO deletion VALUES ('contract_type', OLD.id, NOW(6), LEFT(COALESCE(@actor, USER()), 150));
CREATE TRIGGER contract_type_clock_update BEFORE UPDATE ON contract_type FOR EACH ROW
  IF OLD.row_start > NOW(6) AND COALESCE(@actor, USER()) <> '' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;
CREATE TRIGGER contract_type_clock_delete BEFORE DELETE ON contract_type FOR EACH ROW
  IF OLD.row_start > NOW(6) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;

-- A user's own language or first view is no change of the record.
CREATE TRIGGER user_actor_insert BEFORE INSERT ON user FOR EACH ROW SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);
CREATE TRIGGER user_actor_update BEFORE UPDATE ON user FOR EACH ROW
  IF NOT (BINARY NEW.name = BINARY OLD.name AND BINARY NEW.display_name = BINARY OLD.display_name AND BINARY NEW.email = BINARY OLD.email AND NEW.role = OLD.role AND NEW.active = OLD.active) THEN
    IF OLD.row_start > NOW(6) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;
    SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);
    IF NEW.version = OLD.version THEN SET NEW.version = OLD.version + 1, NEW.updated_at = UTC_TIMESTAMP(6); END IF;
  END IF;
CREATE TRIGGER user_actor_delete AFTER DELETE ON user FOR EACH ROW
  INSERT INTO deletion VALUES ('user', OLD.id, NOW(6), LEFT(COALESCE(@actor, USER()), 150));

-- A link by which one user, once, chooses a password; a later one takes the place of an earlier one. Only its token's hash is stored.
CREATE TABLE password_link (
  user_id INT UNSIGNED NOT NULL PRIMARY KEY,
  token_hash BINARY(32) NOT NULL COMMENT 'BLAKE2b of the token''s 256 random bits',
  created_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  UNIQUE KEY password_link_token (token_hash),
  CONSTRAINT password_link_user FOREIGN KEY (user_id) REFERENCES user (id) ON DELETE CASCADE
);

-- When somebody last signed in, which tells administrators what accounts nobody uses. No column of `user`: that would be a change of the catalogue for all workers.
CREATE TABLE user_sign_in (
  user_id INT UNSIGNED NOT NULL PRIMARY KEY,
  signed_in_at DATETIME NOT NULL,
  CONSTRAINT user_sign_in_user FOREIGN KEY (user_id) REFERENCES user (id) ON DELETE CASCADE
);
