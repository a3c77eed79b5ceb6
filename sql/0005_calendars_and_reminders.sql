-- Calendars that people subscribe to, and what they have been reminded of.

-- A stored selection behind a secret address, of which only a hash is kept.
CREATE TABLE calendar_subscription (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id INT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  query VARCHAR(4000) NOT NULL COMMENT 'of the address of /contracts; relative days as typed',
  token_hash BINARY(32) NOT NULL COMMENT 'BLAKE2b of the address''s 256 random bits',
  created_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  used_at DATETIME NULL COMMENT 'to the hour',
  UNIQUE KEY calendar_subscription_token (token_hash),
  KEY calendar_subscription_user (user_id, id),
  CONSTRAINT calendar_subscription_user FOREIGN KEY (user_id) REFERENCES user (id) ON DELETE CASCADE
);

-- One row per deadline, step and recipient: waiting until sent_at. Who sends takes rows by a claim that lapses, so that several machines send once and
-- what a crashed one had taken is taken again.
CREATE TABLE reminder (
  contract_id INT UNSIGNED NOT NULL,
  deadline DATE NOT NULL,
  step TINYINT UNSIGNED NOT NULL COMMENT 'days before the deadline: 90, 30, 7',
  user_id INT UNSIGNED NOT NULL COMMENT 'the responsible; 0: whoever the setting mail_fallback names',
  claim BIGINT UNSIGNED NULL,
  claimed_until DATETIME NULL,
  sent_at DATETIME NULL,
  PRIMARY KEY (contract_id, deadline, step, user_id),
  KEY reminder_waiting (sent_at, user_id, deadline),
  KEY reminder_claim (claim),
  KEY reminder_deadline (deadline),
  CONSTRAINT reminder_contract FOREIGN KEY (contract_id) REFERENCES contract (id) ON DELETE CASCADE
);
