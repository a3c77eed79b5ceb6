-- When help is there: weekly hours, a region's holidays and the company's own days, by the clocks of a time zone. A level's deadlines are counted in the time
-- that its calendar is open. Hours and own days are the text of the form in one spelling, so that they are shown, compared and kept in the history like any field.

CREATE TABLE service_calendar (
  id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(20) NOT NULL,
  name VARCHAR(100) NOT NULL,
  time_zone VARCHAR(60) NOT NULL DEFAULT 'Europe/Berlin' COMMENT 'IANA name',
  region VARCHAR(20) NOT NULL DEFAULT '' COMMENT 'whose holidays are closed: de_by, at, ch_zh; empty: none',
  monday_hours VARCHAR(200) NOT NULL DEFAULT '' COMMENT '08:00–12:00, 13:00–17:00; empty: closed',
  tuesday_hours VARCHAR(200) NOT NULL DEFAULT '',
  wednesday_hours VARCHAR(200) NOT NULL DEFAULT '',
  thursday_hours VARCHAR(200) NOT NULL DEFAULT '',
  friday_hours VARCHAR(200) NOT NULL DEFAULT '',
  saturday_hours VARCHAR(200) NOT NULL DEFAULT '',
  sunday_hours VARCHAR(200) NOT NULL DEFAULT '',
  own_days VARCHAR(8000) NOT NULL DEFAULT '' COMMENT 'a line each: 2026-12-24 or *-12-24 (every year), hours where it is open, name',
  version INT UNSIGNED NOT NULL DEFAULT 1 WITHOUT SYSTEM VERSIONING,
  updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6) WITHOUT SYSTEM VERSIONING,
  changed_by VARCHAR(150) NOT NULL DEFAULT '',
  row_start TIMESTAMP(6) GENERATED ALWAYS AS ROW START INVISIBLE,
  row_end TIMESTAMP(6) GENERATED ALWAYS AS ROW END INVISIBLE,
  PERIOD FOR SYSTEM_TIME (row_start, row_end),
  UNIQUE KEY service_calendar_code (code),
  CONSTRAINT service_calendar_code_form CHECK (code REGEXP '^[A-Za-z0-9][A-Za-z0-9._-]*$' AND code <> 'new')
) WITH SYSTEM VERSIONING;

-- As 0002 has it for the other tables.
CREATE TRIGGER service_calendar_actor_insert BEFORE INSERT ON service_calendar FOR EACH ROW SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);
CREATE TRIGGER service_calendar_actor_update BEFORE UPDATE ON service_calendar FOR EACH ROW
  IF COALESCE(@actor, USER()) <> '' THEN
    SET NEW.changed_by = LEFT(COALESCE(@actor, USER()), 150);
    IF NEW.version = OLD.version THEN SET NEW.version = OLD.version + 1, NEW.updated_at = UTC_TIMESTAMP(6); END IF;
  END IF;
CREATE TRIGGER service_calendar_actor_delete AFTER DELETE ON service_calendar FOR EACH ROW
  INSERT INTO deletion VALUES ('service_calendar', OLD.id, NOW(6), LEFT(COALESCE(@actor, USER()), 150));

-- The shipped ones are nobody's doing.
SET @actor = '';
INSERT INTO service_calendar (code, name, region, monday_hours, tuesday_hours, wednesday_hours, thursday_hours, friday_hours, saturday_hours, sunday_hours) VALUES
  ('BUERO', 'Mo–Fr 8–17 Uhr', 'de', '08:00–17:00', '08:00–17:00', '08:00–17:00', '08:00–17:00', '08:00–17:00', '', ''),
  ('LANG', 'Mo–Fr 7–20 Uhr', 'de', '07:00–20:00', '07:00–20:00', '07:00–20:00', '07:00–20:00', '07:00–20:00', '', ''),
  ('24x7', 'Rund um die Uhr', '', '00:00–24:00', '00:00–24:00', '00:00–24:00', '00:00–24:00', '00:00–24:00', '00:00–24:00', '00:00–24:00');

-- Levels whose hours are still the words that were shipped get the calendar that means the same. That is no change of theirs: the column is versioned only then.
ALTER TABLE support_level
  ADD COLUMN service_calendar_id SMALLINT UNSIGNED NULL COMMENT 'by which deadlines are counted; NULL: by none' WITHOUT SYSTEM VERSIONING AFTER service_hours,
  ADD CONSTRAINT support_level_service_calendar FOREIGN KEY (service_calendar_id) REFERENCES service_calendar (id);

UPDATE support_level SET service_calendar_id = (SELECT id FROM service_calendar WHERE code = CASE service_hours
  WHEN 'Mo–Fr 8–17 Uhr' THEN 'BUERO' WHEN 'Mo–Fr 7–20 Uhr' THEN 'LANG' WHEN 'rund um die Uhr' THEN '24x7' END);
SET @actor = NULL;

ALTER TABLE support_level MODIFY service_calendar_id SMALLINT UNSIGNED NULL COMMENT 'by which deadlines are counted; NULL: by none' WITH SYSTEM VERSIONING;
