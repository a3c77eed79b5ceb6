-- What programs sign in with: a user's personal tokens. Only their hashes are stored.

CREATE TABLE access_token (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id INT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  token_hash BINARY(32) NOT NULL COMMENT 'BLAKE2b of the token''s 256 random bits',
  role ENUM('viewer', 'editor', 'admin') NOT NULL COMMENT 'at most; the user''s own role counts where it is less',
  created_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  expires_on DATE NOT NULL COMMENT 'the last day on which it is good',
  last_used_on DATE NULL,
  revoked_at DATETIME NULL,
  UNIQUE KEY access_token_hash (token_hash),
  KEY access_token_user (user_id, id),
  CONSTRAINT access_token_user FOREIGN KEY (user_id) REFERENCES user (id) ON DELETE CASCADE
);
