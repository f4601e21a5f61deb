//! Tests about the workspace itself: the promises that no compiler checks.
//!
//! Each module holds one kind of promise: a function from plain data to sentences about what is wrong, a loud and a quiet
//! case for it on made-up input, and a test that asks it about this repository. To change a promise, change the table at
//! the top of its module. There is nothing here for other crates to use.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod arrows;
#[cfg(test)]
mod changelog;
#[cfg(test)]
mod leftovers;
#[cfg(test)]
mod lockfile;
#[cfg(test)]
mod manifests;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod pure;
#[cfg(test)]
mod readmes;
#[cfg(test)]
mod scripts;
#[cfg(test)]
mod sizes;
#[cfg(test)]
mod source;
#[cfg(test)]
mod workspace;
