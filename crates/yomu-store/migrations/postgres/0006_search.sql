-- A search looks each match up in the user's states. With its place in lists and whether it was removed in the key, it
-- need not read the row.
ALTER TABLE entry_state DROP CONSTRAINT entry_state_pkey;
ALTER TABLE entry_state ADD PRIMARY KEY (entry_id, user_id) INCLUDE (sort_at, removed_at);

-- The planner holds reading all tokens for cheap when statistics say that a word is common, for it does not count that
-- they lie compressed in another table. Without statistics it always takes the index.
ALTER TABLE entry_search ALTER COLUMN tokens SET STATISTICS 0;
