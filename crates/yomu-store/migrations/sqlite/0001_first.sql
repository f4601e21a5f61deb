-- Times are milliseconds since 1970 in UTC. `removed_at` marks what can still be brought back.

CREATE TABLE user_account (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  is_admin BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  UNIQUE (user_id, title)
);

CREATE TABLE icon (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL
);

-- A feed is stored once, whoever reads it. One with credentials or an encoding of its own belongs to its owner alone.
-- Each user's saved pages are the entries of one feed of their own that is never fetched (`is_saved_pages`).
CREATE TABLE feed (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,
  owner_id BIGINT REFERENCES user_account (id) ON DELETE CASCADE,
  is_saved_pages BOOLEAN NOT NULL DEFAULT FALSE,
  title TEXT NOT NULL DEFAULT '',
  site_url TEXT,
  description TEXT NOT NULL DEFAULT '',
  lang TEXT,
  icon_id BIGINT REFERENCES icon (id),
  icon_checked_at BIGINT,
  username TEXT,
  password TEXT,
  encoding TEXT,
  etag TEXT,
  last_modified TEXT,
  body_hash BLOB,
  created_at BIGINT NOT NULL,
  checked_at BIGINT,
  changed_at BIGINT,
  next_check_at BIGINT,
  interval_ms BIGINT,
  error_count BIGINT NOT NULL DEFAULT 0,
  error_kind TEXT,
  error_text TEXT,
  error_since BIGINT,
  problems TEXT,
  lease_token BIGINT,
  lease_until BIGINT
);
CREATE UNIQUE INDEX feed_shared_url ON feed (url) WHERE owner_id IS NULL;
CREATE UNIQUE INDEX feed_owned_url ON feed (owner_id, url) WHERE owner_id IS NOT NULL;
CREATE INDEX feed_due ON feed (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE subscription (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  feed_id BIGINT NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
  folder_id BIGINT REFERENCES folder (id) ON DELETE SET NULL,
  title TEXT,
  full_text BOOLEAN NOT NULL DEFAULT FALSE,
  rules TEXT NOT NULL DEFAULT '',
  unread_count BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  removed_at BIGINT,
  UNIQUE (user_id, feed_id)
);
CREATE INDEX subscription_feed ON subscription (feed_id);
CREATE INDEX subscription_folder ON subscription (folder_id);

CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  feed_id BIGINT NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
  identity BLOB NOT NULL,
  content_hash BLOB NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  site TEXT,
  lang TEXT,
  excerpt TEXT NOT NULL,
  image_url TEXT,
  comments_url TEXT,
  reading_minutes BIGINT NOT NULL,
  enclosures TEXT,
  categories TEXT,
  published_at BIGINT,
  sort_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (feed_id, identity)
);

-- Bodies stand apart so that no list ever touches them: zstd-compressed safe HTML.
-- `kind` 0: as the feed or the saver gave it; 1: extracted from the entry's page.
CREATE TABLE entry_body (
  entry_id BIGINT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  kind BIGINT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (entry_id, kind)
) WITHOUT ROWID;

-- What one user did with one entry. `folder_id` and `sort_at` repeat what stands elsewhere, so that every list is one
-- walk along one index.
CREATE TABLE entry_state (
  entry_id BIGINT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  subscription_id BIGINT NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
  folder_id BIGINT,
  sort_at BIGINT NOT NULL,
  unread BOOLEAN NOT NULL,
  read_at BIGINT,
  starred BOOLEAN NOT NULL DEFAULT FALSE,
  starred_at BIGINT,
  changed_at BIGINT NOT NULL,
  removed_at BIGINT,
  PRIMARY KEY (entry_id, user_id)
) WITHOUT ROWID;
CREATE INDEX state_user ON entry_state (user_id, sort_at, entry_id) WHERE removed_at IS NULL;
CREATE INDEX state_user_unread ON entry_state (user_id, sort_at, entry_id) WHERE unread AND removed_at IS NULL;
CREATE INDEX state_user_starred ON entry_state (user_id, starred_at, entry_id) WHERE starred AND removed_at IS NULL;
CREATE INDEX state_subscription ON entry_state (subscription_id, sort_at, entry_id) WHERE removed_at IS NULL;
CREATE INDEX state_subscription_unread ON entry_state (subscription_id, sort_at, entry_id) WHERE unread AND removed_at IS NULL;
CREATE INDEX state_folder ON entry_state (folder_id, sort_at, entry_id) WHERE removed_at IS NULL;
CREATE INDEX state_folder_unread ON entry_state (folder_id, sort_at, entry_id) WHERE unread AND removed_at IS NULL;
CREATE INDEX state_read ON entry_state (user_id, read_at) WHERE read_at IS NOT NULL;
CREATE INDEX state_removed ON entry_state (removed_at) WHERE removed_at IS NOT NULL;

-- The search index holds tokens made by yomu-model, never text: the same tokens on both databases.
CREATE VIRTUAL TABLE entry_search USING fts5 (
  title, body, content = '', contentless_delete = 1, tokenize = 'ascii'
);
-- Foreign keys do not reach into virtual tables.
CREATE TRIGGER entry_search_forgets AFTER DELETE ON entry BEGIN DELETE FROM entry_search WHERE rowid = OLD.id; END;
