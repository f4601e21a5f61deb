//! The words for the shared PostgreSQL: SQL, and the arguments of its programs.
//!
//! Passwords stand in SQL that goes over standard input, never among arguments, which every list of processes shows.

/// `psql` for a script: it stops at the first error, prints values alone, and repeats no statement when it complains.
pub const PSQL_ARGUMENTS: &str = "psql --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 --set=VERBOSITY=terse --username=postgres --dbname=postgres";

/// `psql` for what `pg_dumpall` wrote: the role `postgres` is there already, and so that statement fails and the others run.
pub const PSQL_GLOBALS_ARGUMENTS: &str =
    "psql --no-psqlrc --quiet --set=VERBOSITY=terse --username=postgres --dbname=postgres";

/// All that does not belong to one database: the roles, and the marks of their passwords.
pub const GLOBALS_ARGUMENTS: &str = "pg_dumpall --globals-only --username=postgres";

/// The database that programs connect to when they mean none.
const MAINTENANCE: &str = "postgres";

/// Asks for the databases, one a line.
pub const DATABASES: &str =
    "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname;\n";

/// What a role needs to have a database of its own. May be run as often as one likes; the password is the one given last.
///
/// The server is told not to write these statements into its log, since there is a password in one of them. PostgreSQL knows no
/// `CREATE ROLE IF NOT EXISTS`, and creates no database inside of a transaction or a function: `\gexec` runs what the query
/// gives, which is nothing if the name is taken.
pub fn place_for(role: &str, database: &str, password: &str) -> String {
    let create_role = literal(&format!("CREATE ROLE {}", identifier(role)));
    let create_database = literal(&format!("CREATE DATABASE {} OWNER {}", identifier(database), identifier(role)));
    let [role_name, database_name] = [literal(role), literal(database)];
    let [role, database] = [identifier(role), identifier(database)];
    format!(
        "\
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
SET log_min_duration_statement = -1;
SELECT {create_role} WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {role_name}) \\gexec
ALTER ROLE {role} LOGIN PASSWORD {};
SELECT {create_database} WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = {database_name}) \\gexec
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
",
        literal(password)
    )
}

/// What a person may run to let a role and its database go. It is never run here.
pub fn farewell(role: &str, database: &str) -> String {
    format!("DROP DATABASE {}; DROP ROLE {};", identifier(database), identifier(role))
}

/// Dumps one database to standard output, in the form that `pg_restore` reads.
pub fn dump_arguments(database: &str) -> String {
    format!("pg_dump --format=custom --username=postgres --dbname={}", shell_word(database))
}

/// Restores one database from standard input, under the name that it had. The maintenance database is there always, and is
/// filled anew; any other has to be dropped before.
pub fn restore_arguments(database: &str) -> String {
    let how = if database == MAINTENANCE { "--clean --if-exists" } else { "--create" };
    format!("pg_restore {how} --exit-on-error --username=postgres --dbname=postgres")
}

/// Drops a database that is to be restored, whoever uses it; none for the maintenance database, which stays.
pub fn drop_before_restore(database: &str) -> Option<String> {
    (database != MAINTENANCE).then(|| format!("DROP DATABASE IF EXISTS {} WITH (FORCE);\n", identifier(database)))
}

/// Behind the roles of a backup: nobody may sign in until their databases are whole. Otherwise a service would find an empty
/// database and begin to fill it. The roles, restored once more in the end, may sign in again.
pub const NOBODY_SIGNS_IN: &str = "\
SELECT format('ALTER ROLE %I NOLOGIN', rolname) FROM pg_roles WHERE rolcanlogin AND NOT rolsuper \\gexec
";

/// A name in SQL, whatever characters it has.
fn identifier(name: &str) -> String {
    format!("\"{}\"", without_nul(name).replace('"', "\"\""))
}

/// A text in SQL. With `standard_conforming_strings`, which is on since PostgreSQL 9.1, a backslash means itself.
fn literal(text: &str) -> String {
    format!("'{}'", without_nul(text).replace('\'', "''"))
}

/// No text of PostgreSQL has that character, and a script would end there.
fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

/// A word of a shell, whatever characters it has.
fn shell_word(text: &str) -> String {
    format!("'{}'", without_nul(text).replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_texts_stay_what_they_are() {
        assert_eq!(identifier("a\"b; --"), "\"a\"\"b; --\"");
        assert_eq!(literal("it's \\ a\0"), "'it''s \\ a'");
        assert_eq!(shell_word("it's; x"), "'it'\\''s; x'");
    }

    #[test]
    fn a_place_is_made_once_and_its_password_set_each_time() {
        let sql = place_for("notes", "notes", "secret'0");
        let lines: Vec<&str> = sql.lines().collect();
        assert_eq!(
            lines[3..],
            [
                "SELECT 'CREATE ROLE \"notes\"' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'notes') \\gexec",
                "ALTER ROLE \"notes\" LOGIN PASSWORD 'secret''0';",
                "SELECT 'CREATE DATABASE \"notes\" OWNER \"notes\"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'notes') \\gexec",
                "REVOKE ALL ON DATABASE \"notes\" FROM PUBLIC;",
            ]
        );
    }

    #[test]
    fn the_maintenance_database_is_filled_and_not_made() {
        assert!(!restore_arguments("postgres").contains("--create"));
        assert_eq!(drop_before_restore("postgres"), None);
        assert!(restore_arguments("notes").contains("--create"));
        assert_eq!(drop_before_restore("no\"tes").unwrap(), "DROP DATABASE IF EXISTS \"no\"\"tes\" WITH (FORCE);\n");
        assert_eq!(farewell("notes", "notes"), "DROP DATABASE \"notes\"; DROP ROLE \"notes\";");
    }
}
