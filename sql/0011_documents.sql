-- Documents of contracts. What they hold lies in pieces, so that neither the server nor a worker ever has a whole file in one packet.

-- A document never changes: it is added and removed, and its versions say when. A removed one's name and hash stay in the contract's history.
CREATE TABLE document (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  contract_id INT UNSIGNED NOT NULL,
  name VARCHAR(200) COLLATE utf8mb4_uca1400_as_ci NOT NULL,
  content_type VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'by its bytes',
  size INT UNSIGNED NOT NULL COMMENT 'bytes',
  hash BINARY(32) NOT NULL COMMENT 'SHA-256',
  uploaded_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6),
  uploaded_by VARCHAR(150) NOT NULL DEFAULT '',
  row_start TIMESTAMP(6) GENERATED ALWAYS AS ROW START INVISIBLE,
  row_end TIMESTAMP(6) GENERATED ALWAYS AS ROW END INVISIBLE,
  PERIOD FOR SYSTEM_TIME (row_start, row_end),
  UNIQUE KEY document_name (contract_id, name),
  CONSTRAINT document_contract FOREIGN KEY (contract_id) REFERENCES contract (id) ON DELETE CASCADE,
  CONSTRAINT document_name_given CHECK (name <> ''),
  CONSTRAINT document_size_given CHECK (size > 0)
) WITH SYSTEM VERSIONING;

-- No versions: what a removed document held is gone at once, and so is that of a deleted contract's documents.
CREATE TABLE document_piece (
  document_id INT UNSIGNED NOT NULL,
  number SMALLINT UNSIGNED NOT NULL COMMENT 'from 0',
  bytes MEDIUMBLOB NOT NULL COMMENT 'at most 256 KiB',
  PRIMARY KEY (document_id, number),
  CONSTRAINT document_piece_document FOREIGN KEY (document_id) REFERENCES document (id) ON DELETE CASCADE,
  CONSTRAINT document_piece_size CHECK (LENGTH(bytes) BETWEEN 1 AND 262144)
);

-- Who, as in 0002. What goes with a deleted contract fires no trigger: the contract's own deletion says who it was.
CREATE TRIGGER document_actor_insert BEFORE INSERT ON document FOR EACH ROW SET NEW.uploaded_by = LEFT(COALESCE(@actor, USER()), 150);
CREATE TRIGGER document_actor_delete AFTER DELETE ON document FOR EACH ROW
  INSERT INTO deletion VALUES ('document', OLD.id, NOW(6), LEFT(COALESCE(@actor, USER()), 150));
