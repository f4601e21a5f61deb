//! The closed set of statements that the simulated server knows.

use super::server::Server;

/// A piece of SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A key word or a bare name, in capitals; a sign.
    Word(String),
    /// `"…"`.
    Name(String),
    /// `'…'`.
    Text(String),
}

/// A statement, and whether psql runs what its query gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    tokens: Vec<Token>,
    is_executed: bool,
}

/// The statements of a script: each ends with `;` or with `\gexec`.
pub(super) fn statements(script: &str) -> Vec<Result<Statement, String>> {
    let mut statements = Vec::new();
    let mut tokens = Vec::new();
    let mut rest = script.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => match quoted(rest, first) {
                Some((text, length)) => {
                    tokens.push(if first == '"' { Token::Name(text) } else { Token::Text(text) });
                    length
                }
                None => {
                    statements.push(Err("unterminated quoted string".to_owned()));
                    return statements;
                }
            },
            ';' => {
                statements.push(Ok(Statement { tokens: std::mem::take(&mut tokens), is_executed: false }));
                1
            }
            '\\' if rest.starts_with("\\gexec") => {
                statements.push(Ok(Statement { tokens: std::mem::take(&mut tokens), is_executed: true }));
                6
            }
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            letter if letter.is_alphanumeric() || letter == '_' || letter == '-' => {
                let length = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-');
                let length = length.unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..length].to_uppercase()));
                length
            }
            sign => {
                tokens.push(Token::Word(sign.to_string()));
                sign.len_utf8()
            }
        };
        rest = rest[length..].trim_start();
    }
    if !tokens.is_empty() {
        statements.push(Err("the last statement has no end".to_owned()));
    }
    statements
}

/// A text in quotes, which stand twice inside; and its length with them.
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    let mut inside = String::new();
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character != quote {
            inside.push(character);
        } else if characters.next_if(|(_, next)| *next == quote).is_some() {
            inside.push(quote);
        } else {
            return Some((inside, at + 1));
        }
    }
    None
}

/// Executes a statement; gives the rows of its answer.
pub(super) fn execute(server: &mut Server, statement: &Statement) -> Result<Vec<String>, String> {
    let rows = answer(server, &statement.tokens)?;
    if !statement.is_executed {
        return Ok(rows);
    }
    for row in rows {
        for made in statements(&format!("{row};")) {
            answer(server, &made?.tokens)?;
        }
    }
    Ok(Vec::new())
}

fn answer(server: &mut Server, tokens: &[Token]) -> Result<Vec<String>, String> {
    use Token::{Name, Text};
    let words: Vec<&str> = tokens
        .iter()
        .map(|token| match token {
            Token::Word(word) => word.as_str(),
            Name(_) => "\"\"",
            Text(_) => "''",
        })
        .collect();
    let named: Vec<&str> = tokens
        .iter()
        .filter_map(|token| match token {
            Name(text) | Text(text) => Some(text.as_str()),
            Token::Word(_) => None,
        })
        .collect();
    match (words.join(" ").as_str(), named.as_slice()) {
        ("SET LOG_STATEMENT = ''" | "SET LOG_MIN_ERROR_STATEMENT = ''" | "SET LOG_MIN_DURATION_STATEMENT = -1", _) => {}
        ("SELECT '' WHERE NOT EXISTS ( SELECT FROM PG_ROLES WHERE ROLNAME = '' )", [row, name]) => {
            return Ok(if server.has_role(name) { Vec::new() } else { vec![(*row).to_owned()] });
        }
        ("SELECT '' WHERE NOT EXISTS ( SELECT FROM PG_DATABASE WHERE DATNAME = '' )", [row, name]) => {
            return Ok(if server.has_database(name) { Vec::new() } else { vec![(*row).to_owned()] });
        }
        ("SELECT DATNAME FROM PG_DATABASE WHERE DATALLOWCONN AND NOT DATISTEMPLATE ORDER BY DATNAME", _) => {
            return Ok(server.database_names());
        }
        ("SELECT FORMAT ( '' , ROLNAME ) FROM PG_ROLES WHERE ROLCANLOGIN AND NOT ROLSUPER", [form]) => {
            return Ok(server.who_signs_in().iter().map(|name| form.replace("%I", &format!("\"{name}\""))).collect());
        }
        ("ALTER ROLE \"\" NOLOGIN", [name]) => server.shut_out(name)?,
        ("DROP DATABASE IF EXISTS \"\" WITH ( FORCE )", [name]) => server.drop_database(name),
        ("CREATE ROLE \"\"", [name]) => server.create_role(name)?,
        ("ALTER ROLE \"\" LOGIN PASSWORD ''", [name, password]) => server.set_password(name, password)?,
        ("CREATE DATABASE \"\" OWNER \"\"", [name, owner]) => server.create_database(name, owner)?,
        ("REVOKE ALL ON DATABASE \"\" FROM PUBLIC", [name]) => server.close(name)?,
        (other, _) => return Err(format!("the simulation knows no statement of the form `{other}`")),
    }
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(server: &mut Server, script: &str) -> Result<Vec<String>, String> {
        let mut rows = Vec::new();
        for statement in statements(script) {
            rows.extend(execute(server, &statement?)?);
        }
        Ok(rows)
    }

    #[test]
    fn quotes_inside_of_names_and_texts_are_kept() {
        let mut server = Server::new("x");
        run(
            &mut server,
            "CREATE ROLE \"a\"\"b; --\"; -- a comment; with '\nALTER ROLE \"a\"\"b; --\" LOGIN PASSWORD 'it''s';",
        )
        .unwrap();
        assert!(server.admits("a\"b; --", "it's", "postgres"));
    }

    #[test]
    fn a_query_whose_answer_is_run_makes_what_is_missing_once() {
        let mut server = Server::new("x");
        let script = "SELECT 'CREATE ROLE \"a\"' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'a') \\gexec\n";
        for _ in 0..2 {
            assert_eq!(run(&mut server, script), Ok(Vec::new()));
        }
        assert!(server.has_role("a"));
        assert_eq!(run(&mut server, "CREATE ROLE \"a\";"), Err("role \"a\" already exists".to_owned()));
    }

    #[test]
    fn what_it_does_not_know_it_refuses() {
        let mut server = Server::new("x");
        for script in ["DROP DATABASE \"a\";", "SELECT 'a", "CREATE ROLE \"a\""] {
            assert!(run(&mut server, script).is_err(), "{script}");
        }
    }
}
