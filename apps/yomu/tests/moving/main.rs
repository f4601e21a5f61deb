//! Taking everything along: archives between databases, and moving a whole database.

mod archive;
mod home;
mod migrate;
