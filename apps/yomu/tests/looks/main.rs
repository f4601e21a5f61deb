//! How pages look and articles are read, in a real browser.

#[path = "../accounts/driver.rs"]
#[expect(dead_code, reason = "the tests of accounts fill forms and wait for pages with it")]
mod driver;

mod accessible;
mod article;
#[path = "../cache/port.rs"]
mod port;
mod site;
mod vertical;
