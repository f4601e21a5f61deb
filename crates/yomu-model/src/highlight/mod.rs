//! Highlights: a passage of a text, found again when the text was fetched anew
//!
//! ```text
//! text of the article, without blanks  ----------+
//! Quote { exact, prefix, suffix } + place, once --+--> Quote::find --> where it is now, or nowhere
//! ```
//!
//! An article that is extracted again comes with other markup and other blanks, sometimes with a corrected word, seldom
//! with other sentences. So a passage is kept by its words and by those around it (a text quote of the Web Annotation
//! Data Model), and its old place only decides between equals.

mod quote;
mod write;

pub use quote::{Quote, QuoteProblem, without_blanks};
pub use write::{Passage, Source, write_markdown};
