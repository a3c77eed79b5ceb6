-- The link by which the first administrator is created, while nobody else is a user; the latest one alone counts. Only its token's hash is stored.

CREATE TABLE setup_link (
  token_hash BINARY(32) NOT NULL PRIMARY KEY COMMENT 'BLAKE2b of the token''s 256 random bits',
  created_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP()
);
