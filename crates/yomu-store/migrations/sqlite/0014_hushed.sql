-- Readers may keep a feed that has ended without being told of it for ever: trouble that began before this moment is silent.
ALTER TABLE subscription ADD COLUMN hushed_at BIGINT;
