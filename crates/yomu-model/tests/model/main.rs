//! The decisions of a reader's world, one file for each module

mod search_conformance;
