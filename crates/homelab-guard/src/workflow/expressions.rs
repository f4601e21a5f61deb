//! `${{ … }}`: what GitHub puts into the text before anything runs.

use std::ops::Range;

/// One expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expression<'text> {
    /// What stands between the braces.
    pub(crate) inside: &'text str,
    /// With them.
    pub(crate) at: Range<usize>,
}

/// The expressions in a text.
pub(crate) fn expressions(text: &str) -> impl Iterator<Item = Expression<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find("${{")?;
        let end = start + text[start..].find("}}")? + 2;
        from = end;
        Some(Expression { inside: text[start + 3..end - 2].trim(), at: start..end })
    })
}

impl Expression<'_> {
    /// The paths that it reads, such as `github.event.issue.title` and `secrets.TOKEN`; brackets become dots.
    pub(crate) fn paths(&self) -> Vec<String> {
        let dotted = self.inside.replace("['", ".").replace("[\"", ".").replace("']", "").replace("\"]", "");
        let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-' | '*');
        let mut paths = Vec::new();
        let mut quoted = false;
        for piece in dotted.split('\'') {
            if !quoted {
                let found = piece.split(|character| !is_part(character)).filter(|path| path.contains('.'));
                paths.extend(found.map(|path| path.trim_matches('.').to_owned()));
            }
            quoted = !quoted;
        }
        paths
    }

    /// The secrets that it reads.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let paths = self.paths().into_iter();
        paths.filter_map(|path| path.strip_prefix("secrets.").map(str::to_owned)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_found_with_what_they_read() {
        let text = "a ${{ github.event['issue'].title }} b ${{ secrets.A || 'secrets.B' }} ${{ open";
        let found: Vec<_> = expressions(text).map(|expression| expression.paths()).collect();
        assert_eq!(found, [vec!["github.event.issue.title"], vec!["secrets.A"]]);
        assert_eq!(expressions(text).nth(1).map(|expression| expression.secrets()), Some(vec!["A".to_owned()]));
    }

    #[test]
    fn what_is_compared_with_is_no_path() {
        let found: Vec<_> = expressions("${{ format('{0}.x', matrix.os) }}").flat_map(|found| found.paths()).collect();
        assert_eq!(found, ["matrix.os"]);
    }
}
