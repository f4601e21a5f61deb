-- Where PostgreSQL puts long values. What is there already stays where it is.

-- A body has 2 KB, just enough to be moved out of its row into pieces that are looked up one by one. Up to a page's length
-- it stays in its row, which no list touches.
ALTER TABLE entry_body SET (toast_tuple_target = 8160);

-- Tokens are hardly smaller after compression, and trying it is a quarter of what storing an entry costs.
ALTER TABLE entry_search ALTER COLUMN tokens SET STORAGE EXTERNAL;
