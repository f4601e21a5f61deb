//! Accounts: app passwords, and what they open.

mod app_passwords;
