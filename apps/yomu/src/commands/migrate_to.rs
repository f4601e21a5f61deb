//! `yomu migrate-to`: everything from SQLite to a new PostgreSQL.

use jiff::Timestamp;
use yomu_clean::{Context, clean};
use yomu_model::secret::Secret;
use yomu_store::{StoreConfig, StoreError, copy_to_postgres};

use super::progress::towards;
use crate::commands::{CommandError, Exit};
use crate::config::Config;
use crate::trouble::Trouble;

/// Copies, compares, and says what to do then.
pub(super) async fn migrate_to(config: Config, url: &str) -> Result<Exit, CommandError> {
    let StoreConfig::Sqlite(file) = &config.store else {
        return Err(trouble(
            "this reader is on PostgreSQL already; unset `DATABASE_URL` to move the file in `YOMU_DATA`",
        ));
    };
    if !file.exists() {
        return Err(trouble(&format!("there is no database at `{}`; is `YOMU_DATA` another folder?", file.display())));
    }
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(trouble("the address is not one such as `postgres://user:password@host/database`"));
    }
    let bar = towards(0);
    let copied = copy_to_postgres(file, &Secret::new(url), text_of, Timestamp::now(), |progress| {
        bar.set_length(progress.rows_all);
        bar.set_position(progress.rows);
        bar.set_message(progress.doing.to_owned());
    })
    .await;
    bar.finish_and_clear();
    let copied = copied.map_err(|error| {
        let reason = reason(&error);
        trouble(&format!("{reason}\n\nnothing was moved: the new database and `{}` are as they were", file.display()))
    })?;
    for (table, rows) in &copied.tables {
        println!("{rows:>9} {table}");
    }
    println!(
        "everything was copied and compared; set `DATABASE_URL` to the new address, and keep `{}` until you are content",
        file.display()
    );
    Ok(Exit::Done)
}

fn reason(error: &StoreError) -> String {
    match error {
        StoreError::Open { place, reason } if place == "DATABASE_URL" => {
            format!("the address of the new database cannot be understood: {reason}")
        }
        error if error.is_away() => format!("{error}; is the address right, and does PostgreSQL run there?"),
        error => error.to_string(),
    }
}

/// The text of a stored body, as search sees it.
fn text_of(html: &str) -> String {
    clean(html, &Context::default()).text
}

fn trouble(text: &str) -> CommandError {
    CommandError::Action(Trouble::new("migrate", text).into())
}
