//! Which tables there are, as the file itself says: a table that a later migration adds is copied without a word here.

use std::collections::BTreeSet;

use crate::StoreError;
use crate::db::Tx;
use crate::value::{Row, Value, params};

/// Tables that are made anew in the target: by its migrations, and from the bodies.
pub(super) const MADE_ANEW: [&str; 3] = ["schema_migration", "schema_program", "entry_search"];

/// Rows of bodies and pictures that are read at a time: mostly some kilobytes each, and megabytes at worst.
const LARGE_ROWS: usize = 50;

/// Other rows that are read at a time.
const ROWS: usize = 500;

/// A table.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    /// The columns of its primary key.
    pub(super) key: Vec<String>,
    /// Tables that its rows refer to.
    needs: BTreeSet<String>,
}

/// The tables, each behind those that it refers to.
pub(super) async fn tables(from: &mut Tx) -> Result<Vec<Table>, StoreError> {
    // Virtual tables are named, and not the tables in which they keep their own.
    let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')
                 AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut left = Vec::new();
    for mut row in from.rows(sql, params![]).await? {
        let name: String = row.take()?;
        if !MADE_ANEW.contains(&name.as_str()) {
            left.push(describe(from, name).await?);
        }
    }
    let mut ordered: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let is_ready = |table: &Table| table.needs.iter().all(|need| ordered.iter().any(|one| one.name == *need));
        let Some(index) = left.iter().position(is_ready) else {
            return Err(StoreError::Decode { expected: "a schema without circles" });
        };
        ordered.push(left.remove(index));
    }
    Ok(ordered)
}

async fn describe(from: &mut Tx, name: String) -> Result<Table, StoreError> {
    let mut columns = Vec::new();
    let mut key = Vec::new();
    let sql = "SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid";
    for mut row in from.rows(sql, params![name.as_str()]).await? {
        let column: String = row.take()?;
        let place: i64 = row.take()?;
        if place > 0 {
            key.push((place, column.clone()));
        }
        columns.push(column);
    }
    key.sort_unstable();
    let mut needs = BTreeSet::new();
    let sql = "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(?1)";
    for mut row in from.rows(sql, params![name.as_str()]).await? {
        needs.insert(row.take()?);
    }
    needs.remove(&name);
    Ok(Table { name, columns, key: key.into_iter().map(|(_, column)| column).collect(), needs })
}

impl Table {
    pub(super) fn rows_at_a_time(&self) -> usize {
        if self.columns.iter().any(|column| column == "bytes") { LARGE_ROWS } else { ROWS }
    }

    /// The rows in the order of the key, page by page.
    pub(super) fn pages(&self) -> Pages<'_> {
        Pages { table: self, last: None, is_over: false }
    }
}

/// Where reading a table stands.
pub(super) struct Pages<'a> {
    table: &'a Table,
    /// The key of the last row that was read.
    last: Option<Vec<Value>>,
    is_over: bool,
}

impl Pages<'_> {
    pub(super) async fn next(&mut self, from: &mut Tx) -> Result<Option<Vec<Row>>, StoreError> {
        if self.is_over {
            return Ok(None);
        }
        let Table { name, columns, key, .. } = self.table;
        let (columns, keys) = (columns.join(", "), key.join(", "));
        let behind = match &self.last {
            None => String::new(),
            Some(last) => {
                let numbers: Vec<String> = (1..=last.len()).map(|number| format!("?{number}")).collect();
                format!("WHERE ({keys}) > ({})", numbers.join(", "))
            }
        };
        // The key once more at the end, to know where to go on.
        let at_a_time = self.table.rows_at_a_time();
        let sql = format!("SELECT {columns}, {keys} FROM {name} {behind} ORDER BY {keys} LIMIT {at_a_time}");
        let mut rows = from.rows(&sql, self.last.clone().unwrap_or_default()).await?;
        self.is_over = rows.len() < at_a_time;
        for row in &mut rows {
            self.last = Some(row.split_off(self.table.columns.len()));
        }
        Ok(Some(rows).filter(|rows| !rows.is_empty()))
    }
}
