//! One's own settings.

use askama::Template;
use jiff::tz::TimeZone;
use yomu_model::ids::{AppPasswordId, SessionId};
use yomu_model::secret::Secret;
use yomu_store::{AppPassword, Session};

use super::{Frame, Message};
use crate::web::visit::Visit;

/// The page of one's own settings.
#[derive(Template)]
#[template(path = "account.html")]
pub(in crate::web) struct AccountView {
    pub(in crate::web) frame: Frame,
    /// Who it is; empty for the local user.
    pub(in crate::web) signed_in_as: Option<String>,
    /// The account's name, which is typed to confirm that it be deleted.
    pub(in crate::web) name: String,
    pub(in crate::web) languages: [Choice; 3],
    pub(in crate::web) time_zone: String,
    pub(in crate::web) server_zone: String,
    pub(in crate::web) time_zones: Vec<String>,
    pub(in crate::web) devices: Vec<Device>,
    pub(in crate::web) passwords: Vec<Password>,
    /// Why a form was not carried out.
    pub(in crate::web) message: Option<Message>,
}

/// A language to choose.
pub(in crate::web) struct Choice {
    pub(in crate::web) value: &'static str,
    pub(in crate::web) label: &'static str,
    pub(in crate::web) is_chosen: bool,
}

/// A device that is signed in.
pub(in crate::web) struct Device {
    pub(in crate::web) id: SessionId,
    pub(in crate::web) name: String,
    pub(in crate::web) is_this: bool,
    pub(in crate::web) facts: String,
}

/// A password of an app.
pub(in crate::web) struct Password {
    pub(in crate::web) id: AppPasswordId,
    pub(in crate::web) name: String,
    pub(in crate::web) facts: String,
}

impl AccountView {
    pub(in crate::web) fn new(
        frame: Frame,
        visit: &Visit,
        email: Option<String>,
        devices: Vec<Session>,
        passwords: Vec<AppPassword>,
        server_zone: &TimeZone,
        message: Option<Message>,
    ) -> Self {
        let words = visit.words;
        let chosen = visit.language.as_deref().unwrap_or_default();
        let choice = |value, label| Choice { value, label, is_chosen: value == chosen };
        Self {
            signed_in_as: email.map(|email| (words.signed_in_as)(&email)),
            name: visit.name.clone(),
            languages: [choice("", words.as_the_browser), choice("en", "English"), choice("ja", "日本語")],
            time_zone: visit.time_zone.clone().unwrap_or_default(),
            server_zone: server_zone.iana_name().unwrap_or("UTC").to_owned(),
            time_zones: jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect(),
            devices: devices.into_iter().map(|one| device(one, visit)).collect(),
            passwords: passwords.into_iter().map(|one| password(one, visit)).collect(),
            message,
            frame,
        }
    }
}

fn device(session: Session, visit: &Visit) -> Device {
    let words = visit.words;
    let ago = |time| (words.ago)(time, visit.now, &visit.zone);
    let name = if session.device.is_empty() { words.unknown_device.to_owned() } else { session.device };
    let facts =
        format!("{} · {}", (words.signed_in_at)(&ago(session.created_at)), (words.seen_at)(&ago(session.seen_at)));
    Device { id: session.id, name, is_this: visit.session == Some(session.id), facts }
}

fn password(one: AppPassword, visit: &Visit) -> Password {
    let words = visit.words;
    let ago = |time| (words.ago)(time, visit.now, &visit.zone);
    let used = one.used_at.map_or_else(|| words.never_used.to_owned(), |time| (words.used_at)(&ago(time)));
    Password { id: one.id, facts: format!("{} · {used}", (words.made_at)(&ago(one.created_at))), name: one.name }
}

/// The page that shows a new password, once.
#[derive(Template)]
#[template(path = "app_password.html")]
pub(in crate::web) struct AppPasswordView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) username: String,
    pub(in crate::web) password: Secret,
}
