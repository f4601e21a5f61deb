//! The pages in a real browser, with scripts and without, with a network and without.

#[path = "../accounts/driver.rs"]
mod driver;
mod first_run;
mod flow;
mod highlights;
mod hostile;
mod import;
mod live;
mod offline;
mod places;
mod plain;
#[path = "../cache/port.rs"]
mod port;
mod remedies;
mod site;
mod window;
