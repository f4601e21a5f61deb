-- Searches that a user keeps under a name.
CREATE TABLE saved_search (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  oldest_first BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (user_id, name)
);

-- Rules for the new entries of all feeds of a user, one a line; those of a feed come before them.
ALTER TABLE user_account ADD COLUMN rules TEXT NOT NULL DEFAULT '';
