-- Support requests: a customer's calls for help under a contract. Each stands in the queue of one level from beginning to end.

-- Who works at which level: who is told of its deadlines, and whether there is anybody to pass a request on to.
CREATE TABLE level_staff (
  level_id SMALLINT UNSIGNED NOT NULL,
  user_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (level_id, user_id),
  KEY level_staff_user (user_id),
  CONSTRAINT level_staff_level FOREIGN KEY (level_id) REFERENCES support_level (id) ON DELETE CASCADE,
  CONSTRAINT level_staff_user FOREIGN KEY (user_id) REFERENCES user (id) ON DELETE CASCADE
);

-- What was promised is fixed when a request is taken in: minutes here, hours as the calendar's version of promised_at has them. Moments are UTC.
CREATE TABLE request (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contract_id INT UNSIGNED NOT NULL,
  customer_id INT UNSIGNED NOT NULL COMMENT 'whose contract it was then',
  subject VARCHAR(200) NOT NULL,
  caller VARCHAR(200) NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',
  taken_at DATETIME NOT NULL,
  taken_level_id SMALLINT UNSIGNED NOT NULL COMMENT 'whose queue it came into',
  promised_level_id SMALLINT UNSIGNED NULL COMMENT 'the contract''s level then; NULL: it had none',
  promised_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) COMMENT 'by the clock that versions carry',
  response_minutes INT UNSIGNED NULL COMMENT 'of service time; NULL: no promise',
  restore_minutes INT UNSIGNED NULL,
  service_calendar_id SMALLINT UNSIGNED NULL,
  level_id SMALLINT UNSIGNED NOT NULL COMMENT 'in whose queue it is, or was solved',
  user_id INT UNSIGNED NULL COMMENT 'who works on it; NULL: nobody yet',
  state TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '0 open, 1 waiting for the customer, 2 solved',
  respond_by DATETIME NULL,
  responded_at DATETIME NULL,
  response_seconds INT UNSIGNED NULL COMMENT 'of service time, until responded_at',
  restore_by DATETIME NULL COMMENT 'NULL also while the clock waits, unless it had passed before',
  solved_at DATETIME NULL,
  restore_seconds INT UNSIGNED NULL COMMENT 'of service time without waiting, until solved_at',
  queue_at DATETIME NOT NULL COMMENT 'open: the next deadline, 9999-12-31 for none; waiting: since when; solved: when',
  remind_at DATETIME NULL COMMENT 'when a deadline is to be reminded of next; NULL: there is none that still is',
  respond_reminded BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'of respond_by',
  restore_reminded DATETIME NULL COMMENT 'the restore_by that was reminded of',
  claimed_until DATETIME NULL COMMENT 'until then somebody is sending the reminder',
  once CHAR(32) NULL COMMENT 'of the form that took it in, so that this happens once',
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY request_once (once),
  KEY request_queue (state, queue_at),
  KEY request_level (level_id, state, queue_at),
  KEY request_user (user_id, state, queue_at),
  KEY request_level_user (level_id, user_id, state, queue_at),
  KEY request_customer (customer_id, state, queue_at),
  KEY request_contract (contract_id, state, queue_at),
  KEY request_taken (taken_at, taken_level_id),
  KEY request_remind (remind_at),
  CONSTRAINT request_contract FOREIGN KEY (contract_id) REFERENCES contract (id),
  CONSTRAINT request_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT request_level FOREIGN KEY (level_id) REFERENCES support_level (id),
  CONSTRAINT request_taken_level FOREIGN KEY (taken_level_id) REFERENCES support_level (id),
  CONSTRAINT request_promised_level FOREIGN KEY (promised_level_id) REFERENCES support_level (id),
  CONSTRAINT request_calendar FOREIGN KEY (service_calendar_id) REFERENCES service_calendar (id),
  CONSTRAINT request_user FOREIGN KEY (user_id) REFERENCES user (id),
  CONSTRAINT request_state CHECK (state <= 2 AND (state = 2) = (solved_at IS NOT NULL))
);

-- Every step with who and when; never changed.
CREATE TABLE request_step (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  request_id INT UNSIGNED NOT NULL,
  kind TINYINT UNSIGNED NOT NULL COMMENT '0 taken in, 1 taken, 2 released, 3 answered, 4 asked, 5 resumed, 6 passed on, 7 handed back, 8 solved, 9 reopened, 10 noted',
  at DATETIME NOT NULL,
  user_id INT UNSIGNED NOT NULL,
  from_level_id SMALLINT UNSIGNED NULL,
  level_id SMALLINT UNSIGNED NOT NULL COMMENT 'in whose queue it was then',
  text TEXT NOT NULL DEFAULT '',
  KEY request_step_request (request_id, id),
  KEY request_step_passed (kind, at, from_level_id, request_id),
  CONSTRAINT request_step_request FOREIGN KEY (request_id) REFERENCES request (id) ON DELETE CASCADE,
  CONSTRAINT request_step_user FOREIGN KEY (user_id) REFERENCES user (id),
  CONSTRAINT request_step_level FOREIGN KEY (level_id) REFERENCES support_level (id)
);
