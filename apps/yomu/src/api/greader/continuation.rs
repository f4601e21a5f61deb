//! Where the next part of a stream begins: a place in the list, so that marking in between moves nothing.

use yomu_model::ids::EntryId;
use yomu_store::Cursor;

/// The place as text.
pub(super) fn write(place: Cursor) -> String {
    format!("{}_{}", place.at, place.entry)
}

/// The place in a text; anything else begins at the beginning.
pub(super) fn read(text: &str) -> Option<Cursor> {
    let (at, entry) = text.split_once('_')?;
    Some(Cursor { at: at.parse().ok()?, entry: EntryId::new(entry.parse().ok()?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back() {
        let place = Cursor { at: 1_767_225_600_123, entry: EntryId::new(7) };
        assert_eq!(read(&write(place)), Some(place));
        for text in ["", "_", "1", "x_y", "1_2_3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
