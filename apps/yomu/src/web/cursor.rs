//! A place in a list as it stands in an address: `1767225600000-42`.

use yomu_store::Cursor;

/// The place as text.
pub(super) fn write_cursor(cursor: Cursor) -> String {
    format!("{}-{}", cursor.at, cursor.entry)
}

/// The place that a text names. One that names none is no reason to refuse: the list begins at its beginning.
pub(super) fn read_cursor(text: &str) -> Option<Cursor> {
    let (at, entry) = text.rsplit_once('-')?;
    Some(Cursor { at: at.parse().ok()?, entry: entry.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use yomu_model::ids::EntryId;

    #[test]
    fn a_place_survives_its_address() {
        // Before 1970 as well.
        for at in [1_767_225_600_123, 0, -86_400_000] {
            let cursor = Cursor { at, entry: EntryId::new(42) };
            assert_eq!(read_cursor(&write_cursor(cursor)), Some(cursor));
        }
    }

    #[test]
    fn anything_else_is_no_place() {
        for text in ["", "-", "12", "a-b", "99999999999999999999-1", "1-2x"] {
            assert_eq!(read_cursor(text), None, "{text}");
        }
    }
}
