//! Attached files as apps number them: the entry's number and the file's place in it, in one number.

use serde::Deserialize;
use yomu_model::ids::EntryId;

use super::limits::ENCLOSURES_MAX;

/// An attached file, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in crate::api) struct Enclosure {
    /// Its address.
    pub(in crate::api) url: String,
    /// Its kind.
    #[serde(default)]
    pub(in crate::api) media_type: Option<String>,
    /// Its size in bytes.
    #[serde(default)]
    pub(in crate::api) length: Option<u64>,
}

/// The files of an entry, from what is stored of them.
pub(in crate::api) fn enclosures(stored: Option<&str>) -> Vec<Enclosure> {
    let mut all: Vec<Enclosure> = stored.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    all.truncate(usize::try_from(ENCLOSURES_MAX).unwrap_or(usize::MAX));
    all
}

/// The categories of an entry, from what is stored of them.
pub(in crate::api) fn tags(stored: Option<&str>) -> Vec<String> {
    stored.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

/// The number of a file.
pub(in crate::api) fn enclosure_number(entry: EntryId, place: u32) -> i64 {
    entry.get().saturating_mul(ENCLOSURES_MAX).saturating_add(i64::from(place))
}

/// Which file a number means.
pub(in crate::api) fn enclosure_place(number: i64) -> (EntryId, u32) {
    let place = u32::try_from(number.rem_euclid(ENCLOSURES_MAX)).unwrap_or(0);
    (EntryId::new(number.div_euclid(ENCLOSURES_MAX)), place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_back_to_their_files() {
        for (entry, place) in [(1, 0), (7, 3), (1 << 42, 1023)] {
            assert_eq!(enclosure_place(enclosure_number(EntryId::new(entry), place)), (EntryId::new(entry), place));
        }
        assert_eq!(enclosures(Some("nonsense")), []);
        assert_eq!(tags(None), [""; 0]);
    }
}
