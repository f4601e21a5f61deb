//! Reads what arrived.

use super::Checksum;
use super::tables::Table;
use crate::StoreError;
use crate::postgres::PostgresTransaction;

/// The checksum of a table in the target, before anything is committed.
pub(super) async fn checksum(
    into: &PostgresTransaction,
    table: &Table,
    mut progress: impl FnMut(u64),
) -> Result<Checksum, StoreError> {
    let connection = into.connection()?;
    let columns = table.columns.join(", ");
    let sql = format!("DECLARE arrived NO SCROLL CURSOR FOR SELECT {columns} FROM {}", table.name);
    connection.batch_execute(&sql).await?;
    let fetch = format!("FETCH {} FROM arrived", table.rows_at_a_time());
    let mut sum = Checksum::default();
    loop {
        let rows = into.fetch(&fetch).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            sum.add(&row.into_values().collect::<Vec<_>>());
        }
        progress(sum.rows());
    }
    connection.batch_execute("CLOSE arrived").await?;
    Ok(sum)
}
