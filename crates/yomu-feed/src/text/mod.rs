//! Text between XML and the reader: titles without markup, content as HTML.
//!
//! Not in it: making HTML safe, which is the work of `yomu-clean`.

mod html;
mod plain;
mod xhtml;

pub(crate) use html::{looks_like_html, plain_to_html};
pub(crate) use plain::{cut, one_line, plain_title, strip_tags};
pub(crate) use xhtml::xhtml_to_html;
