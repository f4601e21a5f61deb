//! The pages as a reader's browser sees them. The modules mirror the addresses.

mod add;
mod assets;
mod bad_input;
mod contrast;
mod entries;
mod feeds;
mod folders;
mod guards;
mod lists;
mod mark;
mod offline;
mod reading;
mod search;
mod support;
mod transfer;
mod welcome;
