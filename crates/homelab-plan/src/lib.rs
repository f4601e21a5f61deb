//! A home as data.
