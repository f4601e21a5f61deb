//! HTML in, safe and readable HTML out; a page in, its article out.
//!
//! [`clean`] takes the HTML of an entry, [`extract`] a whole page. Neither trusts anything: see [`limits`] for what is cut
//! and `write/mod.rs` for why nothing harmful can come out.

mod clean;
mod excerpt;
mod extract;
mod language;
pub mod limits;
mod markup;
mod passages;
mod pictures;
mod reading_time;
mod rules;
mod sanitize;
mod script;
mod typeset;
mod work;
mod write;

pub use clean::{Cleaned, Context, Problem, clean};
pub use excerpt::excerpt;
pub use extract::{Article, Metadata, extract, metadata};
pub use language::language;
pub use passages::{Mark, text_without_blanks, with_marks};
pub use pictures::with_pictures_from;
pub use reading_time::reading_time;
pub use rules::tracking::url_without_tracking;
pub use typeset::{Lines, typeset, typeset_text};
pub use write::anchors::ID_PREFIX;

/// The two ways that [`clean`] chooses from, apart, so that tests and benchmarks can compare them.
#[doc(hidden)]
pub mod ways {
    pub use crate::clean::{clean_any as long, clean_well_formed as short};
}
