//! What an admin sees.

use askama::Template;
use yomu_model::ids::{InvitationId, UserId};
use yomu_store::{Invitation, Person, Storage, TroubledFeed};

use super::{Frame, Message, site_name};
use crate::actions::invitation::NewInvitation;
use crate::web::visit::Visit;
use crate::web::words::Words;

/// All that the page is about.
pub(in crate::web) struct Everything {
    pub(in crate::web) people: Vec<Person>,
    pub(in crate::web) invitations: Vec<Invitation>,
    pub(in crate::web) troubled: Vec<TroubledFeed>,
    pub(in crate::web) storage: Storage,
}

/// The page for admins.
#[derive(Template)]
#[template(path = "admin.html")]
pub(in crate::web) struct AdminView {
    pub(in crate::web) frame: Frame,
    /// Whether people sign in at all; a local user is alone.
    pub(in crate::web) has_sign_in: bool,
    pub(in crate::web) people: Vec<PersonRow>,
    pub(in crate::web) invitations: Vec<InvitationRow>,
    pub(in crate::web) feeds: Vec<FeedRow>,
    pub(in crate::web) storage: String,
    /// Why a form was not carried out.
    pub(in crate::web) message: Option<Message>,
}

/// Somebody who reads here.
pub(in crate::web) struct PersonRow {
    pub(in crate::web) id: UserId,
    pub(in crate::web) name: String,
    /// The address, where it is not the name.
    pub(in crate::web) email: Option<String>,
    pub(in crate::web) is_admin: bool,
    pub(in crate::web) has: String,
    pub(in crate::web) seen: Option<String>,
}

/// An invitation that nobody has used yet.
pub(in crate::web) struct InvitationRow {
    pub(in crate::web) id: InvitationId,
    pub(in crate::web) note: String,
    pub(in crate::web) facts: String,
}

/// A feed that fails.
pub(in crate::web) struct FeedRow {
    pub(in crate::web) title: String,
    pub(in crate::web) facts: String,
    pub(in crate::web) trouble: Message,
}

impl AdminView {
    pub(in crate::web) fn new(
        frame: Frame,
        visit: &Visit,
        everything: Everything,
        has_sign_in: bool,
        message: Option<Message>,
    ) -> Self {
        let Everything { people, invitations, troubled, storage } = everything;
        Self {
            has_sign_in,
            people: people.into_iter().map(|one| person(one, visit)).collect(),
            invitations: invitations.into_iter().map(|one| invitation(one, visit)).collect(),
            feeds: troubled.into_iter().filter_map(|one| feed(one, visit)).collect(),
            storage: (visit.words.storage_facts)(&size(storage.bytes), storage.feeds, storage.entries),
            message,
            frame,
        }
    }
}

fn person(one: Person, visit: &Visit) -> PersonRow {
    let words = visit.words;
    PersonRow {
        id: one.user.id,
        email: one.email.filter(|email| *email != one.user.name),
        is_admin: one.user.is_admin,
        has: (words.person_has)(one.feeds, one.entries, one.saved_pages, &size(one.saved_bytes)),
        seen: one.seen_at.map(|time| (words.seen_at)(&(words.ago)(time, visit.now, &visit.zone))),
        name: one.user.name,
    }
}

fn invitation(one: Invitation, visit: &Visit) -> InvitationRow {
    let until = until(visit.words, visit, one.expires_at);
    InvitationRow { id: one.id, note: one.note, facts: format!("{} · {until}", one.created_by) }
}

/// Only the host is shown: the rest of an address may be somebody's secret.
fn feed(one: TroubledFeed, visit: &Visit) -> Option<FeedRow> {
    let trouble = Message::of_health(&one.health, visit)?;
    let host = site_name(&one.url).rsplit('@').next().unwrap_or_default().to_owned();
    let facts = format!("{host} · {}", (visit.words.readers)(one.readers));
    Some(FeedRow { title: if one.title.is_empty() { host } else { one.title }, facts, trouble })
}

fn until(words: &Words, visit: &Visit, time: jiff::Timestamp) -> String {
    (words.good_until)(&(words.moment)(time, &visit.zone))
}

/// Bytes as people read them.
fn size(bytes: i64) -> String {
    const STEPS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    let mut size = bytes.max(0) as f64 / 1024.0;
    let mut step = 0;
    while size >= 1000.0 && step + 1 < STEPS.len() {
        size /= 1024.0;
        step += 1;
    }
    if size >= 10.0 || size == 0.0 {
        format!("{size:.0} {}", STEPS[step])
    } else {
        format!("{size:.1} {}", STEPS[step])
    }
}

/// The page that shows the link of a new invitation, once.
#[derive(Template)]
#[template(path = "invitation_link.html")]
pub(in crate::web) struct InvitationLinkView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) link: String,
    pub(in crate::web) until: String,
}

impl InvitationLinkView {
    pub(in crate::web) fn new(frame: Frame, visit: &Visit, base: &str, made: &NewInvitation) -> Self {
        let link = format!("{base}/invitations/{}", made.token.expose());
        Self { link, until: until(visit.words, visit, made.expires_at), frame }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_two_digits_that_matter() {
        for (bytes, written) in [
            (0, "0 KB"),
            (100, "0.1 KB"),
            (2048, "2.0 KB"),
            (20_000, "20 KB"),
            (1_048_576, "1.0 MB"),
            (5_000_000_000, "4.7 GB"),
            (i64::MAX, "8388608 TB"),
            (-1, "0 KB"),
        ] {
            assert_eq!(size(bytes), written);
        }
    }
}
