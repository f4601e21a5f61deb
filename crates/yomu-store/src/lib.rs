//! Feeds, entries and a user's marks, on SQLite or PostgreSQL behind plain methods
