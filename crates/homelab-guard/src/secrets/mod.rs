//! Secrets in one file.
//!
//! One automaton goes once over the bytes and stops at words that may begin, name or introduce a secret. Around each stop a
//! small recogniser looks closer, within bounds, so that the work is linear in the file's length whatever is in it. Of all that
//! was found, each secret is told once, by the rule that knows most about it.

mod address;
mod anchors;
mod assignment;
mod candidate;
pub(crate) mod charset;
mod command_line;
mod credential_file;
mod cursor;
mod directive;
mod encoded;
mod file_kind;
mod json_web_token;
mod kubernetes;
mod look;
mod mask;
pub(crate) mod name;
mod named_value;
mod password_hash;
mod place;
mod placeholder;
mod private_key;
mod randomness;
mod reference;
pub(crate) mod shape;
mod syntax;
mod text;
mod value;
mod words;

pub(crate) use address::is_local;
pub(crate) use anchors::Anchors;
pub(crate) use look::file;
pub(crate) use value::is_common;
