//! The pages as a reader's browser sees them. The modules mirror the addresses.

mod add;
mod assets;
mod entries;
mod feeds;
mod folders;
mod guards;
mod lists;
mod mark;
mod search;
mod support;
mod transfer;
mod welcome;
