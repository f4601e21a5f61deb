//! What a server of PostgreSQL knows: roles and databases.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::BUILT_IN;
use crate::web::sha256;

/// A server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Server {
    roles: BTreeMap<String, Role>,
    databases: BTreeMap<String, Database>,
}

/// A role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Role {
    /// The mark of its password, if it has one.
    mark: Option<String>,
    can_sign_in: bool,
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
            roles: BTreeMap::from([("postgres".to_owned(), Role { mark: Some(mark(password)), can_sign_in: true })]),
            databases: BUILT_IN.iter().map(|name| ((*name).to_owned(), database())).collect(),
        }
    }

    /// From its file.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(bytes).ok()?;
        let roles = value["roles"].as_object()?.iter();
        let databases = value["databases"].as_object()?.iter();
        Some(Self {
            roles: roles
                .map(|(name, role)| {
                    let mark = role["mark"].as_str().map(str::to_owned);
                    (name.clone(), Role { mark, can_sign_in: role["can_sign_in"] == true })
                })
                .collect(),
            databases: databases.map(|(name, value)| (name.clone(), Database::read(value))).collect(),
        })
    }

    /// Its file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let databases: serde_json::Map<_, _> =
            self.databases.iter().map(|(name, database)| (name.clone(), database.value())).collect();
        let roles: serde_json::Map<_, _> = self
            .roles
            .iter()
            .map(|(name, role)| (name.clone(), json!({ "mark": role.mark, "can_sign_in": role.can_sign_in })))
            .collect();
        json!({ "roles": roles, "databases": databases }).to_string().into_bytes()
    }

    /// Whether somebody with this password may use this database.
    pub(crate) fn admits(&self, role: &str, password: &str, database: &str) -> bool {
        let is_right = |found: &Role| found.can_sign_in && found.mark.as_ref() == Some(&mark(password));
        let knows = self.roles.get(role).is_some_and(is_right);
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
                self.roles.insert(name.to_owned(), Role::default());
                Ok(())
            }
        }
    }

    /// A password that looks like a mark is taken for one (`get_password_type` in `src/backend/libpq/crypt.c`).
    pub(super) fn set_password(&mut self, name: &str, password: &str) -> Result<(), String> {
        let role = self.roles.get_mut(name).ok_or_else(|| format!("role \"{name}\" does not exist"))?;
        role.mark = Some(if password.starts_with(MARK) { password.to_owned() } else { mark(password) });
        role.can_sign_in = true;
        Ok(())
    }

    /// Roles that may sign in, but for the superuser.
    pub(super) fn who_signs_in(&self) -> Vec<String> {
        let roles = self.roles.iter().filter(|(name, role)| role.can_sign_in && *name != "postgres");
        roles.map(|(name, _)| name.clone()).collect()
    }

    pub(super) fn shut_out(&mut self, name: &str) -> Result<(), String> {
        let role = self.roles.get_mut(name).ok_or_else(|| format!("role \"{name}\" does not exist"))?;
        role.can_sign_in = false;
        Ok(())
    }

    pub(super) fn drop_database(&mut self, name: &str) {
        self.databases.remove(name);
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
        let role = |(name, role): (&String, &Role)| {
            let password = role.mark.as_ref().map(|mark| format!("ALTER ROLE \"{name}\" LOGIN PASSWORD '{mark}';\n"));
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
        let own = dump["name"].as_str().unwrap_or_default();
        match into {
            Some(name) => match self.databases.get_mut(name) {
                Some(found) => found.rows = database.rows,
                None => return Err("the database that it is connected to does not exist".to_owned()),
            },
            None if self.has_database(own) => return Err(format!("database \"{own}\" already exists")),
            None => {
                self.databases.insert(own.to_owned(), database);
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
