-- A user's own words for entries. `folded` is what two spellings of one tag have in common.
CREATE TABLE tag (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  used_at BIGINT NOT NULL,
  UNIQUE (user_id, folded)
);

-- `sort_at` repeats the entry's place in lists, so that the list of a tag is one walk along one index.
CREATE TABLE entry_tag (
  tag_id BIGINT NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  entry_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  sort_at BIGINT NOT NULL,
  PRIMARY KEY (tag_id, entry_id),
  FOREIGN KEY (entry_id, user_id) REFERENCES entry_state (entry_id, user_id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX entry_tag_list ON entry_tag (tag_id, sort_at, entry_id);
CREATE INDEX entry_tag_entry ON entry_tag (entry_id, user_id);
