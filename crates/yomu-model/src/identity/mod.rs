//! What makes an entry the same as one seen before
//!
//! The best name of an entry is its guid, then its address, then its title and date, then all of it. A name is only as good
//! as it is different from its neighbours': some feeds give every entry the same guid, or the address of the front page.
//! So each name is tried on the whole document, and where entries that differ share one, they move on to the next.
//!
//! - Two items with the same guid, address and title are one entry that is listed twice.
//! - The order of items plays no part, and neither do the other items, unless they share a name.
//! - A guid or address keeps its meaning when the site moves to `https`, to or from `www.`, or adds tracking parameters
//!   (see [`stable_address`]): such a move would otherwise show every old entry as new.
//! - Identities are for one feed. They are stored, so the way they are made must not change.
//!
//! Known limit: if a feed is first seen with a single item, a guid that later items share cannot be recognized as bad, and
//! that one item appears once more.

mod address;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

pub use address::stable_address;

/// What a feed says about one of its entries, as far as it says who the entry is.
#[derive(Clone, Copy, Debug, Default)]
pub struct EntryFacts<'t> {
    /// RSS `guid`, Atom `id`, RDF `about`, JSON Feed `id`.
    pub id: Option<&'t str>,
    /// The absolute address of the entry.
    pub url: Option<&'t str>,
    /// The title, as text.
    pub title: Option<&'t str>,
    /// The date the feed gives; not one we made up.
    pub published: Option<Timestamp>,
    /// The content as it came, before cleaning: an unchanged entry then needs no cleaning.
    pub content: &'t str,
}

/// 128 bits of a SHA-256: the name of an entry within its feed. Feeds are written by strangers, and with a weaker hash one
/// entry could be made to take the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity(pub [u8; 16]);

/// 128 bits of a SHA-256 over what a reader sees of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub [u8; 16]);

/// One identity for each entry of a document, in the same order. Equal identities are the same entry.
pub fn identities(entries: &[EntryFacts<'_>]) -> Vec<Identity> {
    let mut found: Vec<Option<Identity>> = vec![None; entries.len()];
    for name in [by_guid, by_address, by_title] {
        let names: Vec<Option<Identity>> =
            entries.iter().zip(&found).map(|(entry, found)| if found.is_none() { name(entry) } else { None }).collect();
        let shared = shared_by_different(entries, &names);
        for (found, name) in found.iter_mut().zip(names) {
            *found = found.or(name.filter(|name| !shared[name]));
        }
    }
    found.into_iter().zip(entries).map(|(found, entry)| found.unwrap_or_else(|| by_everything(entry))).collect()
}

/// Whether an entry changed since it was stored: its address, title or content. Dates are not looked at, because some
/// feeds write the time of the request there.
pub fn content_hash(entry: &EntryFacts<'_>) -> ContentHash {
    ContentHash(hash("content", &[entry.url.unwrap_or_default(), entry.title.unwrap_or_default(), entry.content]))
}

/// For each name, whether entries that are not the same have it.
fn shared_by_different(entries: &[EntryFacts<'_>], names: &[Option<Identity>]) -> HashMap<Identity, bool> {
    let mut first: HashMap<Identity, &EntryFacts<'_>> = HashMap::with_capacity(entries.len());
    let mut shared = HashMap::with_capacity(entries.len());
    for (entry, name) in entries.iter().zip(names) {
        let Some(name) = *name else { continue };
        let is_shared = shared.entry(name).or_insert(false);
        match first.entry(name) {
            Entry::Vacant(place) => _ = place.insert(entry),
            Entry::Occupied(other) => *is_shared |= !looks_the_same(entry, other.get()),
        }
    }
    shared
}

/// Whether two items with the same name are one entry: nothing that names them differs.
fn looks_the_same(one: &EntryFacts<'_>, other: &EntryFacts<'_>) -> bool {
    let address = |entry: &EntryFacts<'_>| text(entry.url).map(stable_address);
    let is_untitled = text(one.title).is_none() && text(other.title).is_none();
    address(one) == address(other)
        && text(one.title) == text(other.title)
        // Short messages have no titles: there the content is all that can differ.
        && (!is_untitled || one.content == other.content)
}

fn by_guid(entry: &EntryFacts<'_>) -> Option<Identity> {
    let guid = text(entry.id)?;
    // Half of all guids are addresses, and those move with the site. Other guids are taken letter by letter.
    let is_address = guid.starts_with("http://") || guid.starts_with("https://");
    Some(Identity(if is_address { hash("guid", &[&stable_address(guid)]) } else { hash("guid", &[guid]) }))
}

fn by_address(entry: &EntryFacts<'_>) -> Option<Identity> {
    text(entry.url).map(|url| Identity(hash("address", &[&stable_address(url)])))
}

fn by_title(entry: &EntryFacts<'_>) -> Option<Identity> {
    let title = text(entry.title)?;
    let published = entry.published?;
    Some(Identity(hash("title", &[title, &published.as_second().to_string()])))
}

fn by_everything(entry: &EntryFacts<'_>) -> Identity {
    let published = entry.published.map(|published| published.as_second().to_string()).unwrap_or_default();
    let url = text(entry.url).map(stable_address).unwrap_or_default();
    Identity(hash("everything", &[&url, text(entry.title).unwrap_or_default(), &published, entry.content]))
}

fn text(value: Option<&str>) -> Option<&str> {
    value.map(str::trim).filter(|value| !value.is_empty())
}

/// Each part goes in after its length, so that no two lists of parts look alike.
fn hash(kind: &str, parts: &[&str]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    for part in std::iter::once(&kind).chain(parts) {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut half = [0; 16];
    half.copy_from_slice(&hasher.finalize()[..16]);
    half
}

impl fmt::Display for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}
