//! The build context: which files a build can see, and which of them end up in an image.

mod ignore_file;
#[cfg(test)]
mod ignore_file_tests;
mod pattern;

pub use ignore_file::IgnoreFile;
pub use pattern::{BadPattern, Pattern};
