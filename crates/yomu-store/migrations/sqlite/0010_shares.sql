-- Entries that users show to anybody who has a link. Only the hash of the link's token is here; to revoke is to delete.
CREATE TABLE share (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  entry_id BIGINT NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  FOREIGN KEY (entry_id, user_id) REFERENCES entry_state (entry_id, user_id) ON DELETE CASCADE
);
CREATE INDEX share_entry ON share (entry_id, user_id);
CREATE INDEX share_user ON share (user_id);
