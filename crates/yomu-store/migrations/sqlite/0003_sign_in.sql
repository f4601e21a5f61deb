-- How a person wants the pages; none of both follows the browser and the server.
ALTER TABLE user_account ADD COLUMN language TEXT;
ALTER TABLE user_account ADD COLUMN time_zone TEXT;

-- Who a person is to an identity provider. The address is shown and never looked up: addresses change hands.
CREATE TABLE user_identity (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  email TEXT NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX user_identity_user ON user_identity (user_id);

-- Devices that are signed in. The value in the browser's cookie is random; only its hash is here.
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  device TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
CREATE INDEX session_owner ON session (user_id);
CREATE INDEX session_seen ON session (seen_at);

-- Links that let one person in, once. Using one deletes it.
CREATE TABLE invitation (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  created_by BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  note TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX invitation_creator ON invitation (created_by);

-- Passwords for apps, as keyed hashes. `fever_hash` is that of the MD5 by which the Fever API names a user.
CREATE TABLE app_password (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  fever_hash BLOB NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX app_password_user ON app_password (user_id);

-- Random keys that the program made for itself.
CREATE TABLE server_key (
  name TEXT NOT NULL PRIMARY KEY,
  bytes BLOB NOT NULL
);

-- An icon is shown to those who read a feed that has it.
CREATE INDEX feed_icon ON feed (icon_id);
