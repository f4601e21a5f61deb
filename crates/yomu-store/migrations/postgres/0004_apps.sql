-- What apps ask for besides the pages: how many entries a subscription has, what changed since, and what was put in.
ALTER TABLE subscription ADD COLUMN entry_count BIGINT NOT NULL DEFAULT 0;
UPDATE subscription SET entry_count =
  (SELECT COUNT(*) FROM entry_state s WHERE s.subscription_id = subscription.id AND s.removed_at IS NULL);
CREATE INDEX state_changed ON entry_state (user_id, changed_at, entry_id) WHERE removed_at IS NULL;

-- An entry that a user put into a feed is that user's alone; those of the feed itself have no owner.
ALTER TABLE entry ADD COLUMN owner_id BIGINT REFERENCES user_account (id) ON DELETE CASCADE;
CREATE INDEX entry_owner ON entry (owner_id) WHERE owner_id IS NOT NULL;

-- How far a user has listened to or watched an attached file; `number` counts the entry's files from 0.
CREATE TABLE media_position (
  entry_id BIGINT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  seconds BIGINT NOT NULL,
  PRIMARY KEY (entry_id, user_id, number)
);
CREATE INDEX media_position_user ON media_position (user_id);
