//! Every address of the API below `/v1`.

use super::route::{Route, delete, get, post, put};
use super::{
    api_keys, categories, category_feeds, discover, enclosures, entries, entry_change, entry_content, entry_import,
    feed_change, feed_create, feeds, history, icons, mark_all, openapi, opml, saved_pages, server, users,
};
use crate::api::limits::{ENTRY_BYTES_MAX, OPML_BYTES_MAX};

/// The parameters of lists of entries.
const FILTERS: &[&str] = &[
    "status",
    "starred",
    "search",
    "tags",
    "feed_id",
    "category_id",
    "before",
    "after",
    "published_before",
    "published_after",
    "changed_before",
    "changed_after",
    "before_entry_id",
    "after_entry_id",
    "order",
    "direction",
    "limit",
    "offset",
    "globally_visible",
];

/// All routes, in the order of the documentation.
pub(super) fn routes() -> Vec<Route> {
    [server_routes(), user_routes(), category_routes(), feed_routes(), entry_routes(), own_routes()]
        .into_iter()
        .flatten()
        .collect()
}

fn server_routes() -> Vec<Route> {
    vec![
        get("/version", server::version, "What runs here").answers(200, "Version"),
        get("/integrations/status", server::integrations, "Whether entries can be saved elsewhere")
            .answers(200, "IntegrationsStatus"),
    ]
}

fn user_routes() -> Vec<Route> {
    vec![
        get("/me", users::me, "Who calls").answers(200, "User"),
        get("/users", users::list, "All users; for admins").lists("User"),
        post("/users", users::create, "Makes a user; for admins").takes("UserCreation").answers(201, "User"),
        get("/users/{user}", users::show, "One user, by number or name; for admins").answers(200, "User"),
        put("/users/{user}", users::update, "Changes a user").takes("UserChange").answers(201, "User"),
        delete("/users/{user}", users::remove, "Removes a user with all they have; for admins"),
        put("/users/{user}/mark-all-as-read", mark_all::of_user, "Marks everything read"),
        get("/api-keys", api_keys::list, "The app passwords of the caller").lists("ApiKey"),
        post("/api-keys", api_keys::create, "Makes an app password; its token is shown this once")
            .takes("ApiKeyCreation")
            .answers(201, "ApiKey"),
        delete("/api-keys/{id}", api_keys::remove, "Ends an app password"),
    ]
}

fn category_routes() -> Vec<Route> {
    vec![
        get("/categories", categories::list, "All categories").asks(&["counts"]).lists("Category"),
        post("/categories", categories::create, "Makes a category").takes("CategoryChange").answers(201, "Category"),
        put("/categories/{id}", categories::update, "Gives a category another title")
            .takes("CategoryChange")
            .answers(201, "Category"),
        delete("/categories/{id}", categories::remove, "Removes a category; its feeds stay"),
        put("/categories/{id}/mark-all-as-read", mark_all::of_category, "Marks a category read"),
        get("/categories/{id}/feeds", category_feeds::list, "The feeds of a category").lists("Feed"),
        put("/categories/{id}/refresh", category_feeds::refresh, "Makes the feeds of a category due"),
        get("/categories/{id}/entries", entries::of_category, "The entries of a category")
            .asks(FILTERS)
            .answers(200, "EntryList"),
        get("/categories/{id}/entries/{entry}", entries::one_of_category, "One entry of a category")
            .answers(200, "Entry"),
    ]
}

fn feed_routes() -> Vec<Route> {
    vec![
        post("/discover", discover::discover, "The feeds of a page")
            .takes("Discovery")
            .lists("DiscoveredFeed")
            .ends(200),
        get("/feeds", feeds::list, "All feeds").lists("Feed"),
        post("/feeds", feed_create::create, "Subscribes to a feed, or to the feed of a page")
            .takes("FeedCreation")
            .answers(201, "FeedCreated"),
        get("/feeds/counters", feeds::counters, "How many entries of each feed are read and unread")
            .answers(200, "Counters"),
        put("/feeds/refresh", feeds::refresh_all, "Makes all feeds due"),
        get("/feeds/{id}", feeds::show, "One feed").answers(200, "Feed"),
        put("/feeds/{id}", feed_change::update, "Changes a feed's settings").takes("FeedChange").answers(201, "Feed"),
        delete("/feeds/{id}", feeds::remove, "Ends a subscription"),
        put("/feeds/{id}/refresh", feeds::refresh, "Fetches a feed now"),
        get("/feeds/{id}/icon", icons::of_feed, "A feed's icon").answers(200, "Icon"),
        put("/feeds/{id}/mark-all-as-read", mark_all::of_feed, "Marks a feed read"),
        get("/feeds/{id}/entries", entries::of_feed, "The entries of a feed").asks(FILTERS).answers(200, "EntryList"),
        get("/feeds/{id}/entries/{entry}", entries::one_of_feed, "One entry of a feed").answers(200, "Entry"),
        post("/feeds/{id}/entries/import", entry_import::import, "Puts an entry of one's own into a feed")
            .takes("EntryImport")
            .answers(201, "EntryImported")
            .up_to(ENTRY_BYTES_MAX),
        get("/icons/{id}", icons::show, "An icon").answers(200, "Icon"),
        get("/export", opml::export, "All feeds as OPML"),
        post("/import", opml::import, "Subscribes to the feeds of an OPML file")
            .answers(201, "Message")
            .up_to(OPML_BYTES_MAX),
    ]
}

fn entry_routes() -> Vec<Route> {
    vec![
        get("/entries", entries::all, "Entries, by any mixture of conditions").asks(FILTERS).answers(200, "EntryList"),
        put("/entries", entry_change::mark, "Marks entries read or unread, starred or not").takes("EntriesChange"),
        get("/entries/ids", entries::ids, "The numbers of entries, the newest first")
            .asks(&["status", "starred", "limit", "offset"])
            .answers(200, "EntryIds"),
        get("/entries/{id}", entries::show, "One entry").answers(200, "Entry"),
        put("/entries/{id}", entry_change::rewrite, "Rewrites an entry that nobody else has")
            .takes("EntryChange")
            .answers(201, "Entry")
            .up_to(ENTRY_BYTES_MAX),
        put("/entries/{id}/bookmark", entry_change::toggle_star, "Stars an entry, or takes the star away"),
        put("/entries/{id}/star", entry_change::toggle_star, "Stars an entry, or takes the star away"),
        post("/entries/{id}/save", saved_pages::save_entry, "Saves the page of an entry for later").ends(202),
        get("/entries/{id}/fetch-content", entry_content::fetch, "Fetches the article of an entry's page")
            .asks(&["update_content"])
            .answers(200, "EntryContent"),
        get("/enclosures/{id}", enclosures::show, "An attached file").answers(200, "Enclosure"),
        put("/enclosures/{id}", enclosures::update, "How far the caller is in an attached file")
            .takes("EnclosureChange"),
        put("/flush-history", history::flush, "Hides what was read and is not starred").ends(202),
        delete("/flush-history", history::flush, "Hides what was read and is not starred").ends(202),
    ]
}

/// What Miniflux has not.
fn own_routes() -> Vec<Route> {
    vec![
        delete("/entries/{id}/star", entry_change::unstar, "Takes the star away, whether or not there is one")
            .of_our_own(),
        delete("/entries/{id}", entry_change::remove, "Hides an entry").of_our_own(),
        post("/saved-pages", saved_pages::save, "Saves a page for later")
            .takes("PageToSave")
            .answers(201, "PageSaved")
            .of_our_own(),
        get("/openapi.json", openapi::show, "This description").of_our_own(),
    ]
}
