//! Everything in which the two databases differ, side by side.
//!
//! SQL is written once, with `?1`, `?2` as parameters and these words in braces:
//!
//! | word | SQLite | PostgreSQL |
//! |---|---|---|
//! | `IN ({list:N})` | `IN (SELECT value FROM json_each(?N))` | `= ANY ($N::bigint[])` |
//! | `IN ({texts:N})` | `IN (SELECT value FROM json_each(?N))` | `= ANY ($N::text[])` |
//! | `NOT IN` the same | `NOT IN` the same | `<> ALL` the same |
//! | `{index:NAME}` | `INDEXED BY NAME` | nothing: its planner knows the tables |
//! | `{lock}` | nothing: there is one writer | `FOR NO KEY UPDATE` (lets rows that refer to it come in) |
//! | `{lock_whole}` | nothing | `FOR UPDATE` (rows that would refer to it wait) |
//! | `{skip_locked}` | nothing | `FOR NO KEY UPDATE SKIP LOCKED` |
//! | `{position}` | `INSTR` | `STRPOS` |
//! | `{max}`, `{min}` | `MAX`, `MIN` (of two values) | `GREATEST`, `LEAST` |
//! | `{as_list}` | `JSON_GROUP_ARRAY` | `ARRAY_AGG` (of one column, all rows) |
//! | `{database_bytes}` | pages times their size | `PG_DATABASE_SIZE` |
//! | `{search_matches}` and the like | the FTS5 table and `MATCH` | the `tsvector` table and `@@` |
//!
//! SQLite numbers `$N` by appearance, so `?N` is what is written.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// Which database a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// A word in braces, and what it stands for on each engine.
const WORDS: [(&str, &str, &str); 11] = [
    ("{lock}", "", "FOR NO KEY UPDATE"),
    ("{lock_whole}", "", "FOR UPDATE"),
    ("{skip_locked}", "", "FOR NO KEY UPDATE SKIP LOCKED"),
    ("{position}", "INSTR", "STRPOS"),
    ("{max}", "MAX", "GREATEST"),
    ("{min}", "MIN", "LEAST"),
    ("{as_list}", "JSON_GROUP_ARRAY", "ARRAY_AGG"),
    (
        "{database_bytes}",
        "(SELECT c.page_count * s.page_size FROM pragma_page_count c, pragma_page_size s)",
        "PG_DATABASE_SIZE(CURRENT_DATABASE())",
    ),
    // The matches come first, so that each is one look-up in the states: `CROSS JOIN` keeps the order, and an array is
    // looked up in an index where the planner would take a join for a reading of all states.
    (
        "{search_matches}",
        "entry_search CROSS JOIN entry_state s ON s.entry_id = entry_search.rowid WHERE entry_search MATCH ?2",
        "entry_state s WHERE s.entry_id = ANY (ARRAY(
           SELECT f.entry_id FROM entry_search f WHERE f.tokens @@ CAST(CAST(?2 AS TEXT) AS TSQUERY)))",
    ),
    (
        "{search_others}",
        "entry_state s INDEXED BY state_user WHERE s.entry_id NOT IN
           (SELECT rowid FROM entry_search WHERE entry_search MATCH ?2)",
        "entry_state s WHERE NOT EXISTS (SELECT 1 FROM entry_search f WHERE f.entry_id = s.entry_id
           AND f.tokens @@ CAST(CAST(?2 AS TEXT) AS TSQUERY))",
    ),
    (
        "{search_nothing}",
        "entry_state s INDEXED BY state_user WHERE ?2 IS NULL",
        "entry_state s WHERE CAST(?2 AS TEXT) IS NULL",
    ),
];

type Translations = HashMap<(Dialect, Box<str>), Arc<str>>;

/// Texts that were translated before. The texts come from this crate, so their number is small and fixed.
static TRANSLATED: LazyLock<RwLock<Translations>> = LazyLock::new(RwLock::default);

/// The text for one engine, translated at its first use.
pub(crate) fn sql(dialect: Dialect, text: &str) -> Arc<str> {
    let known = TRANSLATED.read().unwrap_or_else(PoisonError::into_inner);
    // The borrowed look-up needs an owned key type; a boxed copy of a short text is cheap beside the query.
    if let Some(found) = known.get(&(dialect, Box::from(text))) {
        return Arc::clone(found);
    }
    drop(known);
    let made: Arc<str> = translate(dialect, text).into();
    TRANSLATED.write().unwrap_or_else(PoisonError::into_inner).insert((dialect, text.into()), Arc::clone(&made));
    made
}

fn translate(dialect: Dialect, text: &str) -> String {
    let mut out = text.to_owned();
    for (word, sqlite, postgres) in WORDS {
        out = out.replace(word, if dialect == Dialect::Sqlite { sqlite } else { postgres });
    }
    for (word, kind) in [("({list:", "BIGINT"), ("({texts:", "TEXT")] {
        if dialect == Dialect::Postgres {
            // Not a subquery: an array is looked up in an index without the planning of a join.
            out = out.replace(&format!("NOT IN {word}"), &format!("<> ALL {word}"));
            out = out.replace(&format!("IN {word}"), &format!("= ANY {word}"));
        }
        out = with_argument(&out, word, |number| match dialect {
            Dialect::Sqlite => format!("(SELECT value FROM json_each(?{number})"),
            Dialect::Postgres => format!("(CAST(?{number} AS {kind}[])"),
        });
    }
    out = with_argument(&out, "{index:", |name| match dialect {
        Dialect::Sqlite => format!("INDEXED BY {name}"),
        Dialect::Postgres => String::new(),
    });
    if dialect == Dialect::Postgres { dollars(&out) } else { out }
}

/// Replaces each `{word:argument}`.
fn with_argument(text: &str, opening: &str, replacement: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(opening) {
        let (argument, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&replacement(argument));
        rest = after;
    }
    out + rest
}

/// `?N` becomes `$N`. No text of ours holds a question mark otherwise.
fn dollars(text: &str) -> String {
    text.replace('?', "$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_keep_their_numbers() {
        assert_eq!(&*sql(Dialect::Sqlite, "SELECT ?2, ?1"), "SELECT ?2, ?1");
        assert_eq!(&*sql(Dialect::Postgres, "SELECT ?2, ?1"), "SELECT $2, $1");
    }

    #[test]
    fn lists_are_one_parameter() {
        let text = "SELECT 1 WHERE x IN ({list:3}) AND y NOT IN ({texts:12})";
        assert_eq!(
            &*sql(Dialect::Sqlite, text),
            "SELECT 1 WHERE x IN (SELECT value FROM json_each(?3)) AND y NOT IN (SELECT value FROM json_each(?12))"
        );
        assert_eq!(
            &*sql(Dialect::Postgres, text),
            "SELECT 1 WHERE x = ANY (CAST($3 AS BIGINT[])) AND y <> ALL (CAST($12 AS TEXT[]))"
        );
    }

    #[test]
    fn only_postgres_needs_locks() {
        assert_eq!(&*sql(Dialect::Sqlite, "SELECT 1 {lock}"), "SELECT 1 ");
        assert_eq!(&*sql(Dialect::Postgres, "SELECT 1 {skip_locked}"), "SELECT 1 FOR NO KEY UPDATE SKIP LOCKED");
    }

    #[test]
    fn only_sqlite_is_told_the_index() {
        assert_eq!(&*sql(Dialect::Sqlite, "FROM t {index:i}"), "FROM t INDEXED BY i");
        assert_eq!(&*sql(Dialect::Postgres, "FROM t {index:i}"), "FROM t ");
    }
}
