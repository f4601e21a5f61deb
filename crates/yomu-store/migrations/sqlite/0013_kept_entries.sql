-- When an entry came to its reader's saved pages because the reader left its feed; by this moment it goes back.
ALTER TABLE entry_state ADD COLUMN kept_at BIGINT;
