//! What a server of PostgreSQL knows: roles and databases.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::BUILT_IN;
use crate::web::sha256;

/// A server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Server {
    /// The mark of the password of each role that may sign in.
    roles: BTreeMap<String, Option<String>>,
    databases: BTreeMap<String, Database>,
}

/// A database.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Database {
    owner: String,
    /// Whether every role may connect.
    is_public: bool,
    /// What is in it.
    rows: Vec<String>,
}

impl Server {
    /// As `initdb` leaves it.
    pub(crate) fn new(password: &str) -> Self {
        let database = || Database { owner: "postgres".to_owned(), is_public: true, rows: Vec::new() };
        Self {
            roles: BTreeMap::from([("postgres".to_owned(), Some(mark(password)))]),
            databases: BUILT_IN.iter().map(|name| ((*name).to_owned(), database())).collect(),
        }
    }

    /// From its file.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(bytes).ok()?;
        let roles = value["roles"].as_object()?.iter();
        let databases = value["databases"].as_object()?.iter();
        Some(Self {
            roles: roles.map(|(name, mark)| (name.clone(), mark.as_str().map(str::to_owned))).collect(),
            databases: databases.map(|(name, value)| (name.clone(), Database::read(value))).collect(),
        })
    }

    /// Its file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let databases: serde_json::Map<_, _> =
            self.databases.iter().map(|(name, database)| (name.clone(), database.value())).collect();
        json!({ "roles": self.roles, "databases": databases }).to_string().into_bytes()
    }

    /// Whether somebody with this password may use this database.
    pub(crate) fn admits(&self, role: &str, password: &str, database: &str) -> bool {
        let knows = self.roles.get(role).is_some_and(|found| found.as_deref() == Some(mark(password).as_str()));
        let may = |found: &Database| found.is_public || found.owner == role || role == "postgres";
        knows && self.databases.get(database).is_some_and(may)
    }

    /// A service writes.
    pub(crate) fn write(&mut self, database: &str, row: &str) {
        if let Some(found) = self.databases.get_mut(database) {
            found.rows.push(row.to_owned());
        }
    }

    /// What services wrote.
    pub(crate) fn rows(&self, database: &str) -> Vec<String> {
        self.databases.get(database).map(|found| found.rows.clone()).unwrap_or_default()
    }

    pub(super) fn has_role(&self, name: &str) -> bool {
        self.roles.contains_key(name)
    }

    pub(super) fn has_database(&self, name: &str) -> bool {
        self.databases.contains_key(name)
    }

    /// Those that one may connect to and that are no templates.
    pub(super) fn database_names(&self) -> Vec<String> {
        self.databases.keys().filter(|name| !name.starts_with("template")).cloned().collect()
    }

    pub(super) fn create_role(&mut self, name: &str) -> Result<(), String> {
        match self.has_role(name) {
            true => Err(format!("role \"{name}\" already exists")),
            false => {
                self.roles.insert(name.to_owned(), None);
                Ok(())
            }
        }
    }

    /// A password that looks like a mark is taken for one (`get_password_type` in `src/backend/libpq/crypt.c`).
    pub(super) fn set_password(&mut self, name: &str, password: &str) -> Result<(), String> {
        let role = self.roles.get_mut(name).ok_or_else(|| format!("role \"{name}\" does not exist"))?;
        *role = Some(if password.starts_with(MARK) { password.to_owned() } else { mark(password) });
        Ok(())
    }

    pub(super) fn create_database(&mut self, name: &str, owner: &str) -> Result<(), String> {
        if self.has_database(name) {
            return Err(format!("database \"{name}\" already exists"));
        }
        if !self.has_role(owner) {
            return Err(format!("role \"{owner}\" does not exist"));
        }
        let database = Database { owner: owner.to_owned(), is_public: true, rows: Vec::new() };
        self.databases.insert(name.to_owned(), database);
        Ok(())
    }

    pub(super) fn close(&mut self, name: &str) -> Result<(), String> {
        let database = self.databases.get_mut(name).ok_or_else(|| format!("database \"{name}\" does not exist"))?;
        database.is_public = false;
        Ok(())
    }

    /// What `pg_dumpall --globals-only` prints: marks of passwords, and no password.
    pub(super) fn globals(&self) -> String {
        let role = |(name, mark): (&String, &Option<String>)| {
            let password = mark.as_ref().map(|mark| format!("ALTER ROLE \"{name}\" LOGIN PASSWORD '{mark}';\n"));
            format!("CREATE ROLE \"{name}\";\n{}", password.unwrap_or_default())
        };
        self.roles.iter().map(role).collect()
    }

    pub(super) fn dump(&self, database: &str) -> Option<Value> {
        let found = self.databases.get(database)?;
        Some(json!({ "name": database, "database": found.value() }))
    }

    /// Into a database of the dump's own, made anew, or into the one that is named.
    pub(super) fn restore(&mut self, dump: &Value, into: Option<&str>) -> Result<(), String> {
        let database = Database::read(&dump["database"]);
        if !self.has_role(&database.owner) {
            return Err(format!("role \"{}\" does not exist", database.owner));
        }
        match into.map(|name| self.databases.get_mut(name)) {
            Some(Some(found)) => found.rows = database.rows,
            Some(None) => return Err("the database that it is connected to does not exist".to_owned()),
            None => {
                self.databases.insert(dump["name"].as_str().unwrap_or_default().to_owned(), database);
            }
        }
        Ok(())
    }
}

impl Database {
    fn value(&self) -> Value {
        json!({ "owner": self.owner, "is_public": self.is_public, "rows": self.rows })
    }

    fn read(value: &Value) -> Self {
        let rows = value["rows"].as_array().into_iter().flatten();
        Self {
            owner: value["owner"].as_str().unwrap_or("postgres").to_owned(),
            is_public: value["is_public"] == true,
            rows: rows.filter_map(|row| row.as_str().map(str::to_owned)).collect(),
        }
    }
}

/// What the marks of passwords begin with.
const MARK: &str = "SCRAM-SHA-256$";

fn mark(password: &str) -> String {
    format!("{MARK}{}", sha256(password.as_bytes()))
}
