//! Markup that would run a script, load something unasked, take over the page around it or break out of it, if a sanitizer
//! believed what it says. Every family goes through the same test.

mod addresses;
mod clobbering;
mod comments;
mod embedding;
mod foreign;
mod forms;
mod handlers;
mod media;
mod pages;
mod raw_text;
mod scripts;
mod styles;
mod tables;

/// The families, by name.
pub(crate) const FAMILIES: &[(&str, &[&str])] = &[
    ("addresses", addresses::PAYLOADS),
    ("clobbering", clobbering::PAYLOADS),
    ("comments", comments::PAYLOADS),
    ("embedding", embedding::PAYLOADS),
    ("foreign", foreign::PAYLOADS),
    ("forms", forms::PAYLOADS),
    ("handlers", handlers::PAYLOADS),
    ("media", media::PAYLOADS),
    ("pages", pages::PAYLOADS),
    ("raw text", raw_text::PAYLOADS),
    ("scripts", scripts::PAYLOADS),
    ("styles", styles::PAYLOADS),
    ("tables", tables::PAYLOADS),
];
