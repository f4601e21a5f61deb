//! Both databases are migrated in the same steps.

use std::collections::BTreeSet;

use crate::workspace::{FILES, expect_nothing};

const SQLITE: &str = "crates/yomu-store/migrations/sqlite/";
const POSTGRES: &str = "crates/yomu-store/migrations/postgres/";

fn uneven_steps(sqlite: &BTreeSet<&str>, postgres: &BTreeSet<&str>) -> Vec<String> {
    let mut findings: Vec<String> = Vec::new();
    findings.extend(sqlite.difference(postgres).map(|name| format!("`{name}` is missing for PostgreSQL")));
    findings.extend(postgres.difference(sqlite).map(|name| format!("`{name}` is missing for SQLite")));
    for (names, database) in [(sqlite, "SQLite"), (postgres, "PostgreSQL")] {
        // Sorted names: the first must be number one, and each one more than the one before.
        for (position, name) in names.iter().enumerate() {
            let expected = format!("{:04}_", position + 1);
            if !name.starts_with(&expected) || !name.ends_with(".sql") {
                findings.push(format!("`{name}` for {database} should be called `{expected}<name>.sql`"));
            }
        }
    }
    findings
}

fn names_in(folder: &str) -> BTreeSet<&'static str> {
    FILES.iter().filter_map(|file| file.strip_prefix(folder)).collect()
}

#[test]
fn both_databases_have_the_same_migrations() {
    let (sqlite, postgres) = (names_in(SQLITE), names_in(POSTGRES));
    if sqlite.is_empty() && postgres.is_empty() {
        eprintln!("skipped: there are no migrations yet");
    }
    expect_nothing(&uneven_steps(&sqlite, &postgres));
}

#[test]
fn a_step_missing_on_one_side_is_found() {
    let (first, both) = (BTreeSet::from(["0001_start.sql"]), BTreeSet::from(["0001_start.sql", "0002_tags.sql"]));
    assert_eq!(uneven_steps(&both, &first), ["`0002_tags.sql` is missing for PostgreSQL"]);
    assert_eq!(uneven_steps(&first, &both), ["`0002_tags.sql` is missing for SQLite"]);
    assert!(uneven_steps(&both, &both).is_empty());
}

#[test]
fn a_gap_a_repeated_number_and_a_stray_name_are_found() {
    for names in [["0001_a.sql", "0003_b.sql"], ["0001_a.sql", "0001_b.sql"], ["0001_a.sql", "0002_b.txt"]] {
        let names = BTreeSet::from(names);
        assert_eq!(uneven_steps(&names, &names).len(), 2, "{names:?}");
    }
}
