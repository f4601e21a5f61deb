//! A reader's world: identities, filters, schedules and search, without any input or output
//!
//! Everything here is a decision: text and times come in as arguments, values go out. There is no network, no file, no
//! clock and no randomness, so each decision can be tested by writing down what goes in.
//!
//! | module | decides |
//! |---|---|
//! | [`address`] | what a person meant by the address they pasted |
//! | [`filter`] | which new entries are dropped, marked as read, starred or tagged |
//! | [`fold`] | which characters count as the same |
//! | [`highlight`] | where a highlighted passage is in a text |
//! | [`identity`] | whether an entry was seen before, and whether it changed |
//! | [`ids`] | nothing; it keeps a feed's number from being used as an entry's |
//! | [`limits`] | how much of anything is accepted |
//! | [`name`] | what a folder or feed may be called |
//! | [`reading`] | how pages look and articles are set |
//! | [`schedule`] | when a feed is asked again |
//! | [`search`] | what a text and a query have in common |
//! | [`tag`] | which words a reader typed as tags |
//! | [`secret`] | nothing; it keeps passwords out of logs |

pub mod address;
pub mod filter;
pub mod fold;
pub mod highlight;
pub mod identity;
pub mod ids;
pub mod limits;
pub mod name;
pub mod reading;
pub mod schedule;
pub mod search;
pub mod secret;
pub mod tag;
