//! Comma-separated values (RFC 4180), as leniently as people's files need

/// The records of a text: fields between commas, perhaps in quotes, in which commas, line ends and doubled quotes stand
/// for themselves. An open quote ends with the text.
pub(crate) fn records(text: &str) -> impl Iterator<Item = Vec<String>> {
    let mut rest = text.trim_start_matches('\u{feff}');
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut fields = Vec::new();
        loop {
            let (field, after) = field(rest);
            fields.push(field);
            match after.strip_prefix(',') {
                Some(after) => rest = after,
                None => {
                    rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])).unwrap_or(after);
                    return Some(fields);
                }
            }
        }
    })
    .filter(|fields| fields.iter().any(|field| !field.trim().is_empty()))
}

/// One field, and what follows it: a comma, a line end or nothing.
fn field(text: &str) -> (String, &str) {
    let Some(mut rest) = text.strip_prefix('"') else {
        let end = text.find([',', '\n', '\r']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut out = String::new();
    loop {
        let Some(quote) = rest.find('"') else {
            out.push_str(rest);
            return (out, "");
        };
        out.push_str(&rest[..quote]);
        rest = &rest[quote + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                out.push('"');
                rest = after;
            }
            None => {
                // What stands between the closing quote and the comma belongs to nothing.
                let end = rest.find([',', '\n', '\r']).unwrap_or(rest.len());
                return (out, &rest[end..]);
            }
        }
    }
}

/// The columns of a table by their names, whatever their case and order.
pub(crate) struct Header(Vec<String>);

impl Header {
    pub(crate) fn new(fields: &[String]) -> Self {
        Self(fields.iter().map(|name| name.trim().to_ascii_lowercase()).collect())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|known| known == name)
    }

    /// The field of a record in a column; empty where there is none.
    pub(crate) fn get<'r>(&self, record: &'r [String], name: &str) -> &'r str {
        let place = self.0.iter().position(|known| known == name);
        place.and_then(|place| record.get(place)).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_may_hold_commas_line_ends_and_quotes() {
        let text = "\u{feff}a,\"b, \"\"c\"\"\nd\",e\r\n\n,\"\",last\n\"open";
        let all: Vec<Vec<String>> = records(text).collect();
        assert_eq!(all, [vec!["a", "b, \"c\"\nd", "e"], vec!["", "", "last"], vec!["open"]]);
    }

    #[test]
    fn columns_are_found_by_name() {
        let header = Header::new(&["URL".to_owned(), " Title ".to_owned()]);
        let record = ["https://a.example".to_owned()];
        assert_eq!((header.get(&record, "url"), header.get(&record, "title")), ("https://a.example", ""));
        assert!(header.has("title") && !header.has("tags"));
    }
}
