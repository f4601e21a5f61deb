//! Feeds and saved pages in one quiet list.
//!
//! Data goes one way: a page or a command calls an action, the action asks yomu-model and writes to yomu-store; a refresh
//! runs fetch, yomu-feed, yomu-clean, store. `ARCHITECTURE.md` draws the map.

pub mod actions;
mod api;
mod app;
mod archive;
pub mod cache;
mod client_address;
pub mod commands;
pub mod config;
mod feed_passwords;
pub mod fetch;
mod images;
mod ingest;
pub mod jobs;
mod keys;
mod limiter;
mod limits;
mod metrics;
mod oidc;
mod operations;
mod random;
mod recall;
mod sample;
mod sessions;
pub mod sign_in;
mod suggestions;
mod tallies;
pub mod trouble;
pub mod web;

pub use app::App;
