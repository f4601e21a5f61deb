//! Changes the settings of a feed.

use yomu_feed::encoding::is_known_label;
use yomu_model::ids::{SubscriptionId, UserId};
use yomu_model::name::FeedTitle;
use yomu_model::secret::Secret;
use yomu_store::{Credentials, FeedSource, FolderWish, StoreError, Subscription, SubscriptionChange};

use super::rules::check_rules;
use super::{folder_titled, parse_address};
use crate::App;
use crate::trouble::{ActionError, Trouble};

/// The settings as they were typed.
#[derive(Debug)]
pub struct FeedForm<'a> {
    /// The user's own title; empty to follow the feed's.
    pub title: &'a str,
    /// The title of a folder; empty for none.
    pub folder: &'a str,
    /// Whether to fetch the article of each entry's page.
    pub full_text: bool,
    /// Rules for new entries, one a line.
    pub rules: &'a str,
    /// The feed's address.
    pub address: &'a str,
    /// The label of an encoding; empty to find it out.
    pub encoding: &'a str,
    /// The name for a feed that asks for one; empty for none.
    pub username: &'a str,
    /// The password; none to keep the present one.
    pub password: Option<Secret>,
}

/// Changes a feed's settings, all or none.
///
/// # Errors
/// Trouble that names what cannot be used; a failure of the database.
pub async fn change_feed(app: &App, user: UserId, id: SubscriptionId, form: FeedForm<'_>) -> Result<(), ActionError> {
    let current = app.store.subscription(user, id).await?.ok_or(ActionError::NotFound { what: "feed" })?;
    let title = title(&form)?;
    check_rules(form.rules)?;
    let source = source(app, &form, &current)?;
    let is_new_source = source != current.source;
    let folder_id = folder_titled(app, user, form.folder).await?;
    let change =
        SubscriptionChange { title, folder_id, full_text: form.full_text, rules: form.rules.to_owned(), source };
    match app.store.change_subscription(user, id, &change, app.now()).await {
        Ok(true) => app.changed(user).await,
        Ok(false) => return Err(ActionError::NotFound { what: "feed" }),
        Err(StoreError::Duplicate) => {
            return Err(
                Trouble::new("known_feed", "you read a feed at this address already; remove one of the two").into()
            );
        }
        Err(error) => return Err(error.into()),
    }
    if is_new_source {
        app.wake_refresher().await;
    }
    Ok(())
}

/// Some settings; those that are none stay as they are.
#[derive(Debug, Default)]
pub struct FeedChange {
    /// The feed's address.
    pub address: Option<String>,
    /// The user's own title; empty to follow the feed's.
    pub title: Option<String>,
    /// The folder.
    pub folder: Option<FolderWish>,
    /// Whether to fetch the article of each entry's page.
    pub full_text: Option<bool>,
    /// The name for a feed that asks for one; empty for none.
    pub username: Option<String>,
    /// The password.
    pub password: Option<Secret>,
}

/// Changes some of a feed's settings, all of them or none.
///
/// # Errors
/// As [`change_feed`].
pub async fn change_feed_partly(
    app: &App,
    user: UserId,
    id: SubscriptionId,
    change: FeedChange,
) -> Result<(), ActionError> {
    let current = app.store.subscription(user, id).await?.ok_or(ActionError::NotFound { what: "feed" })?;
    let folder = match change.folder {
        None => current.folder_title.unwrap_or_default(),
        Some(FolderWish::Outside) => String::new(),
        Some(FolderWish::In(folder)) => {
            app.store.folder(user, folder).await?.ok_or(ActionError::NotFound { what: "folder" })?.title
        }
    };
    let username = current.source.credentials.map(|given| given.username).unwrap_or_default();
    let own_title = current.own_title.unwrap_or_default();
    // Apps send the feed's own title back with every change; that is no title of the user's.
    let title = change.title.filter(|title| *title != current.feed_title || !own_title.is_empty());
    let form = FeedForm {
        title: title.as_deref().unwrap_or(&own_title),
        folder: &folder,
        full_text: change.full_text.unwrap_or(current.full_text),
        rules: &current.rules,
        address: change.address.as_deref().unwrap_or(&current.source.url),
        encoding: current.source.encoding.as_deref().unwrap_or_default(),
        username: change.username.as_deref().unwrap_or(&username),
        password: change.password,
    };
    change_feed(app, user, id, form).await
}

fn title(form: &FeedForm<'_>) -> Result<Option<String>, Trouble> {
    if form.title.trim().is_empty() {
        return Ok(None);
    }
    match FeedTitle::parse(form.title) {
        Ok(title) => Ok(Some(title.as_str().to_owned())),
        Err(problem) => Err(Trouble::new("title", problem.to_string())),
    }
}

fn source(app: &App, form: &FeedForm<'_>, current: &Subscription) -> Result<FeedSource, Trouble> {
    let url = parse_address(form.address)?;
    let encoding = Some(form.encoding.trim()).filter(|label| !label.is_empty());
    if let Some(label) = encoding.filter(|label| !is_known_label(label)) {
        return Err(Trouble::new(
            "encoding",
            format!("`{label}` is not an encoding; `shift_jis` and `euc-jp` are some"),
        ));
    }
    let username = form.username.trim().to_owned();
    let credentials = match (&form.password, current.source.credentials.as_ref()) {
        _ if username.is_empty() => None,
        (Some(password), _) => Some(app.sealed(Credentials { username, password: password.clone() })),
        // As it was, sealed already.
        (None, Some(known)) => Some(Credentials { username, password: known.password.clone() }),
        (None, None) => Some(app.sealed(Credentials { username, password: Secret::default() })),
    };
    Ok(FeedSource { url: url.into(), credentials, encoding: encoding.map(str::to_owned) })
}
