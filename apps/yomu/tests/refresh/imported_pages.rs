//! Pages brought along from elsewhere are fetched, and nothing is lost when they cannot be.

use yomu::actions::import_file::{ImportedFile, import_file};
use yomu::actions::import_pages::retry_pages;
use yomu::jobs::fetch_some;
use yomu_store::View;

use crate::library::on_each_database;

const PAGE: &str = "<html lang=en><head><title>The harbour</title></head><body><article><h1>The harbour</h1>\
    <p>Every harbour has a light that nobody tends any more, and every light has a keeper who remembers it well.</p>\
    <p>At night the boats come home one after the other, and the keeper counts them from the window of his kitchen.</p>\
    </article></body></html>";

#[tokio::test]
async fn texts_are_fetched_and_failures_keep_what_came_along() {
    on_each_database(async |library| {
        let server = &library.server;
        server.put("/harbour", "text/html", PAGE);
        server.put_with("/gone", "404 Not Found", "", "");
        let csv = format!(
            "title,url,time_added,tags,status\nMy harbour,{},1473328558,sea|light,unread\n,{},1473328559,lost,archive\n",
            server.url("/harbour"),
            server.url("/gone")
        );
        let mut told = Vec::new();
        let imported =
            import_file(&library.app, library.user, csv.into_bytes(), |done, all| told.push((done, all))).await.unwrap();
        let ImportedFile::Pages(imported) = imported else { panic!("pages, and no feeds") };
        assert_eq!((imported.new, imported.known, imported.problems.len()), (2, 0, 0));
        assert_eq!(told, [(2, 2)]);
        let fetches = library.app.store.page_fetches(library.user, 10).await.unwrap();
        assert_eq!((fetches.waiting, fetches.failed), (2, 0));

        assert_eq!(fetch_some(&library.app).await.unwrap(), 2);
        assert_eq!(fetch_some(&library.app).await.unwrap(), 0);
        let list = library.list(View::Saved).await;
        assert_eq!((list[1].title.as_str(), list[1].unread), ("My harbour", true));
        assert!(library.html(&list[1]).await.contains("every light has a keeper"));
        assert!(list[1].excerpt.starts_with("Every harbour"));
        let tags = library.app.store.tags_of(library.user, &[list[0].id, list[1].id]).await.unwrap();
        assert_eq!(tags[&list[1].id], ["light", "sea"]);

        assert_eq!((list[0].title.clone(), list[0].unread), (server.url("/gone"), false));
        assert_eq!(tags[&list[0].id], ["lost"]);
        let fetches = library.app.store.page_fetches(library.user, 10).await.unwrap();
        assert_eq!((fetches.waiting, fetches.failed), (0, 1));
        assert_eq!((fetches.failures[0].entry, fetches.failures[0].kind.as_str()), (list[0].id, "not_found"));

        server.put("/gone", "text/html", PAGE);
        assert_eq!(retry_pages(&library.app, library.user).await.unwrap(), 1);
        assert_eq!(fetch_some(&library.app).await.unwrap(), 1);
        assert_eq!(library.list(View::Saved).await[0].title, "The harbour");
        assert_eq!(library.app.store.page_fetches(library.user, 10).await.unwrap(), Default::default());
    })
    .await;
}
