//! Accounts: signing in, devices, several people, app passwords. The server is a real one on loopback, and so is the
//! identity provider, which can misbehave.

mod admission;
mod app_passwords;
mod bad_input;
mod browser;
mod devices;
mod driver;
mod people;
mod picture_server;
mod pictures;
#[path = "../cache/port.rs"]
mod port;
mod provider;
mod routes;
mod sign_in;
mod site;
mod visitor;
