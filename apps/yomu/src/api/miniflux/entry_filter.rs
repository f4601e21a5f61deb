//! Which entries a list shows, from the parameters of its address.

use jiff::tz::TimeZone;
use yomu_model::ids::{EntryId, SubscriptionId};
use yomu_model::search::Query;
use yomu_store::{EntryFilter, Order, Slice, SortKey, User};

use super::error::Refusal;
use crate::api::categories::folder_wish;
use crate::api::limits::{MINIFLUX_ENTRIES_DEFAULT, MINIFLUX_ENTRIES_MAX};
use crate::api::params::Params;

/// Reads the filter and the part of the list.
pub(super) fn read(params: &Params, user: &User) -> Result<(EntryFilter, Slice), Refusal> {
    let search = params.first("search").filter(|typed| !typed.trim().is_empty());
    let zone = user.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
    let (unread, nothing) = status(params)?;
    let time = |names: [&str; 2]| names.into_iter().find_map(|name| params.seconds(name));
    let filter = EntryFilter {
        ids: nothing.then(Vec::new),
        unread,
        starred: params.flag("starred"),
        feeds: positive(params, "feed_id").map(|id| vec![SubscriptionId::new(id)]),
        folder: positive(params, "category_id").map(folder_wish),
        id_after: positive(params, "after_entry_id").map(EntryId::new),
        id_before: positive(params, "before_entry_id").map(EntryId::new),
        published_after: time(["published_after", "after"]),
        published_before: time(["published_before", "before"]),
        changed_after: params.seconds("changed_after"),
        changed_before: params.seconds("changed_before"),
        tags: params.all("tags").filter(|tag| !tag.trim().is_empty()).map(str::to_owned).collect(),
        query: search.map(|typed| Query::parse(typed, &zone)),
        ..EntryFilter::default()
    };
    Ok((filter, slice(params, search.is_some())?))
}

/// A number above 0; anything else counts as absent.
fn positive(params: &Params, name: &str) -> Option<i64> {
    params.parsed::<i64>(name).filter(|number| *number > 0)
}

/// Unread, read, or either; and whether the wish can only find nothing.
pub(super) fn status(params: &Params) -> Result<(Option<bool>, bool), Refusal> {
    let (mut unread, mut read, mut removed) = (false, false, false);
    for wish in params.all("status").flat_map(|value| value.split(',')) {
        match wish.trim() {
            "" => {}
            "unread" => unread = true,
            "read" => read = true,
            // Older Miniflux kept what was flushed; here nothing of it is left to show.
            "removed" => removed = true,
            other => return Err(Refusal::bad(format!("`{other}` is no status; there are `read` and `unread`"))),
        }
    }
    let wish = if unread == read { None } else { Some(unread) };
    Ok((wish, removed && !unread && !read))
}

fn slice(params: &Params, is_search: bool) -> Result<Slice, Refusal> {
    let limit = match params.parsed::<u32>("limit") {
        None => MINIFLUX_ENTRIES_DEFAULT,
        Some(0) => MINIFLUX_ENTRIES_MAX,
        Some(limit) if limit > MINIFLUX_ENTRIES_MAX => {
            return Err(Refusal::bad(format!("`limit` is {MINIFLUX_ENTRIES_MAX} at most")));
        }
        Some(limit) => limit,
    };
    let asked = params.first("order").filter(|order| !order.is_empty());
    let key = match asked.unwrap_or("published_at") {
        // Numbers rise with arrival.
        "id" | "created_at" => SortKey::Id,
        "status" => SortKey::Status,
        "changed_at" => SortKey::Changed,
        "published_at" => SortKey::Published,
        "category_title" => SortKey::FolderTitle,
        "category_id" => SortKey::Folder,
        "title" => SortKey::Title,
        "author" => SortKey::Author,
        other => return Err(Refusal::bad(format!("entries cannot be ordered by `{other}`"))),
    };
    let order = match params.first("direction").unwrap_or_default().to_ascii_lowercase().as_str() {
        "asc" => Order::Oldest,
        "desc" => Order::Newest,
        // What a search found is shown newest first unless an order was asked for.
        "" if is_search && asked.is_none() => Order::Newest,
        "" => Order::Oldest,
        other => return Err(Refusal::bad(format!("`{other}` is no direction; there are `asc` and `desc`"))),
    };
    Ok(Slice { key, order, after: None, limit, offset: params.parsed("offset").unwrap_or(0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use yomu_model::ids::UserId;
    use yomu_store::FolderWish;

    fn parse(query: &str) -> Result<(EntryFilter, Slice), Refusal> {
        let user = User {
            id: UserId::new(1),
            name: "ann".to_owned(),
            is_admin: false,
            language: None,
            time_zone: None,
            reading: Default::default(),
        };
        read(&Params::read(query.as_bytes()), &user)
    }

    #[test]
    fn nothing_asked_means_the_oldest_hundred_of_all() {
        let (filter, slice) = parse("").unwrap();
        assert_eq!(filter, EntryFilter::default());
        assert_eq!((slice.limit, slice.offset, slice.key, slice.order), (100, 0, SortKey::Published, Order::Oldest));
        assert_eq!(parse("limit=-3&offset=x&before=no&feed_id=-1&unknown=1").unwrap(), (filter, slice));
    }

    #[test]
    fn both_statuses_are_all_and_one_is_one() {
        assert_eq!(parse("status=read&status=unread").unwrap().0.unread, None);
        assert_eq!(parse("status=unread").unwrap().0.unread, Some(true));
        assert_eq!(parse("status=removed").unwrap().0.ids, Some(Vec::new()));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for query in ["status=new", "order=length", "direction=up", "limit=1001"] {
            assert!(matches!(parse(query), Err(Refusal::Bad(_))), "{query}");
        }
    }

    #[test]
    fn numbers_times_and_words_are_read() {
        let (filter, slice) = parse(
            "category_id=3&after=10&changed_before=20&tags=a&tags=b&search=x&limit=0&direction=DESC&order=id&starred=0",
        )
        .unwrap();
        assert_eq!(filter.folder, Some(FolderWish::In(2.into())));
        assert_eq!(filter.published_after.map(jiff::Timestamp::as_second), Some(10));
        assert_eq!(filter.changed_before.map(jiff::Timestamp::as_second), Some(20));
        assert_eq!((filter.tags.len(), filter.starred, filter.query.is_some()), (2, Some(false), true));
        assert_eq!((slice.limit, slice.key, slice.order), (1000, SortKey::Id, Order::Newest));
    }
}
