//! The programs of PostgreSQL, as they are run in its pod: `psql`, `pg_dump`, `pg_dumpall` and `pg_restore`.
//!
//! The data lies as one file on the volume of the pod, on the disk of the node that the volume is on: when that disk is gone, so
//! is the data.

mod server;
mod sql;

use crate::host::Output;
use server::Server;

pub(crate) use server::Server as DatabaseServer;

/// What a dump in `--format=custom` begins with (`src/bin/pg_dump/pg_backup_archiver.h`).
const MAGIC: &[u8] = b"PGDMP";

/// The databases that `initdb` makes.
pub(crate) const BUILT_IN: [&str; 3] = ["postgres", "template0", "template1"];

/// Runs a program of PostgreSQL on `server`, and changes it.
pub(crate) fn run(server: &mut Server, words: &[&str], input: &[u8]) -> Output {
    let option = |name: &str| words.iter().find_map(|word| word.strip_prefix(&format!("--{name}=")));
    if option("username").is_some_and(|user| user != "postgres") {
        return failed(2, "the simulation knows the user `postgres` alone");
    }
    match words.first() {
        Some(&"psql") => psql(server, words, input),
        Some(&"pg_dump") => pg_dump(server, option("dbname").unwrap_or_default()),
        Some(&"pg_dumpall") if words.contains(&"--globals-only") => printed(server.globals().into_bytes()),
        Some(&"pg_restore") => pg_restore(server, words, option("dbname").unwrap_or_default(), input),
        _ => failed(127, &format!("exec: \"{}\": executable file not found in $PATH", words.join(" "))),
    }
}

/// With `ON_ERROR_STOP` it stops at the first error and ends with 3, without it goes on and ends with 0.
fn psql(server: &mut Server, words: &[&str], input: &[u8]) -> Output {
    let Ok(script) = std::str::from_utf8(input) else {
        return failed(3, "invalid byte sequence for encoding \"UTF8\"");
    };
    let stops = words.contains(&"--set=ON_ERROR_STOP=1");
    let mut output = Output::default();
    for (number, statement) in sql::statements(script).into_iter().enumerate() {
        match statement.and_then(|statement| sql::execute(server, &statement)) {
            Ok(rows) => output.stdout.extend(rows.iter().flat_map(|row| format!("{row}\n").into_bytes())),
            Err(problem) => {
                output.stderr.push_str(&format!("psql:<stdin>:{}: ERROR:  {problem}\n", number + 1));
                if stops {
                    output.status = 3;
                    return output;
                }
            }
        }
    }
    output
}

fn pg_dump(server: &Server, database: &str) -> Output {
    match server.dump(database) {
        Some(dump) => printed([MAGIC, dump.to_string().as_bytes()].concat()),
        None => failed(
            1,
            &format!("pg_dump: error: connection to server failed: FATAL:  database \"{database}\" does not exist"),
        ),
    }
}

fn pg_restore(server: &mut Server, words: &[&str], connected_to: &str, input: &[u8]) -> Output {
    let content = input.strip_prefix(MAGIC).and_then(|dump| serde_json::from_slice(dump).ok());
    let Some(content) = content else {
        return failed(1, "pg_restore: error: input file does not appear to be a valid archive");
    };
    let into = (!words.contains(&"--create")).then_some(connected_to);
    match server.restore(&content, into) {
        Ok(()) => Output::default(),
        Err(problem) => failed(1, &format!("pg_restore: error: could not execute query: ERROR:  {problem}")),
    }
}

fn printed(bytes: Vec<u8>) -> Output {
    Output { stdout: bytes, ..Output::default() }
}

fn failed(status: i32, complaint: &str) -> Output {
    Output { status, stdout: Vec::new(), stderr: format!("{complaint}\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PSQL: [&str; 3] = ["psql", "--set=ON_ERROR_STOP=1", "--username=postgres"];

    #[test]
    fn a_dump_brings_a_database_to_another_server() {
        let mut first = Server::new("one");
        let script = "CREATE ROLE \"a\";\nCREATE DATABASE \"a\" OWNER \"a\";\nALTER ROLE \"a\" LOGIN PASSWORD 'x';\n";
        assert_eq!(run(&mut first, &PSQL, script.as_bytes()), Output::default());
        first.write("a", "a row");
        let globals = run(&mut first, &["pg_dumpall", "--globals-only"], b"").stdout;
        let dump = run(&mut first, &["pg_dump", "--dbname=a"], b"").stdout;

        let mut second = Server::new("two");
        let restore = ["pg_restore", "--create", "--dbname=postgres"];
        assert_eq!(run(&mut second, &restore, &dump).status, 1, "its owner is not there yet");
        // The role `postgres` exists already: that statement fails, and the others run.
        assert_eq!(run(&mut second, &["psql"], &globals).status, 0);
        assert_eq!(run(&mut second, &restore, &dump), Output::default());
        assert_eq!(second.rows("a"), ["a row"]);
        assert!(second.admits("a", "x", "a") && !second.admits("a", "y", "a"));
        assert!(second.admits("postgres", "one", "postgres"), "the globals hold the password of `postgres` too");
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        let mut server = Server::new("x");
        assert_eq!(run(&mut server, &["pg_restore", "--dbname=postgres"], b"PGDM").status, 1);
        assert_eq!(run(&mut server, &["pg_dump", "--dbname=gone"], b"").status, 1);
    }
}
