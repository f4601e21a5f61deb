//! Every column is in the archive of `yomu export --all`, or is left out for a reason that stands here.
//!
//! Whoever adds a table or a column that is a user's extends `src/archive/` and says so here. `yomu migrate-to` needs
//! nothing: it copies all tables that the schema has.

use std::collections::BTreeSet;

use rusqlite::Connection;
use yomu_store::{Store, StoreConfig};

/// In a record of the archive, each under its own name or as its records stand within others.
const IN_IT: &[(&str, &str)] = &[
    ("user_account", "name language time_zone reading rules"),
    ("folder", "title"),
    ("feed", "url is_saved_pages title site_url description lang username password encoding"),
    ("subscription", "folder_id title full_text rules created_at"),
    (
        "entry",
        "identity content_hash owner_id url title author site lang excerpt image_url comments_url reading_minutes enclosures
         categories published_at sort_at created_at updated_at",
    ),
    ("entry_body", "kind bytes"),
    ("entry_state", "sort_at unread read_at starred starred_at changed_at removed_at"),
    ("media_position", "number seconds"),
    ("reading_position", "permille changed_at"),
    ("tag", "name"),
    ("highlight", "exact prefix suffix place note created_at"),
    ("saved_search", "name query oldest_first"),
    // As a sign at its entry.
    ("page_fetch", "entry_id"),
];

const LEFT_OUT: &[(&str, &str, &str)] = &[
    ("schema_migration", "number name checksum applied_at", "of the database"),
    ("schema_program", "number version", "of the database"),
    ("user_account", "id", "a number of this database"),
    ("user_account", "is_admin created_at", "of the installation"),
    ("user_identity", "issuer subject user_id email", "of the installation: who may sign in here"),
    ("session", "id hash user_id device created_at seen_at", "of the installation: who is signed in here"),
    ("invitation", "id hash created_by note created_at expires_at", "of the installation: who may come in here"),
    (
        "app_password",
        "id user_id name hash fever_hash created_at used_at",
        "hashes that only this installation can check",
    ),
    ("server_key", "name bytes", "of the installation"),
    ("folder", "id user_id", "numbers of this database"),
    ("icon", "id hash media_type bytes", "fetched again"),
    ("feed", "id owner_id", "numbers of this database"),
    ("feed", "icon_id icon_checked_at etag last_modified body_hash created_at checked_at changed_at", "fetched again"),
    ("feed", "next_check_at interval_ms error_count error_kind error_text error_since problems", "fetched again"),
    ("feed", "lease_token lease_until", "of a running program"),
    ("subscription", "id user_id feed_id", "numbers of this database"),
    ("subscription", "unread_count entry_count", "counted again"),
    ("subscription", "removed_at", "what was removed is not taken along"),
    ("subscription", "hushed_at", "of failures that are not taken along"),
    ("entry", "id feed_id", "numbers of this database"),
    ("entry_body", "entry_id", "a number of this database"),
    ("entry_search", "title body", "made again from the bodies"),
    ("entry_state", "entry_id user_id subscription_id folder_id", "numbers of this database"),
    ("entry_state", "kept_at", "of an unsubscribing that can be taken back"),
    ("media_position", "entry_id user_id", "numbers of this database"),
    ("reading_position", "entry_id user_id", "numbers of this database"),
    ("tag", "id user_id", "numbers of this database"),
    ("tag", "folded used_at", "made again from the name and its entries"),
    ("entry_tag", "tag_id entry_id user_id sort_at", "numbers of this database; the names stand at their entries"),
    ("highlight", "id user_id entry_id", "numbers of this database"),
    ("highlight", "folded", "made again from passage and note"),
    ("highlight", "removed_at", "what was removed is not taken along"),
    ("saved_search", "id user_id created_at", "numbers of this database"),
    ("share", "id user_id entry_id hash created_at", "links to this installation"),
    ("page_fetch", "user_id next_at tries error_kind error_text", "tried again"),
];

#[tokio::test]
async fn every_column_is_in_the_archive_or_left_out_for_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("yomu.sqlite3");
    Store::open(&StoreConfig::Sqlite(file.clone()), jiff::Timestamp::UNIX_EPOCH).await.unwrap();
    let left_out = LEFT_OUT.iter().map(|(table, columns, _)| (table, columns));
    let all = IN_IT.iter().map(|(table, columns)| (table, columns)).chain(left_out);
    let known: Vec<String> = all
        .flat_map(|(table, columns)| columns.split_whitespace().map(move |column| format!("{table}.{column}")))
        .collect();
    let known_once: BTreeSet<String> = known.iter().cloned().collect();
    assert_eq!(known.len(), known_once.len(), "no column stands here twice");
    assert_eq!(columns(&file), known_once, "on the left the schema, on the right what this test knows");
}

/// `table.column` for each, but for the tables in which a virtual table keeps its own.
fn columns(file: &std::path::Path) -> BTreeSet<String> {
    let connection = Connection::open(file).unwrap();
    let sql = "SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_info(t.name) c
               WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite_%'";
    let mut select = connection.prepare(sql).unwrap();
    select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}
