//! People, told on both databases: who comes in, how long they stay, and what remains of them.

mod support;

use jiff::{SignedDuration, Timestamp};
use support::{Database, at, databases, entry, list, publish, reader, titles};
use yomu_store::{
    AccountChange, Admission, FeedSource, Identity, NewAppPassword, SavedPage, SessionLife, Store, User, View,
};

const ISSUER: &str = "https://id.example";

const LIFE: SessionLife = SessionLife { idle: SignedDuration::from_hours(1), whole: SignedDuration::from_hours(3) };

fn minutes(minutes: i64) -> Timestamp {
    at(1000) + SignedDuration::from_mins(minutes)
}

async fn sign_in(store: &Store, subject: &str, email: &str, admission: Admission) -> Option<User> {
    store.sign_in(Identity { issuer: ISSUER, subject, email }, admission, minutes(0)).await.unwrap()
}

fn first() -> Admission {
    Admission { may_be_first: true, ..Admission::default() }
}

fn allowed() -> Admission {
    Admission { is_allowed: true, may_be_first: true, ..Admission::default() }
}

#[tokio::test]
async fn the_first_takes_over_the_local_library_and_is_the_admin() {
    for Database { name, store, .. } in databases().await {
        let local = store.local_user(at(0)).await.unwrap();
        assert!(!store.has_identities().await.unwrap(), "{name}");
        let ann = sign_in(&store, "1", "ann@example.org", first()).await.unwrap();
        assert_eq!((ann.id, ann.name.as_str(), ann.is_admin), (local.id, "ann@example.org", true), "{name}");
        assert_eq!(sign_in(&store, "2", "bob@example.org", first()).await, None, "{name}: there is a first already");
        assert_eq!(sign_in(&store, "1", "ann@new.example", Admission::default()).await, Some(ann.clone()), "{name}");
        assert_eq!(store.email(ann.id).await.unwrap().as_deref(), Some("ann@new.example"), "{name}");
        let other = Identity { issuer: "https://other.example", subject: "1", email: "ann@new.example" };
        assert_eq!(
            store.sign_in(other, Admission::default(), at(0)).await.unwrap(),
            None,
            "{name}: another issuer's 1"
        );
        let bob = sign_in(&store, "2", "ann@example.org", allowed()).await.unwrap();
        assert_eq!((bob.name.as_str(), bob.is_admin), ("ann@example.org-2", false), "{name}");
        assert_eq!(store.local_user(at(1)).await.unwrap().id, ann.id, "{name}");
    }
}

#[tokio::test]
async fn several_who_come_first_at_once_are_one_admin() {
    for Database { name, store, .. } in databases().await {
        store.local_user(at(0)).await.unwrap();
        let coming = (0..6).map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                sign_in(&store, &number.to_string(), &format!("{number}@example.org"), first()).await
            })
        });
        let mut admins = 0;
        for came in coming.collect::<Vec<_>>() {
            admins += usize::from(came.await.unwrap().is_some());
        }
        assert_eq!(admins, 1, "{name}");
    }
}

#[tokio::test]
async fn an_invitation_lets_one_in_before_it_runs_out() {
    for Database { name, store, .. } in databases().await {
        store.local_user(at(0)).await.unwrap();
        let ann = sign_in(&store, "1", "ann@example.org", first()).await.unwrap();
        let invite = async |hash: u8, until| {
            store.create_invitation(ann.id, [hash; 32], "a friend", until, minutes(0)).await.unwrap();
            Admission { invitation: Some([hash; 32]), ..Admission::default() }
        };
        let (good, old) = (invite(1, minutes(1)).await, invite(2, minutes(0)).await);
        assert_eq!(store.invitations(minutes(0)).await.unwrap().len(), 1, "{name}");
        assert_eq!(sign_in(&store, "2", "bob@example.org", old).await, None, "{name}");
        assert!(sign_in(&store, "2", "bob@example.org", good).await.is_some(), "{name}");
        assert_eq!(sign_in(&store, "3", "eve@example.org", good).await, None, "{name}: it is used up");
        assert_eq!(store.invitation([1; 32], minutes(0)).await.unwrap(), None, "{name}");
        let last = invite(3, minutes(9)).await;
        let id = store.invitations(minutes(0)).await.unwrap()[0].id;
        assert!(store.remove_invitation(id).await.unwrap() && !store.remove_invitation(id).await.unwrap(), "{name}");
        assert_eq!(sign_in(&store, "3", "eve@example.org", last).await, None, "{name}");
    }
}

#[tokio::test]
async fn a_session_lives_while_it_is_used_and_not_for_ever() {
    for Database { name, store, .. } in databases().await {
        let (ann, _, _) = reader(&store, "ann", "https://example.com/feed").await;
        store.create_session(ann, [1; 32], "Firefox · Linux", minutes(0)).await.unwrap();
        let found = async |hash, now| store.session([hash; 32], LIFE, minutes(now)).await.unwrap();
        let session = found(1, 59).await.unwrap();
        assert_eq!((session.user.id, session.seen_at), (ann, minutes(0)), "{name}");
        assert_eq!(found(2, 0).await, None, "{name}");
        assert_eq!(found(1, 60).await, None, "{name}: an hour without a sign of life");
        store.touch_session(session.session, minutes(59)).await.unwrap();
        assert!(found(1, 118).await.is_some(), "{name}");
        store.touch_session(session.session, minutes(179)).await.unwrap();
        assert_eq!(found(1, 180).await, None, "{name}: three hours in all");

        store.create_session(ann, [2; 32], "", minutes(170)).await.unwrap();
        assert_eq!(store.sessions(ann, LIFE, minutes(181)).await.unwrap().len(), 1, "{name}");
        assert_eq!(store.purge_sessions(LIFE, minutes(181)).await.unwrap(), 1, "{name}");
        let (bob, _, _) = reader(&store, "bob", "https://example.com/feed").await;
        let id = store.sessions(ann, LIFE, minutes(181)).await.unwrap()[0].id;
        assert!(store.end_session(bob, id).await.unwrap().is_none(), "{name}: not his");
        assert!(store.end_sessions(bob).await.unwrap().is_empty(), "{name}");
        assert!(store.end_session(ann, id).await.unwrap().is_some(), "{name}");
        assert_eq!(found(2, 181).await, None, "{name}");
    }
}

#[tokio::test]
async fn a_use_of_a_password_is_noted_once_a_minute() {
    for Database { name, store, .. } in databases().await {
        let (ann, _, _) = reader(&store, "ann", "https://example.com/feed").await;
        let new = NewAppPassword { name: "an app", hash: [1; 32], fever_hash: [2; 32] };
        store.create_app_password(ann, new, 1, minutes(0)).await.unwrap().expect("room for one");
        assert_eq!(store.create_app_password(ann, new, 1, minutes(0)).await.unwrap(), None, "{name}: no room for two");
        let used = async || store.app_passwords(ann).await.unwrap()[0].used_at;
        assert_eq!(used().await, None, "{name}");
        let second = SignedDuration::from_secs(1);
        for (now, noted) in [(minutes(1), minutes(1)), (minutes(2) - second, minutes(1)), (minutes(2), minutes(2))] {
            assert_eq!(store.app_password_user([1; 32], now).await.unwrap().map(|user| user.id), Some(ann), "{name}");
            assert_eq!(used().await, Some(noted), "{name}");
        }
        assert_eq!(store.fever_user([2; 32], minutes(2)).await.unwrap().map(|user| user.id), Some(ann), "{name}");
        assert_eq!(store.app_password_user([2; 32], minutes(2)).await.unwrap(), None, "{name}: not in place of it");
    }
}

#[tokio::test]
async fn a_deleted_user_leaves_what_others_read_and_nothing_else() {
    for Database { name, store, .. } in databases().await {
        let (ann, _, shared) = reader(&store, "ann", "https://example.com/feed").await;
        let (bob, _, _) = reader(&store, "bob", "https://example.com/feed").await;
        publish(&store, shared, vec![entry(1, "Shared", "text")]).await;
        let (_, his, _) =
            store.subscribe(bob, &FeedSource::at("https://example.com/his"), None, None, at(0)).await.unwrap();
        publish(&store, his, vec![entry(2, "His", "text")]).await;
        store.save_page(bob, SavedPage { entry: entry(3, "Page", "text") }, at(0)).await.unwrap();
        let folder = store.folder_named(bob, "Folder").await.unwrap();
        store.create_session(bob, [1; 32], "", minutes(0)).await.unwrap();
        assert_eq!(store.storage().await.unwrap().entries, 3, "{name}");
        let people = store.people().await.unwrap();
        assert_eq!((people[1].feeds, people[1].entries, people[1].saved_pages), (2, 3, 1), "{name}");
        assert!(people[1].saved_bytes > 0 && people[0].saved_bytes == 0, "{name}");

        store.set_admin(ann, true).await.unwrap();
        store.set_admin(bob, false).await.unwrap();
        assert_eq!(store.delete_user(ann).await.unwrap(), AccountChange::LastAdmin, "{name}");
        assert_eq!(store.delete_user(bob).await.unwrap(), AccountChange::Done, "{name}");
        assert_eq!(store.delete_user(bob).await.unwrap(), AccountChange::NotFound, "{name}");
        assert_eq!(titles(&store, ann, View::All).await, ["Shared"], "{name}");
        assert!(list(&store, bob, View::All).await.is_empty(), "{name}");
        let storage = store.storage().await.unwrap();
        assert_eq!((storage.feeds, storage.entries), (1, 1), "{name}");
        assert!(storage.bytes > 0, "{name}");
        assert_eq!(store.folder(bob, folder).await.unwrap(), None, "{name}");
        assert_eq!(store.session([1; 32], LIFE, minutes(0)).await.unwrap(), None, "{name}");
    }
}

#[tokio::test]
async fn a_key_is_made_once_for_all() {
    for Database { name, store, .. } in databases().await {
        let made = store.server_key("one", [1; 32]).await.unwrap();
        assert_eq!((made, store.server_key("one", [2; 32]).await.unwrap()), ([1; 32], [1; 32]), "{name}");
        assert_eq!(store.server_key("two", [2; 32]).await.unwrap(), [2; 32], "{name}");
    }
}
