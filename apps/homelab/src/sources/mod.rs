//! Trees of files for the guard.
