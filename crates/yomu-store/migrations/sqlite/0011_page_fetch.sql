-- Pages that were brought along from elsewhere and whose text is still to be fetched. `next_at` is when it is tried (again);
-- none when it was given up, for the reason beside it. What was brought along stays, whatever becomes of the text.
CREATE TABLE page_fetch (
  entry_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  next_at BIGINT,
  tries BIGINT NOT NULL,
  error_kind TEXT,
  error_text TEXT,
  PRIMARY KEY (entry_id, user_id),
  FOREIGN KEY (entry_id, user_id) REFERENCES entry_state (entry_id, user_id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX page_fetch_due ON page_fetch (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX page_fetch_user ON page_fetch (user_id);
