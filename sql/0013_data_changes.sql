-- How often what pages show has changed: contracts and customers; levels, contract types, users and service calendars; saved views. It comes along with whoever
-- is signed in, so that a worker knows whether what it has read is still good, and a browser whether its page is (ETag). Triggers, so that nothing that changes
-- a table can forget it. Slots as in contract_count: what was committed is their sum.
CREATE TABLE data_change (
  slot TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  contracts BIGINT UNSIGNED NOT NULL DEFAULT 0,
  catalogue BIGINT UNSIGNED NOT NULL DEFAULT 0,
  views BIGINT UNSIGNED NOT NULL DEFAULT 0
);

INSERT INTO data_change (slot) VALUES (0);

DROP TRIGGER saved_view_insert;
DROP TRIGGER saved_view_update;
DROP TRIGGER saved_view_delete;
DROP TRIGGER saved_view_user_delete;
DROP TABLE saved_view_change;

CREATE TRIGGER contract_data_change_insert AFTER INSERT ON contract FOR EACH ROW
  INSERT INTO data_change (slot, contracts) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE contracts = contracts + 1;
CREATE TRIGGER contract_data_change_update AFTER UPDATE ON contract FOR EACH ROW
  INSERT INTO data_change (slot, contracts) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE contracts = contracts + 1;
CREATE TRIGGER contract_data_change_delete AFTER DELETE ON contract FOR EACH ROW
  INSERT INTO data_change (slot, contracts) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE contracts = contracts + 1;

CREATE TRIGGER customer_change_insert AFTER INSERT ON customer FOR EACH ROW
  INSERT INTO data_change (slot, contracts) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE contracts = contracts + 1;
CREATE TRIGGER customer_change_update AFTER UPDATE ON customer FOR EACH ROW
  INSERT INTO data_change (slot, contracts) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE contracts = contracts + 1;
CREATE TRIGGER customer_change_delete AFTER DELETE ON customer FOR EACH ROW
  INSERT INTO data_change (slot, contracts) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE contracts = contracts + 1;

CREATE TRIGGER support_level_change_insert AFTER INSERT ON support_level FOR EACH ROW
  INSERT INTO data_change (slot, catalogue) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1;
CREATE TRIGGER support_level_change_update AFTER UPDATE ON support_level FOR EACH ROW
  INSERT INTO data_change (slot, catalogue) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1;
CREATE TRIGGER support_level_change_delete AFTER DELETE ON support_level FOR EACH ROW
  INSERT INTO data_change (slot, catalogue) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1;

CREATE TRIGGER contract_type_change_insert AFTER INSERT ON contract_type FOR EACH ROW
  INSERT INTO data_change (slot, catalogue) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1;
CREATE TRIGGER contract_type_change_update AFTER UPDATE ON contract_type FOR EACH ROW
  INSERT INTO data_change (slot, catalogue) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1;
CREATE TRIGGER contract_type_change_delete AFTER DELETE ON contract_type FOR EACH ROW
  INSERT INTO data_change (slot, catalogue) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1;

CREATE TRIGGER user_change_insert AFTER INSERT ON user FOR EACH ROW
  INSERT INTO data_change (slot, catalogue) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1;
CREATE TRIGGER user_change_update AFTER UPDATE ON user FOR EACH ROW
  INSERT INTO data_change (slot, catalogue) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1;
-- What a foreign key deletes fires no trigger: a user's views go with the user.
CREATE TRIGGER user_change_delete AFTER DELETE ON user FOR EACH ROW
  INSERT INTO data_change (slot, catalogue, views) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1, 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1, views = views + 1;

CREATE TRIGGER service_calendar_change_insert AFTER INSERT ON service_calendar FOR EACH ROW
  INSERT INTO data_change (slot, catalogue) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1;
CREATE TRIGGER service_calendar_change_update AFTER UPDATE ON service_calendar FOR EACH ROW
  INSERT INTO data_change (slot, catalogue) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1;
CREATE TRIGGER service_calendar_change_delete AFTER DELETE ON service_calendar FOR EACH ROW
  INSERT INTO data_change (slot, catalogue) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE catalogue = catalogue + 1;

CREATE TRIGGER saved_view_change_insert AFTER INSERT ON saved_view FOR EACH ROW
  INSERT INTO data_change (slot, views) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE views = views + 1;
CREATE TRIGGER saved_view_change_update AFTER UPDATE ON saved_view FOR EACH ROW
  INSERT INTO data_change (slot, views) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE views = views + 1;
CREATE TRIGGER saved_view_change_delete AFTER DELETE ON saved_view FOR EACH ROW
  INSERT INTO data_change (slot, views) VALUES (COALESCE(@count_slot, CONNECTION_ID() MOD 8), 1) ON DUPLICATE KEY UPDATE views = views + 1;
