//! Tags: given, taken, renamed, removed.

use yomu_model::ids::{EntryId, TagId, UserId};
use yomu_model::limits::TAGS_PER_ENTRY_MAX;
use yomu_model::name::TagName;
use yomu_model::tag::{TagProblem, key, parse_tags};

use crate::App;
use crate::trouble::{ActionError, Trouble};

/// Gives an entry the tags of one line, and takes those of another away.
///
/// # Errors
/// Trouble with a name, or with too many; when the user has no such entry; a failure of the database.
pub async fn change_tags(app: &App, user: UserId, entry: EntryId, add: &str, take: &str) -> Result<(), ActionError> {
    let (add, take) = (parse(add)?, parse(take)?);
    let taken: Vec<String> = take.iter().map(key).collect();
    let now = app.store.tags_of(user, &[entry]).await?.remove(&entry).unwrap_or_default();
    let mut tags: Vec<TagName> = now.iter().filter_map(|name| TagName::parse(name).ok()).collect();
    tags.retain(|name| !taken.contains(&key(name)));
    for name in add {
        if !tags.iter().any(|known| key(known) == key(&name)) {
            tags.push(name);
        }
    }
    if tags.len() > TAGS_PER_ENTRY_MAX {
        return Err(trouble(TagProblem::TooMany).into());
    }
    if !app.store.set_tags(user, entry, &tags, app.now()).await? {
        return Err(ActionError::NotFound { what: "entry" });
    }
    app.changed(user).await;
    Ok(())
}

/// Gives some entries a tag, or takes it from them; those that are not the user's are passed over.
///
/// # Errors
/// Trouble with the name; a failure of the database.
pub async fn tag_entries(
    app: &App,
    user: UserId,
    entries: &[EntryId],
    name: &str,
    is_added: bool,
) -> Result<(), ActionError> {
    for name in parse(name)? {
        if is_added {
            app.store.add_tag(user, entries, &name, app.now()).await?;
        } else {
            app.store.take_tag(user, entries, &name, app.now()).await?;
        }
    }
    app.changed(user).await;
    Ok(())
}

/// Gives a tag another name; where another has that name, the two become one.
///
/// # Errors
/// Trouble with the name; when the user has no such tag; a failure of the database.
pub async fn rename_tag(app: &App, user: UserId, id: TagId, name: &str) -> Result<(), ActionError> {
    let names = parse(name)?;
    let [name] = names.as_slice() else {
        return Err(Trouble::new("tag", "a tag has one name, without commas").into());
    };
    let renamed = app.store.rename_tag(user, id, name).await?;
    renamed.ok_or(ActionError::NotFound { what: "tag" })?;
    app.changed(user).await;
    Ok(())
}

/// Takes a tag away from all that has it.
///
/// # Errors
/// When the user has no such tag; a failure of the database.
pub async fn remove_tag(app: &App, user: UserId, id: TagId) -> Result<(), ActionError> {
    if !app.store.remove_tag(user, id).await? {
        return Err(ActionError::NotFound { what: "tag" });
    }
    app.changed(user).await;
    Ok(())
}

/// Whether a line can be the tags of an entry.
///
/// # Errors
/// Trouble with a name, or with too many.
pub fn check_tags(line: &str) -> Result<(), Trouble> {
    parse(line).map(drop)
}

fn parse(line: &str) -> Result<Vec<TagName>, Trouble> {
    parse_tags(line).map_err(trouble)
}

fn trouble(problem: TagProblem) -> Trouble {
    Trouble::new("tag", problem.to_string())
}
