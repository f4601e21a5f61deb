-- The index finds the names of all authors, and all entries of one. An index has no room for a name of any length: from
-- now on they are cut when they are stored.
UPDATE entry SET author = SUBSTR(author, 1, 500) WHERE LENGTH(author) > 500;
CREATE INDEX entry_author ON entry (author);
