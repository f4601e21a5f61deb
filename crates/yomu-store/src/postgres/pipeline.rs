//! Several statements in one exchange with the server: all are sent before the first answer is waited for. The server
//! works through them in their order, and neither side goes to sleep in between.

use std::collections::VecDeque;
use std::pin::Pin;

use deadpool_postgres::Object;
use tokio_postgres::Statement;
use tokio_postgres::types::ToSql;

use super::convert;
use crate::StoreError;
use crate::value::{Row, Value};

/// Something to send.
pub(super) enum Step<'a> {
    Begin,
    /// A statement whose rows are wanted.
    Rows(Statement, &'a [Value]),
    /// A statement of which only the number of changed rows is.
    Execute(Statement, &'a [Value]),
    /// Where a step before it failed, the server takes this for a rollback.
    Commit,
}

/// What a statement answered.
#[derive(Default)]
pub(super) struct Answer {
    rows: Vec<tokio_postgres::Row>,
    changed: u64,
}

impl Answer {
    pub(super) fn rows(self) -> Result<Vec<Row>, StoreError> {
        self.rows.iter().map(convert::row).collect()
    }

    pub(super) fn changed(&self) -> u64 {
        self.changed
    }
}

type Answering<'a> = Pin<Box<dyn Future<Output = Result<VecDeque<Answer>, StoreError>> + Send + 'a>>;

/// Sends the steps in one go; an answer to each. The first failure is the answer to all: those behind it only say that it
/// happened.
pub(super) fn run<'a>(connection: &'a Object, steps: &'a [Step<'a>]) -> Answering<'a> {
    Box::pin(async move {
        let [first, rest @ ..] = steps else { return Ok(VecDeque::new()) };
        if rest.is_empty() {
            return Ok(VecDeque::from([one(connection, first).await?]));
        }
        // A statement is sent when it is first polled, so the order of polling is that of the statements.
        let (first, rest) = tokio::join!(biased; one(connection, first), run(connection, rest));
        let (first, mut answers) = (first?, rest?);
        answers.push_front(first);
        Ok(answers)
    })
}

async fn one(connection: &Object, step: &Step<'_>) -> Result<Answer, StoreError> {
    let mut answer = Answer::default();
    match step {
        Step::Begin => connection.batch_execute("BEGIN").await?,
        Step::Commit => connection.batch_execute("COMMIT").await?,
        Step::Rows(statement, params) => answer.rows = connection.query(statement, &borrowed(params)).await?,
        Step::Execute(statement, params) => answer.changed = connection.execute(statement, &borrowed(params)).await?,
    }
    Ok(answer)
}

fn borrowed(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
