//! Taking everything along: archives between databases, and moving a whole database.

mod archive;
mod elsewhere;
mod home;
mod migrate;
