//! The search index of the target, made from the bodies: the two engines keep tokens in forms of their own.

use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use yomu_model::search::IndexText;

use crate::StoreError;
use crate::compression::decompress;
use crate::db::Tx;
use crate::postgres::PostgresTransaction;
use crate::value::params;

/// Entries whose bodies are read at a time.
const ENTRIES: u32 = 50;

/// Indexes every entry by its title and its body; the article of its page counts where there is one, as when it was stored.
pub(super) async fn index(
    from: &mut Tx,
    into: &PostgresTransaction,
    text_of: fn(&str) -> String,
    mut progress: impl FnMut(u64),
) -> Result<(), StoreError> {
    let connection = into.connection()?;
    connection.batch_execute("CREATE TEMP TABLE token (entry_id BIGINT, tokens TEXT) ON COMMIT DROP").await?;
    let sink = connection.copy_in("COPY token (entry_id, tokens) FROM STDIN BINARY").await?;
    let writer = BinaryCopyInWriter::new(sink, &[Type::INT8, Type::TEXT]);
    tokio::pin!(writer);
    let (mut last, mut count) = (0, 0);
    loop {
        let sql = "SELECT e.id, e.title, (SELECT y.bytes FROM entry_body y WHERE y.entry_id = e.id ORDER BY y.kind DESC LIMIT 1)
                   FROM entry e WHERE e.id > ?1 ORDER BY e.id LIMIT ?2";
        let mut bodies: Vec<(i64, String, Option<Vec<u8>>)> = Vec::new();
        for mut row in from.rows(sql, params![last, ENTRIES]).await? {
            bodies.push((row.take()?, row.take()?, row.take()?));
        }
        let Some((id, ..)) = bodies.last() else { break };
        last = *id;
        count += bodies.len() as u64;
        let making = move || bodies.into_iter().map(|body| tokens(body, text_of)).collect::<Result<Vec<_>, _>>();
        for (id, tokens) in tokio::task::spawn_blocking(making).await.map_err(|_| StoreError::Stopping)?? {
            let row: [&(dyn ToSql + Sync); 2] = [&id, &tokens];
            writer.as_mut().write(&row).await?;
        }
        progress(count);
    }
    writer.finish().await?;
    let fill = "INSERT INTO entry_search (entry_id, tokens) SELECT entry_id, CAST(tokens AS TSVECTOR) FROM token";
    connection.batch_execute(fill).await?;
    Ok(())
}

fn tokens(
    (id, title, body): (i64, String, Option<Vec<u8>>),
    text_of: fn(&str) -> String,
) -> Result<(i64, String), StoreError> {
    let text = body.map(|bytes| decompress(&bytes)).transpose()?.map(|html| text_of(&html)).unwrap_or_default();
    Ok((id, IndexText::new(&title, &text).tsvector()))
}
