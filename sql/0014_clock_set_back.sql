-- A clock that was set back: the server would drop, without a word, a version that ended before it began. The change is refused instead; it succeeds as soon
-- as the clock has passed the record's last change. The roll, in nobody's name, leaves no version and is let through.
CREATE TRIGGER contract_clock_update BEFORE UPDATE ON contract FOR EACH ROW
  IF OLD.row_start > NOW(6) AND COALESCE(@actor, USER()) <> '' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;
CREATE TRIGGER contract_clock_delete BEFORE DELETE ON contract FOR EACH ROW
  IF OLD.row_start > NOW(6) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;
CREATE TRIGGER customer_clock_update BEFORE UPDATE ON customer FOR EACH ROW
  IF OLD.row_start > NOW(6) AND COALESCE(@actor, USER()) <> '' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;
CREATE TRIGGER customer_clock_delete BEFORE DELETE ON customer FOR EACH ROW
  IF OLD.row_start > NOW(6) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;
CREATE TRIGGER support_level_clock_update BEFORE UPDATE ON support_level FOR EACH ROW
  IF OLD.row_start > NOW(6) AND COALESCE(@actor, USER()) <> '' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;
CREATE TRIGGER support_level_clock_delete BEFORE DELETE ON support_level FOR EACH ROW
  IF OLD.row_start > NOW(6) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;
CREATE TRIGGER service_calendar_clock_update BEFORE UPDATE ON service_calendar FOR EACH ROW
  IF OLD.row_start > NOW(6) AND COALESCE(@actor, USER()) <> '' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;
CREATE TRIGGER service_calendar_clock_delete BEFORE DELETE ON service_calendar FOR EACH ROW
  IF OLD.row_start > NOW(6) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;
CREATE TRIGGER document_clock_delete BEFORE DELETE ON document FOR EACH ROW
  IF OLD.row_start > NOW(6) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the clock of the database was set back'; END IF;
