-- A highlight that was removed waits here for a day, in which it can be taken back.
ALTER TABLE highlight ADD COLUMN removed_at BIGINT;
CREATE INDEX highlight_removed ON highlight (removed_at) WHERE removed_at IS NOT NULL;
