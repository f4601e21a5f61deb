//! The pages as a reader's browser sees them. The modules mirror the addresses.

mod add;
mod assets;
mod bad_input;
mod contrast;
mod entries;
mod feeds;
mod folders;
mod guards;
mod highlights;
mod lists;
mod mark;
mod offline;
mod reading;
mod rules;
mod save;
mod search;
mod searches;
mod shares;
mod storage;
mod suggestions;
mod support;
mod tags;
mod transfer;
mod welcome;
