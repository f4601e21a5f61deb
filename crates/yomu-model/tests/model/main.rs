//! The decisions of a reader's world, one file for each module

mod address;
mod filter;
mod fold;
mod identity;
mod ids;
mod name;
mod schedule;
mod search_conformance;
mod search_highlight;
mod search_index;
mod search_query;
mod search_tokens;
