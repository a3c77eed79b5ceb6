-- Saved views: a selection of contracts by a name, its owner's or shared with everybody. `query` is the address's canonical query.
CREATE TABLE saved_view (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  owner_id INT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  shared BOOLEAN NOT NULL DEFAULT FALSE,
  query VARCHAR(4096) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  updated_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
  UNIQUE KEY saved_view_name (owner_id, name),
  KEY saved_view_shared (shared, name, id),
  CONSTRAINT saved_view_owner FOREIGN KEY (owner_id) REFERENCES user (id) ON DELETE CASCADE,
  CONSTRAINT saved_view_name_given CHECK (name <> '')
);

-- Where signing in leads to; nowhere particular when the view is gone.
ALTER TABLE user
  ADD COLUMN start_view_id INT UNSIGNED NULL,
  ADD CONSTRAINT user_start_view FOREIGN KEY (start_view_id) REFERENCES saved_view (id) ON DELETE SET NULL;

-- Counts up with every change of a view: what a worker has read of them is good until then. Triggers, so that nothing that changes views can forget it;
-- the one of `user` because what a foreign key deletes fires none.
CREATE TABLE saved_view_change (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  changes BIGINT UNSIGNED NOT NULL,
  CONSTRAINT saved_view_change_single CHECK (id = 1)
);

INSERT INTO saved_view_change VALUES (1, 0);

CREATE TRIGGER saved_view_insert AFTER INSERT ON saved_view FOR EACH ROW UPDATE saved_view_change SET changes = changes + 1 WHERE id = 1;

CREATE TRIGGER saved_view_update AFTER UPDATE ON saved_view FOR EACH ROW UPDATE saved_view_change SET changes = changes + 1 WHERE id = 1;

CREATE TRIGGER saved_view_delete AFTER DELETE ON saved_view FOR EACH ROW UPDATE saved_view_change SET changes = changes + 1 WHERE id = 1;

CREATE TRIGGER saved_view_user_delete AFTER DELETE ON user FOR EACH ROW UPDATE saved_view_change SET changes = changes + 1 WHERE id = 1;
