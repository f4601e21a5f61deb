//! Passwords for apps.

use yomu::App;
use yomu::actions::app_password::{app_password_user, create_app_password, fever_user, remove_app_password};
use yomu::fetch::FetchConfig;
use yomu::trouble::ActionError;
use yomu_model::ids::UserId;
use yomu_model::secret::Secret;
use yomu_store::{Store, StoreConfig};

struct World {
    app: App,
    ann: UserId,
    bob: UserId,
    /// Goes with the database in it.
    _folder: tempfile::TempDir,
}

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let now = jiff::Timestamp::now();
    let store = Store::open(&StoreConfig::Sqlite(folder.path().join("yomu.sqlite3")), now).await.unwrap();
    let ann = store.create_user("ann@example.org", true, now).await.unwrap().id;
    let bob = store.create_user("bob@example.org", false, now).await.unwrap().id;
    World { app: App::new(store, FetchConfig::default()).unwrap(), ann, bob, _folder: folder }
}

async fn opens(app: &App, password: &str) -> Option<UserId> {
    app_password_user(app, password).await.unwrap().map(|user| user.id)
}

#[tokio::test]
async fn a_password_opens_its_owners_account_until_it_is_removed() {
    let world = world().await;
    let World { app, .. } = &world;
    let made = create_app_password(app, world.ann, " NetNewsWire on the phone ").await.unwrap();
    assert_eq!(made.username, "ann@example.org");
    assert_eq!(opens(app, made.password.expose()).await, Some(world.ann));

    let listed = app.store.app_passwords(world.ann).await.unwrap();
    assert_eq!((listed.len(), listed[0].name.as_str()), (1, "NetNewsWire on the phone"));
    assert!(listed[0].used_at.is_some());
    assert!(app.store.app_passwords(world.bob).await.unwrap().is_empty());

    let refused = remove_app_password(app, world.bob, made.id).await.unwrap_err();
    assert!(matches!(refused, ActionError::NotFound { .. }), "nobody removes what is another's");
    remove_app_password(app, world.ann, made.id).await.unwrap();
    assert_eq!(opens(app, made.password.expose()).await, None);
}

#[tokio::test]
async fn the_fever_api_sends_the_md5_of_name_and_password() {
    use md5::{Digest as _, Md5};
    let world = world().await;
    let World { app, .. } = &world;
    let made = create_app_password(app, world.bob, "Reeder").await.unwrap();
    let digest = Md5::digest(format!("bob@example.org:{}", made.password.expose()));
    let api_key: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    for sent in [api_key.clone(), api_key.to_uppercase()] {
        assert_eq!(fever_user(app, &sent).await.unwrap().map(|user| user.id), Some(world.bob));
    }
    for wrong in ["", "0", &api_key[1..], &"0".repeat(32), &"z".repeat(32), made.password.expose()] {
        assert_eq!(fever_user(app, wrong).await.unwrap(), None, "{wrong}");
    }
}

#[tokio::test]
async fn passwords_made_before_there_was_a_secret_stay_good() {
    let world = world().await;
    let World { app, .. } = &world;
    let before = create_app_password(app, world.ann, "before").await.unwrap();
    let secret = |text: &str| app.clone().with_secret(Secret::new(text));
    let with_secret = secret("one secret of thirty-two characters");
    let after = create_app_password(&with_secret, world.ann, "after").await.unwrap();
    assert_eq!(opens(&with_secret, before.password.expose()).await, Some(world.ann));
    assert_eq!(opens(&with_secret, after.password.expose()).await, Some(world.ann));
    let other = secret("another secret of so many characters");
    assert_eq!(opens(&other, after.password.expose()).await, None, "a new secret ends what the old one keyed");
}

#[tokio::test]
async fn what_is_no_password_of_ours_opens_nothing() {
    let world = world().await;
    let World { app, .. } = &world;
    let made = create_app_password(app, world.ann, "an app").await.unwrap();
    let good = made.password.expose();
    for wrong in ["", "yomu_", &good[5..], &format!("{good} "), &good.to_uppercase(), &"x".repeat(1_000_000)] {
        assert_eq!(opens(app, wrong).await, None);
    }
    for name in ["", "  ", "a\nb", &"n".repeat(10_000)] {
        assert!(matches!(create_app_password(app, world.ann, name).await, Err(ActionError::Trouble(_))), "{name:.10}");
    }
}

#[tokio::test]
async fn nobody_has_more_than_a_hundred() {
    let world = world().await;
    let World { app, .. } = &world;
    for number in 0..100 {
        create_app_password(app, world.ann, &number.to_string()).await.unwrap();
    }
    let ActionError::Trouble(trouble) = create_app_password(app, world.ann, "one more").await.unwrap_err() else {
        panic!("the reader is told");
    };
    assert_eq!(trouble.kind, "too_many_passwords");
    create_app_password(app, world.bob, "of another's").await.unwrap();
}
