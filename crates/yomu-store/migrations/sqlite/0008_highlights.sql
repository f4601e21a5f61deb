-- Passages that users highlighted, by their words and those around them; `place` is where a passage began once, in bytes of
-- the text without blanks. `folded` is passage and note as they are searched.
CREATE TABLE highlight (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  entry_id BIGINT NOT NULL,
  exact TEXT NOT NULL,
  prefix TEXT NOT NULL,
  suffix TEXT NOT NULL,
  place BIGINT,
  note TEXT NOT NULL,
  folded TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  FOREIGN KEY (entry_id, user_id) REFERENCES entry_state (entry_id, user_id) ON DELETE CASCADE
);
CREATE INDEX highlight_entry ON highlight (entry_id, user_id);
CREATE INDEX highlight_user ON highlight (user_id, created_at, id);
