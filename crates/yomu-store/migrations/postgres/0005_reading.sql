-- How a person wants pages to look and articles to be set, as yomu-model's words; none is the default.
ALTER TABLE user_account ADD COLUMN reading TEXT;

-- How far a user has read in an entry, in thousandths of its text.
CREATE TABLE reading_position (
  entry_id BIGINT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  permille BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (entry_id, user_id)
);
CREATE INDEX reading_position_user ON reading_position (user_id);
