//! How pages look and articles are read, in a real browser.

#[path = "../accounts/driver.rs"]
mod driver;

mod accessible;
mod article;
mod site;
mod vertical;
