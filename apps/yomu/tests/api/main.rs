//! The interfaces for apps, as apps use them: Miniflux, Google Reader, Fever. Everything runs on both databases.

mod fever;
mod greader;
#[allow(dead_code)] // The tests of refreshing use the rest.
#[path = "../refresh/library.rs"]
mod library;
mod miniflux_bad_input;
mod miniflux_entries;
mod miniflux_feeds;
mod miniflux_shapes;
mod miniflux_users;
#[allow(dead_code)] // The tests of refreshing use the rest.
#[path = "../refresh/server.rs"]
mod server;
mod strangers;
mod web_apps;
mod world;
