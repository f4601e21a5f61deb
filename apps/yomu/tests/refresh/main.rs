//! Refreshing from end to end: a server on loopback, the program's public functions, and what a reader then sees.

mod conditional;
mod crowd;
mod discovery;
mod documents;
mod failures;
mod imported_pages;
mod killed;
mod library;
mod moves;
mod passwords;
mod postponed;
mod sample;
mod server;
mod settings;
mod transfer;
